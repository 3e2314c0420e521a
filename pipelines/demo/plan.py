"""Who delivers how much, and when."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from pipelines.demo.contact import municipality_effects
from pipelines.demo.days import calendar
from pipelines.demo.draws import key_of
from pipelines.demo.meetings import make_meetings
from pipelines.demo.spells import make_spells
from pipelines.municipalities import municipalities

SILENT = "825"
"""Læsø has not delivered."""

_LEAST_ROWS = 90  # of meetings in a delivery; a municipality with fewer delivers more rarely
_LARGE_FILE = 2000  # rows
_RHYTHMS = (1, 3, 6, 12, 24)  # months between deliveries
_YEAR = 12
_NIGHTLY = 5  # the largest deliver every night in the last week
_NIGHTS = 4
_MOST_DAYS_AFTER = 9  # from the end of a period to its delivery
_PILOT_CITIZENS = 8000
_DAYS_BEFORE, _DAYS_AFTER = 60, 120  # of the calendar around the period


def plan_days(first: date, last: date) -> pl.DataFrame:
    """The calendar of the demo, with the days that summonses and late registrations need."""
    return calendar(first - timedelta(_DAYS_BEFORE), last + timedelta(_DAYS_AFTER))


def plan_senders(meetings: int, first: date, last: date, seed: int) -> pl.DataFrame:
    """One row per delivering municipality, by code.

    `municipality_code, region_code, weight, key, remote_effect`; `citizens` so many that all
    have about the wanted number of meetings together; `months` between its deliveries;
    `is_nightly` for the five largest; `is_large` where its files are.
    """
    rows = [
        (town.code, town.region_code, town.weight, key_of(seed, town.code))
        for town in municipalities()
        if town.code != SILENT
    ]
    schema = {
        "municipality_code": pl.String,
        "region_code": pl.String,
        "weight": pl.Float64,
        "key": pl.UInt64,
    }
    senders = pl.DataFrame(rows, schema=schema, orient="row")
    share = pl.col("weight") / pl.col("weight").sum()
    years = ((last - first).days + 1) / 365.25
    yearly = share * meetings / years
    months = pl.lit(_RHYTHMS[-1])
    for rhythm in reversed(_RHYTHMS):
        months = pl.when(yearly * rhythm / 12 >= _LEAST_ROWS).then(rhythm).otherwise(months)
    per_citizen = _meetings_per_citizen(first, last)
    return senders.with_columns(
        municipality_effects(senders, seed),
        citizens=(share * meetings / per_citizen).round().cast(pl.Int64).clip(lower_bound=1),
        months=months,
        is_nightly=pl.col("weight").rank("ordinal", descending=True) <= _NIGHTLY,
    ).with_columns(is_large=pl.col("is_nightly") | (yearly * pl.col("months") / 12 > _LARGE_FILE))


def plan_deliveries(senders: pl.DataFrame, first: date, last: date) -> pl.DataFrame:
    """The delivery days: `municipality_code, delivered_on`, sorted by day.

    Each municipality delivers some days after the end of each of its periods and on the last
    day, which takes the place of a delivery shortly before it; the largest on the nights before
    as well.
    """
    rows = []
    for code, key, months, is_nightly in senders.select(
        "municipality_code", "key", "months", "is_nightly"
    ).iter_rows():
        wait = timedelta(key % _MOST_DAYS_AFTER + 1)
        begin = (
            12 * (key % 2) if months > _YEAR else 0
        )  # every other year, but not the same for all
        days = {end + wait for end in _period_ends(first, last, months, begin)}
        half_a_period = timedelta(15 * months)
        days = {day for day in days if day <= last - half_a_period} | {last}
        if is_nightly:
            days |= {last - timedelta(n) for n in range(1, _NIGHTS + 1)}
        rows += [(code, day) for day in days if day >= first]
    schema = {"municipality_code": pl.String, "delivered_on": pl.Date}
    return pl.DataFrame(rows, schema=schema, orient="row").sort("delivered_on", "municipality_code")


def keep_yearly(deliveries: pl.DataFrame) -> pl.DataFrame:
    """Of each municipality's delivery days the last in each year."""
    year = pl.col("delivered_on").dt.year()
    is_latest = pl.col("delivered_on") == pl.col("delivered_on").max().over(
        "municipality_code", year
    )
    return deliveries.filter(is_latest)


def _period_ends(first: date, last: date, months: int, begin: int) -> list[date]:
    ends = []
    month = first.year * 12 + begin
    while (end := date(month // 12, month % 12 + 1, 1)) <= last:
        if end > first:
            ends.append(end - timedelta(1))
        month += months
    return ends


def _meetings_per_citizen(first: date, last: date) -> float:
    """How many meetings a citizen has in the period, measured on a town that does not exist."""
    pilot = pl.DataFrame(
        {
            "municipality_code": ["000"],
            "region_code": ["1084"],
            "key": [key_of("pilot")],
            "remote_effect": [0.0],
            "citizens": [_PILOT_CITIZENS],
        },
        schema_overrides={"key": pl.UInt64},
    )
    days = plan_days(first, last)
    spells = make_spells(pilot, days, first, last)
    return max(make_meetings(spells, pilot, days, first, last).height, 1) / _PILOT_CITIZENS
