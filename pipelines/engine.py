"""The DuckDB engine: one connection a night, scratch tables in memory, and the next publication.

The publication being built is attached as `next`. A table is one SELECT of `sql/`, poured into
the shape its contract gives; nothing else writes tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path
from typing import Final, Self

import duckdb
import polars as pl

from pipelines.contracts.model import Column, Table

_MEMORY: Final = "1200MB"
_MEMORY_RESTING: Final = "200MB"
STORAGE_VERSION: Final = "v1.2.0"  # the oldest DuckDB that must be able to open a publication


def read_sql(name: str) -> str:
    """The SELECT of one file of sql/, for example "counts/counts"."""
    return files("sql").joinpath(f"{name}.sql").read_text("utf-8")


def quoted(text: object) -> str:
    """A text as an SQL literal."""
    return "'" + str(text).replace("'", "''") + "'"


class EngineError(Exception):
    """The engine asked for is not to be had; the message is for the operator."""


class Engine:
    """One night's connection. Close it, or use it in a with statement."""

    def __init__(self, scratch: Path, threads: int | None = None) -> None:
        scratch.mkdir(parents=True, exist_ok=True)
        self._scratch = scratch
        self.connection = duckdb.connect(
            ":memory:",
            config={
                "memory_limit": _MEMORY,
                "temp_directory": str(scratch),
                "preserve_insertion_order": "false",
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                **({"threads": str(threads)} if threads else {}),
            },
        )

        self.run("set enable_progress_bar = false")  # the night shows its own

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the connection and of the publication being built."""
        self.connection.close()

    def beside(self, scratch: Path) -> Engine:
        """Another engine of the same kind, for a count of its own."""
        return Engine(scratch)

    @contextmanager
    def resting(self) -> Iterator[None]:
        """Puts what it holds on disk, as far as it can, while another engine counts."""
        with suppress(duckdb.OutOfMemoryException):  # it needs more for what it is at
            self.run(f"set memory_limit = '{_MEMORY_RESTING}'")
        try:
            yield
        finally:
            self.run(f"set memory_limit = '{_MEMORY}'")

    def begin(self, file: Path) -> None:
        """Attaches a new, empty publication as `next`."""
        file.parent.mkdir(parents=True, exist_ok=True)
        for left_behind in (file, file.with_name(f"{file.name}.wal")):
            left_behind.unlink(missing_ok=True)
        self.run(f"attach {quoted(file)} as next (storage_version {quoted(STORAGE_VERSION)})")

    def read(self, file: Path) -> None:
        """Attaches a publication as `next`, so that the SELECTs of sql/ can read it.

        Raises duckdb.Error where the file is not a publication.
        """
        self.run(f"attach {quoted(file)} as next (read_only)")

    def finish(self) -> None:
        """Writes the publication out and detaches it."""
        self.run("checkpoint next")
        self.run("detach next")

    def run(self, statement: str) -> None:
        """Runs one statement to its end."""
        self.connection.execute(statement).fetchall()

    def frame(self, sql: str, parameters: Mapping[str, object] | None = None) -> pl.DataFrame:
        """The answer of one SELECT of sql/ as a frame, its `$names` bound; rows in no order."""
        self.scratch("answer", sql, parameters)
        file = self._scratch / "answer.parquet"
        self.run(f"copy answer to {quoted(file)} (format parquet)")
        rows = pl.read_parquet(file, memory_map=False, glob=False)
        file.unlink()
        self.run("drop table answer")
        return rows

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """All rows of a query."""
        return self.connection.execute(query).fetchall()

    def number(self, query: str) -> int:
        """The one whole number a query gives."""
        [(value,)] = self.rows(query)
        return int(str(value or 0))

    def offer(self, name: str, rows: pl.DataFrame) -> None:
        """Makes a scratch table of a frame."""
        with self._written(rows) as source:
            self.run(f"create or replace temp table {name} as select * from {source}")

    def offer_slices(self, name: str, slices: Iterable[Path], empty: pl.DataFrame) -> None:
        """Makes a view of Parquet slices, with the columns of an empty frame.

        A slice that an older reader wrote may lack some; they are null.
        """
        shape = self._scratch / f"{name}.parquet"
        empty.write_parquet(shape)
        paths = ", ".join(quoted(path) for path in (shape, *slices))
        self.run(
            f"create or replace temp view {name} as "
            f"select * from read_parquet([{paths}], union_by_name = true)"
        )

    def scratch(self, name: str, sql: str, parameters: Mapping[str, object] | None = None) -> None:
        """Makes a scratch table of one SELECT of sql/, its `$names` bound."""
        made = f"create or replace temp table {name} as {read_sql(sql)}"
        self.connection.execute(made, dict(parameters or {})).fetchall()

    def view(self, name: str, sql: str) -> None:
        """Names one SELECT of sql/ that others read; it is computed wherever it is read."""
        self.run(f"create or replace temp view {name} as {read_sql(sql)}")

    def publish(self, contract: Table, sql: str) -> None:
        """Makes a published table of one SELECT of sql/, in the shape of its contract."""
        self._pour(contract, read_sql(sql))

    def publish_frame(self, contract: Table, rows: pl.DataFrame) -> None:
        """Makes a published table of a frame, in the shape of its contract."""
        with self._written(rows) as source:
            self._pour(contract, f"select * from {source}")

    def _pour(self, contract: Table, select: str) -> None:
        columns = ", ".join(map(_declared, contract.columns))
        self.run(f"create or replace table next.{contract.name} ({columns})")
        self.run(f"insert into next.{contract.name} by name {shaped(contract, select)}")
        self.comment(contract)

    @contextmanager
    def _written(self, rows: pl.DataFrame) -> Iterator[str]:
        """The frame as a Parquet file: DuckDB reads frames themselves only with pyarrow."""
        file = self._scratch / "offered.parquet"
        rows.write_parquet(file)
        yield f"read_parquet({quoted(file)})"
        file.unlink()

    def publish_view(self, contract: Table, sql: str) -> None:
        """Makes a published view; it names tables without a database, so it survives renames."""
        self.run("use next")
        self.run(f"create or replace view {contract.name} as {read_sql(sql)}")
        self.run("use memory")
        self.comment(contract, what="view")

    def comment(self, contract: Table, what: str = "table") -> None:
        """Writes what the table and its columns mean into the database."""
        self.run(f"comment on {what} next.{contract.name} is {quoted(contract.comment)}")
        for column in contract.columns:
            name = f"next.{contract.name}.{column.name}"
            self.run(f"comment on column {name} is {quoted(column.comment)}")


def _declared(column: Column) -> str:
    stored = f" using compression {column.compression}" if column.compression else ""
    return f'"{column.name}" {column.kind}{stored}'


def shaped(contract: Table, select: str) -> str:
    """A SELECT with the columns of a contract, in its order and types."""
    columns = ", ".join(
        f'cast("{column.name}" as {column.kind}) as "{column.name}"' for column in contract.columns
    )
    return f"select {columns} from ({select}) as source"
