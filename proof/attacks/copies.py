"""What a copy of the publication brings along, and whether a changed one is found."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import duckdb

from pipelines.settings import Home
from pipelines.verifying import ledger_problems
from proof.record import Cell, Table

# What a database file can hold that acts when it is opened or asked, each as a count.
_OBJECTS: Final = {
    "macros": "select count(*) from duckdb_functions() where not internal",
    "views that call a function of files": (
        "select count(*) from duckdb_views() where not internal and "
        "regexp_matches(sql, '(?i)(read_|scan|glob|sniff|attach|copy|query)')"
    ),
    "secrets": "select count(*) from duckdb_secrets()",
    "sequences": "select count(*) from duckdb_sequences()",
    "triggers": "select count(*) from duckdb_triggers()",
    "types": "select count(*) from duckdb_types() where not internal",
    "defaults and generated columns": (
        "select count(*) from duckdb_columns() where not internal and column_default is not null"
    ),
    "other schemas": (
        "select count(*) from duckdb_schemas() where not internal and schema_name != 'main'"
    ),
}


def objects_that_act(publication: Path) -> dict[str, int]:
    """How many of each kind of object that could act the file holds."""
    with duckdb.connect(str(publication), read_only=True) as connection:
        return {
            kind: int(connection.execute(sql).fetchall()[0][0]) for kind, sql in _OBJECTS.items()
        }


def tampered(root: Path, home: Home) -> dict[str, bool]:
    """By kind of tampering, whether `samtaler verify --ledger` tells of it."""
    found = {}
    for number, (kind, tamper) in enumerate(_TAMPERINGS.items()):
        place = root / str(number)
        copy = Home(place, place / "landing")
        shutil.copytree(home.published, copy.published, ignore=shutil.ignore_patterns("report"))
        [vintage] = copy.vintages.glob("*/samtaler.duckdb")
        for file in (vintage, copy.publication):
            file.chmod(0o600)
        tamper(vintage, copy.publication)
        found[kind] = bool(list(ledger_problems(copy)))
        shutil.rmtree(place)
    return found


def about_copies(root: Path, home: Home) -> Table:
    """Both, as a table of the proof."""
    rows: list[list[Cell]] = [
        [f"{kind} in the file", str(count)]
        for kind, count in objects_that_act(home.publication).items()
    ]
    rows += [
        [kind, "found" if is_found else "NOT FOUND"]
        for kind, is_found in tampered(root, home).items()
    ]
    return Table("What a copy brings along, and `samtaler verify --ledger`", ["", ""], rows)


def _with_sql(sql: str) -> Callable[[Path, Path], object]:
    def change(vintage: Path, _standing: Path) -> None:
        with duckdb.connect(str(vintage)) as connection:
            connection.execute(sql)

    return change


def _flip(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def _swap_standing(_vintage: Path, standing: Path) -> None:
    with duckdb.connect(str(standing)) as connection:
        connection.execute("update counts set recognised = recognised + 1")


_TAMPERINGS: Final[Mapping[str, Callable[[Path, Path], object]]] = {
    "a figure changed": _with_sql("update counts set recognised = recognised + 1"),
    "a row taken out": _with_sql(
        "delete from rejections where rowid = (select min(rowid) from rejections)"
    ),
    "a view that reads files put in": _with_sql("create view v as from read_text('/etc/hostname')"),
    "a macro put over a function": _with_sql("create macro sum(x) as 42"),
    "one bit turned": lambda vintage, _: _flip(vintage),
    "the end cut off": lambda vintage, _: vintage.write_bytes(vintage.read_bytes()[:-4096]),
    "the kept publication taken away": lambda vintage, _: vintage.unlink(),
    "the standing publication swapped, the kept one left": _swap_standing,
}
