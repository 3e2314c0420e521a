"""The axis of months: a few of them named, so that no label is measured only to be dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

if TYPE_CHECKING:
    import altair as alt

_NAMED: Final = 6  # months at most
_STEPS: Final = (1, 2, 3, 6, 12, 24, 60)  # months between two named ones


def month_axis(months: pl.Series) -> alt.Axis:
    """An axis that names the months at the beginning of quarters, half years or years."""
    import altair as alt  # noqa: PLC0415 - half a second that only drawing should pay

    every = months.unique().sort()
    number = every.dt.year().cast(pl.Int64) * 12 + every.dt.month() - 1
    named = next(
        (n for step in _STEPS if len(n := every.filter(number % step == 0)) <= _NAMED), every
    )
    return alt.Axis(
        format="%b %Y",
        values=[{"year": m.year, "month": m.month} for m in named],
        labelOverlap=False,
    )
