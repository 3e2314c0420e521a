"""What the night would say of one file, with nothing stored."""

from __future__ import annotations

import secrets
from collections import Counter
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from pipelines.deliveries.landing import Delivered
from pipelines.deliveries.messages import messages
from pipelines.deliveries.pseudonyms import Pseudonyms
from pipelines.deliveries.reading import Content, read_file, took_reader_down
from pipelines.deliveries.rows import parse_rows
from pipelines.modes.forms import read_form
from pipelines.workers import pool

_KEYS: Final = {
    "meetings": ["meeting_id"],
    "spells": ["spell_id"],
    "absences": ["citizen_key", "absence_type", "started_on"],
}
_REASONS: Final[dict[str, pl.DataType]] = {
    "source_row": pl.Int64(),
    "code": pl.Categorical(pl.Categories("code")),
    "column_name": pl.Categorical(pl.Categories("column_name")),
}
_WORDS: Final = 10_000  # words that no list knows, kept of one file


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason rows were rejected for, with all their numbers (1 is the first data row)."""

    code: str
    column_name: str
    rows: pl.Series
    message_da: str
    fix_da: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the night would say: the file, its rows by outcome, and what is wrong with them."""

    content: Content
    accepted: int
    superseded: int
    withdrawn: int
    rejected: int
    faults: tuple[Fault, ...]
    unmatched: tuple[tuple[str, int], ...]  # words no list knows, and in how many rows


def precheck_file(path: Path, municipality_code: str, delivered_on: date) -> Verdict:
    """Reads the file as the night does, with a key that is thrown away afterwards.

    Raises OSError where there is no such file.
    """
    stat = path.stat()
    file = Delivered(
        municipality_code, delivered_on, path.name, path, stat.st_size, stat.st_mtime_ns
    )
    pseudonyms = Pseudonyms(secrets.token_bytes(32))
    seen = _Seen(pseudonyms)
    content = read_file(file, 0, seen.keep)
    if content.message_da:  # which may quote the header
        content = replace(content, message_da=pseudonyms.hide_in_words(content.message_da))
    if content.kind is None:
        return Verdict(content, 0, 0, 0, 0, (), ())
    accepted, withdrawn = seen.current()
    return Verdict(
        content,
        accepted=accepted,
        superseded=seen.usable - accepted - withdrawn,
        withdrawn=withdrawn,
        rejected=seen.rejected,
        faults=_faults(pl.concat([pl.DataFrame(schema=_REASONS), *seen.reasons])),
        unmatched=tuple(seen.unmatched.most_common()),
    )


def precheck_apart(path: Path, municipality_code: str, delivered_on: date) -> Verdict:
    """The same in a process of its own: some broken files take the process that reads them down."""
    with pool() as workers:
        try:
            return workers.submit(precheck_file, path, municipality_code, delivered_on).result()
        except BrokenProcessPool:
            return Verdict(took_reader_down(), 0, 0, 0, 0, (), ())


class _Seen:
    """What is kept of the rows of a file: little, since a file may have ten million."""

    def __init__(self, pseudonyms: Pseudonyms) -> None:
        self._pseudonyms = pseudonyms
        self._records: list[pl.Series] = []
        self._withdrawn: list[pl.Series] = []
        self.usable = 0
        self.rejected = 0
        self.reasons: list[pl.DataFrame] = []  # schema _REASONS
        self.unmatched: Counter[str] = Counter()

    def keep(self, kind: str, texts: pl.DataFrame) -> None:
        """Takes in a frame of the file, in the order of its rows."""
        parsed = parse_rows(texts, kind, self._pseudonyms)
        rows = parsed.rows.sort("source_row")
        # 64 bits tell ten million records apart, but for one file in a million.
        self._records.append(rows.select(record=pl.struct(_KEYS[kind]).hash()).to_series())
        withdrawn = pl.col("status") == "withdrawn" if kind == "meetings" else pl.col("withdrawn")
        self._withdrawn.append(rows.select(withdrawn).to_series())
        self.usable += rows.height
        self.rejected += parsed.rejections["source_row"].n_unique()
        self.reasons.append(
            parsed.rejections.select(pl.col(n).cast(t) for n, t in _REASONS.items())
        )
        if kind == "meetings":
            for form, count in rows["form"].drop_nulls().value_counts().iter_rows():
                known = form in self.unmatched or len(self.unmatched) < _WORDS
                if known and read_form(form).unmatched:
                    self.unmatched[form] += count

    def current(self) -> tuple[int, int]:
        """How many records are current, and how many rows are withdrawn (counting.md 1)."""
        if not self.usable:
            return 0, 0
        records = pl.concat(self._records).to_numpy()
        by_record = np.argsort(records, kind="stable")  # within a record by row
        records = records[by_record]
        is_last = np.append(records[1:] != records[:-1], True)
        lasts = np.flatnonzero(is_last)
        is_withdrawn = pl.concat(self._withdrawn).to_numpy()[by_record[lasts]]
        versions = np.diff(lasts, prepend=-1)
        return int((~is_withdrawn).sum()), int(versions[is_withdrawn].sum())


def _faults(reasons: pl.DataFrame) -> tuple[Fault, ...]:
    texts = messages()
    faults = [
        Fault(code, column, found["source_row"], texts[code]["da"], texts[code]["fix_da"])
        for (code, column), found in reasons.partition_by(
            "code", "column_name", as_dict=True
        ).items()
    ]
    return tuple(sorted(faults, key=lambda fault: (-len(fault.rows), fault.code)))
