"""The page of the gap: what was held, what is recognised, and why the two differ."""

from __future__ import annotations

from typing import Final

from pipelines.contracts.model import Text
from pipelines.disclosure.sheet import COUNTRY
from pipelines.report.exhibits import Page, Report
from pipelines.report.language import Language
from pipelines.report.measures import GAP, HELD, RECOGNISED
from pipelines.report.pages.gap_modes import modes
from pipelines.report.pages.gap_periods import reasons_by_period, regimes_by_period
from pipelines.report.pages.gap_reasons import reasons
from pipelines.report.pages.gap_regimes import regimes
from pipelines.report.pages.gap_weeks import by_week
from pipelines.report.periods import closure, last_year, periods
from pipelines.report.render import make_page

_SUM: Final = (HELD, GAP, RECOGNISED)
_TITLE: Final = Text(
    "Gabet mellem afholdte og medregnede samtaler",
    "The gap between meetings held and meetings recognised",
)


def page(report: Report, language: Language) -> Page:
    """The page of the country's gap; what the data do not hold yet has no exhibit."""
    figures = report.figures
    year, closed = last_year(figures), closure(figures)
    exhibits = [
        by_week(report.facts.weeks, report.facts.as_of),
        year and reasons(figures, year, "gab-grunde"),
        year and modes(figures, year),
        year and regimes(figures, year),
        regimes_by_period(figures, periods(figures)),
        closed and reasons(figures, closed, "gab-grunde-lukningen"),
        reasons_by_period(figures, periods(figures)),
    ]
    sums = {m.name: figures.total(m, COUNTRY, year.months) for m in _SUM} if year else {}
    return make_page(
        report,
        language,
        "gab",
        _TITLE,
        "gab.html.j2",
        [exhibit for exhibit in exhibits if exhibit],
        year=year,
        **sums,
    )
