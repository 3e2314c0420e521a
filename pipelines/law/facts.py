"""What the referee is told (meetings and spells) and what it answers (judgements)."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from pipelines.contracts.codes import NO_SPELL
from pipelines.law.model import Version

Outcome = Literal["met", "not_met", "not_applicable"]


@dataclass(frozen=True, slots=True)
class Meeting:
    """A current, accepted meeting. Moments are local time; the start has no seconds."""

    municipality_code: str
    region_code: str
    meeting_id: str
    citizen: str | None
    meeting_type: str
    mode: str
    status: str
    actor: str
    started_at: datetime
    registered_at: datetime | None = None
    summoned_on: date | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Municipality and id: what is unique."""
        return self.municipality_code, self.meeting_id

    @property
    def day(self) -> date:
        """The day the meeting starts."""
        return self.started_at.date()


@dataclass(frozen=True, slots=True)
class Spell:
    """A citizen's time in one target group; the last day is inclusive, or open."""

    municipality_code: str
    spell_id: str
    citizen: str | None
    target_group: str
    started_on: date
    ended_on: date | None = None

    def covers(self, meeting: Meeting) -> bool:
        """Whether the meeting is this citizen's, in this municipality, on a day of the spell."""
        return (
            meeting.citizen is not None
            and (self.municipality_code, self.citizen)
            == (meeting.municipality_code, meeting.citizen)
            and self.started_on <= meeting.day
            and (self.ended_on is None or meeting.day <= self.ended_on)
        )


@dataclass(frozen=True, slots=True)
class Absence:
    """A citizen's absence of one type; the last day is inclusive, or open."""

    municipality_code: str
    citizen: str | None
    absence_type: str
    started_on: date
    ended_on: date | None = None

    def covers(self, day: date, as_of: date) -> bool:
        """Whether the citizen is absent on the day; an open absence lasts through `as_of`."""
        return self.started_on <= day <= (self.ended_on or as_of)


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule tried on one meeting; no version where the rule lacks the day it is dated by."""

    reason: str
    outcome: Outcome
    rule: str
    rule_version: str | None
    version: Version | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one regime says of a meeting: its findings in legal order."""

    findings: tuple[Finding, ...]

    @property
    def outcomes(self) -> dict[str, Outcome]:
        """The outcome of every rule, by its reason code."""
        return {finding.reason: finding.outcome for finding in self.findings}

    @property
    def failed_rules(self) -> tuple[str, ...]:
        """The reasons of all rules that are not met."""
        return tuple(found.reason for found in self.findings if found.outcome == "not_met")

    @property
    def recognised(self) -> bool:
        """Whether every rule that applies is met."""
        return not self.failed_rules

    @property
    def reason(self) -> str | None:
        """The first failed rule, or nothing."""
        return self.failed_rules[0] if self.failed_rules else None

    @property
    def sole_reason(self) -> bool:
        """Whether exactly one rule failed."""
        return len(self.failed_rules) == 1


@dataclass(frozen=True, slots=True)
class Judgement:
    """A held meeting in its spell, a verdict per regime, and the law version that decided."""

    spell_id: str | None
    target_group: str
    verdicts: Mapping[str, Verdict]
    rule_version: str | None


def spell_of(meeting: Meeting, spells: tuple[Spell, ...]) -> Spell | None:
    """The covering spell with the latest start, then the largest id as text (section 4)."""
    covering = [spell for spell in spells if spell.covers(meeting)]
    return max(covering, key=lambda spell: (spell.started_on, spell.spell_id), default=None)


def group_of(spell: Spell | None) -> str:
    """The target group of a spell; `none` without one."""
    return NO_SPELL if spell is None else spell.target_group


def add_months(day: date, months: int) -> date:
    """Calendar months later, clipped to the last day of the month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
