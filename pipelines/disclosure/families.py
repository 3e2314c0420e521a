"""The public tables, and how their cells add up: what a reader could compute from what.

Every family has a total a place and period. The total splits into two outcomes, perhaps in several
ways; outcomes and total split further by one grouping at a time. Nothing is crossed twice. A month
of a municipality is too small to be split by mode or group, so that is done by the quarter; only
the country is split by the month as well.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from pipelines.contracts.codes import MODES, NO_SPELL, REASONS, TARGET_GROUPS
from pipelines.disclosure.rules import Level

EVERYWHERE: Final[tuple[Level, ...]] = ("country", "region", "municipality")
_NATIONAL: Final[tuple[Level, ...]] = ("country",)


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Measures of a family split by one grouping.

    At the levels of `split` each part is shown; the cells of all parts are hidden together, since
    they add up to the total's. At the levels of `joined` only the total's cells are shown: with
    the parts beside them too much would have to be hidden in a small municipality.
    """

    by: str
    categories: tuple[str, ...]
    parts: tuple[str, ...]
    split: tuple[Level, ...] = EVERYWHERE
    joined: tuple[Level, ...] = ()
    alone: str = ""  # the country's meetings of a category that stand in no other, by this name
    few: bool = False  # so few categories that a municipality's month can be split by them

    def is_at(self, level: Level) -> bool:
        """Whether the breakdown is shown at a level."""
        return level in self.split or level in self.joined


@dataclass(frozen=True, slots=True)
class Family:
    """Figures that add up to one total; one row a place, period, measure and category."""

    name: str
    total: str
    outcomes: tuple[str, ...] = ()  # two that sum to the total, or none
    ways: tuple[str, ...] = ()  # in which the total splits into the outcomes, each one anew
    ways_by: str = ""  # the grouping they are categories of
    breakdowns: tuple[Breakdown, ...] = ()
    levels: tuple[Level, ...] = EVERYWHERE
    months: int = 1  # of the period
    sums: Family | None = None  # the months that these periods add up

    def adds_up(self, level: Level, by: str = "") -> bool:
        """Whether a level shows the same by month, so that a reader can add the months up."""
        months = self.sums
        if months is None or level not in months.levels:
            return False
        return not by or any(b.by == by and b.is_at(level) for b in months.breakdowns)

    def parts_at(self, breakdown: Breakdown, level: Level) -> tuple[str, ...]:
        """The measures of a breakdown that have cells of their own at a level."""
        return breakdown.parts if level in breakdown.split else (self.total,)

    def months_of(self, start: date) -> Iterator[date]:
        """The first days of the months of a period."""
        yield from (start.replace(month=start.month + more) for more in range(self.months))

    def last_day(self, start: date) -> date:
        """The last day of the period that begins on a day."""
        *_, month = self.months_of(start)
        return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def _quarterly(family: Family, months: Family) -> Family:
    return replace(family, name=f"{family.name}_quarter", months=3, sums=months)


def _monthly(family: Family, levels: tuple[Level, ...]) -> Family:
    national = (b if b.few else replace(b, split=_NATIONAL, joined=()) for b in family.breakdowns)
    return replace(family, breakdowns=tuple(national), levels=levels)


_ABOVE: Final[tuple[Level, ...]] = ("country", "region")
_REASONS: Final = tuple(reason for reason in REASONS if reason != "month_left_out")
_GROUPS: Final = (*TARGET_GROUPS, NO_SPELL)
_MEETINGS: Final = Family(
    "meetings",
    "held",
    ("recognised", "gap"),
    ("register", "duty", "supervision"),
    "regime",
    (
        # A month is left out in supervision only, and reasons are those of the duty.
        Breakdown("reason", _REASONS, ("gap",), alone="sole_reason"),
        Breakdown("mode", MODES, ("recognised", "gap"), _ABOVE, ("municipality",)),
        Breakdown("target_group", _GROUPS, ("recognised", "gap"), _ABOVE, ("municipality",)),
    ),
)
_REQUIREMENTS: Final = Family(
    "requirements",
    "due",
    ("met", "unmet"),
    breakdowns=(
        Breakdown("status", ("missed", "caught_up", "carried"), ("unmet",), few=True),
        Breakdown("target_group", TARGET_GROUPS, ("met", "unmet")),
    ),
)
_MEETINGS_BY_MONTH: Final = _monthly(_MEETINGS, EVERYWHERE)
_REQUIREMENTS_BY_MONTH: Final = _monthly(_REQUIREMENTS, _ABOVE)
# Quarters stand after the months that they add up.
FAMILIES: Final = (
    _MEETINGS_BY_MONTH,
    _quarterly(_MEETINGS, _MEETINGS_BY_MONTH),
    _REQUIREMENTS_BY_MONTH,
    _quarterly(_REQUIREMENTS, _REQUIREMENTS_BY_MONTH),
    Family("supervision", "reached", ("with_four", "without_four")),
    Family(
        "overdue",
        "overdue",
        breakdowns=(
            Breakdown("age", ("0-4", "5-13", "14-26", "27-52", "53+"), ("overdue",)),
            Breakdown("target_group", TARGET_GROUPS, ("overdue",)),
        ),
    ),
)
