"""The need of one publication, from its counts to what may be shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import polars as pl

from pipelines.disclosure.sheet import COUNTRY
from pipelines.engine import Engine
from pipelines.municipalities import municipalities
from pipelines.need.arrays import Floats
from pipelines.need.backtest import LEAST_HISTORY, try_on_the_past
from pipelines.need.fans import COVERS, bands
from pipelines.need.forecast import (
    Ahead,
    Expected,
    expected_need,
    look_ahead,
    look_at_hand,
    simulate,
)
from pipelines.need.inflow import expect_inflow, weekly
from pipelines.need.public import (
    AGES,
    FEWEST,
    OUTCOMES,
    STEP,
    Need,
    hide,
    rounded,
    rounded_up,
)
from pipelines.need.reading import AHEAD, NEAR, Counts, read_counts
from pipelines.need.survival import LifeTable, common_movement, exit_rates, make_life_table
from pipelines.need.tried import summed_up
from pipelines.need.way_out import find_way_out
from pipelines.need.weeks import YEAR, monday

_DRAWS: Final = 400  # of the need
_EDGES: Final = [f"{edge}_{cover:.0%}".rstrip("%") for cover in COVERS for edge in ("low", "high")]
_NUMBERS: Final = ["need", "low_80", "high_80", "recognised"]


def read_need(engine: Engine) -> Need | None:
    """The need of the publication that the engine has attached; None before the first meeting."""
    counts = read_counts(engine)
    return None if counts is None else make_need(counts)


def make_need(counts: Counts) -> Need:
    """The need, tried and rounded; what there is too little history for has no numbers."""
    places = [one.code for one in municipalities()]
    table = make_life_table(counts.exits, counts.first_week, counts.last_week)
    rates = exit_rates(table, counts.last_week)
    ahead = _ahead(counts, places, table, rates)
    drawn = simulate(ahead, _DRAWS, seed=counts.last_week) if ahead else None
    tried = try_on_the_past(counts, table, AHEAD)
    backlog, course = _backlog(counts, places, rates)
    return Need(
        weeks_known=counts.weeks,
        origins=tried["origin"].n_unique(),
        weeks=pl.concat([_past(counts), *_fan(counts, ahead, drawn)], how="diagonal"),
        places=_near(counts, places, rates, ahead, drawn).join(
            backlog, on="place", how="left", maintain_order="left"
        ),
        course=course,
        tried=summed_up(tried),
        outcomes=_outcomes(counts),
        autumn=_autumn(counts),
    )


def _ahead(counts: Counts, places: Sequence[str], table: LifeTable, rates: Floats) -> Ahead | None:
    """What the forecast rests on; None where there is too little history for a season."""
    if counts.weeks < LEAST_HISTORY:
        return None
    origin = counts.last_week
    starts = weekly(counts.starts, places, counts.first_week, origin)
    inflow = expect_inflow(starts, counts.first_week)
    return Ahead(
        places=len(places),
        weeks=AHEAD,
        on_hand=look_at_hand(counts.on_hand, places, rates, origin, AHEAD),
        expected=look_ahead(counts.owed, inflow, rates, origin, AHEAD),
        movement=common_movement(table, rates, origin),
    )


def _past(counts: Counts) -> pl.DataFrame:
    weeks = pl.DataFrame({"week": range(counts.first_week, counts.last_week + 1)})
    came = weeks.join(counts.fell_due, on="week", how="left").fill_null(0).sort("week")
    rows = hide(came.with_columns(rounded("meetings")), "persons", ["meetings"], "status")
    return _dated(rows).with_columns(kind=pl.lit("fell_due"))


def _fan(counts: Counts, ahead: Ahead | None, drawn: Floats | None) -> list[pl.DataFrame]:
    if ahead is None or drawn is None:
        return []
    country = drawn.sum(axis=1)
    edges = [edge for cover in COVERS for edge in bands(country, cover)]
    coming = sum(number.sum(axis=0) for number in ahead.expected.number.values())
    weeks = np.arange(counts.last_week + 1, counts.last_week + AHEAD + 1)
    rows = pl.DataFrame(
        {
            "week": weeks,
            "meetings": expected_need(ahead).sum(axis=0),
            "coming": np.broadcast_to(np.floor(coming), len(weeks)),
            **dict(zip(_EDGES, edges, strict=True)),
        }
    )
    known = counts.persons.drop_nulls("due").select(week="due", known="persons")
    behind = (
        rows.join(known, on="week", how="left", maintain_order="left")
        .with_columns(persons=pl.col("known").fill_null(0) + pl.col("coming"))
        .drop("known", "coming")
    )
    numbers = ["meetings", *_EDGES]
    shown = hide(behind.with_columns(rounded(*numbers)), "persons", numbers, "status")
    return [_dated(shown).with_columns(kind=pl.lit("expected"))]


def _near(
    counts: Counts, places: Sequence[str], rates: Floats, ahead: Ahead | None, drawn: Floats | None
) -> pl.DataFrame:
    """The need of the near weeks: the country, then the municipalities."""
    every = pl.DataFrame({"place": [COUNTRY, *places]})
    if ahead is None or drawn is None:
        empty = every.with_columns(
            **dict.fromkeys(_NUMBERS, pl.lit(None, pl.Int64)), need_status=pl.lit("missing")
        )
        return empty.select("place", *_NUMBERS, "need_status")
    near = drawn[:, :, :NEAR].sum(axis=2)
    low, high = bands(np.column_stack([near.sum(axis=1), near]), 0.8)
    # A meeting recognised already is needed as surely as its requirement falls due.
    held = counts.on_hand.with_columns(required=1, requirements="recognised")
    on_hand = look_at_hand(held, places, rates, counts.last_week, NEAR)
    already = expected_need(Ahead(len(places), NEAR, on_hand, Expected({}, 0.0, 0.0), 0.0))
    already = already.sum(axis=1)
    need = expected_need(ahead)[:, :NEAR].sum(axis=1)
    rows = every.with_columns(
        need=np.array([need.sum(), *need]),
        low_80=low,
        high_80=high,
        recognised=np.array([already.sum(), *already]),
    )
    behind = _with_country(counts.persons.drop_nulls("place").select("place", "persons"))
    joined = rows.join(behind, on="place", how="left", maintain_order="left")
    return hide(joined.with_columns(rounded(*_NUMBERS)), "persons", _NUMBERS, "need_status")


def _backlog(
    counts: Counts, places: Sequence[str], rates: Floats
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The backlog and its capacity by place, and the country's course with that capacity."""
    way = find_way_out(counts, places, rates)
    owed, leaving, capacity = way.owed, way.leaving, way.capacity
    rows = pl.DataFrame(
        {
            "place": [COUNTRY, *places],
            "backlog": np.array([owed.sum(), *owed]),
            "alone": np.array([leaving.sum(), *leaving]),
            "capacity": np.array([capacity.sum(), *capacity], dtype=np.float64),
        }
    ).with_columns(rounded("backlog", "alone"), capacity=rounded_up("capacity"))
    behind = rows.join(_with_country(counts.backlog_persons), on="place", how="left")
    behind = behind.with_columns(again=pl.col("persons"))
    if counts.weeks < YEAR:  # exits of less than a year tell little of who will leave
        behind = behind.with_columns(
            pl.lit(None, pl.Float64).alias(n) for n in ("alone", "capacity")
        )
    shown = hide(behind, "persons", ["backlog"], "backlog_status")
    by_place = hide(shown, "again", ["alone", "capacity"], "capacity_status")

    def country(course: Floats) -> Floats:
        return np.asarray(course.mean(axis=1).sum(axis=1))

    course = pl.DataFrame(
        {
            "week": np.arange(counts.last_week + 1, counts.last_week + AHEAD + 2),
            "waiting": country(way.served.waiting),
            "served": country(way.served.served),
            "left": country(way.served.left),
            "alone": country(way.alone.waiting),
            "persons": [int(counts.backlog_persons["persons"].sum())] * (AHEAD + 1),
        }
    )
    numbers = ["waiting", "served", "left", "alone"]
    if counts.weeks < YEAR:
        course = course.clear()
    told = hide(course.with_columns(rounded(*numbers)), "persons", numbers, "status")
    return by_place, _dated(told)


