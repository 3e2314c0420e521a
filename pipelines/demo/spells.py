"""Spells of the ten target groups, and the absences within them."""

from __future__ import annotations

from datetime import date

import polars as pl

from pipelines.demo.citizens import cpr
from pipelines.demo.draws import by_case, chance, child_key, choose, geometric, uniform, whole

# Of a hundred new spells, and the mean length in days.
_GROUPS = {
    "DP": (40.0, 180),
    "KTH_JP": (15.0, 220),
    "KTH_AP": (10.0, 480),
    "UH_UP": (8.0, 200),
    "UH_AP": (5.0, 330),
    "SDP": (14.0, 150),
    "JAF": (3.0, 400),
    "RF": (1.5, 700),
    "FLEX": (2.5, 330),
    "REV": (1.0, 420),
}
_NEXT_GROUP = {
    "DP": {"KTH_JP": 0.6, "SDP": 0.4},
    "KTH_JP": {"KTH_AP": 0.7, "DP": 0.3},
    "KTH_AP": {"KTH_JP": 0.6, "RF": 0.25, "FLEX": 0.15},
    "UH_UP": {"UH_AP": 0.8, "KTH_JP": 0.2},
    "UH_AP": {"UH_UP": 0.8, "RF": 0.2},
    "SDP": {"JAF": 0.4, "DP": 0.5, "REV": 0.1},
    "JAF": {"FLEX": 0.5, "KTH_AP": 0.3, "RF": 0.2},
    "RF": {"FLEX": 0.7, "KTH_AP": 0.3},
    "FLEX": {"SDP": 1.0},
    "REV": {"DP": 0.5, "FLEX": 0.5},
}
_CLOSED_GROUPS = ("RF", "REV")  # no new ones from 1 July 2026 (law 1750 of 2025)
_CLOSED_GROUPS_FROM = date(2026, 7, 1)
_MOST_SPELLS = 3  # of one citizen
_FOLLOWED = 0.35  # the share of spells after which the citizen comes back
_AT_ONCE = 0.55  # of those, into another group the day after

# Share of spells with one, shortest and longest in days. The last two pause the clock.
_ABSENCES = {
    "10": (0.09, 5, 21),
    "11": (0.06, 3, 40),
    "9": (0.01, 7, 30),
    "2": (0.01, 2, 14),
    "4": (0.004, 7, 14),
    "1": (0.003, 20, 120),
    "3": (0.002, 1, 10),
    "7": (0.002, 60, 400),
    "6": (0.001, 30, 200),
    "8": (0.015, 90, 320),
    "mindre_intensiv": (0.018, 45, 365),
}
PAUSING = ("8", "mindre_intensiv")
_FREE_SHARE = 1 - sum(share for share, _, _ in _ABSENCES.values())


def make_spells(senders: pl.DataFrame, days: pl.DataFrame, first: date, last: date) -> pl.DataFrame:
    """The spells that touch first to last, by municipality and number.

    `senders` has `municipality_code`, `key` and the number of `citizens`. A row is a spell:
    `municipality_code, key, number, cpr, target_group, start, end` (the true end, which may lie
    after last) and the one absence it may hold: `absence_type, absence_start, absence_end`.
    """
    citizens = (
        senders.select("municipality_code", "key", number=pl.int_ranges("citizens"))
        .explode("number")
        .select("municipality_code", key=child_key(pl.col("number")))
    )
    spells = [_first_spells(citizens, days, first, last)]
    for _ in range(_MOST_SPELLS - 1):
        spells.append(_next_spells(spells[-1], last))
    numbered = pl.concat(spells).sort("municipality_code", "start", "key")
    number = pl.int_range(pl.len()).over("municipality_code")
    return numbered.with_columns(number=number, **_absence())


def _first_spells(
    citizens: pl.DataFrame, days: pl.DataFrame, first: date, last: date
) -> pl.DataFrame:
    """Each citizen's first spell: one that already runs on the first day, or a new one.

    Spells end with the same probability every day, so both the age and the rest of a running one
    are as long as a new one, and running ones are to new ones as the mean length to the period.
    """
    period = (last - first).days + 1
    returns = 1 + _FOLLOWED
    weights = {group: share * (period + mean * returns) for group, (share, mean) in _GROUPS.items()}
    running = by_case(
        "target_group",
        {
            group: pl.lit(mean * returns / (mean * returns + period))
            for group, (_, mean) in _GROUPS.items()
        },
        pl.lit(0.0),
    )
    within = days.filter(pl.col("day").is_between(first, last))
    sums = within["inflow"].cum_sum()
    begun = within["day"].gather(
        citizens.select(pl.lit(sums / sums[-1]).search_sorted(uniform("start"))).to_series()
    )
    return (
        citizens.with_columns(target_group=choose("group", weights), begun=begun)
        .with_columns(running=chance("running", running))
        .with_columns(
            start=pl.when("running").then(_later(pl.lit(first), "age", -1)).otherwise("begun"),
            rest_from=pl.when("running").then(pl.lit(first)).otherwise("begun"),
        )
        .with_columns(end=_later(pl.col("rest_from"), "length", 1), cpr=cpr(pl.col("start")))
        .with_columns(target_group=_open_group(pl.col("target_group")))
        .select("municipality_code", "key", "cpr", "target_group", "start", "end")
    )


def _next_spells(spells: pl.DataFrame, last: date) -> pl.DataFrame:
    """The next spell of the citizens who have one that starts by the last day."""
    other = by_case(
        "target_group",
        {group: choose("next group", weights) for group, weights in _NEXT_GROUP.items()},
        pl.col("target_group"),
    )
    at_once = chance("at once", _AT_ONCE)
    gap = pl.when(at_once).then(1).otherwise(whole("gap", 35, 420))
    return (
        spells.filter(chance("followed", _FOLLOWED))
        .with_columns(
            target_group=pl.when(at_once).then(other).otherwise("target_group"),
            start=pl.col("end") + pl.duration(days=gap),
        )
        .filter(pl.col("start") <= last)
        .with_columns(key=child_key(pl.lit(1)), target_group=_open_group(pl.col("target_group")))
        .with_columns(end=_later(pl.col("start"), "length", 1))
        .select(spells.columns)
    )


def _open_group(group: pl.Expr) -> pl.Expr:
    closed = group.is_in(_CLOSED_GROUPS) & (pl.col("start") >= _CLOSED_GROUPS_FROM)
    return pl.when(closed).then(pl.lit("KTH_AP")).otherwise(group)


def _later(day: pl.Expr, question: str, direction: int) -> pl.Expr:
    mean = by_case(
        "target_group", {group: pl.lit(mean) for group, (_, mean) in _GROUPS.items()}, pl.lit(200)
    )
    return day + pl.duration(days=geometric(question, mean) * direction)


def _absence() -> dict[str, pl.Expr]:
    shares = {kind: share for kind, (share, _, _) in _ABSENCES.items()}
    kind = choose("absence", {"": _FREE_SHARE, **shares})
    days = pl.coalesce(
        pl.when(kind == name).then(whole("absence days", low, high))
        for name, (_, low, high) in _ABSENCES.items()
    )
    length = (pl.col("end") - pl.col("start")).dt.total_days()
    start = pl.col("start") + pl.duration(
        days=(uniform("absence start") * length).floor().cast(pl.Int64)
    )
    return {
        "absence_type": pl.when(kind != "").then(kind),
        "absence_start": pl.when(kind != "").then(start),
        "absence_end": start + pl.duration(days=days - 1),
    }
