"""The calendar of the ministry's follow-up: a grid of municipalities and months, and its file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

import polars as pl

from pipelines.contracts.model import Text
from pipelines.report import findings
from pipelines.report.exhibits import Column, Exhibit, Report
from pipelines.report.figures import region_of
from pipelines.report.findings import sentence
from pipelines.report.places import alphabetical, place_names
from pipelines.report.supervision import read_thresholds, supervision_calendar

STATES: Final[Mapping[str, Text]] = {
    "below": Text("under grænsen", "below the line"),
    "reached": Text("nåede grænsen", "reached the line"),
    "few": Text("for få forløb til at tælle", "too few spells to count"),
    "none": Text("ingen forløb nåede seks måneder", "no spell reached six months"),
    "open": Text("skjult, kan ikke afgøres", "hidden, cannot be told"),
}
TEXTS: Final[Mapping[str, Text]] = {
    "reached": Text("procent med fire samtaler, grænsen nået", "percent with four, line reached"),
    "below": Text("procent, under grænsen", "percent, below the line"),
    "few": Text("for få forløb til at tælle", "too few spells to count"),
    "open": Text("skjult", "hidden"),
    "open_mark": Text("s", "h"),
    "in_a_row": Text("Måneder i træk under", "Months in a row below"),
    "contact": Text("kontakt ventes", "contact expected"),
}
_COLUMNS: Final = (
    Column("month", Text("Måned", "Month"), "month"),
    Column("reached", Text("Forløb ved seks måneder", "Spells at six months"), "number"),
    Column("with_four", Text("Heraf med fire samtaler", "Of these, with four meetings"), "number"),
    Column("share", Text("Andel", "Share"), "percent"),
    Column("state", Text("Måneden", "The month"), "code", STATES),
    Column("in_a_row", Text("Måneder i træk under", "Months in a row below"), "number"),
)
_DASH: Final = Text("\N{EN DASH}", "\N{EN DASH}")
_DOT: Final = Text("\N{MIDDLE DOT}", "\N{MIDDLE DOT}")


@dataclass(frozen=True, slots=True)
class Cell:
    """A month of a municipality: `few` stands for none, too."""

    state: str
    mark: Text


@dataclass(frozen=True, slots=True)
class Row:
    """One municipality in the grid; `run` is its months in a row below the line by the last."""

    code: str
    name: Text
    cells: tuple[Cell, ...]
    run: Text
    contact: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """The grid as the template draws it."""

    months: tuple[date, ...]  # newest first, as a reader of a wide table sees its beginning
    years: tuple[tuple[int, int], ...]  # a year and how many months of it
    regions: tuple[tuple[Text, tuple[Row, ...]], ...]


def supervision_exhibit(report: Report, places: Sequence[str], exhibit_id: str) -> Exhibit:
    """The calendar of municipalities as an exhibit: a row a municipality and month, no chart."""
    thresholds = read_thresholds(report.facts.law)
    calendar = supervision_calendar(report.figures, thresholds, places)
    rule = thresholds[-1]
    return Exhibit(
        id=exhibit_id,
        title=_title_of_all(calendar) if len(places) > 1 else _title_of_one(calendar),
        definition=Text(
            "Af de forløb, der nåede seks måneder i måneden: hvor mange procent der da havde haft "
            "mindst fire samtaler, som tæller i tilsynet.",
            "Of the spells that reached six months in the month: what percent by then had had at "
            "least four meetings that count in supervision.",
        ),
        rows=calendar,
        columns=(
            Column("place", Text("Kommune", "Municipality"), "code", place_names()),
            *_COLUMNS,
        ),
        note=sentence(
            "Grænsen er {share} af mindst {least} forløb. Efter {months} måneder i træk under den "
            "ventes styrelsen at henvende sig. ≥ betyder, at måneden før er skjult, så der kan "
            "være flere.",
            "The line is {share} of at least {least} spells. After {months} months in a row below "
            "it the agency is expected to make contact. ≥ means that the month before is hidden, "
            "so that there may be more.",
            share=findings.percent(rule.share),
            least=findings.number(rule.least_spells),
            months=findings.number(rule.months_in_a_row),
        ),
    )


def grid_of(exhibit: Exhibit) -> Grid:
    """The exhibit's rows as a grid: by region and name, the newest month first."""
    months = tuple(exhibit.rows["month"].unique().sort(descending=True))
    parts = exhibit.rows.partition_by("place", as_dict=True, maintain_order=True)
    rows = [_row(str(code), part) for (code,), part in parts.items()]
    rows.sort(key=lambda row: (region_of(row.code), alphabetical(row.name.da)))
    names = place_names()
    return Grid(
        months=months,
        years=tuple(
            (year, len(list(of_year))) for year, of_year in groupby(m.year for m in months)
        ),
        regions=tuple(
            (names[region], tuple(of_region))
            for region, of_region in groupby(rows, lambda row: region_of(row.code))
        ),
    )


def _row(code: str, months: pl.DataFrame) -> Row:
    lines = list(months.iter_rows(named=True))
    last = lines[-1]
    run = last["in_a_row"]
    words = _DASH if run is None else findings.number(run)
    if last["at_least"]:
        words = sentence("≥ {run}", "≥ {run}", run=words)
    cells = tuple(_cell(line) for line in reversed(lines))
    return Row(code, place_names()[code], cells, words, last["contact_expected"])


def _cell(line: Mapping[str, Any]) -> Cell:
    match line["state"]:
        case "below" | "reached" as state:
            # Rounded down: 79.6 percent is below a line of 80.
            percent = int(100 * line["share"])
            mark = f"▼{percent}" if state == "below" else f"{percent}"
            return Cell(state, Text(mark, mark))
        case "open":
            return Cell("open", TEXTS["open_mark"])
        case _:
            return Cell("few", _DOT)


def _title_of_all(calendar: pl.DataFrame) -> Text:
    last = calendar.filter(pl.col("month") == pl.col("month").max())
    if not last.height:
        return _NOTHING
    below, contact = last.filter(state="below").height, last.filter("contact_expected").height
    return sentence(
        "Tilsynet i {month}: {below} af {all} kommuner lå under grænsen, {contact} så længe, at "
        "styrelsen ventes at henvende sig; {open} er skjult",
        "Supervision in {month}: {below} of {all} municipalities were below the line, {contact} "
        "for so long that the agency is expected to make contact; {open} are hidden",
        month=findings.month(last["month"][0]),
        below=findings.number(below),
        all=findings.number(last.height),
        contact=findings.number(contact),
        open=findings.number(last.filter(state="open").height),
    )


def _title_of_one(calendar: pl.DataFrame) -> Text:
    if not calendar.height:
        return _NOTHING
    last = calendar.row(-1, named=True)
    return sentence(
        "Tilsynet i {month}: {state}",
        "Supervision in {month}: {state}",
        month=findings.month(last["month"]),
        state=STATES[last["state"]],
    )


_NOTHING: Final = Text("Der er ingen tal om tilsynet endnu", "There are no supervision figures yet")
