"""Which version of each record lies in which delivery.

A delivery holds what was registered up to its day and not delivered before. Some records come
again later: corrected, withdrawn, or, for spells and absences, with the end that was not known.
`version` is 0 for the first; `key` is new for each version, so that each has its own faults.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from pipelines.demo.draws import child_key, choose, uniform, whole

_CORRECTED, _WITHDRAWN = 0.025, 0.003
_MOST_DAYS_TO_CORRECTION = 45
_MOST_DAYS_TO_END = 20
_MOST_DAYS_TO_ABSENCE = 10
_OPENING_HOUR = 8


def meeting_versions(meetings: pl.DataFrame, deliveries: pl.DataFrame) -> pl.DataFrame:
    """The meetings with `delivered_on` and `version`; the last version is the true one."""
    what = choose("mistake", {"form": 0.4, "status": 0.35, "time": 0.25})
    drawn = uniform("later version")
    later = (
        pl.when(drawn < _CORRECTED)
        .then(what)
        .when(drawn < _CORRECTED + _WITHDRAWN)
        .then(pl.lit("withdrawal"))
    )
    is_withdrawal = pl.col("later") == "withdrawal"
    known = meetings.with_columns(later=later, known_on=pl.col("registered_at").dt.date())
    first = _deliver(known, deliveries).with_columns(version=0)
    again = first.filter(pl.col("later").is_not_null()).with_columns(
        version=1,
        key=child_key(pl.lit(1)),
        known_on=_days_after("delivered_on", "correction", 1, _MOST_DAYS_TO_CORRECTION),
        status=pl.when(is_withdrawal).then(pl.lit("withdrawn")).otherwise("status"),
    )
    second = _deliver(again.drop("delivered_on"), deliveries)
    versions = pl.concat([_with_mistakes(first), second.select(first.columns)])
    return versions.drop("later", "known_on")


def period_versions(periods: pl.DataFrame, deliveries: pl.DataFrame, first: date) -> pl.DataFrame:
    """Spells or absences with `delivered_on`, `version` and the `end` known at the time.

    Needs `municipality_code, key, start, end` and `most_days_late` of the registration.
    """
    late = (uniform("late") * (pl.col("most_days_late") + 1)).floor().cast(pl.Int64)
    known = periods.with_columns(
        known_on=pl.max_horizontal(pl.col("start") + pl.duration(days=late), pl.lit(first)),
        end_known_on=_days_after("end", "end known", 0, _MOST_DAYS_TO_END),
    )
    begun = _deliver(known, deliveries).with_columns(version=0)
    end_is_known = pl.col("end_known_on") <= pl.col("delivered_on")
    running = begun.filter(~end_is_known).with_columns(
        version=1, key=child_key(pl.lit(1)), known_on="end_known_on"
    )
    ended = _deliver(running.drop("delivered_on"), deliveries).select(begun.columns)
    begun = begun.with_columns(end=pl.when(end_is_known).then("end"))
    return pl.concat([begun, ended]).drop("known_on", "end_known_on", "most_days_late")


def absences_of(spells: pl.DataFrame, first: date) -> pl.DataFrame:
    """The absences of the spells that touch the first day or a later one, as periods."""
    return spells.filter(pl.col("absence_end") >= first).select(
        "municipality_code",
        "cpr",
        "absence_type",
        key=child_key(pl.lit(3)),
        start="absence_start",
        end="absence_end",
        most_days_late=pl.lit(_MOST_DAYS_TO_ABSENCE),
    )


def _deliver(rows: pl.DataFrame, deliveries: pl.DataFrame) -> pl.DataFrame:
    """The rows known on or before a delivery of their municipality, with its day."""
    return (
        rows.sort("known_on", "municipality_code", "key")
        .join_asof(
            deliveries,
            left_on="known_on",
            right_on="delivered_on",
            by="municipality_code",
            strategy="forward",
            coalesce=False,
            check_sortedness=False,
        )
        .filter(pl.col("delivered_on").is_not_null())
    )


def _with_mistakes(meetings: pl.DataFrame) -> pl.DataFrame:
    """First versions as they were before their correction."""
    later = pl.col("later")
    wrong_form = choose("wrong form", {"1": 0.5, "": 0.3, "5": 0.2})
    was_planned = (later == "status") & (pl.col("status") == "held")
    since_opening = pl.col("started_at").dt.hour().cast(pl.Int64) - _OPENING_HOUR
    hours = pl.when(later == "time").then(pl.min_horizontal(whole("moved", 1, 2), since_opening))
    shift = pl.duration(hours=hours.otherwise(0))
    return meetings.with_columns(
        form=pl.when(later == "form").then(wrong_form).otherwise("form"),
        status=pl.when(was_planned).then(pl.lit("planned")).otherwise("status"),
        started_at=pl.col("started_at") - shift,
        ended_at=pl.col("ended_at") - shift,
    )


def _days_after(column: str, question: str, low: int, high: int) -> pl.Expr:
    return pl.col(column) + pl.duration(days=whole(question, low, high))
