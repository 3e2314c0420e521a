"""The publication opened for an auditor: read-only, and locked to itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

_LOCKED: Final[dict[str, str | bool | int | float | list[str]]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "allow_persistent_secrets": "false",
    "memory_limit": "1GB",
    "threads": "2",
    "temp_directory": "",  # a limit of 0 on what may lie there would not hold
}
_LONGEST_MS: Final = 60_000
_QUESTIONS: Final = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)


class AuditError(Exception):
    """The question cannot be asked or answered; the message says why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The columns and rows of one answer."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


def open_locked(publication: Path) -> duckdb.DuckDBPyConnection:
    """The publication, read-only, with no way to files, network, settings or extensions.

    Raises duckdb.Error where the file is not a publication. The caller closes it.
    """
    connection = duckdb.connect(str(publication), read_only=True, config=_LOCKED)
    connection.execute(f"set max_execution_time = {_LONGEST_MS}")
    connection.execute("set lock_configuration = true")
    return connection


def ask(publication: Path, sql: str, parameters: Mapping[str, str | None] | None = None) -> Answer:
    """Answers one SELECT on the publication; `parameters` are bound to its `$names` as text.

    No file, network, setting, extension or other database can be reached, and nothing can be
    written. Raises AuditError for anything but one question, and for what DuckDB refuses.
    """
    try:
        with open_locked(publication) as connection:
            statements = connection.extract_statements(sql)
            if len(statements) != 1 or statements[0].type not in _QUESTIONS:
                raise AuditError(
                    "Kun ét spørgsmål ad gangen: en SELECT (også WITH, DESCRIBE og EXPLAIN)."
                )
            cursor = connection.execute(statements[0], dict(parameters or {}))
            rows = cursor.fetchall()
            return Answer(tuple(str(column[0]) for column in cursor.description or ()), tuple(rows))
    except duckdb.ConversionException as error:
        if not parameters:
            raise AuditError(str(error)) from None
        raise AuditError(
            "En værdi kan ikke læses: måneder og dage skrives ÅÅÅÅ-MM-DD, tal med cifre. "
            f"({str(error).splitlines()[0]})"
        ) from None
    except duckdb.Error as error:
        raise AuditError(str(error)) from None


def list_tables(publication: Path) -> Answer:
    """Every table and view of the publication, with its comment."""
    return ask(
        publication,
        """
        select table_name, estimated_size as rows, comment
        from duckdb_tables() where not internal
        union all
        select view_name, null, comment from duckdb_views() where not internal
        order by 1
        """,
    )
