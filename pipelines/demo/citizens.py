"""Invented CPR numbers that look right and belong to nobody.

The date part is a real date and the seventh digit tells its century, as in every CPR number.
Modulus 11 fails in all of them and nobody is born on 1 January: numbers without modulus 11 have
been given out since 2007, but only to people registered with that birthday (CPR-kontoret), so
none of these can be a living person's.
"""

from __future__ import annotations

import polars as pl

from pipelines.demo.draws import by_case, uniform, whole

UNKNOWN = "0000000000"
_YOUNG = ("UH_UP", "UH_AP")
_UNDER_30 = (18, 30)
_AGES = (30, 66)
_DAYS_A_YEAR = 365.25
_NEW_CENTURY = 2000
_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2)  # of the first nine digits in modulus 11


def cpr(day: pl.Expr) -> pl.Expr:
    """Ten digits for each row, by its `key`; the young groups are under 30 on the row's day."""
    old = by_case("target_group", {group: _age(*_UNDER_30) for group in _YOUNG}, _age(*_AGES))
    born = day - pl.duration(days=(old * _DAYS_A_YEAR).cast(pl.Int64))
    new_year = (born.dt.month() == 1) & (born.dt.day() == 1)
    born = pl.when(new_year).then(born + pl.duration(days=1)).otherwise(born)
    earlier = whole("century", 0, 3)
    later = whole("century", 4, 9)
    century = pl.when(born.dt.year() < _NEW_CENTURY).then(earlier).otherwise(later)
    serial = century * 100 + whole("serial", 0, 99)
    nine = born.dt.strftime("%d%m%y") + serial.cast(pl.String).str.zfill(3)
    return nine + _wrong_check_digit(nine)


def _age(low: int, high: int) -> pl.Expr:
    return uniform("age") * (high - low) + low


def _wrong_check_digit(nine: pl.Expr) -> pl.Expr:
    digits = [nine.str.slice(n, 1).cast(pl.Int64) * weight for n, weight in enumerate(_WEIGHTS)]
    right = (11 - pl.sum_horizontal(digits) % 11) % 11
    drawn = whole("check digit", 0, 9)
    wrong = pl.when(drawn == right).then((drawn + 1) % 10).otherwise(drawn)
    return wrong.cast(pl.String)
