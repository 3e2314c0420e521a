"""What each spell owes and how municipalities did, judged one by one (counting.md section 6).

It reads the same law as the SQL and nothing of the SQL; where the two disagree, one is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from pipelines.law.facts import Judgement, Meeting, Spell, add_months
from pipelines.law.model import Law, Rule, Version
from pipelines.law.values import CatchUp, Requirement, SupervisionThreshold
from pipelines.law.windows import Clock, Unit, Window

Judgements = Mapping[tuple[str, str], Judgement]


@dataclass(frozen=True, slots=True)
class Owed:
    """One requirement of one spell: its window, the meetings that fill it, and what came of it.

    `filled_by` are the recognised meetings of the requirement's actor from the window's first
    day to the reporting day, in order of time; those after `due_on` count only for catching up.
    """

    spell: Spell
    rule: Rule
    version: Version
    window: Window
    filled_by: tuple[Meeting, ...]
    status: str

    @property
    def value(self) -> Requirement:
        """How many meetings, by whom, in which window."""
        return cast("Requirement", self.version.value)

    @property
    def recognised_count(self) -> int:
        """The recognised meetings in the window."""
        return sum(meeting.day <= self.window.due_on for meeting in self.filled_by)

    @property
    def met_on(self) -> date | None:
        """The day of the meeting that reached the number, in time or when catching up."""
        if self.status not in {"met", "caught_up"}:
            return None
        return self.filled_by[self.value.required - 1].day

    @property
    def shortfall(self) -> int:
        """The meetings that are missing."""
        if self.status == "missed":
            return self.value.required - self.recognised_count
        return self.value.required - len(self.filled_by) if self.status == "carried" else 0


@dataclass(frozen=True, slots=True)
class SixMonths:
    """A spell that reaches the threshold's window: when, and the meetings it had by then.

    `counted_by` are the meetings recognised in supervision and held by the municipality before
    `reached_on`, in order of time. It counts in the month of that day if it still runs then and
    the month is over on the reporting day.
    """

    spell: Spell
    rule: Rule
    version: Version
    window: Window
    counted_by: tuple[Meeting, ...]
    is_running: bool
    is_month_over: bool

    @property
    def value(self) -> SupervisionThreshold:
        """The threshold itself."""
        return cast("SupervisionThreshold", self.version.value)

    @property
    def reached_on(self) -> date:
        """The day after the window, pauses included."""
        return self.window.due_on + timedelta(days=1)

    @property
    def month(self) -> date:
        """The month of that day, by its first day."""
        return self.reached_on.replace(day=1)

    @property
    def counts(self) -> bool:
        """Whether the spell is one of the month's."""
        return self.is_running and self.is_month_over

    @property
    def has_enough(self) -> bool:
        """Whether it had as many meetings as the threshold asks for."""
        return len(self.counted_by) >= self.value.meetings


@dataclass(frozen=True, slots=True)
class SupervisionMonth:
    """The spells of a municipality that reached six months in a month."""

    reached: int
    with_enough: int
    is_below: bool
    months_in_a_row: int
    contact_expected: bool


def owe(
    spells: Iterable[Spell],
    meetings: Iterable[Meeting],
    judgements: Judgements,
    law: Law,
    clock: Clock,
    as_of: date,
) -> list[Owed]:
    """Every requirement of every spell, as it stands on the reporting day."""
    rules = [rule for rule in law.rules.values() if rule.family == "requirement"]
    known = tuple(meetings)
    return [
        _owe_one(spell, rule, version, known, judgements, law, clock, as_of)
        for spell in spells
        for rule in rules
        for version in rule.versions
        if version.holds_on(spell.started_on)
        and spell.target_group in cast("Requirement", version.value).groups
    ]


def supervise(
    spells: Iterable[Spell],
    meetings: Iterable[Meeting],
    judgements: Judgements,
    law: Law,
    clock: Clock,
    as_of: date,
) -> dict[tuple[str, date], SupervisionMonth]:
    """By municipality and month (its first day): the months that supervision looks at."""
    known = tuple(meetings)
    cells: dict[tuple[str, date], list[bool]] = {}
    for spell in spells:
        for one in reach(spell, known, judgements, law, clock, as_of):
            if one.counts:
                cells.setdefault((spell.municipality_code, one.month), []).append(one.has_enough)
    return _months(cells, law.only_rule("supervision_threshold"))