def _outcomes(counts: Counts) -> pl.DataFrame:
    """What became of the persons overdue half a year ago, by how long then, and of all of them."""
    found = counts.outcomes.pivot("outcome", index="age", values="persons")
    rows = pl.DataFrame({"age": AGES}).join(found, on="age", how="left", maintain_order="left")
    for outcome in OUTCOMES:
        number = pl.col(outcome) if outcome in rows.columns else pl.lit(None, pl.Int64)
        counted = rows.with_columns(number.fill_null(0).alias(outcome), behind=number.fill_null(0))
        told = counted.with_columns(rounded(outcome))
        rows = hide(told, "behind", [outcome], f"{outcome}_status")
    return rows


def _autumn(counts: Counts) -> tuple[int, int] | None:
    counted = counts.autumn
    if counted is None or counted.persons < FEWEST:
        return None
    return STEP * round(counted.due / STEP), STEP * round(counted.backlog / STEP)


def _with_country(persons: pl.DataFrame) -> pl.DataFrame:
    """Persons by place with the country's, who are no fewer than the largest place's."""
    whole = persons.select(place=pl.lit(COUNTRY), persons=pl.col("persons").sum())
    return pl.concat([whole, persons])


def _dated(rows: pl.DataFrame) -> pl.DataFrame:
    days = [monday(week) for week in rows["week"]]
    return rows.with_columns(week=pl.Series(days, dtype=pl.Date))
