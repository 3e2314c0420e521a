"""What the night would say of one file, with nothing stored."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from pipelines.deliveries.landing import Delivered
from pipelines.deliveries.messages import messages
from pipelines.deliveries.pseudonyms import Pseudonyms
from pipelines.deliveries.reading import Content, read_file
from pipelines.deliveries.rows import SCHEMAS, Parsed, parse_rows
from pipelines.modes.forms import read_form

_KEYS: Final = {
    "meetings": ["meeting_id"],
    "spells": ["spell_id"],
    "absences": ["citizen_key", "absence_type", "started_on"],
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason rows were rejected for, with all their numbers (1 is the first data row)."""

    code: str
    column_name: str
    rows: tuple[int, ...]
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
    parsed: list[Parsed] = []
    content = read_file(
        file, 0, lambda kind, texts: parsed.append(parse_rows(texts, kind, pseudonyms))
    )
    if content.message_da:  # which may quote the header
        content = replace(content, message_da=pseudonyms.hide_in_words(content.message_da))
    if content.kind is None:
        return Verdict(content, 0, 0, 0, 0, (), ())
    rows = pl.concat([pl.DataFrame(schema=SCHEMAS[content.kind]), *(p.rows for p in parsed)])
    rejections = pl.concat(
        [pl.DataFrame(schema=SCHEMAS["rejections"]), *(p.rejections for p in parsed)]
    )
    accepted, withdrawn = _current(rows, content.kind)
    return Verdict(
        content,
        accepted=accepted,
        superseded=rows.height - accepted - withdrawn,
        withdrawn=withdrawn,
        rejected=rejections["source_row"].n_unique(),
        faults=_faults(rejections),
        unmatched=_unmatched(rows) if content.kind == "meetings" else (),
    )


def _current(rows: pl.DataFrame, kind: str) -> tuple[int, int]:
    """How many rows are current, and how many are withdrawn (counting.md 1)."""
    withdrawn = pl.col("status") == "withdrawn" if kind == "meetings" else pl.col("withdrawn")
    records = rows.sort("source_row").group_by(_KEYS[kind]).agg(withdrawn.last(), pl.len())
    flag = records.columns[-2]
    return records.filter(~pl.col(flag)).height, int(records.filter(pl.col(flag))["len"].sum())


def _faults(rejections: pl.DataFrame) -> tuple[Fault, ...]:
    texts = messages()
    grouped = rejections.group_by("code", "column_name").agg(pl.col("source_row").sort())
    ordered = grouped.sort(pl.col("source_row").list.len(), "code", descending=[True, False])
    return tuple(
        Fault(code, column, tuple(rows), texts[code]["da"], texts[code]["fix_da"])
        for code, column, rows in ordered.iter_rows()
    )


def _unmatched(rows: pl.DataFrame) -> tuple[tuple[str, int], ...]:
    counted = rows["form"].drop_nulls().value_counts(sort=True).iter_rows()
    return tuple((form, count) for form, count in counted if read_form(form).unmatched)
