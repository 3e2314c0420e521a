"""The forecast tried on the past, beside the naive one: the same week last year.

From many origins, each with what was known then.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from pipelines.disclosure.sheet import COUNTRY
from pipelines.need.fans import COVERS, covered
from pipelines.need.forecast import Ahead, expected_need, look_ahead, look_at_hand, simulate
from pipelines.need.inflow import expect_inflow, weekly
from pipelines.need.reading import Counts
from pipelines.need.survival import LifeTable, common_movement, exit_rates
from pipelines.need.weeks import YEAR

LEAST_HISTORY: Final = 2 * YEAR  # weeks before an origin
_EVERY: Final = 8  # weeks from one origin to the next
_DRAWS: Final = 200
SCHEMA: Final = {
    "origin": pl.Int64,
    "ahead": pl.Int64,
    "actual": pl.Float64,
    "expected": pl.Float64,
    "naive": pl.Float64,
    **{f"in_{cover:.0%}".rstrip("%"): pl.Boolean for cover in COVERS},
}


def try_on_the_past(counts: Counts, table: LifeTable, weeks: int) -> pl.DataFrame:
    """One row an origin and a week ahead (1 to `weeks`): what came, what either forecast said.

    `in_50`, `in_80`, `in_95` say whether what came lay in the band. For the country. No rows where
    there is too little history. What is known today of the past stands for what was known then:
    rows that came late are in it.
    """
    actual = actual_need(counts)
    starts = weekly(
        counts.starts.with_columns(place=pl.lit(COUNTRY)),
        [COUNTRY],
        counts.first_week,
        counts.last_week,
    )
    first, last = counts.first_week + LEAST_HISTORY - 1, counts.last_week - weeks
    tried = [
        _one(counts, table, starts, actual, origin, weeks)
        for origin in range(last, first - 1, -_EVERY)
    ]
    return pl.concat(tried) if tried else pl.DataFrame(schema=SCHEMA)


def actual_need(counts: Counts) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The meetings that fell due in the country by week, from the first week to the last."""
    need = np.zeros(counts.last_week - counts.first_week + 1)
    came = counts.falling_due.filter(pl.col("due").is_between(counts.first_week, counts.last_week))
    np.add.at(
        need,
        came["due"].to_numpy() - counts.first_week,
        (came["required"] * came["came"]).to_numpy(),
    )
    return need


def _one(
    counts: Counts,
    table: LifeTable,
    starts: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    actual: np.ndarray[tuple[int], np.dtype[np.float64]],
    origin: int,
    weeks: int,
) -> pl.DataFrame:
    known = starts[:, :, : origin - counts.first_week + 1]
    rates = exit_rates(table, origin)
    inflow = expect_inflow(known, counts.first_week)
    ran = counts.falling_due.filter(
        pl.col("started") <= origin, (pl.col("ended") > origin).fill_null(value=True)
    ).with_columns(place=pl.lit(COUNTRY))
    alike = ["place", "target_group", "started", "due", "required"]
    rows = ran.group_by(alike).agg(pl.sum("requirements"))
    ahead = Ahead(
        places=1,
        weeks=weeks,
        on_hand=look_at_hand(rows, [COUNTRY], rates, origin, weeks),
        expected=look_ahead(counts.owed, inflow, rates, origin, weeks),
        movement=common_movement(table, rates, origin),
    )
    drawn = simulate(ahead, _DRAWS, seed=origin)[:, 0]
    first = origin + 1 - counts.first_week
    came = actual[first : first + weeks]
    return pl.DataFrame(
        {
            "origin": np.full(weeks, origin),
            "ahead": np.arange(1, weeks + 1),
            "actual": came,
            "expected": expected_need(ahead)[0],
            "naive": actual[first - YEAR : first - YEAR + weeks],
            **{f"in_{cover:.0%}".rstrip("%"): covered(drawn, came, cover) for cover in COVERS},
        },
        schema=SCHEMA,
    )
