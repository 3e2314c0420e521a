"""A municipality's deliveries: a calendar of the last weeks, and the months."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import polars as pl

from pipelines.contracts.model import Text
from pipelines.report import findings
from pipelines.report.exhibits import Column, Exhibit
from pipelines.report.facts import Facts
from pipelines.report.findings import sentence

TEXTS: Final[Mapping[str, Text]] = {
    "week": Text("Uge", "Week"),
    "file": Text("filer den dag, alle læst", "files that day, all read"),
    "bad": Text("heraf filer, der ikke kunne læses", "of these, files that could not be read"),
    "none": Text("ingen filer", "no files"),
    "calendar": Text("Filer de seneste ni uger", "Files of the last nine weeks"),
}
WEEKDAYS: Final = (
    Text("man", "Mon"),
    Text("tir", "Tue"),
    Text("ons", "Wed"),
    Text("tor", "Thu"),
    Text("fre", "Fri"),
    Text("lør", "Sat"),
    Text("søn", "Sun"),
)
_WEEKS: Final = 9  # about sixty days
_COUNTS: Final = (
    Column("files", Text("Filer", "Files"), "number"),
    Column("repeats", Text("Heraf gentagne", "Of these, repeated"), "number"),
    Column("unreadable", Text("Heraf ulæselige", "Of these, unreadable"), "number"),
    Column("rows_read", Text("Rækker læst", "Rows read"), "number"),
    Column("rows_rejected", Text("Rækker afvist", "Rows rejected"), "number"),
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar: `mark` is the number of files, with a sign where one was bad."""

    state: str  # none, file, bad, later
    mark: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """Weeks as columns (their Mondays), the days of the week as rows."""

    weeks: tuple[date, ...]
    rows: tuple[tuple[Text, tuple[Day, ...]], ...]


def deliveries_exhibit(facts: Facts, municipality: str, exhibit_id: str) -> Exhibit:
    """Every day with a delivery of the municipality; the file behind the calendar."""
    days = _of(facts, municipality).drop("municipality_code").sort("delivered_on", descending=True)
    return Exhibit(
        id=exhibit_id,
        title=_title(facts, days),
        definition=Text(
            "Filer efter dagen, de blev leveret. En fil, der er leveret før, tæller som gentaget.",
            "Files by the day they were delivered. A file delivered before counts as repeated.",
        ),
        rows=days,
        columns=(Column("delivered_on", Text("Dag", "Day"), "day"), *_COUNTS),
    )


def delivery_months(facts: Facts, municipality: str, exhibit_id: str) -> Exhibit:
    """The deliveries of the last twelve months with any, newest first."""
    months = (
        _of(facts, municipality)
        .group_by(month=pl.col("delivered_on").dt.truncate("1mo"))
        .agg(
            pl.col("files", "repeats", "unreadable", "rows_read").sum(),
            # A sum with a hidden part is hidden.
            pl.when((pl.col("status") == "shown").all()).then(pl.col("rows_rejected").sum()),
            pl.when((pl.col("status") == "shown").all())
            .then(pl.lit("shown"))
            .otherwise(pl.lit("hidden"))
            .alias("status"),
        )
        .sort("month", descending=True)
        .head(12)
    )
    return Exhibit(
        id=exhibit_id,
        title=Text("Leverancer måned for måned", "Deliveries month by month"),
        definition=Text(
            "Filer og rækker efter måneden, de blev leveret. Afviste rækker kan ikke bruges, som "
            "de er.",
            "Files and rows by the month they were delivered. Rejected rows cannot be used as they "
            "are.",
        ),
        rows=months,
        columns=(Column("month", Text("Måned", "Month"), "month"), *_COUNTS),
    )


def calendar_of(facts: Facts, municipality: str) -> Calendar:
    """The weeks up to that of the reporting day."""
    this_week = facts.as_of - timedelta(facts.as_of.weekday())
    weeks = tuple(this_week - timedelta(weeks=ago) for ago in reversed(range(_WEEKS)))
    days = {day["delivered_on"]: day for day in _of(facts, municipality).iter_rows(named=True)}
    rows = (
        (
            name,
            tuple(
                _day(days.get(week + timedelta(number)), week + timedelta(number) > facts.as_of)
                for week in weeks
            ),
        )
        for number, name in enumerate(WEEKDAYS)
    )
    return Calendar(weeks, tuple(rows))


def _of(facts: Facts, municipality: str) -> pl.DataFrame:
    return facts.deliveries.filter(pl.col("municipality_code") == municipality)


def _day(day: Mapping[str, Any] | None, is_later: bool) -> Day:
    if day is None:
        return Day("later", "") if is_later else Day("none", "\N{MIDDLE DOT}")
    if day["unreadable"]:
        return Day("bad", f"{day['files']}!")
    return Day("file", str(day["files"]))


def _title(facts: Facts, days: pl.DataFrame) -> Text:
    if not days.height:
        return Text("Der er ingen leverancer", "There are no deliveries")
    last = days["delivered_on"][0]
    ago = (facts.as_of - last).days
    if not ago:
        return Text(
            "Seneste leverance kom på opgørelsesdagen",
            "The latest delivery came on the reporting day",
        )
    return sentence(
        "Seneste leverance kom {day}; dage siden: {ago}",
        "The latest delivery came on {day}; days since: {ago}",
        day=findings.day(last),
        ago=findings.number(ago),
    )
