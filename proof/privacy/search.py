"""Finds given numbers in every byte of a folder: raw, decompressed, and read as what it is.

Each number is looked for in every way of writing it. A file is searched as bytes (as UTF-8, and
as UTF-16 in both orders) and, where it is a container, by what it holds: gzip, zip and xlsx
members, Parquet columns, every cell of SQLite and DuckDB tables.
"""

from __future__ import annotations

import gzip
import io
import re
import sqlite3
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Final

import duckdb
import polars as pl

_DEEP: Final = 4  # containers in containers
# Two, two, two and four digits, however they are set apart, from every start; of nine digits only
# such as stand alone: within a longer number they would be found by chance.
_APART: Final = rb"(?:[\s._/\-]|\xe2\x80[\x90-\x95]|\xc2\xa0){0,3}"
_TEN: Final = re.compile(
    rb"(?=(\d\d" + _APART + rb"\d\d" + _APART + rb"\d\d" + _APART + rb"\d{4}))"
)
_NINE: Final = re.compile(
    rb"(?<!\d)(\d" + _APART + rb"\d\d" + _APART + rb"\d\d" + _APART + rb"\d{4})(?!\d)"
)
_NOT_A_DIGIT: Final = re.compile(rb"\D")


@dataclass(frozen=True)
class Needles:
    """Numbers of ten digits, and texts that are looked for as they are."""

    numbers: frozenset[bytes] = frozenset()
    texts: tuple[bytes, ...] = ()

    @classmethod
    def of(cls, numbers: Iterable[str] = (), texts: Iterable[str] = ()) -> Needles:
        """Ten digits each; the nine that a spreadsheet leaves of a leading zero count as well."""
        written = {number.encode() for number in numbers}
        written |= {number[1:] for number in written if number.startswith(b"0")}
        return cls(frozenset(written), tuple(text.encode() for text in texts))

    def found_in(self, content: bytes) -> set[str]:
        """The needles in the bytes."""
        found = {text.decode() for text in self.texts if text in content}
        if self.numbers:
            for match in chain(_TEN.finditer(content), _NINE.finditer(content)):
                digits = _NOT_A_DIGIT.sub(b"", match.group(1))
                if digits in self.numbers:
                    found.add(digits.decode())
        return found


@dataclass
class Found:
    """What a search looked at, and where it found what."""

    hits: dict[str, set[str]] = field(default_factory=dict)  # place: needles
    looked_at: Counter[str] = field(default_factory=Counter)  # kind of artefact: how many
    size: int = 0  # bytes, raw


def search(root: Path, needles: Needles, leave_out: Iterable[Path] = ()) -> Found:
    """Searches every file below the folder, its names among them."""
    out = Found()
    skipped = tuple(leave_out)
    for file in sorted(root.rglob("*")):
        if any(place in (file, *file.parents) for place in skipped):
            continue
        name = str(file.relative_to(root))
        _note(out, f"{name} (name)", needles.found_in(name.encode("utf-8", "surrogateescape")))
        if file.is_file():
            content = file.read_bytes()
            out.size += len(content)
            _look(out, name, content, needles, _DEEP)
            for place, kind, text in _opened(file, content):
                out.looked_at[kind] += 1
                _note(out, f"{name}: {place}", needles.found_in(text))
    return out


def _note(out: Found, place: str, needles: set[str]) -> None:
    if needles:
        out.hits.setdefault(place, set()).update(needles)


def _look(out: Found, place: str, content: bytes, needles: Needles, depth: int) -> None:
    out.looked_at["files and members, as bytes"] += 1
    _note(out, place, needles.found_in(content))
    if content.count(0) > len(content) // 8:  # texts of two bytes a sign
        for order in ("utf-16-le", "utf-16-be"):
            for start in (0, 1):
                text = content[start:].decode(order, "ignore").encode("utf-8", "ignore")
                _note(out, f"{place} ({order})", needles.found_in(text))
    if depth:
        for member, inner in _members(content):
            out.looked_at["members of gzip, zip and xlsx"] += 1
            _note(out, f"{place}!{member} (name)", needles.found_in(member.encode()))
            _look(out, f"{place}!{member}", inner, needles, depth - 1)


def _members(content: bytes) -> Iterator[tuple[str, bytes]]:
    if content[:2] == b"\x1f\x8b":
        with suppress(OSError, EOFError, zlib.error):
            yield "gz", gzip.decompress(content)
    elif content[:2] == b"PK":
        with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.infolist():
                with suppress(zipfile.BadZipFile, zlib.error, NotImplementedError):
                    yield member.filename, archive.read(member)


def _opened(file: Path, content: bytes) -> Iterator[tuple[str, str, bytes]]:
    """Place, kind and text of what a database or a Parquet file holds."""
    if content[:4] == b"PAR1":
        try:
            columns = pl.read_parquet(file, glob=False).get_columns()
        except pl.exceptions.PolarsError:
            yield "", "Parquet files that cannot be opened", b""
            return
        for column in columns:
            yield column.name, "Parquet columns", _joined(column.unique().to_list())
    elif content[:15] == b"SQLite format 3":
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
            connection.text_factory = bytes
            tables = [name.decode() for (name,) in connection.execute(_SQLITE_TABLES)]
            for table in tables:
                rows = connection.execute(f'select * from "{table}"')
                yield table, "SQLite tables", _joined(cell for row in rows for cell in row)
    elif content[8:12] == b"DUCK":
        with duckdb.connect(str(file), read_only=True) as database:
            cells = database.execute(
                "select table_name, column_name from duckdb_columns() where not internal"
            ).fetchall()
            for table, column in cells:
                found = database.execute(f'select distinct "{column}" from "{table}"').fetchall()
                place = f"{table}.{column}"
                yield place, "DuckDB columns", _joined(value for (value,) in found)


_SQLITE_TABLES: Final = "select name from sqlite_schema where type = 'table'"


def _joined(values: Iterable[object]) -> bytes:
    return b"\n".join(
        value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogateescape")
        for value in values
        if value is not None
    )
