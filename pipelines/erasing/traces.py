"""What else of a home could hold the citizen: files made of publications, and kept messages."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

import duckdb

from pipelines.alerts.sums import use_sums
from pipelines.code_version import code_version
from pipelines.erasing.journal import Journal
from pipelines.extracts.writing import write_extracts
from pipelines.progress import Show
from pipelines.publishing import next_file
from pipelines.receipts.writing import write_receipts
from pipelines.report.writing import write_report
from pipelines.settings import Home

_PLACES_OF_WORK: Final = ("scratch", "verify", "scenarios")  # folders of state/, one a task


def remove_traces(home: Home, journal: Journal) -> None:
    """Removes what is made of publications, and the citizen's mark from messages and history.

    Scenarios are asked anew by whoever needs them. Raises OSError where a file will not go.
    """
    for place in (home.receipts, home.extracts, home.scenarios):
        if place.exists():
            shutil.rmtree(place)
    clear_up(home)
    for file in sorted(home.state.rglob("*.db")):
        _replace_in(file, journal.mark, journal.fresh_mark)


def clear_up(home: Home) -> None:
    """Removes the folders that work is done in."""
    for place in (next_file(home).parent, *(home.state / name for name in _PLACES_OF_WORK)):
        shutil.rmtree(place, ignore_errors=True)


def tell_again(home: Home, show: Show) -> bool:
    """Letters, worklists and report from the publication that stands; False where not all is done.

    Whatever is missing, the next night makes.
    """
    try:
        with duckdb.connect(str(home.publication), read_only=True) as connection:
            [(code,)] = connection.execute("select code_version from publication").fetchall()
    except duckdb.Error:
        return False
    if code != code_version("counting"):
        return False
    had_report = home.report.exists()
    steps: list[Callable[[], object]] = [
        lambda: write_receipts(home, show),
        lambda: write_extracts(home, home.state / "scratch" / "extracts", show),
        *([lambda: write_report(home, show)] if had_report else []),
    ]
    done = [_is_done(step) for step in steps]  # all are tried, whatever becomes of the first
    clear_up(home)
    return all(done)


def _is_done(step: Callable[[], object]) -> bool:
    with suppress(Exception):  # the citizen is out of everything; what is told can wait
        step()
        return True
    return False


def _replace_in(file: Path, old: str, new: str) -> None:
    """Replaces a text in every text of a SQLite file, and writes the file without what was."""
    with closing(sqlite3.connect(file)) as connection:
        use_sums(connection)  # the memory of alerts keeps some
        tables = [name for (name,) in connection.execute(_TABLES)]
        changed = 0
        for table in tables:
            for _, column, *_ in connection.execute(f'pragma table_info("{table}")').fetchall():
                done = connection.execute(
                    f'update "{table}" set "{column}" = replace("{column}", ?, ?) '
                    f'where typeof("{column}") = \'text\' and instr("{column}", ?)',
                    (old, new, old),
                )
                changed += done.rowcount
        connection.commit()
        if changed:
            connection.execute("pragma wal_checkpoint(truncate)")
            connection.execute("vacuum")
            connection.execute("pragma wal_checkpoint(truncate)")


_TABLES: Final = "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'"
