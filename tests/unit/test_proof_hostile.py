"""The proof of hostile deliveries: it holds here in small, and it would see what is wrong."""

import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from pipelines.engine import Engine
from proof.hostile import columns, cut, dates, encodings, names, quotes, zeros
from proof.hostile.bombs import bombs
from proof.hostile.door import MOST_MB, try_bomb
from proof.hostile.judging import Case, Family, judge
from proof.hostile.orders import found_in_sql, try_orders
from proof.hostile.truth import draw, table
from proof.hostile.worlds import draw_world, standing

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 4)  # of the deliveries of a world
FAMILIES = (
    *(encodings.encodings, encodings.mojibake, quotes.quotes, quotes.lines, columns.columns),
    *(columns.swapped, dates.date_forms, dates.hours, dates.year_ends, zeros.leading_zeros),
    *(zeros.typed_cells, cut.whole, cut.cut, names.names),
)


@pytest.mark.slow
@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__name__)
def test_no_row_is_silently_wrong_and_nothing_crashes(family: Family, tmp_path: Path):
    for case in family(random.Random(11)):
        verdict = judge(case, tmp_path)
        assert (verdict.silent, verdict.crash) == (0, None), (case.name, verdict)


def test_the_judge_sees_a_wrong_value_a_lost_row_and_a_crash(tmp_path: Path):
    rows = draw(random.Random(1), 4)
    text = table(rows).encode()
    assert judge(Case("", "", text, rows), tmp_path).right == 4
    late = [rows[0].meaning(started_at=rows[0].started_at + timedelta(days=1)), *rows[1:]]
    assert judge(Case("", "", text, late), tmp_path).wrong == 1
    other = [rows[0].meaning(citizen="0101901234"), *rows[1:]]
    assert judge(Case("", "", text, other), tmp_path).wrong == 1
    assert judge(Case("", "", table(rows[:3]).encode(), rows), tmp_path).lost == 1
    assert judge(Case("", "", text, rows[:3]), tmp_path).wrong == 1


def test_the_judge_sees_a_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def crash(*_: object) -> None:
        raise ZeroDivisionError

    rows = draw(random.Random(1), 4)
    monkeypatch.setattr("proof.hostile.judging.parse_rows", crash)
    assert "ZeroDivisionError" in str(
        judge(Case("", "", table(rows).encode(), rows), tmp_path).crash
    )


def test_any_order_of_arrival_gives_what_must_stand():
    tried = try_orders(5, worlds=4, orders=5)
    assert (tried.orders, tried.wrong) == (20, 0)


def test_the_proof_of_orders_sees_another_order_of_versions(tmp_path: Path):
    chance = random.Random(3)
    differing = 0
    with Engine(tmp_path / "scratch", 1) as engine:
        engine.begin(tmp_path / "next.duckdb")
        for _ in range(5):
            world = draw_world(chance)
            turned = [replace(delivery, day=FIRST + (LAST - delivery.day)) for delivery in world]
            found = found_in_sql(engine, [turned], chance)
            flat = {kind: set().union(*places.values()) for kind, places in found.items()}
            assert standing(turned) == {kind: flat.get(kind, set()) for kind in standing(turned)}
            differing += standing(turned) != standing(world)
    assert differing


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["gzip", "zip", "xlsx", "XML", "JSON", "parquet", "10 GB"])
def test_dangerous_files_end_as_they_should_within_memory(kind: str, tmp_path: Path):
    for bomb in [bomb for bomb in bombs() if bomb.name.startswith(kind)][:3]:
        found = try_bomb(bomb, tmp_path)
        assert found.ends_well, found
        assert found.megabytes < MOST_MB
