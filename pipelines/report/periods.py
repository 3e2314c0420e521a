"""The periods that the report compares: the last twelve months, the closure, calendar years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from pipelines.claims.at_hand import CLOSED_FROM, CLOSED_TO
from pipelines.contracts.model import Text
from pipelines.report.figures import Figures
from pipelines.report.language import months
from pipelines.report.months import months_between

# Days on which no meeting counted (law/, rule "suspended"): first and last.
CLOSURE: Final = (CLOSED_FROM, CLOSED_TO)
_YEAR: Final = 12  # months


@dataclass(frozen=True, slots=True)
class Period:
    """Whole months in a row, with a code for machines and a name for people."""

    code: str
    label: Text
    months: tuple[date, ...]


def last_year(figures: Figures) -> Period | None:
    """The last twelve months that are over, for the country; None where there are fewer."""
    whole = figures.whole_months("country")[-_YEAR:]
    if len(whole) < _YEAR:
        return None
    first, last = whole[0], whole[-1]
    return Period("last12", Text(months(first, last, "da"), months(first, last, "en")), whole)


def closure(figures: Figures) -> Period | None:
    """The months of the closure, March to May 2020; None where the data do not hold them."""
    of_closure = months_between(CLOSURE[0].replace(day=1), CLOSURE[1].replace(day=1))
    if not set(of_closure) <= set(figures.whole_months("country")):
        return None
    label = Text("marts \N{EN DASH} maj 2020 (lukningen)", "March \N{EN DASH} May 2020 (closure)")
    return Period("closure", label, of_closure)


def periods(figures: Figures) -> tuple[Period, ...]:
    """The last twelve months, then every whole calendar year, newest first, then the closure.

    A calendar year that is the last twelve months stands once, as the year.
    """
    latest = last_year(figures)
    years = [
        Period(f"{year}", Text(f"{year}", f"{year}"), of_year)
        for year, of_year in sorted(figures.years("country").items(), reverse=True)
    ]
    if latest and any(year.months == latest.months for year in years):
        latest = None
    found = (latest, *years, closure(figures))
    return tuple(period for period in found if period)
