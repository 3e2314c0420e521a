"""What the need is computed from, read from the publication: exact counts, never shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from pipelines.contracts.codes import TARGET_GROUPS
from pipelines.engine import Engine
from pipelines.need.weeks import week_of

AHEAD: Final = 26  # weeks that are looked ahead
NEAR: Final = 13  # weeks that the municipalities' need is told for
COPENHAGEN: Final = "101"
AUTUMN: Final = (week_of(date(2020, 7, 1)), week_of(date(2020, 12, 27)))  # whole weeks of the half
_BEFORE_AUTUMN: Final = 26  # weeks that must lie before it
AGO: Final = 26  # weeks ago: those overdue then have met their fate by now


@dataclass(frozen=True, slots=True)
class Autumn:
    """Copenhagen's second half of 2020: what fell due, and the backlog that it began with.

    `persons` are those behind the one that rests on fewer: of what fell due, in its fullest week.
    """

    due: int
    backlog: int
    persons: int


@dataclass(frozen=True, slots=True)
class Counts:
    """Frames of sql/need/, each named after its file; `starts` is inflow.sql.

    Weeks are numbers (pipelines.need.weeks); the last one is the last that was over on `as_of`.
    """

    first_week: int
    last_week: int
    starts: pl.DataFrame
    exits: pl.DataFrame
    falling_due: pl.DataFrame
    fell_due: pl.DataFrame
    on_hand: pl.DataFrame
    persons: pl.DataFrame
    owed: pl.DataFrame
    backlog: pl.DataFrame
    backlog_persons: pl.DataFrame
    outcomes: pl.DataFrame
    autumn: Autumn | None

    @property
    def weeks(self) -> int:
        """How many weeks of history there are."""
        return self.last_week - self.first_week + 1


def read_counts(engine: Engine) -> Counts | None:
    """The counts of the publication that the engine has attached; None before the first meeting."""
    history = engine.frame("need/history")
    if history.is_empty():
        return None
    first, last = history.select("first_week", "last_week").row(0)
    engine.offer("target_groups", pl.DataFrame({"target_group": TARGET_GROUPS}))
    engine.run("create or replace temp table night as select as_of from next.publication")
    for table in ("law_in_force", "law_windows", "law_requirements"):
        engine.scratch(table, f"law/{table}")
    engine.scratch("spell_meetings", "requirements/spell_meetings")
    begun = {"first_week": first}
    engine.scratch("running_requirements", "need/running", {"origin": last, "weeks": AHEAD})
    on_hand = engine.frame("need/on_hand")
    persons = engine.frame("need/persons", {"origin": last, "weeks": AHEAD})
    near = engine.frame("need/persons", {"origin": last, "weeks": NEAR})
    engine.scratch("overdue_spells", "need/overdue_spells", begun | {"origin": last, "until": last})
    backlog, behind = engine.frame("need/backlog"), engine.frame("need/backlog_persons")
    then = last - AGO
    engine.scratch("overdue_spells", "need/overdue_spells", begun | {"origin": then, "until": last})
    return Counts(
        first_week=first,
        last_week=last,
        starts=engine.frame("need/inflow", begun),
        exits=engine.frame("need/exits", begun),
        falling_due=engine.frame("need/falling_due", begun),
        fell_due=engine.frame("need/fell_due", begun | {"last_week": last, "place": "DK"}),
        on_hand=on_hand,
        persons=pl.concat(
            [near.filter(pl.col("due").is_null()), persons.filter(pl.col("place").is_null())]
        ),
        owed=engine.frame("need/owed", {"from_week": first, "to_week": last + AHEAD}),
        backlog=backlog,
        backlog_persons=behind,
        outcomes=engine.frame("need/outcomes", {"origin": then}),
        autumn=_read_autumn(engine, first, last),
    )


def _read_autumn(engine: Engine, first: int, last: int) -> Autumn | None:
    """None where the deliveries do not hold the half year and the one before it."""
    begins, ends = AUTUMN
    if first > begins - _BEFORE_AUTUMN or last < ends:
        return None
    half_year = {"first_week": begins, "last_week": ends, "place": COPENHAGEN}
    due = engine.frame("need/fell_due", half_year)
    then = {"origin": begins - 1, "until": begins - 1, "first_week": first}
    engine.scratch("overdue_spells", "need/overdue_spells", then)
    of_copenhagen = pl.col("place") == COPENHAGEN
    backlog = engine.frame("need/backlog").filter(of_copenhagen)["meetings"].sum()
    waiting = engine.frame("need/backlog_persons").filter(of_copenhagen)["persons"].sum()
    persons = due.select(pl.col("persons").max().fill_null(0)).item()
    return Autumn(int(due["meetings"].sum()), int(backlog), min(persons, waiting))
