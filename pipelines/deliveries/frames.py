"""The shape in which every delivery leaves the door: frames of text, one row a data row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

import polars as pl

from pipelines.deliveries import limits

BLANKS = " \t\r\n\v\f\u00a0\u2007\u200b\u202f\ufeff"
TOO_LONG = "row_too_long"
_AHEAD = 64 << 20  # bytes of text looked at before the first row is taken in
_NINE_DIGITS = r"^[0-9]{9}$"
_BARE_NUMBER = re.compile(r"[1-9][0-9]*", re.ASCII)


def tidy(
    cells: pl.DataFrame,
    columns: Mapping[str, str],
    surplus: str | None = None,
    *,
    is_bare: bool = False,
) -> pl.DataFrame:
    """Rows with a cell that is not blank: the named columns, stripped, blanks as null.

    `columns` gives the canonical name of the columns of `cells` (all text) that have one; the
    others only say whether a row is blank. `row_too_long` is kept if it is among `cells`; else it
    is made: true where there is something in the column `surplus`. Where `is_bare`, the cells are
    known to be stripped already and null where blank.
    """
    if not is_bare:
        kept = (*columns, *([surplus] if surplus in cells.columns else []))
        cells = cells.with_columns(stripped(column) for column in kept)
    if TOO_LONG in cells.columns:
        too_long = cells[TOO_LONG]
    elif surplus is not None:
        too_long = cells[surplus].is_not_null()
    else:
        too_long = pl.Series([False]).new_from_index(0, cells.height)
    named = [cells[column].alias(name) for column, name in columns.items()]
    tidied = pl.DataFrame([*named, too_long.alias(TOO_LONG)])
    if not all(column.has_nulls() for column in named):
        return tidied
    blank = tidied.select(
        pl.all_horizontal(pl.exclude(TOO_LONG).is_null(), ~pl.col(TOO_LONG))
    ).to_series()
    if not blank.any():
        return tidied
    others = [name for name in cells.columns if name not in columns and name != TOO_LONG]
    if others:
        suspects = cells.filter(blank).select(
            pl.all_horizontal(stripped(name).is_null() for name in others)
        )
        blank = blank.scatter(blank.arg_true(), suspects.to_series())
    return tidied.filter(~blank)


def pad_numeric_cpr(frames: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """Give back the leading zero that a spreadsheet took from the CPR numbers of a text table.

    The column was numeric where none of its first cells begins with 0 and all are bare digits.
    """
    first, every = looked_ahead(frames, limits.CPR_SAMPLE)
    sample = [frame["cpr"] for frame in first]
    is_numeric = bool(sample) and _is_numeric(pl.concat(sample).head(limits.CPR_SAMPLE))
    for frame in every:
        yield frame.with_columns(padded_cpr(pl.col("cpr"))) if is_numeric else frame


def looked_ahead(
    frames: Iterable[pl.DataFrame], rows: int
) -> tuple[list[pl.DataFrame], Iterator[pl.DataFrame]]:
    """The first frames, with so many rows where there are as many, and all of them once more.

    Fewer where rows are so long that as many would not fit in memory.
    """
    iterator = iter(frames)
    first: list[pl.DataFrame] = []
    seen, size = 0, 0.0
    while seen < rows and size < _AHEAD and (frame := next(iterator, None)) is not None:
        first.append(frame)
        seen += frame.height
        size += frame.estimated_size()
    return first, chain(first, iterator)


def padded_cpr(cpr: pl.Expr) -> pl.Expr:
    """Nine bare digits with the zero that a number cannot keep (counting.md section 1)."""
    return pl.when(cpr.str.contains(_NINE_DIGITS)).then(cpr.str.pad_start(10, "0")).otherwise(cpr)


def number_rows(frames: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """Add `source_row`, which counts the data rows of a delivery from 1; drop empty frames."""
    start = 1
    for frame in frames:
        if frame.height:
            numbers = pl.Series("source_row", range(start, start + frame.height), pl.Int64)
            yield frame.hstack([numbers])
            start += frame.height


def stripped(column: str) -> pl.Expr:
    """A text column without blanks at its ends, and null where nothing is left."""
    text = pl.col(column).str.strip_chars(BLANKS)
    return pl.when(text != "").then(text)


def _is_numeric(cpr: pl.Series) -> bool:
    return all(_BARE_NUMBER.fullmatch(text) for text in cpr.drop_nulls())
