"""The page of a municipality: the same figures for one, beside its region and the country."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import polars as pl

from pipelines.contracts.model import Text
from pipelines.report import findings
from pipelines.report.exhibits import Column, Exhibit, Page, Report
from pipelines.report.figures import Figures, region_of
from pipelines.report.findings import sentence
from pipelines.report.language import Language
from pipelines.report.measures import HELD, RECOGNISED
from pipelines.report.months import months_to
from pipelines.report.pages import (
    deliveries,
    municipality_meetings,
    overdue_exhibits,
    requirement_exhibits,
)
from pipelines.report.pages import supervision_grid as supervision
from pipelines.report.pages.municipality_splits import SPLITS, split_exhibit
from pipelines.report.places import compared_with, place_names
from pipelines.report.render import make_page

_MONTHS: Final = 24  # of the charts by month
_YEAR: Final = 12
_QUARTERS: Final = 4
_PARTS: Final = (
    Text("Samtalerne", "The meetings"),
    Text("Hvad samtalerne er", "What the meetings are"),
    Text("Kravene", "The requirements"),
    Text("Leverancerne", "The deliveries"),
)
_ALL: Final = Text("Alle kommuner", "All municipalities")
_HIDDEN: Final = Text(
    "Kommunens tal for {month} er skjult: der er for få personer bag dem, eller de ville røbe "
    "andre.",
    "The municipality's figures for {month} are hidden: too few persons are behind them, or they "
    "would give others away.",
)
_FOLDED: Final = Text(
    "Alle kommunens tal er skjult her.", "All of the municipality's figures are hidden here."
)
_NEVER: Final = Text(
    "Der er intet modtaget fra {where}. Derfor er der ingen tal om kommunen; det er ikke det samme "
    "som nul samtaler.",
    "Nothing has been received from {where}. So there are no figures of the municipality, which is "
    "not the same as no meetings.",
)
_LATE: Final = Text(
    "Seneste fil med samtaler fra {where} er fra {day}. De seneste måneder kan mangle samtaler.",
    "The latest file of meetings from {where} is of {day}. The latest months may lack meetings.",
)


def page(report: Report, language: Language, municipality: str) -> Page:
    """The page `kommuner/<code>`. Raises KeyError where there is no such municipality."""
    region = place_names()[region_of(municipality)]
    prefix = f"kommune-{municipality}"
    parts = _parts(report, municipality, prefix) if _has_delivered(report, municipality) else []
    every = [exhibit for _, of_part in parts for exhibit in of_part]
    folded = {e.id for _, of_part in parts[:-1] for e in of_part if is_hidden(e)}
    exhibits = [replace(e, draw=None) if e.id in folded else e for e in every]
    calendar = next((e for e in exhibits if e.id == f"{prefix}-tilsyn"), None)
    return make_page(
        report,
        language,
        f"kommuner/{municipality}",
        place_names()[municipality],
        "kommune.html.j2",
        exhibits,
        region=region,
        notice=_notice(report, municipality),
        lead=_lead(report.figures, municipality) if parts else None,
        parts=[(heading, [exhibit.id for exhibit in of_part]) for heading, of_part in parts],
        folded=folded,
        supervision=f"{prefix}-tilsyn",
        deliveries=f"{prefix}-leverancer",
        grid=supervision.grid_of(calendar) if calendar else None,
        calendar=deliveries.calendar_of(report.facts, municipality),
        texts={**supervision.TEXTS, **deliveries.TEXTS, "all": _ALL, "folded": _FOLDED},
    )


def is_hidden(exhibit: Exhibit) -> bool:
    """Whether every figure of the municipality itself is hidden in it: a table of one word."""
    rows = exhibit.rows
    if "place" in rows.columns:
        rows = rows.head(1)  # the municipality comes first, its region and the country after it
    told = [
        name
        for name in rows.columns
        if name.endswith("status") and not name.startswith(("region", "country"))
    ]
    return (
        bool(told)
        and rows.height > 0
        and not rows.select(told).unpivot()["value"].is_in(["shown", "missing"]).any()
    )


def _has_delivered(report: Report, municipality: str) -> bool:
    return not report.facts.deliveries.filter(
        pl.col("municipality_code") == municipality
    ).is_empty()


def _parts(report: Report, municipality: str, prefix: str) -> list[tuple[Text, list[Exhibit]]]:
    figures, facts = report.figures, report.facts
    places = compared_with(municipality)
    parts: list[list[Exhibit]] = [[], [], [], []]
    if latest := figures.latest("municipality"):
        every, year = months_to(latest, _MONTHS), months_to(latest, _YEAR)
        parts[0] = [
            municipality_meetings.compared(figures, places, year, f"{prefix}-sammenlignet"),
            municipality_meetings.held_by_month(figures, municipality, every, f"{prefix}-samtaler"),
            municipality_meetings.gap_shares(figures, places, every, f"{prefix}-gab"),
        ]
        if quarters := figures.quarters("municipality")[-_QUARTERS:]:
            parts[1] = [split_exhibit(figures, s, places, quarters, prefix) for s in SPLITS]
        if due_in := figures.quarters("municipality", "requirements_quarter"):
            year_due, every_due = due_in[-_QUARTERS:], due_in[-2 * _QUARTERS :]
            parts[2] = [
                requirement_exhibits.met_by_place(
                    figures, places, year_due, f"{prefix}-krav-andel"
                ),
                requirement_exhibits.by_quarter(figures, municipality, every_due, f"{prefix}-krav"),
            ]
        parts[2] += [
            overdue_exhibits.overdue_by_age(
                figures, municipality, latest, f"{prefix}-over-fristen"
            ),
            supervision.supervision_exhibit(report, [municipality], f"{prefix}-tilsyn"),
        ]
    parts[3] = [
        deliveries.deliveries_exhibit(facts, municipality, f"{prefix}-leverancer"),
        deliveries.delivery_months(facts, municipality, f"{prefix}-leverancer-maaneder"),
        _words(report, municipality, f"{prefix}-ord"),
    ]
    return [(heading, part) for heading, part in zip(_PARTS, parts, strict=True) if part]


def _words(report: Report, municipality: str, exhibit_id: str) -> Exhibit:
    words = report.facts.words.filter(pl.col("municipality_code") == municipality).drop(
        "municipality_code"
    )
    title = (
        sentence(
            "{how_many} ord stod i mindst fem samtaler, og ingen liste kendte dem",
            "{how_many} words stood in at least five meetings, and no list knew them",
            how_many=findings.number(words.height),
        )
        if words.height
        else Text(
            "Ingen ukendte ord i så meget som fem samtaler",
            "No unknown words in as many as five meetings",
        )
    )
    return Exhibit(
        id=exhibit_id,
        title=title,
        definition=Text(
            "Ord i samtaleform og aktør i gældende samtaler, som ingen synonymliste kender. De "
            "afgjorde intet.",
            "Words for mode and actor in current meetings that no list of synonyms knows. They "
            "decided nothing.",
        ),
        rows=words,
        columns=(
            Column("word", Text("Ord", "Word"), "text"),
            Column("meetings", Text("Samtaler", "Meetings"), "number"),
        ),
    )


def _notice(report: Report, municipality: str) -> Text | None:
    where = place_names()[municipality]
    if not _has_delivered(report, municipality):
        return sentence(_NEVER.da, _NEVER.en, where=where)
    if municipality not in {m.code for m in report.facts.missing()}:
        return None
    last = report.facts.delivered.filter(
        pl.col("municipality_code") == municipality, pl.col("kind") == "meetings"
    )["delivered_on"].max()
    if last is None:
        return sentence(_NEVER.da, _NEVER.en, where=where)
    return sentence(_LATE.da, _LATE.en, where=where, day=findings.day(last))  # type: ignore[arg-type]


def _lead(figures: Figures, municipality: str) -> Text | None:
    """The latest month in one sentence."""
    latest = figures.latest("municipality")
    if latest is None:
        return None
    held = figures.figure(HELD, municipality, latest)
    recognised = figures.figure(RECOGNISED, municipality, latest)
    if held.hidden and recognised.hidden:
        return sentence(_HIDDEN.da, _HIDDEN.en, month=findings.month(latest))
    return sentence(
        "I {month} er der registreret {held} afholdte samtaler. Medregnet i pligten: {recognised}.",
        "In {month}, {held} meetings held are registered. Recognised in the duty: {recognised}.",
        month=findings.month(latest),
        held=findings.told(held),
        recognised=findings.told(recognised),
    )
