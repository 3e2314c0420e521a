"""The spells expected to start: a level for each municipality and target group, and a season."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from pipelines.contracts.codes import TARGET_GROUPS
from pipelines.need.arrays import Floats
from pipelines.need.survival import GROUP_NUMBERS
from pipelines.need.weeks import QUARTER, YEAR, month_of

_LEVEL_WEEKS: Final = 26  # what the level is the mean of
_BLOCKS: Final = 8  # quarters that tell how much the level moves
_WILDEST: Final = 1.0  # movement: from a handful of spells more would be read than there is
_NOTHING: Final = 1e-9  # in place of nought, to divide by


@dataclass(frozen=True, slots=True)
class Inflow:
    """What is expected to start, and how far off it may be.

    `level` is spells a week by place and target group, season apart; `season` a factor by month.
    `restless` is the variance of a week's factor beyond chance; `movement` the deviation of the
    logarithm of the level from one quarter to the next.
    """

    level: Floats
    season: Floats
    restless: float
    movement: float

    def factors(self, weeks: Sequence[int]) -> Floats:
        """The season of the weeks."""
        return self.season[_months(weeks)]


def weekly(starts: pl.DataFrame, places: Sequence[str], first: int, last: int) -> Floats:
    """Spells by place, target group and week of `starts` (place, target_group, week, spells)."""
    counts = np.zeros((len(places), len(TARGET_GROUPS), last - first + 1))
    within = starts.filter(pl.col("week").is_between(first, last), pl.col("place").is_in(places))
    numbers = {place: number for number, place in enumerate(places)}
    place = within["place"].replace_strict(numbers, return_dtype=pl.Int64).to_numpy()
    group = within["target_group"].replace_strict(GROUP_NUMBERS, return_dtype=pl.Int64).to_numpy()
    week = within["week"].to_numpy() - first
    np.add.at(counts, (place, group, week), within["spells"].to_numpy())
    return counts


def expect_inflow(counts: Floats, first_week: int) -> Inflow:
    """What follows from the weekly counts (place, group, week) from `first_week` on.

    The season is that of the whole years before the last week; there must be two.
    """
    years = counts.shape[2] // YEAR
    if years < 2:  # noqa: PLR2004 - a season cannot be told from a trend in one year
        raise ValueError("A season takes two years of weeks")
    last_week = first_week + counts.shape[2] - 1
    country = counts.sum(axis=(0, 1))
    season = _season(country[-years * YEAR :], last_week - years * YEAR + 1)
    factors = season[_months(range(first_week, last_week + 1))]
    lately = slice(-_LEVEL_WEEKS, None)
    level = counts[:, :, lately].sum(axis=2) / max(factors[lately].sum(), _NOTHING)
    restless, movement = _unrest(country / np.maximum(factors, _NOTHING))
    return Inflow(level, season, restless, movement)


def _season(country: Floats, first_week: int) -> Floats:
    """The factor of each month: its weeks beside the mean of their own 52, over whole years."""
    years = country.reshape(-1, YEAR)
    relative = (years / np.maximum(years.mean(axis=1, keepdims=True), _NOTHING)).ravel()
    months = _months(range(first_week, first_week + len(country)))
    return np.array([relative[months == month].mean() for month in range(12)])


def _unrest(even: Floats) -> tuple[float, float]:
    """The variance of weeks, and the deviation of quarters, beyond chance; season apart."""
    quarters = even[-QUARTER * min(_BLOCKS, len(even) // QUARTER) :].reshape(-1, QUARTER)
    quarters = quarters[quarters.any(axis=1)]
    if len(quarters) < 2:  # noqa: PLR2004 - one quarter does not move
        return 0.0, 0.0
    means = quarters.mean(axis=1)
    within = float(np.mean(quarters.var(axis=1, ddof=1) / means**2 - 1 / means))
    steps = np.diff(np.log(means))
    # Two quarters of weekly unrest and chance lie in every step.
    noise = float(np.mean(2 * (1 / means + max(within, 0.0)) / QUARTER))
    movement = np.sqrt(max(float(np.mean(steps**2)) - noise, 0.0))
    return max(within, 0.0), min(float(movement), _WILDEST)


def _months(weeks: Sequence[int]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array([month_of(week) - 1 for week in weeks], dtype=np.int64)
