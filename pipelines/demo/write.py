"""Writes the synthetic deliveries of `samtaler demo`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from pipelines.demo import words
from pipelines.demo.containers import write_table
from pipelines.demo.meetings import make_meetings
from pipelines.demo.mishaps import Sent, add_mishaps
from pipelines.demo.plan import SILENT, keep_yearly, plan_days, plan_deliveries, plan_senders
from pipelines.demo.render import render_absences, render_meetings, render_spells, with_header
from pipelines.demo.spells import make_spells
from pipelines.demo.styles import Style, style_all
from pipelines.demo.versions import absences_of, meeting_versions, period_versions

FIRST, LAST = date(2019, 1, 1), date(2026, 11, 20)

_MEETINGS_AT_ONCE = 250_000  # in memory
_NAMES = {"meetings": "samtaler", "spells": "forloeb", "absences": "fravaer"}
_ORDERS = {"meetings": "registered_at", "spells": "start", "absences": "start"}
_RENDERERS = {"meetings": render_meetings, "spells": render_spells, "absences": render_absences}


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """What was written. Records are counted once, however often they were delivered."""

    files: int
    meetings: int
    spells: int
    absences: int
    faulty_rows: int
    bytes: int


def write_demo(
    landing: Path,
    meetings: int = 60_000,
    first: date = FIRST,
    last: date = LAST,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> DemoSummary:
    """Writes `landing/<code>/<day>/<name>` for about so many meetings held from first to last.

    Every municipality has at least one citizen, so there are never fewer than some hundreds.
    The same arguments give the same bytes. `progress` hears municipalities done and in all.
    Raises ValueError where the landing folder already holds files, or for a period or number
    that makes no sense.
    """
    _check(landing, meetings, first, last)
    (landing / SILENT).mkdir(parents=True, exist_ok=True)
    senders = plan_senders(meetings, first, last, seed)
    deliveries = plan_deliveries(senders, first, last)
    styles = style_all(senders.select("municipality_code", "is_large").iter_rows())
    tally: Counter[str] = Counter()
    done = 0
    for batch in _batches(senders, meetings):
        tables = _tables(batch, deliveries, first, last)
        for code in batch["municipality_code"]:
            own = {kind: table.filter(municipality_code=code) for kind, table in tables.items()}
            tally += _write_municipality(landing, code, styles[code], own)
            done += 1
            if progress:
                progress(done, senders.height)
    return DemoSummary(
        files=tally["files"],
        meetings=tally["meetings"],
        spells=tally["spells"],
        absences=tally["absences"],
        faulty_rows=tally["faulty_rows"],
        bytes=tally["bytes"],
    )


def _check(landing: Path, meetings: int, first: date, last: date) -> None:
    if meetings < 1:
        raise ValueError(f"The number of meetings must be at least 1, not {meetings}.")
    if last < first:
        raise ValueError(f"The last day ({last}) lies before the first ({first}).")
    if landing.exists() and any(path.is_file() for path in landing.rglob("*")):
        raise ValueError(f"{landing} already holds files; the demo needs an empty folder.")


def _batches(senders: pl.DataFrame, meetings: int) -> Iterator[pl.DataFrame]:
    """The municipalities in groups small enough for memory; the grouping changes no row."""
    expected = senders["weight"].cum_sum() / senders["weight"].sum() * meetings
    numbered = senders.with_columns(batch=(expected / _MEETINGS_AT_ONCE).floor())
    for batch in numbered.partition_by("batch", maintain_order=True):
        yield batch.drop("batch")


def _tables(
    senders: pl.DataFrame, deliveries: pl.DataFrame, first: date, last: date
) -> dict[str, pl.DataFrame]:
    """The versions of all records of some municipalities, in the order of their deliveries."""
    days = plan_days(first, last)
    spells = make_spells(senders, days, first, last)
    meetings = make_meetings(spells, senders, days, first, last)
    at_once = spells.with_columns(most_days_late=pl.lit(0))
    tables = {
        "spells": period_versions(at_once, deliveries, first),
        "absences": period_versions(absences_of(spells, first), keep_yearly(deliveries), first),
        "meetings": meeting_versions(meetings, deliveries),
    }
    return {
        kind: table.sort("delivered_on", _ORDERS[kind], "key") for kind, table in tables.items()
    }


def _write_municipality(
    landing: Path, code: str, style: Style, tables: dict[str, pl.DataFrame]
) -> Counter[str]:
    tally: Counter[str] = Counter()
    for kind, table in tables.items():
        texts = _RENDERERS[kind](table, code, style)
        tally[kind] += texts.filter(version=0).height
        tally["faulty_rows"] += texts.filter("faulty").height
        sent = []
        delivered = with_header(texts.drop("version", "faulty"), style)
        parts = delivered.partition_by(
            "delivered_on", maintain_order=True, include_key=False, as_dict=True
        )
        for (day,), part in parts.items():
            sent.append(Sent(day, *write_table(part, style, _name(kind, day, style))))
        if kind == "meetings" and sent:
            status = words.HEADERS[style.headers].get("status", "status")
            sent += add_mishaps(code, sent, part, status)
        for file in sent:
            folder = landing / code / file.delivered_on.isoformat()
            folder.mkdir(parents=True, exist_ok=True)
            (folder / file.name).write_bytes(file.content)
            tally["files"] += 1
            tally["bytes"] += len(file.content)
    return tally


def _name(kind: str, day: date, style: Style) -> str:
    """The file's name before its suffix, as the system writes it."""
    if style.headers == "momentum":
        return f"{_NAMES[kind].capitalize()} {day:%d-%m-%Y}"
    return f"{_NAMES[kind]}_{day:%Y%m%d}"
