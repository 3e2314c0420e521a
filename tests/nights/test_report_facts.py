"""The facts of the report are those of the publication a night made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import polars as pl
import pytest

from pipelines.engine import Engine
from pipelines.report.facts import BANDS, FRESH_DAYS, Facts, read_facts
from pipelines.report.hiding import LEAST
from pipelines.settings import Home


@pytest.fixture(scope="module")
def engine(demo_night: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with Engine(tmp_path_factory.mktemp("scratch")) as opened:
        opened.read(demo_night.publication)
        yield opened


@pytest.fixture(scope="module")
def facts(engine: Engine) -> Facts:
    return read_facts(engine)


@pytest.fixture(scope="module")
def one(engine: Engine) -> Callable[[str], object]:
    def ask(query: str) -> object:
        [(value,)] = engine.rows(query)
        return value

    return ask


def test_what_the_publication_is(facts: Facts, one: Callable[[str], object]):
    assert facts.publication_id == one("select publication_id from next.publication")
    assert (facts.number, facts.previous_as_of) == (1, None)
    assert len(facts.municipalities) == one("select count(*) from next.municipalities") == 98


@pytest.mark.parametrize("kind", ["meetings", "spells", "absences"])
def test_missing_are_those_without_a_readable_file_of_late(facts: Facts, engine: Engine, kind: str):
    since = facts.as_of - timedelta(FRESH_DAYS)
    delivered = {
        code
        for (code,) in engine.rows(
            "select municipality_code from next.deliveries where status = 'accepted' "
            f"and kind = '{kind}' and rows_read > 0 and delivered_on >= date '{since}'"
        )
    }
    missing = {m.code for m in facts.missing(kind)}
    assert missing == {m.code for m in facts.municipalities} - delivered


def test_days_of_delivery_hold_every_file_once(facts: Facts, one: Callable[[str], object]):
    assert facts.deliveries["files"].sum() == one("select count(*) from next.deliveries")
    assert facts.deliveries["rows_read"].sum() == one("select sum(rows_read) from next.deliveries")
    assert facts.unreadable["files"].sum() == facts.deliveries["unreadable"].sum()


@pytest.mark.parametrize(
    ("frame", "column"),
    [
        ("deliveries", "rows_rejected"),
        ("rejected_by_code", "rejected"),
        ("rejected_by_municipality", "rejected"),
        ("late", "meetings"),
        ("assumptions", "decided"),
    ],
)
def test_no_count_under_five_is_told(facts: Facts, frame: str, column: str):
    rows: pl.DataFrame = getattr(facts, frame)
    assert rows.height
    told = rows.filter(pl.col("status") == "shown")[column]
    assert told.filter(told.is_between(1, LEAST - 1)).is_empty()
    assert rows.filter(pl.col("status") == "hidden")[column].null_count() == rows.height - len(told)


def test_rejected_rows_by_code_are_rows_not_reasons(facts: Facts, engine: Engine):
    wanted = dict(
        engine.rows(
            "select code, count(distinct municipality_code || '/' || delivery_id || '/' || "
            "delivered_on || '/' || source_row) from next.rejections group by 1"
        )
    )
    shown = facts.rejected_by_code.filter(pl.col("status") == "shown")
    assert {code: wanted[code] for code in shown["code"]} == dict(
        shown.select("code", "rejected").iter_rows()
    )
    assert set(facts.rejected_by_code["code"]) == set(wanted)


def test_a_hidden_day_cannot_be_worked_out_from_its_municipality(facts: Facts):
    days = facts.deliveries.filter(pl.col("status") == "hidden")
    alone = days.group_by("municipality_code").len().filter(pl.col("len") == 1)
    totals = facts.rejected_by_municipality.filter(pl.col("status") == "shown")
    assert set(alone["municipality_code"]).isdisjoint(totals["municipality_code"])


def test_every_month_has_every_band_and_no_band_is_hidden_alone(facts: Facts, engine: Engine):
    held = dict(
        engine.rows(
            "select cast(date_trunc('month', held_on) as date), count(*) from next.meetings "
            "where status = 'held' group by 1"
        )
    )
    assert set(facts.late["month"]) == set(held)
    for (month,), rows in facts.late.group_by("month"):
        assert tuple(rows["band"]) == BANDS
        hidden = rows["meetings"].null_count()
        assert hidden != 1 or held[month] < LEAST  # type: ignore[index]
        if not hidden:
            assert rows["meetings"].sum() == held[month]  # type: ignore[index]


def test_what_requirements_lack_is_their_shortfall_rounded_down(facts: Facts, engine: Engine):
    exact = {
        (month, status): (meetings, persons)
        for month, status, meetings, persons in engine.rows(
            "select cast(date_trunc('month', due_on) as date), status, sum(shortfall), "
            "count(distinct citizen_key) from next.requirements "
            "where status in ('missed', 'carried') group by all"
        )
    }
    shown = {(month, status): meetings for month, status, meetings in facts.lacking.iter_rows()}
    assert shown == {
        key: int(meetings) // 5 * 5 for key, (meetings, persons) in exact.items() if persons >= 5
    }
    assert shown


def test_weeks_hold_the_meetings_of_the_country(facts: Facts, engine: Engine):
    weeks = {
        week: (held, recognised)
        for week, held, recognised in engine.rows(
            "select cast(date_trunc('week', held_on) as date), count(*), "
            "count(*) filter (where recognised) from next.meetings where status = 'held' group by 1"
        )
    }
    shown = facts.weeks.filter(pl.col("status") == "shown").drop("status")
    assert shown.height
    for week, held, recognised in shown.iter_rows():
        assert (held, recognised) == weeks[week]
    hidden = facts.weeks.filter(pl.col("status") == "hidden")
    assert hidden.select("held", "recognised").null_count().row(0) == (hidden.height,) * 2
    for week in weeks.keys() - set(shown["week"]):
        held, recognised = weeks[week]
        assert min(n for n in (held, recognised, held - recognised) if n) < 2 * LEAST


def test_what_moved_sums_to_what_is_new(facts: Facts, one: Callable[[str], object]):
    held = one("select sum(held) from next.counts where regime = 'duty'")
    assert facts.moved["held"].sum() == held  # the first publication is all new
    assert facts.revisions.is_empty()
    assert facts.usual_revision is None


def test_assumptions_name_the_versions_of_grades_c_and_d(facts: Facts):
    law = facts.law.select("rule_version", "grade")
    joined = facts.assumptions.join(law, on="rule_version", suffix="_of_law")
    assert joined.height == facts.assumptions.height
    assert (joined["grade"] == joined["grade_of_law"]).all()
    assert set(joined["grade"]) <= {"C", "D"}
    assert (facts.assumptions["decided"].drop_nulls() > 0).all()


def test_words_are_those_of_at_least_five_meetings(facts: Facts, one: Callable[[str], object]):
    assert facts.words["meetings"].min() is None or facts.words["meetings"].min() >= LEAST
    assert facts.words.height == one(
        f"select count(*) from next.unmatched_words where meetings >= {LEAST}"
    )
