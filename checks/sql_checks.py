"""Checks across tables: one SELECT each in sql/checks/; no rows is a pass."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from checks.results import CheckResult, Outcome
from pipelines.engine import Engine, read_sql


@dataclass(frozen=True, slots=True)
class SqlCheck:
    """One file of sql/checks/: the table it is shown on, what it says, and its SELECT."""

    name: str
    table: str
    text_da: str
    text_en: str
    select: str


@cache
def sql_checks() -> tuple[SqlCheck, ...]:
    """Every check of sql/checks/, in the order of their names."""
    folder = files("sql").joinpath("checks")
    names = sorted(file.name.removesuffix(".sql") for file in folder.iterdir())
    return tuple(_read(name) for name in names if not name.startswith("__"))


def run_sql_check(engine: Engine, check: SqlCheck) -> CheckResult:
    """Counts the rows that break the check; their values are not kept."""
    failed = engine.number(f"select count(*) from ({check.select})")
    rows = engine.number(f"select count(*) from next.{check.table}")
    outcome: Outcome = "failed" if failed else "passed"
    return CheckResult(f"{check.table}.{check.name}", check.table, outcome, rows, failed)


def _read(name: str) -> SqlCheck:
    text = read_sql(f"checks/{name}")
    header = dict(re.findall(r"^-- (table|da|en): (.+)$", text, re.MULTILINE))
    return SqlCheck(name, header["table"], header["da"], header["en"], text)
