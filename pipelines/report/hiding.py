"""Small counts of rows are not told, nor can they be worked out from their sum."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl

LEAST: Final = 5  # rows, meetings: what is fewer, and not nothing, is hidden


def hide_small(rows: pl.DataFrame, column: str, within: Sequence[str] = ()) -> pl.DataFrame:
    """The rows with small counts of a column as null, and a column `status` (shown or hidden).

    `within` names what the counts sum over to a total that is told: where a single count would be
    hidden of such a sum, or several that are still few together, the next smallest is hidden too.
    Changes are hidden by their size.
    """
    size = pl.col(column).abs()
    is_small = (size > 0) & (size < LEAST)
    marked = rows.with_columns(is_hidden=is_small)
    if within:
        spared = pl.when((size > 0) & ~is_small).then(size)
        number = pl.col("is_hidden").sum().over(within)
        together = pl.when("is_hidden").then(size).otherwise(0).sum().over(within)
        alone = (number == 1) | ((number > 1) & (together < LEAST))
        next_smallest = spared.rank("ordinal").over(within) == 1
        marked = marked.with_columns(
            is_hidden=pl.col("is_hidden") | (alone & next_smallest.fill_null(value=False))
        )
    hidden = pl.col("is_hidden")
    return marked.with_columns(
        pl.when(~hidden).then(pl.col(column)),
        status=pl.when(hidden).then(pl.lit("hidden")).otherwise(pl.lit("shown")),
    ).drop("is_hidden")
