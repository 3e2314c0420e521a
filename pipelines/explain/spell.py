"""One spell explained: its windows, its pauses, and the meetings that filled them or did not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, cast

from pipelines.explain.agreement import (
    Difference,
    compare_meeting,
    compare_month,
    compare_requirements,
)
from pipelines.explain.records import CitizenFile, Delivered, ExplainError, Place, Records, Row
from pipelines.explain.used import pausing_types
from pipelines.law.facts import Absence, Judgement, Meeting, Spell, add_months, spell_of
from pipelines.law.model import Rule, Version
from pipelines.law.owed import Judgements, Owed, SixMonths, owe, reach
from pipelines.law.referee import judge
from pipelines.law.windows import Clock, Unit, Window, nominal_days

_LAST_YEAR: Final = 9990  # a window that is paused until then has no end


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A meeting in a window that does not fill it, and why.

    `why` is `not_held`, `not_recognised` (then `reasons` are the rules of duty that failed),
    `other_actor`, or `after_as_of`.
    """

    meeting: Meeting
    why: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paused:
    """Days in a row on which the clock stood still; both ends are inclusive."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class RequirementExplained:
    """A requirement of the spell, the days that move its window, and the meetings left out.

    `nominal_start` and `nominal_end` are the window's first and last day if nothing paused.
    """

    owed: Owed
    nominal_start: date
    nominal_end: date
    paused: tuple[Paused, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class SpellExplained:
    """A current spell; `pausing` are the citizen's absences that stop its clock.

    `paused_by` are the versions of law by which any of its windows was paused. `six_months` has
    an entry only where the threshold of supervision holds for the month the spell reaches six
    months in; `months` are rows of the table `supervision`, by month.
    """

    publication_id: str
    as_of: date
    place: Place
    spell: Spell
    delivered: Delivered
    pausing: tuple[Absence, ...]
    requirements: tuple[RequirementExplained, ...]
    paused_by: tuple[tuple[Rule, Version], ...]
    six_months: tuple[SixMonths, ...]
    months: Mapping[date, Row]
    titles: Mapping[str, str]
    differences: tuple[Difference, ...]


def explain_spell(records: Records, code: str, spell_id: str) -> SpellExplained:
    """The spell of a municipality, explained by the law and the facts of the publication.

    Raises ExplainError where there is no such municipality or spell, and for a spell whose
    windows end after the last day a calendar has.
    """
    place = records.place(code)
    record, citizen = records.spell(place, spell_id)
    spell, as_of = record.spell, records.as_of
    _check_calendar(records, citizen, spell)
    judgements = judge(citizen.facts, _spells(citizen), records.law, as_of)
    clock = Clock(records.law, citizen.absences, as_of)
    owed = owe([spell], citizen.facts, judgements, records.law, clock, as_of)
    six_months = reach(spell, citizen.facts, judgements, records.law, clock, as_of)
    months = {one.month: _month(records, place, one.month) for one in six_months}
    own = [meeting for meeting in citizen.facts if spell_of(meeting, _spells(citizen)) == spell]
    windows = [*(one.window for one in owed), *(one.window for one in six_months)]
    return SpellExplained(
        publication_id=records.publication["publication_id"],
        as_of=as_of,
        place=place,
        spell=spell,
        delivered=records.delivered(place, record.row),
        pausing=_pausing(records, citizen, spell, [one.due_on for one in windows]),
        requirements=tuple(_explain_one(one, own, judgements, as_of) for one in owed),
        paused_by=_paused_by(clock, spell, windows),
        six_months=tuple(six_months),
        months={month: row for month, row in months.items() if row is not None},
        titles=records.titles,
        differences=(
            *compare_requirements(spell_id, owed, _requirements(records, place, spell_id)),
            *_compare_meetings(citizen, spell, judgements),
            *(found for one in six_months for found in compare_month(one, months[one.month])),
        ),
    )


def _check_calendar(records: Records, citizen: CitizenFile, spell: Spell) -> None:
    """Some write the year 9999 for "open": no window ends then, and walking there takes long."""
    for absence in _pausing(records, citizen, spell, [date.max]):
        if absence.ended_on and absence.ended_on.year >= _LAST_YEAR:
            raise ExplainError(
                f"Forløbet {spell.spell_id} kan ikke forklares: et fravær (type "
                f"{absence.absence_type}) slutter {absence.ended_on:%d-%m-%Y}, så fristerne ligger "
                "efter kalenderens sidste dag. Lever fraværet igen, uden slutdato hvis det løber."
            )


def join_days(days: Iterable[date]) -> tuple[Paused, ...]:
    """Days in order as stretches without a hole."""
    found: list[Paused] = []
    for day in days:
        if found and found[-1].last + timedelta(days=1) == day:
            found[-1] = Paused(found[-1].first, day)
        else:
            found.append(Paused(day, day))
    return tuple(found)


def _explain_one(
    owed: Owed, own: Iterable[Meeting], judgements: Judgements, as_of: date
) -> RequirementExplained:
    value, start = owed.value, owed.spell.started_on
    unit = cast("Unit", value.window_unit)
    nominal_start = add_months(start, value.window_from)
    length = nominal_days(start, unit, value.window_from, value.window_to)
    left_out = [
        _leave_out(meeting, judgements.get(meeting.key), as_of)
        for meeting in own
        if owed.window.starts_on <= meeting.day <= owed.window.due_on
        and meeting not in owed.filled_by
    ]
    return RequirementExplained(
        owed,
        nominal_start,
        nominal_start + timedelta(days=length - 1),
        join_days(owed.window.paused),
        tuple(left_out),
    )


def _leave_out(meeting: Meeting, judgement: Judgement | None, as_of: date) -> LeftOut:
    if judgement is None:
        return LeftOut(meeting, "not_held", ())
    duty = judgement.verdicts["duty"]
    if not duty.recognised:
        return LeftOut(meeting, "not_recognised", duty.failed_rules)
    return LeftOut(meeting, "after_as_of" if meeting.day > as_of else "other_actor", ())


def _pausing(
    records: Records, citizen: CitizenFile, spell: Spell, deadlines: Iterable[date]
) -> tuple[Absence, ...]:
    """Those with a day between the start of the spell and its last deadline."""
    types, last = pausing_types(records.law), max(deadlines, default=records.as_of)
    return tuple(
        absence
        for absence in citizen.absences
        if absence.absence_type in types
        and absence.started_on <= last
        and (absence.ended_on or records.as_of) >= spell.started_on
    )


def _paused_by(
    clock: Clock, spell: Spell, windows: Iterable[Window]
) -> tuple[tuple[Rule, Version], ...]:
    found: dict[str, tuple[Rule, Version]] = {}
    for day in sorted({day for window in windows for day in window.paused}):
        for rule, version in clock.stopped_by(spell, day):
            found.setdefault(rule.version_id(version), (rule, version))
    return tuple(found.values())


def _compare_meetings(
    citizen: CitizenFile, spell: Spell, judgements: Judgements
) -> Iterable[Difference]:
    """The meetings that either the referee or the SQL counts to the spell."""
    for record in citizen.meetings:
        found = spell_of(record.meeting, _spells(citizen))
        if found == spell or record.counted["spell_id"] == spell.spell_id:
            yield from compare_meeting(record, found, judgements.get(record.meeting.key))


def _spells(citizen: CitizenFile) -> tuple[Spell, ...]:
    return tuple(known.spell for known in citizen.spells)


def _requirements(records: Records, place: Place, spell_id: str) -> list[Row]:
    return records.rows(
        "select * from requirements where municipality_code = ? and spell_id = ?",
        place.code,
        spell_id,
    )


def _month(records: Records, place: Place, month: date) -> Row | None:
    rows = records.rows(
        "select * from supervision where municipality_code = ? and month = ?", place.code, month
    )
    return rows[0] if rows else None
