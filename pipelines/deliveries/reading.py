"""Reads delivered files into slices of the lake; runs in a process of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import polars as pl

from pipelines.deliveries.landing import Delivered
from pipelines.deliveries.opening import open_delivery
from pipelines.deliveries.pseudonyms import Pseudonyms
from pipelines.deliveries.rows import SCHEMAS, parse_rows
from pipelines.deliveries.unreadable import Unreadable
from pipelines.lake import CONTENTS, batch_name, write_slice

_PARSED_AT_ONCE: Final = 24 << 20  # bytes of text in memory before they are parsed
_FULL_SLICE: Final = 1_000_000  # typed rows in memory before a slice is written


@dataclass(frozen=True, slots=True)
class Content:
    """What one delivered file turned out to be (a row of lake.CONTENTS without key and batch)."""

    kind: str | None = None
    encoding: str | None = None
    separator: str | None = None
    rows_read: int = 0
    rows_erased: int = 0
    reason: str | None = None
    message_da: str | None = None


def took_reader_down() -> Content:
    """Of a file whose reader's process ended without a word, as a broken Parquet file can do."""
    message = "Filen fik læseren til at gå ned. Eksportér den på ny."
    return Content(reason="corrupt_file", message_da=message)


def read_file(
    file: Delivered, delivery_key: int, keep: Callable[[str, pl.DataFrame], None]
) -> Content:
    """Reads one file, giving each frame of its texts to `keep(kind, texts)`.

    The texts carry their origin, as `parse_rows` asks. Where the result has a reason, the file
    cannot be used and the rows kept so far do not count.
    """
    origin = (
        pl.Series("municipality_code", [file.municipality_code], pl.String),
        pl.Series("delivery_key", [delivery_key], pl.Int64),
        pl.Series("delivered_on", [file.delivered_on], pl.Date),
    )
    rows_read = 0
    try:
        opened = open_delivery(file.path)
        for texts in opened.frames:
            rows_read += texts.height
            keep(opened.kind, texts.hstack([o.new_from_index(0, texts.height) for o in origin]))
    except Unreadable as refusal:
        return Content(reason=refusal.reason, message_da=refusal.message_da)
    return Content(opened.kind, opened.encoding, opened.separator, rows_read)


def read_batch(
    files: list[tuple[int, Delivered]], key: bytes, erased: tuple[str, ...], lake: Path
) -> pl.DataFrame:
    """Reads files (delivery_key, file) and writes their slices; gives their contents.

    `erased` as Pseudonyms takes them. Rows of the result as lake.CONTENTS. A file that changed
    since it was listed is left for the next night and has no row.
    """
    pseudonyms = _pseudonyms(key, erased)
    pending = _Pending(lake, batch_name(number for number, _ in files), pseudonyms)
    contents: list[dict[str, object]] = []
    for number, file in files:
        content = read_file(file, number, pending.keep)
        if _unchanged(file):
            found = asdict(content) | {"delivery_key": number, "batch": pending.batch}
            if content.message_da:
                found["message_da"] = pseudonyms.hide_in_words(content.message_da)
            contents.append(found)
    pending.parse()
    pending.write()
    counted = [{**row, "rows_erased": pending.erased[row["delivery_key"]]} for row in contents]
    return pl.DataFrame(counted, schema=CONTENTS)


@lru_cache(maxsize=1)
def _pseudonyms(key: bytes, erased: tuple[str, ...]) -> Pseudonyms:
    """One per process, so that a citizen who stands in many files is hashed once."""
    return Pseudonyms(key, erased)


class _Pending:
    """Rows of one batch on their way to the lake: texts to be parsed, rows to be written.

    Many small files are parsed together, since each step costs the same for ten rows as for ten
    thousand.
    """

    def __init__(self, lake: Path, batch: str, pseudonyms: Pseudonyms) -> None:
        self.batch = batch
        self._lake = lake
        self._pseudonyms = pseudonyms
        self._texts: dict[str, list[pl.DataFrame]] = {}
        self._waiting: float = 0  # bytes of texts
        self._rows: dict[str, list[pl.DataFrame]] = {table: [] for table in SCHEMAS}
        self._slices = 0
        self.erased = Counter[object]()  # rows of erased citizens, by delivery_key

    def keep(self, kind: str, texts: pl.DataFrame) -> None:
        """Takes texts in, and moves rows on where enough have come together."""
        self._texts.setdefault(kind, []).append(texts)
        self._waiting += texts.estimated_size()
        if self._waiting >= _PARSED_AT_ONCE:
            self.parse()
            if sum(rows.height for frames in self._rows.values() for rows in frames) >= _FULL_SLICE:
                self.write()

    def parse(self) -> None:
        """Turns the waiting texts into rows and rejections."""
        for kind, frames in self._texts.items():
            parsed = parse_rows(pl.concat(frames, how="diagonal"), kind, self._pseudonyms)
            self._rows[kind].append(parsed.rows)
            self._rows["rejections"].append(parsed.rejections)
            self.erased.update(dict(parsed.erased.iter_rows()))
        self._texts.clear()
        self._waiting = 0

    def write(self) -> None:
        """Writes the waiting rows, one slice a table."""
        for table, frames in self._rows.items():
            if any(frame.height for frame in frames):
                write_slice(self._lake, table, self.batch, self._slices, pl.concat(frames))
            frames.clear()
        self._slices += 1


def _unchanged(file: Delivered) -> bool:
    try:
        stat = file.path.stat()
    except FileNotFoundError:
        return False
    return (stat.st_size, stat.st_mtime_ns) == (file.size, file.modified_ns)
