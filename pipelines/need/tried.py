"""How the forecast did, summed up by how many weeks it looked ahead."""

from __future__ import annotations

from typing import Final

import polars as pl

from pipelines.need.reading import NEAR

BANDS: Final = {"1-4": (1, 4), "5-13": (5, 13), "14-26": (14, 26)}  # weeks ahead
QUARTER_SUM: Final = "sum"  # the sum of the near weeks


def summed_up(tried: pl.DataFrame) -> pl.DataFrame:
    """One row a band of weeks ahead, and one for the sum of the near weeks.

    `forecasts` is their number, `actual` the mean of what came, `error` and `naive_error` the mean
    of the absolute errors, and `in_50`, `in_80`, `in_95` the share within the bands (null for the
    sum). No rows where nothing was tried.
    """
    near = tried.filter(pl.col("ahead") <= NEAR).group_by("origin").agg(pl.sum(*_COMPARED))
    rows = [
        _errors(tried.filter(pl.col("ahead").is_between(*weeks)), band)
        for band, weeks in BANDS.items()
    ]
    both = pl.concat([*rows, _errors(near, QUARTER_SUM)], how="diagonal")
    return both.filter(pl.col("forecasts") > 0)


_COMPARED: Final = ("actual", "expected", "naive")


def _errors(rows: pl.DataFrame, band: str) -> pl.DataFrame:
    return rows.select(
        pl.lit(band).alias("ahead"),
        forecasts=pl.len(),
        actual=pl.col("actual").mean(),
        error=(pl.col("expected") - pl.col("actual")).abs().mean(),
        naive_error=(pl.col("naive") - pl.col("actual")).abs().mean(),
        **{name: pl.col(name).mean() for name in rows.columns if name.startswith("in_")},
    )
