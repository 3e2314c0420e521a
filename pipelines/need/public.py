"""The need as anyone may see it: rounded, and hidden where few persons are behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

FEWEST: Final = 5  # persons
AGES: Final = ("all", "0-4", "5-13", "14-26", "27-52", "53+")  # weeks overdue
OUTCOMES: Final = ("served", "left", "waiting")
STEP: Final = 5  # what a forecast is rounded to: it is no closer than that


@dataclass(frozen=True, slots=True)
class Need:
    """What the page of the need is made of.

    Frames, one row each:
    `weeks` week (its Monday), kind (fell_due, expected): meetings, low_50, high_50, low_80,
    high_80, low_95, high_95, status. `places` place (DK first): need of the near weeks with
    low_80, high_80 and recognised (held of it already) and `need_status`; backlog with
    `backlog_status`; alone (of it, leaves without being served) and capacity (a week) with
    `capacity_status`. `course` week: waiting, served, left, alone (waiting if none is served),
    status. `tried` ahead (band of weeks, or sum): forecasts, actual, error, naive_error, in_50,
    in_80, in_95. `outcomes` age (all first): persons served, left and waiting, each with its
    status as `served_status`. `autumn` is what fell due in Copenhagen in the second half of 2020,
    and the backlog before it; None where the data do not hold it or few persons stand behind.
    """

    weeks_known: int
    origins: int
    weeks: pl.DataFrame
    places: pl.DataFrame
    course: pl.DataFrame
    tried: pl.DataFrame
    outcomes: pl.DataFrame
    autumn: tuple[int, int] | None


def rounded(*columns: str) -> list[pl.Expr]:
    """The columns to the nearest five."""
    return [(pl.col(name) / STEP).round() * STEP for name in columns]


def rounded_up(column: str) -> pl.Expr:
    """The column to the next five: a capacity must not be too small for being rounded."""
    return (pl.col(column) / STEP).ceil() * STEP


def hide(rows: pl.DataFrame, persons: str, columns: list[str], status: str) -> pl.DataFrame:
    """The columns as whole numbers, null where few persons stand behind; `status` says why.

    Where there is no number to begin with the status is missing. The persons are left out.
    """
    few = (pl.col(persons) < FEWEST).fill_null(value=True)
    missing = pl.all_horizontal(pl.col(columns).is_null())
    return rows.with_columns(
        *(pl.when(~few).then(pl.col(name)).cast(pl.Int64).alias(name) for name in columns),
        pl.when(missing)
        .then(pl.lit("missing"))
        .when(few)
        .then(pl.lit("hidden"))
        .otherwise(pl.lit("shown"))
        .alias(status),
    ).drop(persons)
