"""The report as one workbook, with a sheet "Læs mig" that says what stands in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from pipelines.disclosure.rules import Level
from pipelines.exports import Sheet, write_workbook
from pipelines.report.exhibits import Report
from pipelines.report.figures import Figures
from pipelines.report.language import day
from pipelines.report.measures import (
    DUE,
    GAP,
    HELD,
    MET,
    OVERDUE,
    RECOGNISED,
    UNMET,
    UNMET_STATUSES,
    Measure,
)
from pipelines.report.open_tables import FIGURES
from pipelines.report.pages.supervision_grid import STATES
from pipelines.report.places import place_names
from pipelines.report.supervision import read_thresholds, supervision_calendar
from pipelines.report.terms import TERMS
from pipelines.report.words import STAGES, STATUSES, WORDS

NAME: Final = "samtaleregnskab.xlsx"
_MEETINGS: Final = {HELD: "Afholdt", RECOGNISED: "Medregnet (pligten)", GAP: "Ikke medregnet"}
_REQUIREMENTS: Final = {
    DUE: "Forfaldne krav",
    MET: "Opfyldt til tiden",
    **{
        UNMET.of("status", status): heading
        for status, heading in zip(
            UNMET_STATUSES,
            ("Ikke opfyldt", "Indhentet senere", "Skal stadig indhentes"),
            strict=True,
        )
    },
}
_OVERDUE: Final = {OVERDUE: "Over fristen ved månedens udgang"}
_DUE: Final = _REQUIREMENTS | _OVERDUE
_BY_QUARTER: Final = {measure.by_quarter: heading for measure, heading in _REQUIREMENTS.items()}
_SUPERVISION: Final = {
    "month": "Måned",
    "reached": "Forløb ved seks måneder",
    "with_four": "Heraf med fire samtaler",
    "percent": "Andel (%)",
    "state": "Måneden",
    "in_a_row": "Måneder i træk under grænsen",
    "at_least": "Kan være flere (måneden før er skjult)",
    "contact_expected": "Kontakt ventes",
    "status": "Status",
}


def write_report_workbook(file: Path, report: Report) -> None:
    """Writes the workbook in one step. Raises OSError where it cannot be written."""
    figures = report.figures
    heard = set(report.facts.deliveries["municipality_code"])
    # Of a municipality that never delivered there are no figures; a zero would be one.
    municipalities = [place for place in figures.places("municipality") if place in heard]
    country, regions = figures.places("country"), figures.places("region")
    due_in = tuple(reversed(figures.quarters("municipality", "requirements_quarter")))
    write_workbook(
        file,
        _about(report),
        [
            Sheet("Landet", _months(figures, "country", country, _MEETINGS)),
            Sheet("Regioner", _months(figures, "region", regions, _MEETINGS)),
            Sheet("Kommuner", _months(figures, "municipality", municipalities, _MEETINGS)),
            Sheet("Krav, landet", _months(figures, "country", country, _DUE)),
            Sheet("Krav, regioner", _months(figures, "region", regions, _DUE)),
            Sheet("Krav, kommuner", _rows(figures, municipalities, due_in, _BY_QUARTER)),
            Sheet("Over fristen", _months(figures, "municipality", municipalities, _OVERDUE)),
            Sheet("Tilsyn", _supervision(report, municipalities)),
            Sheet("Begreber", _terms()),
        ],
    )


def _about(report: Report) -> list[tuple[str, str]]:
    facts = report.facts
    return [
        ("Samtaleregnskab", "Afholdte og medregnede samtaler, krav og tilsyn i perioder."),
        (WORDS["publication"].da, facts.publication_id),
        (WORDS["as_of"].da, day(facts.as_of, "da")),
        (WORDS["hidden"].da.capitalize(), WORDS["hidden_how"].da),
        (
            "Tomme felter",
            "Et tomt felt er aldrig 0. Sidste kolonne siger, hvad der er skjult eller mangler.",
        ),
        (WORDS["status"].da, WORDS["statuses_how"].da),
        (
            "Kommuner uden leverancer",
            "Kommuner, som intet er modtaget fra, har ingen rækker.",
        ),
        ("Begreber", "Arket Begreber siger, hvad hvert ord betyder."),
        (
            "Sådan henvises",
            f"Samtaleregnskab, udgivelse {facts.publication_id}, opgjort {day(facts.as_of, 'da')}.",
        ),
        ("In English", WORDS["hidden_how"].en),
        ("", WORDS["statuses_how"].en),
    ]


def _months(
    figures: Figures, level: Level, places: Sequence[str], headings: Mapping[Measure, str]
) -> pl.DataFrame:
    months = tuple(reversed(figures.whole_months(level)))
    return _rows(figures, places, months, headings)


def _rows(
    figures: Figures,
    places: Sequence[str],
    periods: Sequence[date],
    headings: Mapping[Measure, str],
) -> pl.DataFrame:
    """One row a place and period, newest first; what is hidden or missing is named at the end."""
    parts = [figures.series([measure], places, periods) for measure in headings]
    if not parts[0].height:
        return pl.DataFrame(schema=["Kode", "Sted", "Fra", *headings.values()])
    words = {code: text.da for code, text in STATUSES.items()}
    kept = [
        part.select(
            pl.col("value").alias(heading),
            pl.when(pl.col("status") != "shown")
            .then(pl.concat_str(pl.lit(f"{heading}: "), pl.col("status").replace(words)))
            .alias(f"{heading} status"),
        )
        for part, heading in zip(parts, headings.values(), strict=True)
    ]
    names = {code: text.da for code, text in place_names().items()}
    rows = pl.concat([parts[0].select("place", "month", "stage"), *kept], how="horizontal")
    statuses = [f"{heading} status" for heading in headings.values()]
    return rows.select(
        pl.col("place").alias("Kode"),
        pl.col("place").replace_strict(names).alias("Sted"),
        pl.col("month").alias("Fra"),
        *headings.values(),
        pl.col("stage").replace({code: text.da for code, text in STAGES.items()}).alias("Status"),
        pl.concat_str(statuses, separator="; ", ignore_nulls=True).alias("Skjult eller mangler"),
    )


def _supervision(report: Report, municipalities: Sequence[str]) -> pl.DataFrame:
    rows = supervision_calendar(
        report.figures, read_thresholds(report.facts.law), municipalities
    ).with_columns(
        percent=(100 * pl.col("share")).round(1),
        state=pl.col("state").replace({code: text.da for code, text in STATES.items()}),
        status=pl.col("status").replace({code: text.da for code, text in STATUSES.items()}),
    )
    names = {code: text.da for code, text in place_names().items()}
    return rows.select(
        pl.col("place").alias("Kode"),
        pl.col("place").replace_strict(names, return_dtype=pl.String).alias("Sted"),
        *(pl.col(name).alias(heading) for name, heading in _SUPERVISION.items()),
    )


def _terms() -> pl.DataFrame:
    terms = [
        (term.word.da, term.meaning.da, term.word.en, term.meaning.en, term.code) for term in TERMS
    ]
    columns = [
        (column.name, column.text.da, column.name, column.text.en, column.name)
        for column in FIGURES.columns
    ]
    return pl.DataFrame(
        [*terms, *columns],
        schema=["Begreb", "Betydning", "Term", "Meaning", "Navn i data"],
        orient="row",
    )
