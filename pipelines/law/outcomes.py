"""What each rule says of one held meeting, one small reading per family (counting.md section 5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import singledispatch

from pipelines.law import values
from pipelines.law.errors import LawError
from pipelines.law.facts import Meeting, Outcome, Spell, add_months, group_of
from pipelines.law.model import Law, Rule, Version


@dataclass(frozen=True, slots=True)
class Case:
    """A held meeting with its spell."""

    meeting: Meeting
    spell: Spell | None

    def day_for(self, rule: Rule) -> date | None:
        """The day the rule is dated by; none for a rule dated by a spell where there is none."""
        if rule.applies_by == "spell_start":
            return self.spell.started_on if self.spell else None
        return self.meeting.day


@dataclass(frozen=True, slots=True)
class Bench:
    """What a judgement may look at: all cases, the law, and the day of knowledge."""

    cases: tuple[Case, ...]
    law: Law
    as_of: date

    def version_for(self, family: str, case: Case) -> tuple[Rule, Version | None]:
        """The rule of the family, and its version for the case if it has the day it goes by."""
        rule = self.law.only_rule(family)
        day = case.day_for(rule)
        return rule, None if day is None else rule.version_on(day, self.as_of)


@singledispatch
def outcome(value: object, _case: Case, _bench: Bench) -> Outcome:
    """Whether the rule with this value is met by the case. Raises LawError for other families."""
    raise LawError(f"{type(value).__name__} does not judge single meetings.")


@outcome.register
def _(value: values.AcceptedTypes, case: Case, _bench: Bench) -> Outcome:
    return _met(case.meeting.meeting_type in value.types[group_of(case.spell)])


@outcome.register
def _(value: values.SpellRequired, case: Case, _bench: Bench) -> Outcome:
    return _met(case.spell is not None or not value.spell_required)


@outcome.register
def _(value: values.ResponsibleActor, case: Case, _bench: Bench) -> Outcome:
    if case.spell is None:
        return "not_applicable"
    turn = municipality_from(value, case)
    in_a_kasse = turn is not None and case.meeting.day < turn
    return _met(case.meeting.actor == ("a_kasse" if in_a_kasse else value.actor))


@outcome.register
def _(value: values.Suspension, _case: Case, _bench: Bench) -> Outcome:
    return _met(not value.suspended)


@outcome.register
def _(value: values.MonthLeftOut, _case: Case, _bench: Bench) -> Outcome:
    return _met(not value.left_out)


@outcome.register
def _(value: values.ModeRequired, case: Case, _bench: Bench) -> Outcome:
    return _met(case.meeting.mode != "unknown" or not value.mode_required)


@outcome.register
def _(value: values.AcceptedModes, case: Case, bench: Bench) -> Outcome:
    named = {mode for grant in value.grants for mode in grant.modes}
    if case.spell is None and value.needs_spell and case.meeting.mode in named:
        return "not_applicable"
    return _met(any(_grants(grant, case, bench) for grant in value.grants))


@outcome.register
def _(value: values.Duplicate, case: Case, bench: Bench) -> Outcome:
    if case.meeting.citizen is None or not value.same_minute:
        return "not_applicable"
    return _met(original_of(case, bench) is None)


@outcome.register
def _(value: values.RegisterTypes, case: Case, _bench: Bench) -> Outcome:
    return _met(case.meeting.meeting_type in value.types)


@outcome.register
def _(value: values.RegisterActor, case: Case, _bench: Bench) -> Outcome:
    return _met(case.meeting.actor not in value.left_out)


def municipality_from(value: values.ResponsibleActor, case: Case) -> date | None:
    """The first day after the a-kasse's time in the spell; none where the a-kasse has no time."""
    if case.spell is None or case.spell.target_group not in value.a_kasse_groups:
        return None
    return add_months(case.spell.started_on, value.a_kasse_months)


def original_of(case: Case, bench: Bench) -> Meeting | None:
    """The earliest registered of the meetings that this one repeats, or nothing."""
    earlier = [other.meeting for other in bench.cases if _precedes(other.meeting, case.meeting)]
    return min(earlier, key=_registration, default=None)


def first_in_person(case: Case, bench: Bench) -> Meeting | None:
    """The first earlier meeting of an accepted type in the same spell, held in person."""
    earlier = [
        other.meeting
        for other in bench.cases
        if case.spell is not None
        and other.spell == case.spell
        and other.meeting.mode == "in_person"
        and other.meeting.started_at < case.meeting.started_at
        and _has_accepted_type(other, bench)
    ]
    return min(earlier, key=lambda meeting: (meeting.started_at, meeting.meeting_id), default=None)


def _met(holds: bool) -> Outcome:
    return "met" if holds else "not_met"


def _grants(grant: values.Grant, case: Case, bench: Bench) -> bool:
    """Whether every condition of the grant holds for the meeting."""
    meeting, spell = case.meeting, case.spell
    months_passed = grant.months_from is None or (
        spell is not None and meeting.day >= add_months(spell.started_on, grant.months_from)
    )
    summoned_in_time = grant.summoned_before is None or (
        meeting.summoned_on is not None and meeting.summoned_on < grant.summoned_before
    )
    return (
        meeting.mode in grant.modes
        and (grant.groups is None or group_of(spell) in grant.groups)
        and (grant.regions is None or meeting.region_code in grant.regions)
        and months_passed
        and summoned_in_time
        and (not grant.after_in_person or first_in_person(case, bench) is not None)
    )


def _has_accepted_type(case: Case, bench: Bench) -> bool:
    _, version = bench.version_for("accepted_types", case)
    return version is not None and outcome(version.value, case, bench) == "met"


def _precedes(other: Meeting, meeting: Meeting) -> bool:
    """Whether the other starts as the same meeting does and was registered earlier."""
    same = (
        other.citizen == meeting.citizen
        and other.municipality_code == meeting.municipality_code
        and other.meeting_type == meeting.meeting_type
        and other.started_at == meeting.started_at
    )
    return same and _registration(other) < _registration(meeting)


def _registration(meeting: Meeting) -> tuple[bool, datetime, str]:
    """Earlier sorts first; a blank registration is the latest; then the smaller id as text."""
    blank = meeting.registered_at is None
    return blank, meeting.registered_at or meeting.started_at, meeting.meeting_id
