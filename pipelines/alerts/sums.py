"""Sums over the rows of an SQLite file: rows that changed without them are damaged.

SQLite does not check what it stores, so a bit that turned on the disk would be another row. Each
table's rows have a fingerprint; triggers keep its sum in the transaction that changes the rows, so
that no kill comes between the two.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from typing import Final

# Sums of eight million rows still fit an integer of SQLite.
_BYTES: Final = 5
_SCHEMA_TABLE: Final = "sqlite_schema"
_TABLES: Final = (
    "select name from sqlite_schema where type = 'table' and name <> 'sums' order by name"
)


def use_sums(connection: sqlite3.Connection) -> None:
    """Makes a connection keep the sums: it can write no row without."""
    connection.create_function("fingerprint", -1, _fingerprint, deterministic=True)
    connection.execute("pragma recursive_triggers = on")  # a row that is replaced is deleted


def begin_sums(connection: sqlite3.Connection) -> None:
    """Makes the sums of all tables there are; inside the caller's transaction."""
    names = [str(name) for (name,) in connection.execute(_TABLES)]
    connection.execute(
        "create table sums (name text primary key, total integer not null) strict, without rowid"
    )
    for name in names:
        old, new = (_of_row(connection, name, row) for row in ("old.", "new."))
        for event, change in (
            ("insert", f"+ {new}"),
            ("delete", f"- {old}"),
            ("update", f"+ {new} - {old}"),
        ):
            connection.execute(
                f"create trigger {name}_{event} after {event} on {name} begin "
                f"update sums set total = total {change} where name = '{name}'; end"
            )
    for name in (*names, _SCHEMA_TABLE):
        total = _total(connection, name)
        connection.execute("insert into sums values (?, ?)", (name, total))


def sums_are_right(connection: sqlite3.Connection) -> bool:
    """Whether rows, indexes and the tables' own definitions are as they were written.

    Raises sqlite3.DatabaseError where that cannot even be asked.
    """
    connection.execute("begin")  # others may write in between
    try:
        stated = {str(name): total for name, total in connection.execute("select * from sums")}
        names = [*(str(name) for (name,) in connection.execute(_TABLES)), _SCHEMA_TABLE]
        [(verdict,), *more] = connection.execute("pragma integrity_check")
        whole = verdict == "ok" and not more
        return whole and stated == {name: _total(connection, name) for name in names}
    finally:
        connection.execute("commit")


def _total(connection: sqlite3.Connection, table: str) -> int:
    row = _of_row(connection, table, "")
    [(total,)] = connection.execute(f"select coalesce(sum({row}), 0) from {table}").fetchall()
    return int(total)


def _of_row(connection: sqlite3.Connection, table: str, row: str) -> str:
    """The SQL of a row's fingerprint; in which page a table lies is no part of its definition."""
    columns: Iterable[sqlite3.Row] = connection.execute(f"pragma table_info({table})")
    cells = ", ".join(f"{row}{column[1]}" for column in columns if column[1] != "rootpage")
    return f"fingerprint({cells})"


def _fingerprint(*cells: object) -> int:
    return int.from_bytes(hashlib.sha256(repr(cells).encode()).digest()[:_BYTES])
