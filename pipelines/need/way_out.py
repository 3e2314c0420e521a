"""The way out of the backlog: who leaves by themselves, and the capacity that serves the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from pipelines.engine import Engine
from pipelines.municipalities import municipalities
from pipelines.need.arrays import Floats, Ints
from pipelines.need.backlog import (
    SURE,
    Course,
    burn_down,
    draw_stays,
    form_queue,
    smallest_capacity,
)
from pipelines.need.reading import AHEAD, Counts, read_counts
from pipelines.need.survival import exit_rates, make_life_table
from pipelines.need.weeks import YEAR, week_of
from pipelines.settings import Home

LONGEST: Final = 2 * YEAR  # weeks ahead that anyone may ask for
_TRIALS: Final = 200


class WayOutError(Exception):
    """It cannot be told; the message says why (Danish)."""


@dataclass(frozen=True, slots=True)
class WayOut:
    """By place: meetings owed today, the smallest capacity, and the course without and with it."""

    owed: Floats
    capacity: Ints  # meetings a week
    alone: Course
    served: Course

    @property
    def leaving(self) -> Floats:
        """Meetings of those who leave without being seen, on average, where none is served."""
        return np.asarray(self.alone.left[-1].mean(axis=0))


def find_way_out(
    counts: Counts, places: Sequence[str], rates: Floats, weeks: int = AHEAD, sure: float = SURE
) -> WayOut:
    """The way out within so many weeks, with the probability `sure`. The same counts, the same."""
    queue = form_queue(counts.backlog, places, rates, counts.last_week, weeks)
    there = draw_stays(queue, _TRIALS, seed=counts.last_week)
    capacity = smallest_capacity(queue, there, sure)
    return WayOut(
        owed=np.asarray((queue.spells * queue.meetings).sum(axis=1)),
        capacity=capacity,
        alone=burn_down(queue, there, np.zeros(len(places))),
        served=burn_down(queue, there, capacity.astype(np.float64)),
    )


def way_out_by(home: Home, day: date, sure: float) -> tuple[WayOut, int]:
    """The way out of the standing publication's backlog by a day, and how many weeks that gives.

    By municipality in the order of municipalities(). Raises WayOutError where the day is no later
    than the publication or too far ahead, or where there is too little history, and duckdb.Error
    where there is no publication.
    """
    with Engine(home.state / "scratch" / "capacity") as engine:
        engine.read(home.publication)
        counts = read_counts(engine)
    if counts is None or counts.weeks < YEAR:
        raise WayOutError(
            "Der er ikke et års historie, så det vides ikke, hvem der holder op selv."
        )
    weeks = week_of(day) - counts.last_week - 1
    if not 1 <= weeks <= LONGEST:
        raise WayOutError(f"Dagen skal ligge fra 1 til {LONGEST} uger efter opgørelsen. Ret --by.")
    table = make_life_table(counts.exits, counts.first_week, counts.last_week)
    places = [one.code for one in municipalities()]
    return find_way_out(counts, places, exit_rates(table, counts.last_week), weeks, sure), weeks
