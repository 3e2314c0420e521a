"""The calendar of the ministry's follow-up: a grid of municipalities and months, and its file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from pipelines.contracts.model import Text
from pipelines.report.exhibits import Column, Exhibit, Report
from pipelines.report.places import place_names
from pipelines.report.supervision import State, read_thresholds, supervision_calendar

STATES: Final[dict[State, Text]] = {
    "below": Text("under grænsen", "below the line"),
    "reached": Text("nåede grænsen", "reached the line"),
    "few": Text("for få forløb til at tælle", "too few spells to count"),
    "none": Text("ingen forløb nåede seks måneder", "no spell reached six months"),
    "open": Text("skjult, kan ikke afgøres", "hidden, cannot be told"),
}
_COLUMNS: Final = (
    Column("month", Text("Måned", "Month"), "month"),
    Column("reached", Text("Forløb ved seks måneder", "Spells at six months"), "number"),
    Column("with_four", Text("Heraf med fire samtaler", "Of these, with four meetings"), "number"),
    Column("share", Text("Andel", "Share"), "percent"),
    Column("state", Text("Måneden", "The month"), "code", STATES),
    Column("in_a_row", Text("Måneder i træk under", "Months in a row below"), "number"),
)
_DEFINITION: Final = Text(
    "Forløb, der nåede seks måneder i måneden, og som havde mindst fire samtaler, der tæller i "
    "tilsynet.",
    "Spells that reached six months in the month and had at least four meetings that count in "
    "supervision.",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One municipality in the grid: its months, and how many lie below the line by the last."""

    code: str
    name: str
    months: tuple[dict[str, object], ...]

    @property
    def last(self) -> dict[str, object]:
        """The latest month."""
        return self.months[-1]


@dataclass(frozen=True, slots=True)
class Grid:
    """The grid as the template draws it."""

    months: tuple[date, ...]
    rows: tuple[Row, ...]


def supervision_exhibit(report: Report, places: Sequence[str], exhibit_id: str) -> Exhibit:
    """The calendar of some municipalities as an exhibit: a row a municipality and month."""
    calendar = supervision_calendar(report.figures, read_thresholds(report.facts.law), places)
    columns = _COLUMNS
    if len(places) > 1:
        columns = (
            Column("place", Text("Kommune", "Municipality"), "code", place_names()),
            *columns,
        )
    return Exhibit(
        id=exhibit_id,
        title=_title(calendar, places),
        definition=_DEFINITION,
        rows=calendar,
        columns=columns,
    )


def grid_of(exhibit: Exhibit) -> Grid:
    """The exhibit's rows as a grid, in the order of the exhibit."""
    names = place_names()
    rows = exhibit.rows.partition_by("place", as_dict=True, maintain_order=True)
    return Grid(
        months=tuple(exhibit.rows["month"].unique().sort()),
        rows=tuple(
            Row(str(code), names[str(code)].da, tuple(months.iter_rows(named=True)))
            for (code,), months in rows.items()
        ),
    )


def _title(calendar: pl.DataFrame, places: Sequence[str]) -> Text:
    last = calendar.filter(pl.col("month") == pl.col("month").max())
    below = last.filter(pl.col("state") == "below")
    if len(places) > 1:
        contact = last.filter("contact_expected").height
        return Text(
            f"{below.height} af {len(places)} kommuner lå under tilsynets grænse i den seneste "
            f"måned; {contact} har gjort det så længe, at styrelsen ventes at henvende sig",
            f"{below.height} of {len(places)} municipalities were below the supervision line in "
            f"the latest month; {contact} for so long that the agency is expected to make contact",
        )
    state = last["state"].first() if last.height else None
    return _TITLES_OF_ONE.get(str(state), _TITLES_OF_ONE["None"])


_TITLES_OF_ONE: Final = {
    "below": Text(
        "Kommunen lå under tilsynets grænse i den seneste måned",
        "The municipality was below the supervision line in the latest month",
    ),
    "reached": Text(
        "Kommunen nåede tilsynets grænse i den seneste måned",
        "The municipality reached the supervision line in the latest month",
    ),
    "few": Text(
        "For få forløb nåede seks måneder til, at tilsynet ser på den seneste måned",
        "Too few spells reached six months for supervision to look at the latest month",
    ),
    "none": Text(
        "Ingen forløb nåede seks måneder i den seneste måned",
        "No spell reached six months in the latest month",
    ),
    "open": Text(
        "Tilsynets tal for den seneste måned er skjult",
        "The supervision figures of the latest month are hidden",
    ),
    "None": Text("Der er ingen tal om tilsynet endnu", "There are no supervision figures yet"),
}
