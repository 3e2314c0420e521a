"""What the report counts: one name for each public figure, and how it is written in figure ids."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

Family = Literal[
    "meetings",
    "meetings_quarter",
    "requirements",
    "requirements_quarter",
    "supervision",
    "overdue",
]
_QUARTERLY: Final[dict[Family, Family]] = {
    "meetings": "meetings_quarter",
    "requirements": "requirements_quarter",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of a family, whole or for one category of a breakdown.

    Unit: meetings, requirements or spells. `overdue` is what stands at the end of a month, the
    others are what happened in it.
    """

    family: Family
    name: str
    by: str = ""
    category: str = ""

    def of(self, by: str, category: str) -> Measure:
        """The part of the measure that lies in one category."""
        return replace(self, by=by, category=category)

    def split(self, by: str, categories: Iterable[str]) -> list[Measure]:
        """The measure by category, in the order given."""
        return [self.of(by, category) for category in categories]

    @property
    def by_quarter(self) -> Measure:
        """The same by quarter: regions and municipalities are split by mode and group so."""
        return replace(self, family=_QUARTERLY[self.family])

    @property
    def is_stock(self) -> bool:
        """Whether it stands at a day, so that months cannot be added."""
        return self.family == "overdue"


HELD: Final = Measure("meetings", "held")
RECOGNISED: Final = Measure("meetings", "recognised")
GAP: Final = Measure("meetings", "gap")
DUE: Final = Measure("requirements", "due")
MET: Final = Measure("requirements", "met")
UNMET: Final = Measure("requirements", "unmet")
REACHED: Final = Measure("supervision", "reached")
WITH_FOUR: Final = Measure("supervision", "with_four")
WITHOUT_FOUR: Final = Measure("supervision", "without_four")
OVERDUE: Final = Measure("overdue", "overdue")
UNMET_STATUSES: Final = ("missed", "caught_up", "carried")
AGES: Final = ("0-4", "5-13", "14-26", "27-52", "53+")  # weeks past the due day


def figure_id(measure: Measure, place: str, months: Sequence[date]) -> str:
    """The name a figure is cited by: `held.mode.phone/101/2020-Q2`, or `/2020-04..2021-03`."""
    what = ".".join(part for part in (measure.name, measure.by, measure.category) if part)
    is_quarter = measure.family in _QUARTERLY.values()
    first, last = (quarter(m) if is_quarter else f"{m:%Y-%m}" for m in (months[0], months[-1]))
    return f"{what}/{place}/{first}" + ("" if first == last else f"..{last}")


def quarter(start: date) -> str:
    """A quarter by its first day: 2020-Q2."""
    return f"{start.year}-Q{(start.month + 2) // 3}"
