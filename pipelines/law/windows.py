"""Windows walked day by day on the calendar: the slow, plain reading (counting.md section 6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from pipelines.law.facts import Absence, Spell, add_months
from pipelines.law.model import Law, Rule, Version
from pipelines.law.values import ClockPause

Unit = Literal["months", "weeks", "days_after"]


@dataclass(frozen=True, slots=True)
class Window:
    """The first and last day of a window, and the days in it on which the clock stood still."""

    starts_on: date
    due_on: date
    paused: tuple[date, ...]


class Clock:
    """Which days stop the clock of a spell; an absence without an end lasts through `as_of`."""

    def __init__(self, law: Law, absences: Iterable[Absence], as_of: date) -> None:
        self._rules = [rule for rule in law.rules.values() if rule.family == "clock_pause"]
        self._as_of = as_of
        by_citizen: dict[tuple[str, str], list[Absence]] = {}
        for absence in absences:
            if absence.citizen is not None:
                key = (absence.municipality_code, absence.citizen)
                by_citizen.setdefault(key, []).append(absence)
        self._absences: Mapping[tuple[str, str], list[Absence]] = by_citizen

    def is_paused(self, spell: Spell, day: date) -> bool:
        """Whether the day stops the clock of the spell: by a period in law, or by an absence."""
        return bool(self.stopped_by(spell, day))

    def stopped_by(self, spell: Spell, day: date) -> tuple[tuple[Rule, Version], ...]:
        """The rules, in their versions of the day, that stop the clock of the spell."""
        versions = [(rule, rule.version_on(day, self._as_of)) for rule in self._rules]
        return tuple(
            (rule, version)
            for rule, version in versions
            if isinstance(version.value, ClockPause) and self._stops(version.value, spell, day)
        )

    def window(self, spell: Spell, unit: Unit, first: int, last: int) -> Window:
        """The window from `first` to `last` months (or weeks, or days) after the spell starts."""
        days_before = (add_months(spell.started_on, first) - spell.started_on).days
        days_to_end = days_before + nominal_days(spell.started_on, unit, first, last)
        starts_on, paused, used, day = spell.started_on, [], 0, spell.started_on
        while True:
            if self.is_paused(spell, day):
                paused.append(day)
            else:
                used += 1
                if used == days_before:
                    starts_on = day + timedelta(days=1)
                if used == days_to_end:
                    return Window(starts_on, day, tuple(d for d in paused if d >= starts_on))
            day += timedelta(days=1)

    def _stops(self, value: ClockPause, spell: Spell, day: date) -> bool:
        if not value.paused or not (value.groups is None or spell.target_group in value.groups):
            return False
        if not value.absence_types:
            return True
        absences = self._absences.get((spell.municipality_code, spell.citizen or ""), [])
        return any(
            absence.absence_type in value.absence_types and absence.covers(day, self._as_of)
            for absence in absences
        )


def nominal_days(start: date, unit: Unit, first: int, last: int) -> int:
    """How many days a window holds when nothing pauses; `start` is the first day of the spell."""
    if unit == "months":
        return (add_months(start, last) - add_months(start, first)).days
    return 7 * last if unit == "weeks" else last + 1
