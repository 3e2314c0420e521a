"""No hidden cell of few persons can be narrowed down, whatever the figures are."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import islice

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.disclosure.release import Places, release
from pipelines.disclosure.rules import load_rules
from tests.disclosure_attack import Attack, Name

MONTHS = (date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1))
SETTLED = date(2024, 3, 31) + timedelta(days=40)
RULES = load_rules()
_TRIED = 10  # cells of each country: two linear programmes each
_MODES = ("in_person", "phone", "virtual", "unknown")
_GROUPS = ("DP", "SDP", "RF", "none")
_REGIMES = {
    "register": pl.col("register"),
    "duty": pl.col("reason").is_null(),
    "supervision": pl.col("reason").is_null() & pl.col("register"),
}
_REASONS = ("mode_not_accepted", "wrong_type", "duplicate", "no_spell")


def places(draw: random.Random) -> Places:
    sizes = [draw.randint(1, 7) for _ in range(draw.randint(1, 4))]
    codes = iter(range(101, 199))
    return Places(
        {
            f"108{region}": tuple(str(next(codes)) for _ in range(size))
            for region, size in enumerate(sizes)
        }
    )


def meetings(draw: random.Random, where: Places) -> pl.DataFrame:
    rows = []
    for region, codes in where.regions.items():
        for code in codes:
            busy = draw.choice((0, 3, 12, 60, 200))
            for _ in range(busy):
                reason = draw.choices((*_REASONS, None), weights=(6, 2, 1, 1, 20))[0]
                rows.append(
                    {
                        "month": draw.choice(MONTHS),
                        "region": region,
                        "municipality": code,
                        "country": "DK",
                        "person": f"{code}-{draw.randint(0, max(1, busy // 2))}",
                        "mode": draw.choices(_MODES, weights=(20, 5, 2, 1))[0],
                        "target_group": draw.choices(_GROUPS, weights=(9, 3, 1, 1))[0],
                        "reason": reason,
                        "register": draw.random() < 0.9,
                    }
                )
    schema = dict.fromkeys(
        ("region", "municipality", "country", "person", "mode", "target_group", "reason"), pl.String
    )
    return pl.DataFrame(rows, schema={"month": pl.Date, **schema, "register": pl.Boolean})


def cells(held: pl.DataFrame) -> pl.DataFrame:
    """The exact cells of the meetings, by plain group-bys."""
    quarter = held.with_columns(month=pl.lit(MONTHS[0]))
    return pl.concat([_cells("meetings", held), _cells("meetings_quarter", quarter)])


def _cells(family: str, held: pl.DataFrame) -> pl.DataFrame:
    recognised = pl.col("reason").is_null()
    parts = []
    for level in ("country", "region", "municipality"):
        for measure, who in (
            ("held", pl.lit(True)),
            ("recognised", recognised),
            ("gap", ~recognised),
        ):
            groupings = ["", "mode", "target_group", *(["reason"] if measure == "gap" else [])]
            parts += [_count(held.filter(who), level, measure, by) for by in groupings]
        for regime, counts in _REGIMES.items():
            for measure, who in (("recognised", counts), ("gap", ~counts)):
                way = held.filter(who).with_columns(regime=pl.lit(regime))
                parts.append(_count(way, level, measure, "regime"))
    return pl.concat(parts).with_columns(family=pl.lit(family))


def _count(held: pl.DataFrame, level: str, measure: str, by: str) -> pl.DataFrame:
    category = pl.col(by) if by else pl.lit("")
    return (
        held.group_by("month", place=pl.col(level), category=category)
        .agg(value=pl.len().cast(pl.Int64), persons=pl.col("person").n_unique().cast(pl.Int64))
        .select(
            *("month", pl.lit(level).alias("level"), "place", pl.lit(measure).alias("measure")),
            *(pl.lit(by).alias("by"), "category", "value", "persons"),
        )
    )


def small(exact: pl.DataFrame, name: Name) -> bool:
    """Whether few persons stand behind the cell, somebody in the country being in its column."""
    cell = {"measure": name.measure, "by": name.by, "category": name.category}
    found = exact.filter(family=name.family, month=name.month, **cell)
    persons = found.filter(place=name.place)["persons"]
    return bool(found.height) and (persons[0] if persons.len() else 0) < RULES.persons


def assert_protected(
    draw: random.Random,
    exact: list[pl.DataFrame],
    where: Places,
    releases: list[pl.DataFrame],
) -> None:
    attack = Attack(where, releases)
    hidden = attack.hidden()
    draw.shuffle(hidden)
    found = (name for name in hidden if small(exact[name.release], name))
    for name in islice(found, _TRIED):
        low, high = attack.range_of(name)
        assert high - low >= RULES.width - 1e-6, (name, low, high)


@given(st.integers(0, 10**9))
@settings(max_examples=10, deadline=None)
def test_no_hidden_cell_can_be_narrowed_down(seed: int) -> None:
    draw = random.Random(seed)
    where = places(draw)
    exact = cells(meetings(draw, where))
    shown = release(exact, where, RULES, SETTLED)
    assert_protected(draw, [exact], where, [shown])


@given(st.integers(0, 10**9))
@settings(max_examples=5, deadline=None)
def test_late_rows_do_not_open_the_last_release(seed: int) -> None:
    draw = random.Random(seed)
    where = places(draw)
    held = meetings(draw, where)
    early = held.filter(
        pl.Series([draw.random() < 0.97 for _ in range(held.height)], dtype=pl.Boolean)
    )
    exact = [cells(early), cells(held)]
    first = release(exact[0], where, RULES, SETTLED)
    second = release(exact[1], where, RULES, SETTLED + timedelta(days=10), first)
    assert_protected(draw, exact, where, [first, second])


@given(st.integers(0, 10**9))
@settings(max_examples=15, deadline=None)
def test_no_shown_cell_has_few_persons(seed: int) -> None:
    draw = random.Random(seed)
    where = places(draw)
    exact = cells(meetings(draw, where))
    shown = release(exact, where, RULES, SETTLED).filter(status="shown")
    keys = ["family", "month", "place", "measure", "by", "category"]
    joined = shown.join(exact.select(*keys, "persons"), on=keys, how="left")
    few = joined.filter(pl.col("persons").fill_null(0) < RULES.persons)
    column = ["family", "month", "measure", "by", "category"]
    everywhere = exact.filter(level="country").select(column)
    assert few.join(everywhere, on=column, how="semi").is_empty()


@pytest.mark.parametrize("seed", range(3))
def test_the_attack_finds_what_plain_hiding_gives_away(seed: int) -> None:
    """The attacker is worth fearing: where only the small cells are hidden, he finds some."""
    draw = random.Random(seed)
    where = Places({"1084": ("101", "147", "151"), "1085": ("253", "259", "265")})
    exact = cells(meetings(draw, where))
    keys = ["family", "month", "place", "measure", "by", "category"]
    shown = release(exact, where, RULES, SETTLED).drop("value", "status")
    bare = shown.join(exact.select(*keys, "value", "persons"), on=keys, how="left").with_columns(
        pl.col("value", "persons").fill_null(0)
    )
    hides = pl.col("persons") < RULES.persons
    bare = bare.with_columns(
        value=pl.when(~hides).then("value"),
        status=pl.when(hides).then(pl.lit("hidden")).otherwise(pl.lit("shown")),
    )
    attack = Attack(where, [bare])
    ranges = (attack.range_of(name) for name in attack.hidden())
    assert any(high - low < 1e-6 for low, high in ranges)
