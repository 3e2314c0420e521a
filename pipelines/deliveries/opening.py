"""The door: a delivered file of unknown shape becomes frames of text, or is `Unreadable`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl

from pipelines.deliveries import containers
from pipelines.deliveries.containers import Source
from pipelines.deliveries.frames import number_rows
from pipelines.deliveries.json_files import open_json, open_json_lines
from pipelines.deliveries.opened import Opened
from pipelines.deliveries.parquet_files import open_parquet
from pipelines.deliveries.text_files import open_text
from pipelines.deliveries.turned_dates import doubt_turned_dates
from pipelines.deliveries.unreadable import Unreadable, only_unreadable, shown, within
from pipelines.deliveries.xlsx_files import open_workbook
from pipelines.deliveries.xml_files import open_xml

_OPENERS: dict[str, Callable[[Source], Opened]] = {
    **dict.fromkeys(containers.TEXT_TABLES, open_text),
    "xlsx": lambda source: _joined(open_workbook(source)),
    "json": open_json,
    "ndjson": open_json_lines,
    "jsonl": open_json_lines,
    "parquet": open_parquet,
    "xml": open_xml,
}


def open_delivery(path: Path) -> Opened:
    """Open a delivered file: its kind, and its rows as frames of text.

    Every column of a frame is text with a canonical name (interface.md section 2), stripped,
    blank as null; those that the file lacks are absent. Besides, `source_row` (Int64, 1 is the
    first row that is not blank) and `row_too_long` (Boolean, something stands beyond the header).
    Raises Unreadable and nothing else, at once or while the frames are read.
    """
    with only_unreadable():
        containers.refuse_oversize(path)
        if containers.is_zip(path.name):
            opened = _joined(_open_members(path))
        else:
            opened = _open(containers.open_file(path))
    return Opened(opened.kind, opened.encoding, opened.separator, _frames(opened))


def _frames(opened: Opened) -> Iterator[pl.DataFrame]:
    with only_unreadable():
        yield from number_rows(doubt_turned_dates(opened.frames))


def _open(source: Source) -> Opened:
    return _OPENERS[source.format](source)


def _open_members(path: Path) -> Iterator[tuple[str, Opened]]:
    meter = containers.meter_of(path)
    for member in containers.list_members(path):
        label = f"Filen “{shown(member.filename)}” i zip-filen"
        with within(label):
            opened = _open(containers.open_zipped(path, member, meter))
        yield label, opened


def _joined(parts: Iterator[tuple[str, Opened]]) -> Opened:
    """Several tables as one, opened one by one. They must be of one kind (else mixed_kinds)."""
    label, first = next(parts)

    def frames() -> Iterator[pl.DataFrame]:
        with within(label):
            yield from first.frames
        for name, part in parts:
            if part.kind != first.kind:
                raise Unreadable(
                    "mixed_kinds",
                    f"{name} rummer en anden slags rækker end {label}; send hver slags for sig.",
                )
            with within(name):
                yield from part.frames

    return Opened(first.kind, first.encoding, first.separator, frames())
