"""The front page: whether all is well, the newest figures, what moved, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pipelines.contracts.model import Text
from pipelines.disclosure.sheet import COUNTRY
from pipelines.report import findings
from pipelines.report.exhibits import Page, Report
from pipelines.report.figure import Figure
from pipelines.report.glance import glance, verdict
from pipelines.report.language import Language
from pipelines.report.measures import DUE, GAP, HELD, RECOGNISED, UNMET
from pipelines.report.pages.front_exhibits import KEY, alerts, by_month, key_figures, moved
from pipelines.report.periods import last_year
from pipelines.report.render import make_page
from pipelines.report.shares import share_of
from pipelines.report.words import NAVIGATION

_TITLE: Final = Text("Samtalerne lige nu", "The interviews right now")
_ABOUT: Final = {
    "gab": Text("hvorfor afholdte samtaler ikke medregnes", "why meetings held are not recognised"),
    "landet": Text("de 98 kommuner på ét kort", "the 98 municipalities on one map"),
    "krav": Text(
        "hvad loven krævede, og om det kom", "what the law asked for, and whether it came"
    ),
    "behov": Text(
        "hvad der ventes at forfalde, og vejen ud af efterslæbet",
        "what is expected to fall due, and the way out of the backlog",
    ),
    "kommuner/index": Text("en side for hver kommune", "a page for each municipality"),
    "omkostninger": Text(
        "hvad gabet koster, og debattens påstande", "what the gap costs, and claims tested"
    ),
    "kvalitet": Text("hvad tallene kan bære", "what the figures can bear"),
    "lov": Text("reglerne, maskinen anvender", "the rules that the machine applies"),
    "filer": Text("alle diagrammer og tal som filer", "all charts and figures as files"),
}


@dataclass(frozen=True, slots=True)
class Box:
    """The figures of one period, as the front page sets them up."""

    heading: Text
    stage: str | None
    held: Figure
    gap: Figure
    recognised: Figure
    due: Figure
    unmet: Figure

    @property
    def recognised_share(self) -> float | None:
        """Recognised of held; None where either is not shown."""
        share = share_of(self.recognised.value, self.held.value)
        return share.share if share else None

    @property
    def unmet_share(self) -> float | None:
        """Unmet of due; None where either is not shown."""
        share = share_of(self.unmet.value, self.due.value)
        return share.share if share else None


def page(report: Report, language: Language) -> Page:
    """The page `index`."""
    figures, facts = report.figures, report.facts
    checks = glance(facts)
    year, newest = last_year(figures), figures.latest("country")
    boxes, exhibits = [], [by_month(report), moved(facts), alerts(facts)]
    if year and newest:
        of_year = tuple(figures.total(m, COUNTRY, year.months) for m in KEY)
        of_month = tuple(figures.figure(m, COUNTRY, newest) for m in KEY)
        boxes = [_box(findings.month(newest), of_month), _box(year.label, of_year)]
        exhibits.append(key_figures(of_year, of_month))
    return make_page(
        report,
        language,
        "index",
        _TITLE,
        "index.html.j2",
        exhibits,
        checks=checks,
        verdict=verdict(checks),
        is_well=all(check.is_well for check in checks),
        boxes=boxes,
        built_at=facts.built_at,
        usual_revision=facts.usual_revision,
        revised_months=facts.revisions.height,
        onward=[(name, heading, _ABOUT[name]) for name, heading in NAVIGATION if name in _ABOUT],
    )


def _box(heading: Text, figures: tuple[Figure, ...]) -> Box:
    by_measure = dict(zip(KEY, figures, strict=True))
    held = by_measure[HELD]
    return Box(
        heading,
        held.stage,
        held,
        by_measure[GAP],
        by_measure[RECOGNISED],
        by_measure[DUE],
        by_measure[UNMET],
    )
