"""Parquet's endless cells, found by DuckDB before Polars sees them.

Polars takes six times the size of a cell to read it, DuckDB once.
"""

from __future__ import annotations

import re
from collections.abc import Container
from datetime import UTC, datetime
from typing import IO, Any, Final

import duckdb
from fsspec import AbstractFileSystem  # type: ignore[import-untyped]

from pipelines.deliveries import limits

_LARGE_CHUNK: Final = 32 << 20  # bytes of a column in which a cell could be too long to look at
_UNPACKED: Final = "unpacked://file"


def refuse_endless_cells(file: IO[bytes], columns: Container[str]) -> None:
    """Raises Unreadable (too_large) for a cell that is too long, in a Parquet file on disk or not.

    Only large columns are looked at; what DuckDB cannot read is left to Polars to refuse.
    """
    name = getattr(file, "name", None)
    with duckdb.connect(config={"memory_limit": "600MB", "threads": "1"}) as connection:
        if isinstance(name, str):
            path = re.sub(r"([*?[])", r"[\1]", name)  # a name is no pattern
        else:
            path = _UNPACKED
            connection.register_filesystem(_Unpacked(file))
        try:
            _look(connection, path, columns)
        except duckdb.OutOfMemoryException:
            raise limits.too_long_line() from None
        except duckdb.Error:
            return


def _look(connection: duckdb.DuckDBPyConnection, path: str, columns: Container[str]) -> None:
    large = connection.execute(
        "select distinct path_in_schema from parquet_metadata(?) "
        "where total_uncompressed_size > ? and type = 'BYTE_ARRAY'",
        [path, _LARGE_CHUNK],
    ).fetchall()
    for name in (name for (name,) in large if name in columns):
        column = name.replace('"', '""')
        [(longest,)] = connection.execute(
            f'select max(strlen("{column}"::varchar)) from read_parquet(?)', [path]
        ).fetchall()
        if longest and longest > limits.MAX_LINE:
            raise limits.too_long_line()


class _Unpacked(AbstractFileSystem):  # type: ignore[misc]
    """One file that lies in memory, as DuckDB asks for files; nothing of it is copied."""

    protocol = "unpacked"
    cachable = False

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file = file

    def _open(self, _path: str, **_options: Any) -> IO[bytes]:  # noqa: ANN401 - fsspec's
        self._file.seek(0)
        return self._file

    def info(self, path: str, **_options: Any) -> dict[str, Any]:  # noqa: ANN401
        """Name, type and size in bytes."""
        return {"name": path, "type": "file", "size": self._file.seek(0, 2)}

    def modified(self, _path: str) -> datetime:
        """A moment, the same each time: the file never changes."""
        return datetime.fromtimestamp(0, UTC)
