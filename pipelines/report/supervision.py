"""The ministry's follow-up of municipalities, month by month, from public figures only."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import polars as pl

from pipelines.report.figures import Figures
from pipelines.report.measures import REACHED, WITH_FOUR

# `few`: fewer spells than the rule looks at. `open`: hidden figures leave it open.
State = Literal["below", "reached", "few", "none", "open"]
_CALENDAR: Final = {
    "place": pl.String,
    "month": pl.Date,
    "reached": pl.Int64,
    "with_four": pl.Int64,
    "share": pl.Float64,
    "status": pl.String,
    "state": pl.String,
    "in_a_row": pl.Int64,
    "at_least": pl.Boolean,
    "contact_expected": pl.Boolean,
}


@dataclass(frozen=True, slots=True)
class Threshold:
    """A version of the rule: a month below `share` of at least `least_spells` spells counts."""

    valid_from: date
    valid_to: date | None
    share: float
    least_spells: int
    months_in_a_row: int  # from so many on, the agency is expected to make contact

    def state(self, reached: int | None, with_four: int | None) -> State:
        """What a month with these public figures is; None is a figure that is not public."""
        if reached is None:
            return "open"
        if reached < self.least_spells:
            return "few" if reached else "none"
        if with_four is None:
            return "open"
        return "below" if with_four / reached < self.share else "reached"


def read_thresholds(law: pl.DataFrame) -> tuple[Threshold, ...]:
    """The versions of the rule in the published table `law`, the first one first."""
    versions = law.filter(pl.col("family") == "supervision_threshold").sort("valid_from")
    return tuple(
        Threshold(
            valid_from=version["valid_from"],
            valid_to=version["valid_to"],
            share=value["share"],
            least_spells=value["least_spells"],
            months_in_a_row=value["months_in_a_row"],
        )
        for version in versions.iter_rows(named=True)
        if (value := json.loads(version["value"]))
    )


def supervision_calendar(
    figures: Figures, thresholds: Sequence[Threshold], places: Sequence[str]
) -> pl.DataFrame:
    """One row a municipality and public month from the first threshold on, in that order.

    `in_a_row` counts months below the line up to this one; `at_least` is true where a month that
    cannot be told lies right before them, so that there may be more. A month that is open has no
    number. `share` is from 0 to 1, `status` says whether it is shown.
    """
    public = figures.whole_months("municipality", "supervision")
    months = [(m, rule) for m in public if (rule := _in_force(thresholds, m)) is not None]
    rows = figures.series([REACHED, WITH_FOUR], places, [month for month, _ in months])
    numbers = {
        (row["place"], row["month"], row["measure"]): (row["value"], row["status"])
        for row in rows.iter_rows(named=True)
    }
    lines: list[tuple[object, ...]] = []
    for place in places:
        found = [
            (
                month,
                rule,
                *numbers[place, month, REACHED.name],
                *numbers[place, month, WITH_FOUR.name],
            )
            for month, rule in months
        ]
        lines.extend((place, *line) for line in _lines(found))
    return pl.DataFrame(lines, schema=_CALENDAR, orient="row")


def _in_force(thresholds: Iterable[Threshold], month: date) -> Threshold | None:
    return next(
        (
            rule
            for rule in thresholds
            if rule.valid_from <= month and (rule.valid_to is None or month < rule.valid_to)
        ),
        None,
    )


def _lines(
    months: Iterable[tuple[date, Threshold, int | None, str, int | None, str]],
) -> Iterable[tuple[object, ...]]:
    in_a_row, at_least = 0, False
    for month, rule, reached, of_reached, with_four, of_with_four in months:
        state = rule.state(reached, with_four)
        if state == "below":
            in_a_row += 1
        else:
            in_a_row, at_least = 0, state == "open"
        share = with_four / reached if with_four is not None and reached else None
        statuses = {of_reached, of_with_four}
        yield (
            month,
            reached,
            with_four,
            share,
            next((status for status in ("missing", "hidden") if status in statuses), "shown"),
            state,
            None if state == "open" else in_a_row,
            at_least and state != "open",
            state == "below" and in_a_row >= rule.months_in_a_row,
        )
