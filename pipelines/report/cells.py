"""The report's cells: exact counts and the persons behind them. They never leave memory.

Every unit (a held meeting, a requirement) lies in a set of cells, written as one number. A
person's set is that of all the person's units of a month at a place, so that distinct persons are
counted for every cell at once, and each level on its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from pipelines.contracts.codes import TARGET_GROUPS
from pipelines.disclosure.release import KEY
from pipelines.engine import Engine

# A family: the cells that each kind of unit is counted in, and the units (sql/report/).
FAMILIES: Final = {
    "meetings": ("meeting_kinds", "meeting_units"),
    "requirements": ("requirement_kinds", "requirement_units"),
    "supervision": ("supervision_kinds", "supervision_units"),
    "overdue": ("overdue_kinds", "overdue_units"),
}
BY_QUARTER: Final = ("meetings", "requirements")


def read_cells(engine: Engine) -> pl.DataFrame:
    """The cells of the publication that the engine has attached.

    One row is a family, month (its first day; of `meetings_quarter` and `requirements_quarter` the
    quarter's), level, place, measure, by and category, in this
    order; `value` counts meetings, requirements or spells, `persons` the distinct citizens behind
    them, where a row without a citizen is one person. Cells of nothing have no row.
    """
    _prepare(engine)
    families = [rows for name in FAMILIES for rows in _family(engine, name)]
    return pl.concat(families).select(*KEY, "value", "persons").sort(KEY)


def _prepare(engine: Engine) -> None:
    """What the units are taken from, and is no table of the publication."""
    engine.run("create or replace temp table night as select as_of from next.publication")
    engine.offer("target_groups", pl.DataFrame({"target_group": TARGET_GROUPS}))
    for table in ("law_in_force", "law_pauses", "law_thresholds", "law_windows"):
        engine.scratch(table, f"law/{table}")
    engine.run("delete from law_windows where family != 'supervision_threshold'")  # known already
    for table in ("spell_pauses", "windows", "spell_meetings"):
        engine.scratch(table, f"requirements/{table}")
    engine.view("reaching", "requirements/reaching")
    engine.scratch("report_months", "report/months")
    engine.scratch("overdue", "report/overdue")


def _family(engine: Engine, family: str) -> Iterator[pl.DataFrame]:
    kinds, units = FAMILIES[family]
    engine.scratch("kinds", f"report/{kinds}")
    engine.scratch("report_bits", "report/bits")
    engine.scratch("units", f"report/{units}")
    yield _count(engine, family)
    if family in BY_QUARTER:
        engine.scratch("units", "report/quarters")
        yield _count(engine, f"{family}_quarter")


def _count(engine: Engine, family: str) -> pl.DataFrame:
    for table in ("people", "movers"):
        engine.scratch(table, f"report/{table}")
    engine.scratch("report_sets", "report/sets")
    cells = engine.frame("report/cells").rename({"split": "by"})  # BY is a word of SQL
    return cells.with_columns(family=pl.lit(family))
