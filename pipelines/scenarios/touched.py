"""On which days of meetings a law may judge otherwise than another: only those are judged anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, Self

from pipelines.law.model import LEGAL_ORDER, Law, Rule

_JUDGING: Final = frozenset(step.family for steps in LEGAL_ORDER.values() for step in steps)
# A spell's actor decides all its meetings, and a first meeting in person those that follow it.
_REACHING_ON: Final = frozenset({"responsible_actor", "accepted_types"})


@dataclass(frozen=True, slots=True)
class Period:
    """The days from the first to the last, both included."""

    first: date
    last: date

    @classmethod
    def always(cls) -> Self:
        """Every day there is."""
        return cls(date.min, date.max)


def judged_days(one: Law, other: Law) -> Period | None:
    """The days on which a meeting may be judged otherwise under the other law; None for no day."""
    names = {name for law in (one, other) for name in law.rules}
    found = [
        period
        for name in sorted(names)
        if (period := _differing(one.rules.get(name), other.rules.get(name)))
    ]
    if not found:
        return None
    return Period(min(p.first for p in found), max(p.last for p in found))


def _differing(one: Rule | None, other: Rule | None) -> Period | None:
    rules = [rule for rule in (one, other) if rule is not None]
    family = rules[0].family
    if family not in _JUDGING:
        return None
    turns = {date.min, date.max}
    for version in (version for rule in rules for version in rule.versions):
        turns |= {version.in_force_from, version.valid_to or date.max}
    stretches = [
        (first, date.max if after == date.max else after - timedelta(days=1))
        for first, after in pairwise(sorted(turns))
        if _said(one, first) != _said(other, first)
    ]
    if not stretches:
        return None
    last = date.max if family in _REACHING_ON else stretches[-1][1]
    return Period(stretches[0][0], last)


def _said(rule: Rule | None, day: date) -> list[object]:
    """What the rule says of a day, at each time of knowledge."""
    return (
        [
            (version.value, version.known_from, version.known_through)
            if rule.by_knowledge
            else version.value
            for version in (rule.versions if rule else ())
            if version.holds_on(day)
        ]
        if rule
        else []
    )
