"""The public tables as open Parquet files: sorted, the same bytes from the same publication."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import polars as pl

from pipelines.placing import put_in_place
from pipelines.report.exhibits import Report
from pipelines.report.facts import Facts
from pipelines.report.figures import Figures
from pipelines.report.open_tables import OPEN_TABLES

_SPLIT: Final = ("by", "category")


def write_open_data(folder: Path, report: Report) -> None:
    """Writes `<name>.parquet` for each of OPEN_TABLES.

    Raises OSError where the folder cannot be written, and polars.exceptions.ColumnNotFoundError
    where a table lacks a column that its declaration promises.
    """
    frames = open_frames(report)
    for table in OPEN_TABLES:
        rows = frames[table.name].select(table.column_names).sort(table.key)
        with put_in_place(folder / f"{table.name}.parquet") as fresh:
            rows.write_parquet(fresh, compression="zstd", compression_level=9)


def open_frames(report: Report) -> dict[str, pl.DataFrame]:
    """The rows of every open table, by its name."""
    facts = report.facts
    return {
        "figures": public_figures(report.figures, facts.publication_id),
        "deliveries": facts.deliveries,
        "rejections_by_code": facts.rejected_by_code,
        "rejections_by_municipality": facts.rejected_by_municipality,
        "late_registration": facts.late,
        "law": facts.law,
        "municipalities": _municipalities(facts),
        "dictionary": _dictionary(),
    }


def public_figures(figures: Figures, publication_id: str) -> pl.DataFrame:
    """Every public figure with the id and the publication it is cited by.

    `as_of` is the figure's own: older than the publication's where it stands from before.
    """
    split = [pl.when(pl.col(n) != "").then(pl.lit(".")).otherwise(pl.lit("")) for n in _SPLIT]
    what = pl.concat_str("measure", split[0], _SPLIT[0], split[1], _SPLIT[1])
    month = pl.col("month").dt
    quarter = pl.concat_str(month.year(), pl.lit("-Q"), month.quarter())
    is_quarter = pl.col("family").str.ends_with("_quarter")
    when = pl.when(is_quarter).then(quarter).otherwise(month.strftime("%Y-%m"))
    return figures.frame.with_columns(
        figure_id=pl.concat_str(what, "place", when, separator="/"),
        publication_id=pl.lit(publication_id),
    )


def _municipalities(facts: Facts) -> pl.DataFrame:
    return pl.DataFrame(
        [(m.code, m.name, m.region_code, m.region_name) for m in facts.municipalities],
        schema=["municipality_code", "name", "region_code", "region_name"],
        orient="row",
    )


def _dictionary() -> pl.DataFrame:
    return pl.DataFrame([row for table in OPEN_TABLES for row in table.dictionary()])
