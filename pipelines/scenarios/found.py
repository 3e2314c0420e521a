"""What a counted scenario says, read from its file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import duckdb
import polars as pl

from pipelines.contracts.model import Kind, Table, Text
from pipelines.scenarios.costing import Prices
from pipelines.scenarios.counting import Counted, Sums
from pipelines.scenarios.tables import COMPARISON, CROSSINGS, MEASURES

_TYPES: Final = {
    Kind.TEXT: pl.String,
    Kind.DAY: pl.Date,
    Kind.COUNT: pl.Int64,
    Kind.SHARE: pl.Float64,
}


@dataclass(frozen=True, slots=True)
class Found:
    """One scenario beside the publication it rests on."""

    name: str
    label: Text
    reason: Text
    as_of: date
    prices: Prices
    sums: dict[str, Sums]  # by measure, the whole country
    work: pl.DataFrame  # as the table
    comparison: pl.DataFrame  # as the table, municipality, group and month
    crossings: pl.DataFrame

    @property
    def page(self) -> str:
        """The name of its page and the beginning of its exhibits' ids."""
        return self.name.replace("+", "-og-")

    def moved_by(self, column: str) -> pl.DataFrame:
        """One row a value of a column of `comparison`: held, and each measure in both counts."""
        measures = [f"{name}_{count}" for name in MEASURES for count in ("baseline", "scenario")]
        return self.comparison.group_by(column).agg(pl.col("held", *measures).sum()).sort(column)


def read_found(counted: Counted) -> Found:
    """What a scenario's file says. Raises duckdb.Error where there is none."""
    with duckdb.connect(str(counted.file), read_only=True) as connection:
        [(as_of,)] = connection.execute("select as_of from about").fetchall()
        tables = {it.name: _table(connection, it) for it in (COMPARISON, CROSSINGS)}
    asked = counted.asked
    return Found(
        asked.name,
        asked.label,
        asked.reason,
        as_of,
        asked.prices,
        counted.sums,
        counted.work,
        **tables,
    )


def _table(connection: duckdb.DuckDBPyConnection, contract: Table) -> pl.DataFrame:
    rows = connection.execute(f"select * from {contract.name} order by all").fetchall()
    schema = {column.name: _TYPES[column.kind] for column in contract.columns}
    return pl.DataFrame(rows, schema=schema, orient="row")
