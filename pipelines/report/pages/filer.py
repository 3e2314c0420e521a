"""The page of files: every chart and table, the workbook, the open data, and how to cite them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from pipelines.contracts.model import Text
from pipelines.disclosure.sheet import COUNTRY
from pipelines.report import findings
from pipelines.report.exhibits import Page, Report
from pipelines.report.findings import sentence
from pipelines.report.language import Language
from pipelines.report.measures import HELD, figure_id
from pipelines.report.open_tables import OPEN_TABLES
from pipelines.report.render import make_page
from pipelines.report.terms import TERMS
from pipelines.report.workbook import NAME

_TITLE: Final = Text("Filer", "Files")
_OF_ONE: Final = re.compile(r"^kommuner/(\d{3})$")
_TEXTS: Final = {
    "lead": Text(
        "Alt i rapporten kan hentes: regnearket til den, der vil slå op; de åbne tabeller til den, "
        "der vil regne; hvert diagram som billede og hver tabel som CSV.",
        "Everything in the report can be downloaded: the workbook to look things up, the open "
        "tables to compute with, every chart as a picture and every table as CSV.",
    ),
    "workbook": Text("Regnearket", "The workbook"),
    "workbook_about": Text(
        "Ét regneark med landet, regionerne og kommunerne måned for måned: samtaler, krav og "
        "tilsyn. Arket Læs mig siger, hvad der står i det, og hvad skjult betyder.",
        "One workbook (in Danish) with the country, the regions and the municipalities by month: "
        "meetings, requirements and supervision. Its first sheet says what stands in it.",
    ),
    "open": Text("De åbne tabeller", "The open tables"),
    "open_about": Text(
        "Parquet-filer. Den samme udgivelse giver de samme bytes. Tabellen figures har hvert "
        "offentligt tal; dictionary har alle kolonner.",
        "Parquet files. The same publication gives the same bytes. The table figures has every "
        "public figure; dictionary has every column.",
    ),
    "row": Text("Én række er", "One row is"),
    "columns": Text("kolonner", "columns"),
    "column": Text("Kolonne", "Column"),
    "type": Text("Type", "Type"),
    "unit": Text("Enhed", "Unit"),
    "meaning": Text("Betydning", "Meaning"),
    "cite": Text("Sådan henvises til et tal", "How to cite a figure"),
    "exhibits": Text("Diagrammer og tabeller", "Charts and tables"),
    "exhibits_about": Text(
        "CSV til Excel har semikolon, decimalkomma og danske overskrifter. CSV til maskiner har "
        "komma, punktum, ISO-datoer og koder; skjulte tal er tomme med status hidden.",
        "CSV for Danish Excel has semicolons, decimal commas and Danish headings. CSV for machines "
        "has commas, points, ISO dates and codes; hidden figures are empty with status hidden.",
    ),
    "municipalities": Text("Kommunerne", "The municipalities"),
    "municipalities_about": Text(
        "Hver kommune, der har leveret, har disse filer. Sæt kommunens tre cifre ind i stedet for "
        "000, eller hent dem fra kommunens side. Er alle tal i et diagram skjult, er der kun CSV.",
        "Every municipality that has delivered has these files, in Danish only. Put its three "
        "digits in place of 000, or download them from its page. Where all of a chart is hidden "
        "there is only CSV.",
    ),
    "what": Text("Hvad", "What"),
    "terms": Text("Begreber", "Terms"),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """An exhibit as the page lists it: small enough to be handed between processes."""

    page: str
    page_title: Text
    id: str
    title: Text
    definition: Text
    has_chart: bool


def listed(page: Page) -> tuple[Listed, ...]:
    """The exhibits of a page, to be listed on the page of files."""
    return tuple(
        Listed(
            page.name,
            page.title,
            exhibit.id,
            exhibit.title,
            exhibit.definition,
            exhibit.draw is not None,
        )
        for exhibit in page.exhibits
    )


def page(report: Report, language: Language, exhibits: Sequence[Listed]) -> Page:
    """The page `filer`, which lists the exhibits of all other pages, in their order."""
    own = [it for it in exhibits if not _OF_ONE.match(it.page)]
    return make_page(
        report,
        language,
        "filer",
        _TITLE,
        "filer.html.j2",
        [],
        pages=[(of_page[0], of_page) for of_page in _by_page(own)],
        municipality=_of_any_municipality(exhibits),
        tables=OPEN_TABLES,
        workbook=NAME,
        cited=_cited(report),
        terms=TERMS,
        texts=_TEXTS,
    )


def _by_page(exhibits: Iterable[Listed]) -> list[list[Listed]]:
    return [list(of_page) for _, of_page in groupby(exhibits, lambda it: it.page)]


def _of_any_municipality(exhibits: Iterable[Listed]) -> list[tuple[str, Listed]]:
    """The files of a municipality, from the one with most charts: the end of each id, and it."""
    of_ones = _by_page(it for it in exhibits if _OF_ONE.match(it.page))
    if not of_ones:
        return []
    return [(it.id.split("-", 2)[2], it) for it in max(of_ones, key=_charts)]


def _charts(exhibits: Iterable[Listed]) -> int:
    return sum(it.has_chart for it in exhibits)


def _cited(report: Report) -> Text:
    """An example with a real id."""
    latest = report.figures.latest("country")
    publication = Text(report.facts.publication_id, report.facts.publication_id)
    example = figure_id(HELD, COUNTRY, [latest]) if latest else "held/DK"
    return sentence(
        "Nævn tallets id, udgivelsen og opgørelsesdagen, for eksempel: {id}, udgivelse "
        "{publication}, opgjort pr. {as_of}. Id'et siger, hvad der er talt, hvor og hvornår; "
        "udgivelsen kan altid laves igen.",
        "Name the figure's id, the publication and the reporting day, for example: {id}, "
        "publication {publication}, counted as of {as_of}. The id says what is counted, where and "
        "when; the publication can always be made again.",
        id=Text(example, example),
        publication=publication,
        as_of=findings.day(report.facts.as_of),
    )
