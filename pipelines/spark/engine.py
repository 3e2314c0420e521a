"""The engine with its counting done by Spark; DuckDB writes the publication and does the rest.

Tables go between the two as Parquet in the scratch folder, which driver and workers must share.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, Self

import polars as pl
import sqlglot
from pyspark.sql import DataFrame, SparkSession

from pipelines.contracts.model import Table
from pipelines.engine import Engine, EngineError, quoted, read_sql, shaped
from pipelines.spark.dialect import inputs_of, spark_name, to_spark
from pipelines.spark.session import open_spark

# The folders of sql/ that grow with the country. The law is a few hundred rows of JSON, and what
# is told of the publication reads DuckDB's file.
COUNTED: Final = ("records/", "meetings/", "counts/", "requirements/")
_PATTERN: Final = frozenset("{}[]*?\\")  # in a name, Spark reads these as a pattern


class SparkEngine(Engine):
    """One night's two connections. Close it, or use it in a with statement."""

    def __init__(self, scratch: Path, master: str, spark: SparkSession | None = None) -> None:
        if pattern := _PATTERN.intersection(str(scratch.absolute())):
            raise EngineError(f"Spark kan ikke arbejde i en mappe med {min(pattern)} i navnet.")
        self._master = master
        self._owned = spark is None
        self._spark = spark or open_spark(master)
        self._at_spark: set[str] = set()  # tables that it has as they are
        self._made = 0
        super().__init__(scratch)

    def close(self) -> None:
        """Lets go of both connections."""
        super().close()
        if self._owned:
            self._spark.stop()

    def beside(self, scratch: Path) -> Self:
        """Another count on the same cluster; it sees none of this one's tables."""
        return type(self)(scratch, self._master, self._spark.newSession())

    def offer(self, name: str, rows: pl.DataFrame) -> None:
        """Makes a scratch table of a frame."""
        super().offer(name, rows)
        self._at_spark.discard(name)

    def offer_slices(self, name: str, slices: Iterable[Path], empty: pl.DataFrame) -> None:
        """Makes a view of Parquet slices in both."""
        files = list(slices)
        super().offer_slices(name, files, empty)
        shape = self._scratch / f"{name}.parquet"
        schema = self._spark.read.parquet(_address(shape)).schema
        rows = self._spark.read.schema(schema).parquet(*map(_address, (shape, *files)))
        self._name(name, rows)

    def scratch(self, name: str, sql: str, parameters: Mapping[str, object] | None = None) -> None:
        """Makes a scratch table of one SELECT of sql/, its `$names` bound."""
        if sql.startswith(COUNTED):
            made = self._count(name, read_sql(sql))
            self.run(f"create or replace temp view {name} as from {made}")
            return
        super().scratch(name, sql, parameters)
        self._at_spark.discard(name)

    def view(self, name: str, sql: str) -> None:
        """Names one SELECT of sql/ that others read; it is computed wherever it is read."""
        super().view(name, sql)
        self._at_spark.discard(name)
        if sql.startswith(COUNTED):
            self._name(name, self._asked(read_sql(sql)))

    def publish(self, contract: Table, sql: str) -> None:
        """Makes a published table of one SELECT of sql/, in the shape of its contract."""
        if not sql.startswith(COUNTED):
            super().publish(contract, sql)
            return
        made = self._count(f"next.{contract.name}", shaped(contract, read_sql(sql)))
        self._pour(contract, f"select * from {made}")

    def publish_frame(self, contract: Table, rows: pl.DataFrame) -> None:
        """Makes a published table of a frame, in the shape of its contract."""
        super().publish_frame(contract, rows)
        self._at_spark.discard(f"next.{contract.name}")

    def _count(self, name: str, select: str) -> str:
        """Has Spark write the rows, and gives how DuckDB reads them."""
        folder = self._folder(name)
        self._asked(select).write.parquet(_address(folder))
        self._name(name, self._spark.read.parquet(_address(folder)))
        return f"read_parquet({quoted(folder / '*.parquet')})"

    def _asked(self, select: str) -> DataFrame:
        for name in inputs_of(sqlglot.parse_one(select, read="duckdb")) - self._at_spark:
            self._hand_over(name)
        return self._spark.sql(to_spark(select))

    def _hand_over(self, name: str) -> None:
        """Gives Spark a table that only DuckDB has."""
        file = self._folder(name).with_suffix(".parquet")
        self.run(f"copy (from {name}) to {quoted(file)} (format parquet)")
        self._name(name, self._spark.read.parquet(_address(file)))

    def _name(self, name: str, rows: DataFrame) -> None:
        rows.createOrReplaceTempView(spark_name(name))
        self._at_spark.add(name)

    def _folder(self, name: str) -> Path:
        """A place never used before: a table made again may be read from while it is written."""
        self._made += 1
        root = self._scratch / "spark"
        root.mkdir(exist_ok=True)
        return root / f"{self._made:03}_{spark_name(name)}"


def _address(path: Path) -> str:
    return f"file://{path.absolute()}"
