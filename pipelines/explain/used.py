"""The days and meetings that a rule looked at when it judged a meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import singledispatch

from pipelines.law import values
from pipelines.law.facts import Finding, Meeting, add_months
from pipelines.law.model import Law
from pipelines.law.outcomes import Bench, Case, first_in_person, municipality_from, original_of

# What a day was looked at for; pipelines/cli/wording.py has a word for each.
ROLES = (
    "meeting_day",
    "spell_start",
    "spell_end",
    "municipality_from",
    "mode_free_from",
    "summoned_on",
    "summoned_before",
    "first_in_person",
    "registered_at",
    "duplicate_of",
    "known_on",
)


@dataclass(frozen=True, slots=True)
class Used:
    """A day (or a moment in local time) and what it was looked at for; nothing where it is blank.

    `meeting` is the other meeting that it is the day of.
    """

    role: str
    day: date | None
    meeting: Meeting | None = None


def list_used(finding: Finding, case: Case, bench: Bench) -> tuple[Used, ...]:
    """Every day the rule looked at: the day that chose its version, then those it asks for."""
    rule = bench.law.rule(finding.rule)
    by_spell = rule.applies_by == "spell_start"
    dated_by = Used("spell_start" if by_spell else "meeting_day", case.day_for(rule))
    if finding.version is None:
        return (dated_by,)
    rest = _used(finding.version.value, case, bench)
    return (dated_by, *(one for one in rest if one != dated_by))


@singledispatch
def _used(_value: object, _case: Case, _bench: Bench) -> tuple[Used, ...]:
    """What a rule with this value asks for beyond its own day: most ask for nothing."""
    return ()


@_used.register
def _(_value: values.SpellRequired, case: Case, _bench: Bench) -> tuple[Used, ...]:
    if case.spell is None:
        return ()
    return Used("spell_start", case.spell.started_on), Used("spell_end", case.spell.ended_on)


@_used.register
def _(value: values.ResponsibleActor, case: Case, _bench: Bench) -> tuple[Used, ...]:
    turn = municipality_from(value, case)
    day = Used("meeting_day", case.meeting.day)
    return (day,) if turn is None else (day, Used("municipality_from", turn))


@_used.register
def _(_value: values.MonthLeftOut, _case: Case, bench: Bench) -> tuple[Used, ...]:
    return (Used("known_on", bench.as_of),)


@_used.register
def _(value: values.AcceptedModes, case: Case, bench: Bench) -> tuple[Used, ...]:
    found: list[Used] = []
    for grant in value.grants:
        if grant.months_from is not None and case.spell is not None:
            found.append(Used("spell_start", case.spell.started_on))
            free_from = add_months(case.spell.started_on, grant.months_from)
            found.append(Used("mode_free_from", free_from))
        if grant.summoned_before is not None:
            found.append(Used("summoned_on", case.meeting.summoned_on))
            found.append(Used("summoned_before", grant.summoned_before))
        if grant.after_in_person and case.spell is not None:
            earlier = first_in_person(case, bench)
            held_at = earlier.started_at if earlier else None
            found.append(Used("first_in_person", held_at, earlier))
    return tuple(dict.fromkeys(found))


@_used.register
def _(_value: values.Duplicate, case: Case, bench: Bench) -> tuple[Used, ...]:
    original = original_of(case, bench)
    own = Used("registered_at", case.meeting.registered_at)
    if original is None:
        return (own,)
    return own, Used("duplicate_of", original.registered_at, original)


def pausing_types(law: Law) -> frozenset[str]:
    """The absence types that any version of any rule lets stop the clock."""
    return frozenset(
        absence_type
        for rule in law.rules.values()
        for version in rule.versions
        if isinstance(version.value, values.ClockPause) and version.value.paused
        for absence_type in version.value.absence_types
    )
