"""The page of hours and money: what the gap and the shortfall take, and what that rests on."""

from __future__ import annotations

from typing import Final

from pipelines.contracts.model import Text
from pipelines.costs.work import work_of
from pipelines.report import findings
from pipelines.report.costing import meetings_by_mode, worth
from pipelines.report.exhibits import Page, Report
from pipelines.report.findings import sentence
from pipelines.report.language import Language
from pipelines.report.measures import GAP
from pipelines.report.pages.cost_assumptions import most_important, rates
from pipelines.report.pages.cost_exhibits import by_line, by_mode, by_period
from pipelines.report.periods import last_year, periods
from pipelines.report.render import make_page

_TITLE: Final = Text("Timer og kroner", "Hours and money")
_TEXTS: Final = {
    "how": Text(
        "Antallet er talt; minutter og priser er antagelser. Prisen er et gennemsnit: én samtale "
        "færre sparer ikke altid så meget. Lav og høj er de samme timer til lav og høj timepris.",
        "The number is counted; minutes and prices are assumptions. The price is an average: one "
        "meeting fewer does not always save as much. Low and high are the same hours at the low "
        "and the high price of an hour.",
    ),
    "own": Text(
        "Minutter og priser er sat af den, der driver programmet.",
        "Minutes and prices are set by whoever runs the program.",
    ),
    "claims": Text(
        "Debattens påstande holdt op mod tallene", "Claims of the debate held against the figures"
    ),
    "trouble": Text(
        "Den egne tabel over minutter og priser kunne ikke bruges. Her er regnet med "
        "standardtallene.",
        "The own table of minutes and prices could not be used. The standard ones are used here.",
    ),
}
_UNKNOWN: Final = Text("Gabet er ikke vist for perioden.", "The gap is not shown for the period.")


def page(report: Report, language: Language) -> Page:
    """The page `omkostninger`; what the data do not hold yet has no exhibit."""
    figures, standard = report.figures, report.costs.standard
    year = last_year(figures)
    gap = year and meetings_by_mode(figures, GAP, year.months)
    exhibits = [
        year and by_line(figures, report.facts.lacking, year, standard),
        year and by_mode(figures, year, standard),
        by_period(figures, periods(figures), standard),
        year and gap and most_important(gap, year, standard),
        rates(standard),
    ]
    return make_page(
        report,
        language,
        "omkostninger",
        _TITLE,
        "omkostninger.html.j2",
        [exhibit for exhibit in exhibits if exhibit],
        lead=_lead(report),
        costs=report.costs,
        texts=_TEXTS,
    )


def _lead(report: Report) -> Text | None:
    """What the gap of the last year took; None where the data are too young."""
    year = last_year(report.figures)
    if year is None:
        return None
    gap = meetings_by_mode(report.figures, GAP, year.months)
    if gap is None:
        return _UNKNOWN
    work = work_of(gap, report.costs.standard)
    return sentence(
        "{period} blev {meetings} samtaler holdt uden at kunne opfylde pligten. De er regnet til "
        "{conversation} timers samtale og {administration} timers administration, i alt {hours} "
        "timer eller {years} årsværk: {dkk} i {year}-priser.",
        "{period}: {meetings} meetings were held that cannot fulfil the duty. They are reckoned at "
        "{conversation} hours of conversation and {administration} hours of administration, "
        "{hours} hours in all or {years} full-time years: {dkk} in prices of {year}.",
        period=findings.capital(year.label),
        meetings=findings.number(sum(gap.values())),
        year=Text(*[str(report.costs.standard.price_year)] * 2),
        **worth(work),
    )
