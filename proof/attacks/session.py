"""A statement put to a copy of the publication, in this process: how, its first argument says.

python -m proof.attacks.session documented|plain FILE SQL

`documented` opens the copy with the very lines of docs/auditing.md, `plain` with nothing at all.
Prints the rows, and at the end the settings that differ from before.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any, Final, cast

import duckdb

_PAGE: Final = Path(__file__).parents[2] / "docs" / "auditing.md"
_FILE: Final = '"samtaler.duckdb"'  # as the page writes it
# No lock of DuckDB's holds `set schema`: it says where a bare name is looked up first, in what can
# be reached anyhow.
_NAMES_FIRST_LOOKED_UP: Final = ("schema", "search_path")
CHANGED: Final = "SETTINGS CHANGED:"


def main() -> None:
    """Opens, asks, tells."""
    how, file, sql = sys.argv[1:]
    connection = _documented(file) if how == "documented" else duckdb.connect(file)
    before = _settings(connection)
    try:
        for statement in connection.extract_statements(sql):
            connection.execute(statement)
            while rows := connection.fetchmany(1000):
                print(str(rows)[:100_000])
    except (duckdb.Error, MemoryError) as error:
        print(type(error).__name__, str(error)[:500])
    changed = sorted(
        (name, value)
        for name, value in _settings(connection).items() - before.items()
        if name not in _NAMES_FIRST_LOOKED_UP
    )
    print(CHANGED, changed or "none")


def documented_opening() -> str:
    """The lines of docs/auditing.md that open a copy."""
    blocks = re.findall(r"```python\n(.+?)```", _PAGE.read_text("utf-8"), re.DOTALL)
    [opening] = [block for block in blocks if _FILE in block]
    return str(opening)


def _documented(file: str) -> duckdb.DuckDBPyConnection:
    names: dict[str, Any] = {}
    exec(documented_opening().replace(_FILE, repr(file)), names)  # noqa: S102 - our own page
    return cast("duckdb.DuckDBPyConnection", names["connection"])


def _settings(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    rows = connection.execute("select name, value::varchar from duckdb_settings()").fetchall()
    return {str(name): str(value) for name, value in rows}


if __name__ == "__main__":
    main()
