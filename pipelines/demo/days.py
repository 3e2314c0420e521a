"""The days of the demo: working days, how much was held, and how it was held.

Sources: the remote shares of 2019, 2021 and 2023 are STAR's (news of 27 June 2024); the closure
of 12 March to 26 May 2020 and its 97 % phone are STAR's and KL's. The years between are assumed.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import polars as pl

CLOSED_FROM, CLOSED_THROUGH = date(2020, 3, 12), date(2020, 5, 26)
_AFTER_CLOSURE = date(2020, 5, 27)
HIGHEST_VOLUME = 1.2
"""The largest value of the column `volume`."""

_LAST_GREAT_PRAYER_DAY = 2023
_WEEKEND = 5
_SEASON = (1.15, 1.0, 1.05, 0.95, 1.0, 1.0, 0.75, 1.05, 1.1, 1.0, 1.05, 0.8)
_CLOSED_VOLUME = 0.35  # with the first meetings, which go on, somewhat more than half
_REFORM, _REFORM_VOLUME = date(2026, 7, 1), 0.85

# From this day on: remote share of all meetings, of the first meetings relative to all, and
# video's share of the remote ones. A few points of the years are lost to clipping, so some of
# these lie a little off what comes out.
_MIX = (
    (date.min, 0.236, 0.4, 0.25),
    (CLOSED_FROM, 0.99, 1.0, 0.02),
    (_AFTER_CLOSURE, 0.8, 1.0, 0.2),
    (date(2020, 6, 15), 0.63, 1.0, 0.25),
    (date(2021, 1, 1), 0.825, 1.0, 0.25),
    (date(2021, 8, 1), 0.63, 0.5, 0.25),
    (date(2021, 9, 1), 0.53, 0.4, 0.25),
    (date(2022, 1, 1), 0.52, 0.4, 0.25),
    (date(2023, 1, 1), 0.458, 0.35, 0.25),
    (date(2023, 3, 22), 0.458, 0.2, 0.25),
    (date(2024, 1, 1), 0.445, 0.2, 0.26),
    (date(2026, 1, 1), 0.445, 0.2, 0.27),
)
_FIRST_MEETINGS = 0.14  # of all: what they lack in remote ones, the later ones must have more


def calendar(first: date, last: date) -> pl.DataFrame:
    """One row per day from first to last.

    `day`; `working_day` the same or the next that is one; `volume` meetings held relative to a
    normal day; `inflow` new spells likewise; `remote_first` and `remote_later` the share of phone
    and video among first and later meetings; `video` its share of the remote ones.
    """
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    rows = []
    for day in days:
        _, remote, first_factor, video = next(mix for mix in reversed(_MIX) if mix[0] <= day)
        remote_first = remote * first_factor
        later = (remote - _FIRST_MEETINGS * remote_first) / (1 - _FIRST_MEETINGS)
        working_day, volume, inflow = _working_day(day), _volume(day), _inflow(day)
        rows.append((day, working_day, volume, inflow, remote_first, later, video))
    columns = ["day", "working_day", "volume", "inflow", "remote_first", "remote_later", "video"]
    return pl.DataFrame(rows, schema=columns, orient="row")


def look_up(days: pl.DataFrame, column: str, day: pl.Expr) -> pl.Expr:
    """What the calendar says of each row's day, which must lie in it."""
    position = (day - pl.lit(days["day"][0])).dt.total_days()
    return pl.lit(days[column]).gather(position)


@cache
def holidays(year: int) -> frozenset[date]:
    """The days of a year on which job centres are closed, weekends apart."""
    easter = _easter(year)
    moving = [-3, -2, 1, 39, 50, *([26] if year <= _LAST_GREAT_PRAYER_DAY else [])]
    fixed = [(1, 1), (6, 5), (12, 24), (12, 25), (12, 26), (12, 31)]
    return frozenset(
        [easter + timedelta(n) for n in moving] + [date(year, month, day) for month, day in fixed]
    )


def _working_day(day: date) -> date:
    while day.weekday() >= _WEEKEND or day in holidays(day.year):
        day += timedelta(1)
    return day


def _volume(day: date) -> float:
    if CLOSED_FROM <= day <= CLOSED_THROUGH:
        return _CLOSED_VOLUME
    return _SEASON[day.month - 1] * (_REFORM_VOLUME if day >= _REFORM else 1.0)


def _inflow(day: date) -> float:
    crisis = 1.6 if date(2020, 3, 1) <= day <= date(2020, 6, 30) else 1.0
    return crisis * (1.3 if day.month in {1, 7, 8} else 0.9)


def _easter(year: int) -> date:
    """Easter Sunday by the Gregorian computus (Butcher's form)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    correction = (8 * century + 13) // 25
    epact = (19 * golden + century - century // 4 - correction + 15) % 30
    offset = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * offset) // 451
    month, day = divmod(epact + offset - 7 * late + 114, 31)
    return date(year, month, day + 1)