def reach(
    spell: Spell,
    meetings: Iterable[Meeting],
    judgements: Judgements,
    law: Law,
    clock: Clock,
    as_of: date,
) -> list[SixMonths]:
    """When the spell reaches six months, under the threshold of that month; none before the first.

    There is one for each version of the threshold whose own window ends in its time.
    """
    found = []
    rule = law.only_rule("supervision_threshold")
    for version in rule.versions:
        value = cast("SupervisionThreshold", version.value)
        window = clock.window(spell, "months", 0, value.window_months)
        reached_on = window.due_on + timedelta(days=1)
        month = reached_on.replace(day=1)
        if not version.holds_on(month):
            continue
        counted_by = tuple(
            meeting
            for meeting in _meetings_of(spell, meetings, judgements, "supervision")
            if meeting.actor == "municipality" and meeting.day < reached_on
        )
        is_running = spell.ended_on is None or spell.ended_on >= reached_on
        is_month_over = add_months(month, 1) - timedelta(days=1) <= as_of
        found.append(SixMonths(spell, rule, version, window, counted_by, is_running, is_month_over))
    return found


def _months(
    cells: Mapping[tuple[str, date], list[bool]], rule: Rule
) -> dict[tuple[str, date], SupervisionMonth]:
    found: dict[tuple[str, date], SupervisionMonth] = {}
    for (code, month), spells in sorted(cells.items()):
        value = cast("SupervisionThreshold", rule.version_on(month).value)
        is_below = sum(spells) / len(spells) < value.share and len(spells) >= value.least_spells
        before = found.get((code, add_months(month, -1)))
        in_a_row = (before.months_in_a_row if before else 0) + 1 if is_below else 0
        found[code, month] = SupervisionMonth(
            len(spells), sum(spells), is_below, in_a_row, in_a_row >= value.months_in_a_row
        )
    return found


def _owe_one(
    spell: Spell,
    rule: Rule,
    version: Version,
    meetings: tuple[Meeting, ...],
    judgements: Judgements,
    law: Law,
    clock: Clock,
    as_of: date,
) -> Owed:
    value = cast("Requirement", version.value)
    window = clock.window(
        spell, cast("Unit", value.window_unit), value.window_from, value.window_to
    )
    filled_by = tuple(
        meeting
        for meeting in _meetings_of(spell, meetings, judgements, "duty")
        if meeting.actor == value.actor and window.starts_on <= meeting.day <= as_of
    )
    catch_up = cast("CatchUp", law.only_rule("catch_up").version_on(window.due_on).value)
    can_be_caught_up = spell.target_group in catch_up.groups
    return Owed(
        spell,
        rule,
        version,
        window,
        filled_by,
        _status(spell, value.required, window.due_on, filled_by, can_be_caught_up, as_of),
    )


def _status(
    spell: Spell,
    required: int,
    due_on: date,
    filled_by: tuple[Meeting, ...],
    can_be_caught_up: bool,
    as_of: date,
) -> str:
    """The first status of the table in section 6 that fits."""
    has_ended = spell.ended_on is not None and spell.ended_on <= as_of
    if sum(meeting.day <= due_on for meeting in filled_by) >= required:
        return "met"
    if has_ended and spell.ended_on is not None and spell.ended_on < due_on:
        return "lapsed"
    if due_on >= as_of:
        return "open"
    if not can_be_caught_up:
        return "missed"
    if len(filled_by) >= required:
        return "caught_up"
    return "lapsed" if has_ended else "carried"


def _meetings_of(
    spell: Spell, meetings: Iterable[Meeting], judgements: Judgements, regime: str
) -> list[Meeting]:
    """The spell's meetings that the regime recognises, in order of time."""
    own = [
        meeting
        for meeting in meetings
        if meeting.municipality_code == spell.municipality_code
        and (judgement := judgements.get(meeting.key)) is not None
        and judgement.spell_id == spell.spell_id
        and judgement.verdicts[regime].recognised
    ]
    return sorted(own, key=lambda meeting: (meeting.started_at, meeting.meeting_id))
