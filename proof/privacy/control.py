"""Shows that the search finds: a number planted on purpose in each kind of artefact."""

from __future__ import annotations

import gzip
import io
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

import duckdb
import polars as pl

from proof.privacy.plant import packed, writings, xlsx
from proof.privacy.search import Needles, search


def missed(root: Path, number: str) -> tuple[dict[str, int], int]:
    """By kind of artefact: in how many ways of writing it was planted; and how many were missed."""
    planted: dict[str, int] = {}
    misses = 0
    needles = Needles.of([number])
    for kind, write in _KINDS.items():
        for place, way in enumerate(writings(number)):
            folder = root / f"{kind}-{place}".replace(" ", "-")
            folder.mkdir(parents=True)
            write(folder, way)
            planted[kind] = planted.get(kind, 0) + 1
            misses += not search(folder, needles).hits
    return planted, misses


def _log(folder: Path, way: str) -> None:
    (folder / "log").write_text(f"12:00 ERROR cannot parse «{way}» in row 7\n", "utf-8")


def _wide(folder: Path, way: str) -> None:
    (folder / "log").write_bytes(f"fejl i {way}.".encode("utf-16"))


def _name(folder: Path, way: str) -> None:
    (folder / f"borger {way}.html").touch()


def _parquet(folder: Path, way: str) -> None:
    rows = pl.DataFrame({"file": [f"x {way}"] * 500, "n": range(500)})
    rows.write_parquet(folder / "rows", compression="zstd")


def _sqlite(folder: Path, way: str) -> None:
    with closing(sqlite3.connect(folder / "events.db")) as connection:
        connection.execute("create table events (event text)")
        connection.execute("insert into events values (?)", (f"STEP_FAILURE {way}",))
        connection.commit()


def _duckdb(folder: Path, way: str) -> None:
    with duckdb.connect(str(folder / "publication")) as connection:
        connection.execute("create table t as select ? as word, i from range(5000) as r(i)", [way])


def _duckdb_list(folder: Path, way: str) -> None:
    with duckdb.connect(str(folder / "publication")) as connection:
        connection.execute("create table t as select [?] as words from range(5000)", [way])


def _gzip(folder: Path, way: str) -> None:
    (folder / "x").write_bytes(gzip.compress(way.encode()))


def _zip(folder: Path, way: str) -> None:
    inner = packed("inner.txt", way.encode())
    (folder / "x").write_bytes(packed("outer.zip", inner))


def _xlsx(folder: Path, way: str) -> None:
    (folder / "letter").write_bytes(xlsx((["a"], [[way]])))


def _xlsx_gzip(folder: Path, way: str) -> None:
    out = io.BytesIO(xlsx((["a"], [[way]])))
    (folder / "letter").write_bytes(gzip.compress(out.getvalue()))


_KINDS: Final[dict[str, Callable[[Path, str], None]]] = {
    "log or text": _log,
    "text in UTF-16": _wide,
    "name of a file": _name,
    "Parquet": _parquet,
    "SQLite": _sqlite,
    "DuckDB": _duckdb,
    "list in DuckDB": _duckdb_list,
    "gzip": _gzip,
    "zip in zip": _zip,
    "workbook": _xlsx,
    "workbook in gzip": _xlsx_gzip,
}
