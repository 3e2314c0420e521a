"""Dates written every way, hours that do not exist or exist twice, and the turn of the year."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from proof.hostile.judging import Case
from proof.hostile.truth import Meeting, draw, table, with_moments

_MONTHS: Final = (
    *("januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september"),
    *("oktober", "november", "december"),
)
_EXCEL_ZERO: Final = datetime(1899, 12, 30)
_FORMS: Final[dict[str, Callable[[datetime], str]]] = {
    "yyyy-MM-dd HH:mm": lambda t: f"{t:%Y-%m-%d %H:%M}",
    "yyyy-MM-ddTHH:mm:ss": lambda t: f"{t:%Y-%m-%dT%H:%M:%S}",
    "dd-MM-yyyy HH:mm": lambda t: f"{t:%d-%m-%Y %H:%M}",
    "dd.MM.yyyy HH:mm": lambda t: f"{t:%d.%m.%Y %H:%M}",
    "dd/MM/yyyy HH:mm:ss": lambda t: f"{t:%d/%m/%Y %H:%M:%S}",
    "MM/dd/yyyy HH:mm": lambda t: f"{t:%m/%d/%Y %H:%M}",
    "MM-dd-yyyy HH:mm": lambda t: f"{t:%m-%d-%Y %H:%M}",
    "MM/dd/yyyy h:mm PM": lambda t: f"{t:%m/%d/%Y %I:%M %p}",
    "yyyy-dd-MM": lambda t: f"{t:%Y-%d-%m %H:%M}",
    "yyyy/MM/dd": lambda t: f"{t:%Y/%m/%d %H:%M}",
    "yyyy.MM.dd": lambda t: f"{t:%Y.%m.%d %H:%M}",
    "dd-MM-yy": lambda t: f"{t:%d-%m-%y %H:%M}",
    "d-M-yyyy": lambda t: f"{t.day}-{t.month}-{t.year} {t:%H:%M}",
    "yyyyMMdd": lambda t: f"{t:%Y%m%d}",
    "yyyyMMddHHmm": lambda t: f"{t:%Y%m%d%H%M}",
    "d. MMMM yyyy": lambda t: f"{t.day}. {_MONTHS[t.month - 1]} {t.year}",
    "dd-MMM-yyyy": lambda t: f"{t:%d-%b-%Y %H:%M}",
    "ISO week": lambda t: f"{t:%G-W%V-%u}",
    "ordinal day": lambda t: f"{t:%Y-%j}",
    "week and day": lambda t: f"uge {t:%V} {t:%G}",
    "Excel serial": lambda t: str((t - _EXCEL_ZERO).days),
    "Excel serial with a comma": lambda t: f"{(t - _EXCEL_ZERO) / timedelta(1):.5f}".replace(
        ".", ","
    ),
    "Unix seconds": lambda t: str(int(t.replace(tzinfo=UTC).timestamp())),
    "Unix milliseconds": lambda t: str(int(t.replace(tzinfo=UTC).timestamp()) * 1000),
    "hour with a dot": lambda t: f"{t:%d-%m-%Y %H.%M}",
    "kl.": lambda t: f"{t:%d-%m-%Y} kl. {t:%H:%M}",
    "two spaces": lambda t: f"{t:%d-%m-%Y}  {t:%H:%M}",
    "one digit of the hour": lambda t: f"{t:%d-%m-%Y} {t.hour}:{t:%M}",
    "a year of five digits": lambda t: f"{t:%d-%m}-0{t.year}",
    "mixed separators": lambda t: f"{t:%d-%m/%Y}",
    "with weekday": lambda t: f"ma {t:%d-%m-%Y}",
    "quoted": lambda t: f"'{t:%Y-%m-%d}'",
    "the zone by name": lambda t: f"{t:%Y-%m-%d %H:%M} CET",
    "fractions": lambda t: f"{t:%Y-%m-%d %H:%M:%S}.0000000",
    "a comma before fractions": lambda t: f"{t:%Y-%m-%d %H:%M:%S},000",
}


# Instants in UTC as systems write them.
_INSTANTS: Final[dict[str, Callable[[datetime], str]]] = {
    "Z": lambda at: f"{at:%Y-%m-%dT%H:%M:%SZ}",
    "its offset": lambda at: f"{local(at):%Y-%m-%d %H:%M}+0{_offset(at)}:00",
    "its offset without colon": lambda at: f"{local(at):%Y-%m-%dT%H:%M}+0{_offset(at)}00",
    "an offset of New York": lambda at: f"{at - timedelta(hours=5):%Y-%m-%dT%H:%M}-05:00",
    "an offset of Nepal": lambda at: f"{at + timedelta(minutes=345):%Y-%m-%dT%H:%M}+05:45",
    "local time": lambda at: f"{local(at):%d-%m-%Y %H:%M}",
}


def date_forms(chance: random.Random) -> Iterator[Case]:
    """A file in each form, and files in which the forms are mixed; forms without hours are days."""
    for name, form in _FORMS.items():
        for _ in range(4):
            rows = (
                _at_midnight(draw(chance, 30))
                if ":" not in form(datetime.max)
                else draw(chance, 30)
            )
            yield Case("dates", name, table(with_moments(rows, form)).encode(), rows)
    known = list(_FORMS.values())[:5]
    for _ in range(20):
        rows = draw(chance, 30)
        written = [with_moments([row], chance.choice(known))[0] for row in rows]
        yield Case("dates", "known forms mixed", table(written).encode(), rows)
    for text in (
        *("2026-02-29", "31-06-2024", "2024-00-10", "2024-13-01", "00-00-0000", "2024-01-32"),
        *(
            "9999-99-99",
            "0000-00-00",
            "1899-12-31",
            "0001-01-01",
            "2024-02-30T10:00",
            "-2024-01-01",
        ),
        *("2024-01-01 24:00", "2024-01-01 10:60", "2024-01-01 10:00:60", "2024-01-01 25:00"),
        *("2024-01-01T10", "2024-01-01 10:00+99:00", "2024-01-01 1000", "i dag", "=TODAY()", "0"),
        *("2024-01-01 10:00 (ca.)", "2024-01-01/2024-01-02", "20240101T1000Z", "2024-1", "####"),
    ):
        rows = draw(chance, 6)
        odd = [*rows[:3], rows[3].written(start=text), *rows[4:]]
        yield Case("dates", f"a moment that is none: {text}", table(odd).encode(), _never(rows, 3))


def hours(chance: random.Random) -> Iterator[Case]:
    """Instants around both changes of the clock, written with Z or an offset, and as local time."""
    for year in range(2019, 2027):
        for month in (3, 10):
            turn = _turn(year, month)
            instants = [turn + timedelta(minutes=15 * step) for step in range(-12, 13)]
            rows = [
                row.meaning(started_at=local(at), registered_at=None, summoned_on=None).written(
                    slut="", registreret="", indkaldt=""
                )
                for row, at in zip(draw(chance, len(instants)), instants, strict=True)
            ]
            for name, form in _INSTANTS.items():
                text = [row.written(start=form(at)) for row, at in zip(rows, instants, strict=True)]
                yield Case("hours of changing clocks", name, table(text).encode(), rows)
            if month == 3:  # an hour that no clock shows: as written, on the day that it says
                gap = datetime.combine(turn.date(), datetime.min.time()) + timedelta(
                    hours=2, minutes=30
                )
                said = [
                    row.meaning(started_at=gap).written(start=f"{gap:%Y-%m-%d %H:%M}")
                    for row in rows
                ]
                yield Case("hours of changing clocks", "02:30 in March", table(said).encode(), said)


def year_ends(chance: random.Random) -> Iterator[Case]:
    """The days around every New Year, week 53 and 29 February in them, and midnight's two sides."""
    for year in range(1990, 2027):
        first = datetime(year, 12, 26)
        days = [first + timedelta(n) for n in range(12)] + [
            datetime(year, 2, 28),
            datetime(year, 3, 1),
        ]
        moments = [day + timedelta(minutes=chance.choice((0, 1, 1439))) for day in days]
        moments = [moment for moment in moments if moment.year < 2027]
        rows = [
            row.meaning(started_at=at, registered_at=None, summoned_on=None)
            for row, at in zip(draw(chance, len(moments)), moments, strict=True)
        ]
        form = chance.choice(list(_FORMS.values())[:5])
        yield Case(
            "week 53 and leap days", str(year), table(with_moments(rows, form)).encode(), rows
        )


def local(at: datetime) -> datetime:
    """Danish time of an instant given in UTC, by the rule of the directive alone."""
    return at + timedelta(hours=_offset(at))


def _offset(at: datetime) -> int:
    return 2 if _turn(at.year, 3) <= at < _turn(at.year, 10) else 1


def _turn(year: int, month: int) -> datetime:
    """01:00 UTC of the last Sunday of the month."""
    last = datetime(year, month, 31, 1)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def _at_midnight(rows: list[Meeting]) -> list[Meeting]:
    return [
        row.meaning(
            started_at=row.started_at.replace(hour=0, minute=0),
            registered_at=row.registered_at and row.registered_at.replace(hour=0, minute=0),
        )
        for row in rows
    ]


def _never(rows: list[Meeting], at: int) -> list[Meeting]:
    """The rows, one of which has no moment that a reader could rightly tell."""
    return [row.meaning(started_at=datetime.max) if n == at else row for n, row in enumerate(rows)]
