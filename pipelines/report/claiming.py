"""What the public figures hold of the things that claims speak of."""

from __future__ import annotations

import json
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import Final

import polars as pl

from pipelines.claims.at_hand import CLOSED_FROM, AtHand, Sum
from pipelines.disclosure.sheet import COUNTRY
from pipelines.report.exhibits import Report
from pipelines.report.figures import Figures
from pipelines.report.measures import DUE, GAP, HELD, MET, Measure
from pipelines.report.months import months_between, quarters_between
from pipelines.report.periods import closure

_YEAR: Final = 12  # months
_FEWEST: Final = 3  # months that tell a pace
_COPENHAGEN: Final = "101"
_LAW_OF_2020: Final = "four-2020"
# The quarters in which that law alone decides what falls due.
_QUARTERS_OF_FOUR: Final = quarters_between(date(2021, 1, 1), date(2023, 10, 1))


def at_hand(report: Report) -> AtHand:
    """The numbers that claims are tested on; what is not public or not held is None."""
    figures = report.figures
    closed = closure(figures)
    months = closed.months if closed else ()
    return AtHand(
        normal=_held(figures, _before(figures)),
        closure=_held(figures, months),
        suspended=_sum(figures, GAP.of("reason", "suspended"), COUNTRY, months),
        copenhagen_before=_sum(figures, HELD, _COPENHAGEN, _second_half(2019)),
        copenhagen_after=_sum(figures, HELD, _COPENHAGEN, _second_half(2020)),
        insured_due=_insured(figures, DUE),
        insured_met=_insured(figures, MET),
        job_centre_owes=_owed(report.facts.law),
    )


def _before(figures: Figures) -> tuple[date, ...]:
    """The last whole months before the closure, a year of them at most; none where few."""
    first = CLOSED_FROM.replace(day=1)
    before = tuple(m for m in figures.whole_months("country") if m < first)[-_YEAR:]
    return before if len(before) >= _FEWEST else ()


def _second_half(year: int) -> tuple[date, ...]:
    return months_between(date(year, 7, 1), date(year, 12, 1))


def _held(figures: Figures, months: Sequence[date]) -> Sum | None:
    value = _sum(figures, HELD, COUNTRY, months)
    days = sum(monthrange(month.year, month.month)[1] for month in months)
    return None if value is None else Sum(value, days)


def _insured(figures: Figures, measure: Measure) -> int | None:
    """By the quarter, since the months of a group may be hidden."""
    of_group = measure.by_quarter.of("target_group", "DP")
    return _sum(figures, of_group, COUNTRY, _QUARTERS_OF_FOUR)


def _sum(figures: Figures, measure: Measure, place: str, months: Sequence[date]) -> int | None:
    return figures.total(measure, place, months).value if months else None


def _owed(law: pl.DataFrame) -> int | None:
    values = law.filter(pl.col("rule") == _LAW_OF_2020)["value"]
    return int(json.loads(values[0])["required"]) if values.len() else None
