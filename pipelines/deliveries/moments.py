"""Dates and times as municipalities write them (interface.md section 2)."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import polars as pl

from pipelines.deliveries.distinct import distinct

_MOMENT: Final = pl.Datetime("us")
_DATE_LENGTH: Final = len("yyyy-mm-dd")
_WRITTEN: Final = re.compile(
    r"(?:(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)|(?P<d2>\d\d)(?P<sep>[-./])(?P<m2>\d\d)(?P=sep)(?P<y2>\d{4}))"
    r"(?:[ T](?P<H>\d\d):(?P<M>\d\d)(?::(?P<S>\d\d)(?:\.\d+)?)?(?P<zone>Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
_EARLIEST: Final = 1900  # an earlier year is a system's way of writing nothing
_COLUMN_FORMS: Final = 12  # ways of writing that are tried on a whole column at once
_SAMPLE: Final = 50  # texts looked at to find the next way of writing
_LEAP_SECOND: Final = ":60"
_COPENHAGEN: Final = "Europe/Copenhagen"


def read_moments(texts: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The local moment each text says, and whether it gives a time of day.

    Two columns of the input's length: datetime[µs] (null where blank or unreadable) and boolean.
    A column is mostly written one way, so that way is tried on all of it at once; what is left is
    read one by one. Both readers know the same forms.
    """
    occurring = distinct(texts)
    timed = texts.str.len_bytes() > _DATE_LENGTH
    return occurring.spread(_read_distinct(occurring.texts)), timed.fill_null(value=False)


def _read_distinct(texts: pl.Series) -> pl.Series:
    left = texts.to_frame("text").with_row_index("place")
    read: list[pl.DataFrame] = []
    unfit: list[pl.DataFrame] = []
    for _ in range(_COLUMN_FORMS):
        form = next(filter(None, map(_form_of, left["text"].head(_SAMPLE).to_list())), None)
        if form is None:
            break
        pattern, shape = form
        found = left.with_columns(
            moment=pl.col("text").str.to_datetime(pattern, strict=False, time_unit="us")
        )
        written_so = pl.col("text").str.contains(shape)
        fits = (
            pl.col("moment").is_not_null()
            & (pl.col("moment").dt.year() >= _EARLIEST)
            & ~pl.col("text").str.ends_with(_LEAP_SECOND)
        ).fill_null(value=False)
        read.append(found.filter(written_so & fits))
        # 31-02-2022 is written so and is no date: left among the others it would be tried again
        unfit.append(found.filter(written_so & ~fits).drop("moment"))
        left = found.filter(~written_so).drop("moment")
    left = pl.concat([left, *unfit])
    one_by_one = pl.Series("moment", [read_moment(t) for t in left["text"].to_list()], _MOMENT)
    return pl.concat([*read, left.with_columns(one_by_one)]).sort("place")["moment"]


def read_moment(text: str) -> datetime | None:
    """The local moment one text says; None where it is not a date of a known form.

    An offset or Z is converted to Danish time; fractions of a second are dropped; a date before
    1900 is how systems write nothing.
    """
    written = _WRITTEN.fullmatch(text)
    if written is None:
        return None
    part = written.groupdict()
    year, month, day = (part[name] or part[f"{name}2"] for name in "ymd")
    hour, minute, second = (int(part[unit] or 0) for unit in "HMS")
    try:
        moment = datetime(  # noqa: DTZ001 - local time, as delivered
            int(year), int(month), int(day), hour, minute, second
        )
        if part["zone"]:
            zone = datetime.strptime(part["zone"], "%z").tzinfo
            local = moment.replace(tzinfo=zone).astimezone(ZoneInfo(_COPENHAGEN))
            moment = local.replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None
    return moment if moment.year >= _EARLIEST else None


def _form_of(text: str) -> tuple[str, str] | None:
    """How a text writes its moment: the pattern to read it by, and a regular expression.

    The pattern alone also fits signs and blanks in place of digits.
    """
    written = _WRITTEN.fullmatch(text)
    if written is None or written["zone"] or "." in text[_DATE_LENGTH:]:
        return None
    date = "%Y-%m-%d" if written["y"] else "%d{0}%m{0}%Y".format(written["sep"])
    time = {_DATE_LENGTH: "", _DATE_LENGTH + 6: "%H:%M", _DATE_LENGTH + 9: "%H:%M:%S"}[len(text)]
    shape = re.sub("[0-9]", "[0-9]", text.replace(".", "[.]"))
    return date + text[_DATE_LENGTH : _DATE_LENGTH + 1] + time, f"^{shape}$"
