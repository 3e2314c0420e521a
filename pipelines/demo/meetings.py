"""Meetings: when, of which type, by whom, with what outcome, and when they were registered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from pipelines.demo.citizens import UNKNOWN
from pipelines.demo.contact import with_contact
from pipelines.demo.days import HIGHEST_VOLUME, look_up
from pipelines.demo.draws import (
    by_case,
    chance,
    child_key,
    choose,
    geometric,
    one_of,
    whole,
)
from pipelines.demo.spells import PAUSING

PLANNED_AHEAD = 21
"""Days: nothing is booked further ahead."""
SLOTS = 500
"""More than any spell has; slots from here on are second registrations of the same meeting."""

# First meeting after the start: earliest and latest day; the regular ones begin after it.
_FIRST = {"DP": (4, 26), "SDP": (20, 54), "JAF": (7, 40), "RF": (7, 40)}
_FIRST_OF_CASH = dict.fromkeys(("KTH_JP", "KTH_AP", "UH_UP", "UH_AP"), (0, 9))
_FIRST_OF_OTHERS = (5, 28)
_EARLY_FROM, _EARLY_THROUGH = 28, 182  # weeks 4-26, in days
_HELD_A_YEAR = {"early": 10.0, "later": 6.0}  # KL 13 January 2021
_HELD = 0.85
_EARLY_GAP, _LATER_GAP = (
    365 * _HELD / (_HELD_A_YEAR[period] * HIGHEST_VOLUME) for period in ("early", "later")
)
_SLOTS_EARLY = 1 + round((_EARLY_THROUGH - _EARLY_FROM) / _EARLY_GAP)
_JITTER = 0.4

_NEW_DP = date(2024, 1, 1)  # from here on the a-kasse has the first three months
_OTHER_TYPES = {"8": 0.015, "9": 0.015, "10": 0.015, "11": 0.005, "12": 0.012, "13": 0.004}
_TYPES: dict[str, dict[str, float]] = {
    "DP": {"7": 0.78, "17": 0.07, "19": 0.08, "15": 0.004, **_OTHER_TYPES},
    "SDP": {"4": 0.93, "7": 0.01, **_OTHER_TYPES},
    **{group: {"4": 0.54, "7": 0.4, **_OTHER_TYPES} for group in ("JAF", "RF", "FLEX", "REV")},
}
_TYPES_OF_CASH = {"7": 0.93, "4": 0.004, **_OTHER_TYPES}
_TYPES_OF_A_KASSE = {"17": 0.6, "19": 0.28, "7": 0.05, "15": 0.05, "10": 0.02}
_OUTCOMES = {"held": _HELD, "cancelled": 0.05, "no_show": 0.06, "moved": 0.04}
_MINUTES: Mapping[str, tuple[int, ...]] = {
    "in_person": (30, 45, 45, 60),
    "phone": (15, 20, 30),
    "virtual": (30, 30, 45),
}
_LATEST_QUARTER, _LATEST_QUARTER_ON_FRIDAY = 29, 19  # quarters of an hour after 8:00
_FRIDAY = 5
_MOST_DAYS_LATE = 56


def make_meetings(
    spells: pl.DataFrame, senders: pl.DataFrame, days: pl.DataFrame, first: date, last: date
) -> pl.DataFrame:
    """The meetings of the spells that are known on the last day: the table behind the files.

    One row per meeting: `municipality_code, key, number` (the spell's) and `slot`, `cpr,
    meeting_type, mode, form, status, started_at, ended_at, actor, registered_at, summoned_on,
    remark`, beside what they were derived from. Statuses and actors are those of the publication.
    """
    about = senders.select("municipality_code", "region_code", "remote_effect")
    dated = _slots(spells, days, first, last).join(
        about, on="municipality_code", maintain_order="left"
    )
    decided = dated.with_columns(actor=_actor()).with_columns(
        meeting_type=_type(), status=_status(last)
    )
    timed = with_contact(decided, days).with_columns(_times()).with_columns(_ends_and_papers(days))
    known = timed.filter(pl.col("registered_at").dt.date() <= last)
    return pl.concat([known, *_registered_twice(known, last)])


def _slots(spells: pl.DataFrame, days: pl.DataFrame, first: date, last: date) -> pl.DataFrame:
    """The days on which a meeting is due in each spell, thinned to the volume of the day.

    First meetings are the last to be given up.
    """
    horizon = last + pl.duration(days=PLANNED_AHEAD)
    within = pl.col("day").is_between(first, horizon)
    length = (pl.min_horizontal("end", horizon) - pl.col("start")).dt.total_days()
    later = ((length - _EARLY_THROUGH) / _LATER_GAP).ceil().cast(pl.Int64).clip(lower_bound=0)
    paused = pl.col("absence_type").is_in(PAUSING) & pl.col("day").is_between(
        "absence_start", "absence_end"
    )
    volume = look_up(days, "volume", pl.col("day")) / HIGHEST_VOLUME
    return (
        spells.with_columns(first_offset=_first_offset(), slot=pl.int_ranges(_SLOTS_EARLY + later))
        .explode("slot")
        .with_columns(key=child_key(pl.col("slot")), is_first=pl.col("slot") == 0)
        .with_columns(offset=pl.when("is_first").then("first_offset").otherwise(_offset()))
        .filter(pl.col("is_first") | (pl.col("offset") > pl.col("first_offset")))
        .with_columns(day=pl.col("start") + pl.duration(days="offset"))
        .filter(pl.col("day") <= pl.col("end"))
        .with_columns(day=_outside(pl.col("day"), last))
        .filter(within)
        .with_columns(day=look_up(days, "working_day", pl.col("day")))
        .filter(within, ~(paused.fill_null(value=False) & chance("paused", 0.9)))
        .filter(pl.col("is_first") | chance("volume", volume))
        .drop("first_offset", "offset")
    )


def _first_offset() -> pl.Expr:
    """Days from the start of the spell to its first meeting."""
    cases = {**_FIRST, **_FIRST_OF_CASH}
    drawn = {group: whole("first meeting", low, high) for group, (low, high) in cases.items()}
    return by_case("target_group", drawn, whole("first meeting", *_FIRST_OF_OTHERS))


def _offset() -> pl.Expr:
    """Days from the start of the spell to a later slot: dense until week 26, then sparse."""
    early = pl.col("slot") < _SLOTS_EARLY
    gap = pl.when(early).then(_EARLY_GAP).otherwise(_LATER_GAP)
    begin = pl.when(early).then(_EARLY_FROM).otherwise(_EARLY_THROUGH)
    place = pl.col("slot") - pl.when(early).then(0.5).otherwise(_SLOTS_EARLY - 0.5)
    jitter = _JITTER * whole("jitter", -100, 100) / 100
    return (begin + (place + jitter) * gap).round().cast(pl.Int64)


def _outside(day: pl.Expr, last: date) -> pl.Expr:
    """A few meetings lie before or after the spell they were meant for."""
    before = pl.col("start") - pl.duration(days=whole("days before", 2, 30))
    after = pl.col("end") + pl.duration(days=whole("days after", 2, 30))
    return (
        pl.when(chance("before", 0.012))
        .then(before)
        .when(chance("after", 0.012) & (after <= last))
        .then(after)
        .otherwise(day)
    )


def _actor() -> pl.Expr:
    handover = pl.col("start").dt.offset_by("3mo")
    new_rules = (pl.col("target_group") == "DP") & (pl.col("start") >= _NEW_DP)
    a_kasse_first = new_rules & (pl.col("day") < handover)
    share = pl.when(a_kasse_first).then(0.94).when(new_rules).then(0.02).otherwise(0.0)
    other = pl.when(chance("other actor", 0.04)).then(pl.lit("other"))
    return (
        pl.when(chance("a-kasse", share))
        .then(pl.lit("a_kasse"))
        .otherwise(other.otherwise(pl.lit("municipality")))
    )


def _type() -> pl.Expr:
    by_group = by_case(
        "target_group",
        {group: choose("type", weights) for group, weights in _TYPES.items()},
        choose("type", _TYPES_OF_CASH),
    )
    a_kasse = pl.col("actor") == "a_kasse"
    return pl.when(a_kasse).then(choose("type", _TYPES_OF_A_KASSE)).otherwise(by_group)


def _status(last: date) -> pl.Expr:
    ahead = pl.col("day") > last
    return pl.when(ahead).then(pl.lit("planned")).otherwise(choose("outcome", _OUTCOMES))


def _times() -> list[pl.Expr]:
    day = pl.col("day")
    latest = pl.when(day.dt.weekday() == _FRIDAY).then(_LATEST_QUARTER_ON_FRIDAY)
    quarter = whole("quarter", 0, _LATEST_QUARTER) % (latest.otherwise(_LATEST_QUARTER) + 1)
    usual = day - pl.duration(days=whole("summons", 7, PLANNED_AHEAD))
    summoned = pl.max_horizontal(usual, pl.min_horizontal("start", day))  # not before the spell
    unknown = chance("unknown citizen", 0.003)
    return [
        (day.cast(pl.Datetime("us")) + pl.duration(minutes=8 * 60 + 15 * quarter)).alias(
            "started_at"
        ),
        summoned.alias("summoned_on"),
        pl.when(unknown).then(pl.lit(UNKNOWN)).otherwise("cpr").alias("cpr"),
    ]


def _ends_and_papers(days: pl.DataFrame) -> list[pl.Expr]:
    minutes = by_case(
        "mode",
        {
            mode: pl.lit(pl.Series(choices)).gather(whole("minutes", 0, len(choices) - 1))
            for mode, choices in _MINUTES.items()
        },
        pl.lit(30),
    )
    lag = choose("registered", {"same day": 0.72, "soon": 0.2, "late": 0.08})
    late = geometric("late", 14).clip(upper_bound=_MOST_DAYS_LATE)
    days_later = pl.when(lag == "same day").then(0).when(lag == "soon").then(whole("soon", 1, 3))
    hour = pl.duration(minutes=whole("registered minute", 8 * 60, 16 * 60))
    next_days = pl.col("day") + pl.duration(days=days_later.otherwise(late))
    workday = look_up(days, "working_day", next_days)
    same_day = pl.col("started_at") + pl.duration(minutes=whole("after", 20, 90))
    written = (
        pl.when(lag == "same day").then(same_day).otherwise(workday.cast(pl.Datetime("us")) + hour)
    )
    booked = pl.col("summoned_on").cast(pl.Datetime("us")) + hour
    return [
        (pl.col("started_at") + pl.duration(minutes=minutes)).alias("ended_at"),
        pl.when(pl.col("status") == "planned")
        .then(booked)
        .otherwise(written)
        .alias("registered_at"),
        pl.when(chance("summons known", 0.9)).then("summoned_on").alias("summoned_on"),
    ]


def _registered_twice(meetings: pl.DataFrame, last: date) -> list[pl.DataFrame]:
    """The same meeting entered again under another id, some of them one minute apart.

    The register refuses the same type at the same time, so some systems add the minute.
    """
    again = meetings.filter((pl.col("status") == "held") & chance("twice", 0.006))
    delay = pl.duration(days=whole("second entry", 0, 6), minutes=7)
    minute = pl.duration(minutes=pl.when(chance("minute", 0.35)).then(1).otherwise(0))
    second = again.with_columns(
        slot=pl.col("slot") + SLOTS,
        key=child_key(pl.lit(2)),
        started_at=pl.col("started_at") + minute,
        registered_at=pl.col("registered_at") + delay,
        remark=one_of("twice", ["Tastet igen.", "", ""]),
    )
    return [second.filter(pl.col("registered_at").dt.date() <= last)]
