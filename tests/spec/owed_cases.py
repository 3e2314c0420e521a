"""The tables of what is owed as cases: spells, absences, meetings, and what the law says of them.

In `windows` every row is also a boundary, unless it says why it is not one: with as many meetings
as are asked for, the last of them on the day before `due_on`, on it and on the day after, and the
first on the day before `window_start`, on it and on the day after. In `statuses` meetings are days,
in person and with the municipality, or with the a-kasse where `a:` stands before the day. All are
in Aarhus.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path

from pipelines.law.facts import Absence, Meeting, Spell
from pipelines.law.loader import load_law
from pipelines.law.values import Requirement

TABLES = Path(__file__).parent / "tables"
AARHUS, MIDTJYLLAND = "751", "1082"
LATE = date(2027, 12, 31)
ACTORS = {"municipality": "", "a_kasse": "a:"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the table says of the requirement; a column it is silent about is None."""

    requirement: str
    window_start: date | None = None
    due_on: date | None = None
    paused_days: int | None = None
    count: int | None = None
    status: str | None = None
    shortfall: int | None = None
    met_on: date | None = None


@dataclass(frozen=True, slots=True)
class OwedCase:
    """A spell with its absences and meetings, as seen on a day."""

    title: str
    as_of: date
    spell: Spell
    absences: tuple[Absence, ...]
    meetings: tuple[Meeting, ...]
    wanted: Wanted


@cache
def owed_cases() -> tuple[OwedCase, ...]:
    """Every row of `windows` with its boundaries, then every row of `statuses`."""
    cases = [*(case for row in rows("windows") for case in _windows(row))]
    cases += [_status(row) for row in rows("statuses")]
    return tuple(_named(number, case) for number, case in enumerate(cases))


def rows(table: str) -> list[dict[str, str]]:
    """The rows of one table beside this file."""
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def _windows(row: dict[str, str]) -> Iterator[OwedCase]:
    start = date.fromisoformat(row["start"])
    spell = Spell(AARHUS, "", "", row["group"], start)
    absences = tuple(_absence(text) for text in filter(None, row["absences"].split(" + ")))
    value = load_law().version_on(row["requirement"], start).value
    assert isinstance(value, Requirement)
    first, last = date.fromisoformat(row["window_start"]), date.fromisoformat(row["due_on"])
    wanted = Wanted(row["requirement"], first, last, int(row["paused_days"]))
    if row["boundary"]:
        yield OwedCase(row["title"], LATE, spell, absences, (), wanted)
        return
    for shift in (-1, 0, 1):
        # all but one on the last day that counts for certain, the other at the boundary
        inside = last - timedelta(days=1)
        for what, at in (("fristen", last), ("vinduets start", first)):
            day = at + timedelta(days=shift)
            days = sorted([*[inside] * (value.required - 1), day])
            counts = first <= day <= last
            met_on = days[-1] if counts else None
            yield OwedCase(
                f"{row['title']}: {what} {shift:+d}",
                LATE,
                spell,
                absences,
                _meetings(spell, [f"{ACTORS[value.actor]}{d}" for d in days]),
                replace(
                    wanted,
                    count=value.required - (not counts),
                    status="met" if counts else None,
                    met_on=met_on,
                ),
            )


def _status(row: dict[str, str]) -> OwedCase:
    group, days = row["spell"].split(" ")
    start, end = days.split("..")
    spell = Spell(
        AARHUS, "", "", group, date.fromisoformat(start), date.fromisoformat(end) if end else None
    )
    wanted = Wanted(
        row["requirement"],
        count=int(row["count"]),
        status=row["status"],
        shortfall=int(row["shortfall"]),
        met_on=date.fromisoformat(row["met_on"]) if row["met_on"] else None,
    )
    meetings = _meetings(spell, row["meetings"].split())
    return OwedCase(row["title"], date.fromisoformat(row["as_of"]), spell, (), meetings, wanted)


def _meetings(spell: Spell, days: list[str]) -> tuple[Meeting, ...]:
    return tuple(
        Meeting(
            municipality_code=AARHUS,
            region_code=MIDTJYLLAND,
            meeting_id=str(number),
            citizen="",
            meeting_type="4" if spell.target_group == "SDP" else "7",
            mode="in_person",
            status="held",
            actor="a_kasse" if day.startswith("a:") else "municipality",
            started_at=datetime.combine(date.fromisoformat(day[-10:]), time(9, number)),
        )
        for number, day in enumerate(days)
    )


def _absence(text: str) -> Absence:
    kind, days = text.split(" ")
    start, end = days.split("..")
    return Absence(AARHUS, "", kind, date.fromisoformat(start), date.fromisoformat(end))


def _named(number: int, case: OwedCase) -> OwedCase:
    """The case with a citizen and ids of its own, so that all can be judged together."""
    name = f"{number:04d}"
    return replace(
        case,
        spell=replace(case.spell, spell_id=name, citizen=name),
        absences=tuple(replace(absence, citizen=name) for absence in case.absences),
        meetings=tuple(
            replace(meeting, citizen=name, meeting_id=f"{name}-{meeting.meeting_id}")
            for meeting in case.meetings
        ),
    )
