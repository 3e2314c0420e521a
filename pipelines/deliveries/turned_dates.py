"""Files whose dates have day and month turned round: 03/31/2024, or 2024-31-03.

Half of such a file's dates cannot be read, but the others can, as another day than the one meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import polars as pl

from pipelines.deliveries import limits
from pipelines.deliveries.frames import looked_ahead

_COLUMNS: Final = ("start", "slut", "registreret", "indkaldt")
_LEAST: Final = 3  # dates that can only be turned round; fewer may be slips
_SHARE: Final = 1 / 3  # of the dates so written at least; in a turned file it is about 60 %
# How a date is written: its two numbers that can be day and month, the one that must be the day
# first.
_FORMS: Final = (
    *(
        rf"^(?<day>[0-9]{{2}}){mark}(?<month>[0-9]{{2}}){mark}[0-9]{{4}}"
        for mark in ("-", "[.]", "/")
    ),
    r"^[0-9]{4}-(?<month>[0-9]{2})-(?<day>[0-9]{2})",
)
_MONTHS: Final = 12
_DAYS: Final = 31
_LENGTH: Final = 10  # characters of a date, whatever follows it
_DOUBTED: Final = " (dag og måned byttet?)"


def doubt_turned_dates(frames: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """Makes a text that no reader takes for a date of those that may be turned round.

    They are doubted where a third of the first dates can only be turned round, and none written the
    same way can only be as agreed (interface.md section 2).
    """
    first, every = looked_ahead(frames, limits.DATE_SAMPLE)
    dates = _first_dates(first)
    turned = [form for form in _FORMS if _is_turned(dates, form)]
    for frame in every:
        yield _doubted(frame, turned) if turned else frame


def _first_dates(first: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """The dates of the first rows, each once with how often it stands (text, rows)."""
    empty = pl.Series("text", [], pl.String)
    texts = [
        frame[name].head(limits.DATE_SAMPLE).rename("text")
        for frame in first
        for name in _COLUMNS
        if name in frame.columns
    ]
    return pl.concat([empty, *texts]).str.slice(0, _LENGTH).value_counts(name="rows")


def _is_turned(dates: pl.DataFrame, form: str) -> bool:
    day, month = _numbers(pl.col("text"), form)
    rows = pl.col("rows")
    found = dates.select(
        turned=rows.filter(month.is_between(_MONTHS + 1, _DAYS) & (day <= _MONTHS)).sum(),
        agreed=rows.filter(day.is_between(_MONTHS + 1, _DAYS) & (month <= _MONTHS)).sum(),
        every=rows.filter(day.is_not_null()).sum(),
    )
    turned, agreed, every = found.row(0)
    return bool(turned >= _LEAST and agreed == 0 and turned >= _SHARE * every)


def _doubted(frame: pl.DataFrame, forms: Iterable[str]) -> pl.DataFrame:
    columns = [name for name in _COLUMNS if name in frame.columns]
    for form in forms:
        frame = frame.with_columns(
            pl.when(_may_be_either(name, form))
            .then(pl.col(name) + _DOUBTED)
            .otherwise(name)
            .alias(name)
            for name in columns
        )
    return frame


def _may_be_either(column: str, form: str) -> pl.Expr:
    day, month = _numbers(pl.col(column), form)
    return (day != month) & (day <= _MONTHS) & (month <= _MONTHS)


def _numbers(text: pl.Expr, form: str) -> tuple[pl.Expr, pl.Expr]:
    groups = text.str.extract_groups(form)
    return tuple(groups.struct.field(name).cast(pl.Int8, strict=False) for name in ("day", "month"))  # type: ignore[return-value]
