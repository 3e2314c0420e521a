"""The back-test: bands hold what they say on a steady country, and nothing later is looked at."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import polars as pl
import pytest

from pipelines.need.backtest import SCHEMA, actual_need, try_on_the_past
from pipelines.need.reading import AHEAD, Counts
from pipelines.need.survival import make_life_table
from pipelines.need.tried import summed_up

FIRST, LAST = 2600, 2600 + 259  # five years
WINDOW = 20  # weeks in which four meetings are to be held
_NONE = pl.DataFrame()


@cache
def steady() -> Counts:
    """About 200 start each week and 4 % leave each week; four meetings are due after 20 weeks."""
    random = np.random.default_rng(3)
    started = np.repeat(np.arange(FIRST - 100, LAST + 1), random.poisson(200, LAST - FIRST + 101))
    lasts = random.geometric(0.04, len(started)) - 1
    ended = started + lasts
    spells = pl.DataFrame({"started": started, "ended": ended}).with_columns(
        pl.when(pl.col("ended") <= LAST).then("ended"),
        target_group=pl.lit("DP"),
        due=pl.col("started") + WINDOW,
        stays=random.random(len(started)) < 0.5,  # in its last week, to the last day or not
        place=pl.lit("101"),
    )
    came = (pl.col("ended") > pl.col("due")).fill_null(value=True) | (
        (pl.col("ended") == pl.col("due")) & pl.col("stays")
    ).fill_null(value=False)
    falling_due = (
        spells.filter(pl.col("ended").is_null() | (pl.col("ended") >= FIRST))
        .with_columns(came=came)
        .group_by("target_group", "started", "ended", "due")
        .agg(requirements=pl.len(), came=pl.col("came").sum())
        .with_columns(required=4)
    )
    owed = pl.DataFrame({"started": range(FIRST, LAST + 27)}).with_columns(
        target_group=pl.lit("DP"), required=4, due=pl.col("started") + WINDOW
    )
    return Counts(
        first_week=FIRST,
        last_week=LAST,
        starts=spells.filter(pl.col("started") >= FIRST)
        .group_by("place", "target_group", week="started")
        .agg(spells=pl.len()),
        exits=spells.filter(pl.col("ended").is_null() | (pl.col("ended") >= FIRST))
        .group_by("target_group", "started", "ended")
        .agg(spells=pl.len()),
        falling_due=falling_due,
        fell_due=_NONE,
        on_hand=_NONE,
        persons=_NONE,
        owed=owed,
        backlog=_NONE,
        backlog_persons=_NONE,
        outcomes=_NONE,
        autumn=None,
    )


def tried(counts: Counts) -> pl.DataFrame:
    table = make_life_table(counts.exits, counts.first_week, counts.last_week)
    return try_on_the_past(counts, table, AHEAD)


def test_the_bands_hold_what_they_say_on_a_steady_country():
    rows = summed_up(tried(steady()))
    assert rows["ahead"].to_list() == ["1-4", "5-13", "14-26", "sum"]
    weeks = rows.filter(pl.col("ahead") != "sum")
    for cover in (50, 80, 95):
        held = (weeks[f"in_{cover}"] * weeks["forecasts"]).sum() / weeks["forecasts"].sum()
        assert held == pytest.approx(cover / 100, abs=0.07), cover
    assert (rows["error"] < rows["naive_error"]).all()
    # What is certain to come is told apart: the near weeks are surer than the far ones.
    assert weeks["error"].is_sorted()


def test_the_forecast_is_not_off_to_one_side():
    rows = tried(steady()).filter(pl.col("ahead") > 1)
    assert rows["expected"].mean() == pytest.approx(rows["actual"].mean(), rel=0.02)


def test_what_came_is_what_fell_due_in_spells_that_ran():
    counts = steady()
    need = actual_need(counts)
    assert len(need) == counts.weeks
    # 200 start, 4 % leave a week: 200 x 0.96^20.5 x 4.
    assert need.mean() == pytest.approx(200 * 0.96**20.5 * 4, rel=0.03)


def test_nothing_after_the_origin_is_looked_at():
    """The country after the last origin is another one: what was expected stays the same."""
    counts, origin = steady(), LAST - AHEAD
    forgotten = pl.when(pl.col("ended") <= origin).then("ended").alias("ended")

    def until(rows: pl.DataFrame) -> pl.DataFrame:
        return rows.filter(pl.col("started") <= origin).with_columns(forgotten)

    other = replace(
        counts,
        starts=counts.starts.with_columns(
            spells=pl.when(pl.col("week") <= origin).then("spells").otherwise(1)
        ),
        exits=until(counts.exits),
        falling_due=until(counts.falling_due),
    )
    expected = [
        tried(of).filter(pl.col("origin") == origin)["expected"].to_list() for of in (counts, other)
    ]
    assert expected[0] == pytest.approx(expected[1])


def test_too_little_history_is_not_tried():
    counts = replace(steady(), first_week=LAST - 104 - AHEAD + 2)
    rows = tried(counts)
    assert rows.is_empty()
    assert rows.schema == pl.Schema(SCHEMA)
    assert summed_up(rows).is_empty()
