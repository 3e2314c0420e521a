"""The public tables, and how their cells add up: what a reader could compute from what.

Every family has a total a place and month. The total splits into two outcomes, perhaps in several
ways; outcomes and total split further by one grouping at a time. Nothing is crossed twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pipelines.disclosure.rules import Level

EVERYWHERE: Final[tuple[Level, ...]] = ("country", "region", "municipality")


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Measures of a family split by one grouping.

    At the levels of `split` each part is shown; the cells of all parts are hidden together, since
    they add up to the total's. At the levels of `joined` only the total's cells are shown: with
    the parts beside them too much would have to be hidden in a small municipality.
    """

    by: str
    parts: tuple[str, ...]
    split: tuple[Level, ...] = EVERYWHERE
    joined: tuple[Level, ...] = ()
    alone: str = ""  # the country's meetings of a category that stand in no other, by this name


@dataclass(frozen=True, slots=True)
class Family:
    """Figures that add up to one total; one row a place, month, measure and category."""

    name: str
    total: str
    outcomes: tuple[str, ...] = ()  # two that sum to the total, or none
    ways: str = ""  # a grouping whose every category splits the total into the outcomes anew
    breakdowns: tuple[Breakdown, ...] = ()

    def parts_at(self, breakdown: Breakdown, level: Level) -> tuple[str, ...]:
        """The measures of a breakdown that have cells of their own at a level."""
        return breakdown.parts if level in breakdown.split else (self.total,)


_ABOVE: Final[tuple[Level, ...]] = ("country", "region")
FAMILIES: Final = (
    Family(
        "meetings",
        "held",
        ("recognised", "gap"),
        "regime",
        (
            Breakdown("reason", ("gap",), alone="sole_reason"),
            Breakdown("mode", ("recognised", "gap"), _ABOVE, ("municipality",)),
            Breakdown("target_group", ("recognised", "gap"), _ABOVE, ("municipality",)),
        ),
    ),
    Family(
        "requirements",
        "due",
        ("met", "unmet"),
        breakdowns=(
            Breakdown("status", ("unmet",)),
            Breakdown("target_group", ("met", "unmet")),
        ),
    ),
    Family("supervision", "reached", ("with_four", "without_four")),
    Family(
        "overdue",
        "overdue",
        breakdowns=(Breakdown("age", ("overdue",)), Breakdown("target_group", ("overdue",))),
    ),
)
