"""Rows of typed cells (xlsx, JSON) as the text a person would have written."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import TypeVar

import polars as pl

from pipelines.deliveries.frames import BLANKS, TOO_LONG, tidy

Key = TypeVar("Key", int, str)

# As a number, target group 6.1 is 6.10 too (interface.md section 2): a text no list knows.
AMBIGUOUS_GROUP = "6.1"
UNKNOWN_GROUP = "6.1 (talcelle)"

_CPR_WITHOUT_ZERO = range(100_000_000, 1_000_000_000)
_ROUNDED = 1e15  # a spreadsheet keeps 15 digits
_HALF_SECOND = timedelta(milliseconds=500)
_ELSEWHERE = "elsewhere"


def text_frame(
    rows: Sequence[Mapping[Key, object]], columns: Mapping[Key, str], too_long: Sequence[bool] = ()
) -> pl.DataFrame:
    """A tidy frame of the rows; `columns` gives the canonical name of the keys that have one."""
    texts = [
        pl.Series(name, [cell_text(name, row.get(key)) for row in rows], dtype=pl.String)
        for key, name in columns.items()
    ]
    elsewhere = [
        "x" if any(key not in columns and not is_blank(row[key]) for key in row) else None
        for row in rows
    ]
    texts.append(pl.Series(_ELSEWHERE, elsewhere, dtype=pl.String))
    frame = pl.DataFrame(texts)
    if too_long:
        frame = frame.with_columns(pl.Series(TOO_LONG, too_long, dtype=pl.Boolean))
    return tidy(frame, {name: name for name in columns.values()})


def cell_text(column: str, value: object) -> str | None:
    """A cell of a canonical column as text; None stays None."""
    match value:
        case None | str():
            text = value
        case bool():
            text = "true" if value else "false"
        case int() | float():
            text = _number_text(column, value)
        case datetime():
            text = _moment_text(value)
        case date() | time():
            text = value.isoformat()
        case list() | dict():
            text = json.dumps(value, ensure_ascii=False, default=str)
        case _:
            text = str(value)
    return text


def _number_text(column: str, value: float) -> str | None:
    if math.isnan(value):
        return None
    if isinstance(value, float) and abs(value) >= _ROUNDED:
        return f"{value:.14E}"
    if math.isinf(value) or value != int(value):
        text = str(value)
        return UNKNOWN_GROUP if column == "maalgruppe" and text == AMBIGUOUS_GROUP else text
    whole = int(value)
    if column == "cpr" and whole in _CPR_WITHOUT_ZERO:
        return f"0{whole}"
    return str(whole)


def _moment_text(value: datetime) -> str:
    """Spreadsheets keep moments as fractions of a day, so they may lie a little off a second."""
    if value.microsecond:
        with suppress(OverflowError):  # at the end of the year 9999, which some write for "open"
            value += _HALF_SECOND
    return value.isoformat(timespec="seconds")


def is_blank(value: object) -> bool:
    """Whether a cell has nothing to read in it."""
    return value is None or (isinstance(value, str) and not value.strip(BLANKS))
