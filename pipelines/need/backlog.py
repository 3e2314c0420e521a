"""The backlog with a capacity: who is served, who leaves by themselves, who still waits.

B(k, t+1) = B(k, t) - left - served, for spells k weeks overdue: a waiting list that people leave.
Those longest overdue are served first. Nobody joins: what falls due from now on is assumed to be
met in time by other hands, so the capacity found is that of the backlog alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from pipelines.need.arrays import Bools, Floats, Ints
from pipelines.need.survival import GROUP_NUMBERS, exits_ahead

SURE: Final = 0.8  # the probability with which it is to be cleared
_BAND: Final = 4  # weeks that those overdue are taken together in
_BANDS: Final = 14  # the last of them is a year and more
_CLEARED: Final = 0.5  # of a meeting


@dataclass(frozen=True, slots=True)
class Queue:
    """Those overdue by place and how long, the longest first.

    `spells` is their number, `meetings` what one of them lacks on average, and `stay` the share of
    those still there that is there a week later: by place, band and week.
    """

    spells: Ints
    meetings: Floats
    stay: Floats


@dataclass(frozen=True, slots=True)
class Course:
    """How it goes, in meetings, by week (0 is today), draw and place; sums since today."""

    waiting: Floats
    served: Floats
    left: Floats


def form_queue(
    rows: pl.DataFrame, places: Sequence[str], rates: Floats, origin: int, weeks: int
) -> Queue:
    """The queue of `rows` (place, target_group, started, due, spells, meetings)."""
    known = rows.filter(pl.col("place").is_in(places))
    numbers = {place: number for number, place in enumerate(places)}
    place = known["place"].replace_strict(numbers, return_dtype=pl.Int64).to_numpy()
    group = known["target_group"].replace_strict(GROUP_NUMBERS, return_dtype=pl.Int64).to_numpy()
    band = _BANDS - 1 - np.minimum((origin - known["due"].to_numpy()) // _BAND, _BANDS - 1)
    number = known["spells"].cast(pl.Int64).to_numpy()
    age = origin + 1 - known["started"].to_numpy()

    spells = np.zeros((len(places), _BANDS), dtype=np.int64)
    np.add.at(spells, (place, band), number)
    lacking = np.zeros(spells.shape)
    np.add.at(lacking, (place, band), known["meetings"].cast(pl.Float64).to_numpy())
    there = np.zeros((*spells.shape, weeks + 1))
    for week in range(weeks + 1):
        # From the start of a week to the start of another: half a week less than to its middle.
        exits = exits_ahead(rates, group, age, age + week) - exits_ahead(rates, group, age, age)
        np.add.at(there[:, :, week], (place, band), number * np.exp(-exits))
    stay = np.divide(
        there[:, :, 1:],
        there[:, :, :-1],
        out=np.ones((*spells.shape, weeks)),
        where=there[:, :, :-1] > 0,
    )
    meetings = np.divide(lacking, spells, out=np.zeros(spells.shape), where=spells > 0)
    return Queue(spells, meetings, stay)


def draw_stays(queue: Queue, draws: int, seed: int) -> Ints:
    """Those who would still be there if none were served: by week (0 is today), draw, place, band.

    The same for the same seed, so that capacities are tried on the same people.
    """
    random = np.random.default_rng(seed)
    weeks = queue.stay.shape[2]
    there = np.empty((weeks + 1, draws, *queue.spells.shape), dtype=np.int64)
    there[0] = queue.spells
    for week in range(weeks):
        there[week + 1] = random.binomial(there[week], queue.stay[:, :, week])
    return there


def burn_down(queue: Queue, there: Ints, capacity: Floats) -> Course:
    """What becomes of the queue with so many meetings a week, by place.

    In a week some leave first; then the longest overdue are served. Within a band it is chance
    whom leaving takes: it takes the share of the band that is not yet served.
    """
    begun = (there[0] * queue.meetings).sum(axis=-1)
    unserved = np.ones(there.shape[1:])
    waiting, served = [begun], [np.zeros(begun.shape)]
    for present in there[1:]:
        whole = present * queue.meetings
        owed = unserved * whole
        before = np.cumsum(owed, axis=-1) - owed
        serving = np.clip(capacity[:, None] - before, 0.0, owed)
        unserved -= np.divide(serving, whole, out=np.zeros_like(whole), where=whole > 0)
        waiting.append((owed - serving).sum(axis=-1))
        served.append(served[-1] + serving.sum(axis=-1))
    still, done = np.stack(waiting), np.stack(served)
    return Course(still, done, begun - still - done)


def smallest_capacity(queue: Queue, there: Ints, sure: float = SURE) -> Ints:
    """The fewest meetings a week that clear each place's queue by the last week, by bisection.

    Cleared in at least the share `sure` of the draws. More capacity never clears less.
    """
    owed = (queue.spells * queue.meetings).sum(axis=1)
    # The queue shared out over the weeks does, though nobody leave; less than nothing does not.
    high = np.ceil(owed / queue.stay.shape[2]).astype(np.int64)
    low = np.full(len(high), -1, dtype=np.int64)
    while (high - low > 1).any():
        middle = (low + high) // 2
        does = _clears(queue, there, middle, sure)
        low, high = np.where(does, low, middle), np.where(does, middle, high)
    return np.asarray(np.maximum(high, 0))  # an empty queue is cleared by less than nothing


def _clears(queue: Queue, there: Ints, capacity: Ints, sure: float) -> Bools:
    waiting = burn_down(queue, there, capacity.astype(np.float64)).waiting[-1]
    return np.asarray((waiting < _CLEARED).mean(axis=0) >= sure)
