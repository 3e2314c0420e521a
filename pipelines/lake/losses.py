"""Files of the lake that are gone altogether, missed before anything is tidied, read or counted.

A damaged file is found by its hash (`files`). One that is gone has none: it is missed by
the rows that its deliveries had, and a list by what only it can have named.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import polars as pl

from pipelines.lake.files import damaged
from pipelines.lake.lake import DELIVERIES, SLICE_TABLES, Lake

_NAMED: Final = 3  # deliveries named in a sentence


def refuse_losses(lake: Lake) -> None:
    """Raises LakeDamagedError where a list or a slice is gone, or damaged.

    For a slice, the sentence names the deliveries that lost rows by it.
    """
    _refuse_lists_gone(lake)
    lost = _deliveries_with_other_rows(lake)
    if not lost.is_empty():
        names = lost.head(_NAMED).select("municipality_code", "delivered_on", "file").iter_rows()
        files = ", ".join(f"{code}/{day}/{file}" for code, day, file in names)
        more = f" og {lost.height - _NAMED} til" if lost.height > _NAMED else ""
        raise damaged(f"i lake/ mangler rækker, der er læst af {files}{more}")


def _refuse_lists_gone(lake: Lake) -> None:
    """The list of contents is made first, and before any slice."""
    has_slices = any(lake.batches(table) for table in SLICE_TABLES)
    named = {
        "contents": has_slices or lake.has_list("deliveries"),
        "deliveries": has_slices or not lake.contents().is_empty(),
    }
    for name, is_due in named.items():
        if is_due and not lake.has_list(name):
            raise damaged(f"listen lake/{name}.* er væk")


def _deliveries_with_other_rows(lake: Lake) -> pl.DataFrame:
    """The delivered files (schema DELIVERIES) of which not every row read lies in a slice."""
    files = [(table, file) for table in SLICE_TABLES for file in lake.slices(table)]
    shape = pl.DataFrame(schema={"delivery_key": pl.Int64, "rows": pl.Int64})
    found = pl.concat([shape, *(_rows_of(table, file) for table, file in files)])
    rows = found.group_by("delivery_key").agg(pl.col("rows").sum())
    lost = (
        lake.contents()
        .filter(pl.col("reason").is_null())
        .join(rows, on="delivery_key", how="left")
        .filter(pl.col("rows_read") != pl.col("rows_erased") + pl.col("rows").fill_null(0))
    )
    return lake.ever_delivered().join(lost, on="delivery_key", how="semi").select(*DELIVERIES)


def _rows_of(table: str, file: Path) -> pl.DataFrame:
    """The rows read that lie in a slice: delivery_key, rows."""
    # A row that is rejected stands there once for each of its reasons.
    number = pl.col("source_row").n_unique() if table == "rejections" else pl.len()
    rows = number.cast(pl.Int64).alias("rows")
    return pl.scan_parquet(file, glob=False).group_by("delivery_key").agg(rows).collect()
