"""The page of requirements: what fell due, what became of it, and the supervision calendar."""

from __future__ import annotations

from typing import Final

from pipelines.contracts.model import Text
from pipelines.disclosure.sheet import COUNTRY
from pipelines.report import findings
from pipelines.report.exhibits import Page, Report
from pipelines.report.figures import Figures
from pipelines.report.findings import sentence
from pipelines.report.language import Language, listed
from pipelines.report.measures import DUE, MET, UNMET, UNMET_STATUSES
from pipelines.report.months import months_to
from pipelines.report.pages import overdue_exhibits
from pipelines.report.pages import requirement_exhibits as shown
from pipelines.report.pages.kommuner_index import silent
from pipelines.report.pages.requirement_groups import by_month_and_group
from pipelines.report.pages.supervision_grid import TEXTS, grid_of, supervision_exhibit
from pipelines.report.places import alphabetical, place_names
from pipelines.report.render import make_page

_MONTHS: Final = 24  # of the table by month and group
_TITLE: Final = Text("Kravene om samtaler", "The requirements of meetings")
_EXPLAINED: Final = Text(
    "Et forløb skylder de samtaler, som loven på dets første dag kræver. Et krav forfalder på "
    "vinduets sidste dag, når døde perioder er lagt til, og er opfyldt, når så mange samtaler er "
    "medregnet til da. Over fristen er krav, der stadig kan indhentes, fordi forløbet løber.",
    "A spell owes the meetings that the law asks for on its first day. A requirement falls due on "
    "the last day of its window, pauses added, and is met when so many meetings are recognised by "
    "then. Overdue are those that can still be caught up, because the spell is running.",
)
_NOTHING: Final = Text("Der er ingen krav at vise endnu.", "There are no requirements to show yet.")


def page(report: Report, language: Language) -> Page:
    """The page `krav`."""
    figures = report.figures
    months = figures.whole_months("country", "requirements")
    ends = figures.months("country", "overdue")
    exhibits = []
    if months:
        year = months_to(months[-1], 12)
        exhibits += [
            shown.by_month(figures, COUNTRY, months, "krav-maaneder"),
            shown.met_by_group(figures, COUNTRY, year, "krav-maalgrupper"),
            by_month_and_group(figures, months[-_MONTHS:], "krav-maaneder-maalgrupper"),
        ]
    if ends:
        exhibits += [
            overdue_exhibits.overdue_by_age(figures, COUNTRY, ends[-1], "krav-over-fristen-alder"),
            overdue_exhibits.overdue_by_group(
                figures, COUNTRY, ends[-1], "krav-over-fristen-maalgruppe"
            ),
        ]
    unheard = silent(report)
    heard = [place for place in figures.places("municipality") if place not in unheard]
    supervision = supervision_exhibit(report, heard, "krav-tilsyn")
    return make_page(
        report,
        language,
        "krav",
        _TITLE,
        "krav.html.j2",
        [*exhibits, supervision],
        lead=_lead(figures),
        grid=grid_of(supervision),
        unheard=_unheard(unheard),
        texts={**TEXTS, "explained": _EXPLAINED},
    )


def _lead(figures: Figures) -> Text:
    """What fell due in the last twelve months, and what became of it."""
    latest = figures.latest("country", "requirements")
    if latest is None:
        return _NOTHING
    year = months_to(latest, 12)
    missed, caught_up, carried = (
        figures.total(part, COUNTRY, year) for part in UNMET.split("status", UNMET_STATUSES)
    )
    due, met = figures.total(DUE, COUNTRY, year), figures.total(MET, COUNTRY, year)
    return sentence(
        "I perioden {period} forfaldt {due} krav. {met} blev opfyldt til tiden, {missed} blev det "
        "ikke, {caught_up} er indhentet siden, og {carried} skal stadig indhentes.",
        "In the period {period}, {due} requirements fell due. {met} were met in time, {missed} "
        "were not, {caught_up} have been caught up since, and {carried} are still owed.",
        period=findings.period(year),
        due=findings.told(due),
        met=findings.told(met),
        missed=findings.told(missed),
        caught_up=findings.told(caught_up),
        carried=findings.told(carried),
    )


def _unheard(codes: frozenset[str]) -> Text | None:
    """Which municipalities are not in the calendar, since nothing was received from them."""
    if not codes:
        return None
    names = sorted((place_names()[code].da for code in codes), key=alphabetical)
    return sentence(
        "Ikke med, fordi intet er modtaget: {names}.",
        "Left out, since nothing has been received: {names}.",
        names=Text(listed(names, "da"), listed(names, "en")),
    )
