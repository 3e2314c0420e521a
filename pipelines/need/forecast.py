"""The meetings needed: inflow x survival x requirements falling due at effective duration.

Need in a week is the meetings required by requirements whose last day lies in it, in spells that
still run that day. Spells on hand are known one by one, with the last day that the pauses so far
give them; spells to come are expected, with the windows of the law in force when they start.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from pipelines.need.arrays import Floats, Ints
from pipelines.need.inflow import Inflow
from pipelines.need.survival import GROUP_NUMBERS, exits_ahead

_AT_A_TIME: Final = 4_000_000  # random numbers, so that a night keeps its memory


@dataclass(frozen=True, slots=True)
class OnHand:
    """Requirements of spells that run, alike in all that matters.

    One element each: the place's number, the week (0 is the first forecast), the meetings that each
    requires, how many requirements they are, and the exit rate ahead until they are due.
    """

    place: Ints
    week: Ints
    required: Ints
    number: Ints
    exits: Floats


@dataclass(frozen=True, slots=True)
class Expected:
    """Requirements expected of spells to come: by meetings required, then place and week."""

    number: Mapping[int, Floats]
    restless: float
    movement: float


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a forecast rests on. `movement` is the deviation of the logarithm of all exit rates."""

    places: int
    weeks: int
    on_hand: OnHand
    expected: Expected
    movement: float


def look_at_hand(
    rows: pl.DataFrame, places: Sequence[str], rates: Floats, origin: int, weeks: int
) -> OnHand:
    """The spells on hand: `rows` of (place, target_group, started, due, required, requirements)."""
    numbers = {place: number for number, place in enumerate(places)}
    known = rows.filter(
        pl.col("due").is_between(origin + 1, origin + weeks), pl.col("place").is_in(places)
    ).sort("place", "due", "target_group", "started", "required")
    started, due = known["started"].to_numpy(), known["due"].to_numpy()
    group = known["target_group"].replace_strict(GROUP_NUMBERS, return_dtype=pl.Int64).to_numpy()
    return OnHand(
        place=known["place"].replace_strict(numbers, return_dtype=pl.Int64).to_numpy(),
        week=due - origin - 1,
        required=known["required"].cast(pl.Int64).to_numpy(),
        number=known["requirements"].cast(pl.Int64).to_numpy(),
        exits=exits_ahead(rates, group, origin + 1 - started, due - started),
    )


def look_ahead(
    owed: pl.DataFrame, inflow: Inflow, rates: Floats, origin: int, weeks: int
) -> Expected:
    """The requirements of spells to come, from `owed` (started, target_group, required, due)."""
    number: dict[int, Floats] = {}
    factors = inflow.factors(range(origin + 1, origin + weeks + 1))
    within = owed.filter(pl.col("started") > origin, pl.col("due") <= origin + weeks)
    for started, target_group, required, due in within.select(
        "started", "target_group", "required", "due"
    ).iter_rows():
        group = GROUP_NUMBERS[target_group]
        ages = (np.array([group]), np.array([0]), np.array([due - started]))
        stay = float(np.exp(-exits_ahead(rates, *ages)[0]))
        of = number.setdefault(required, np.zeros((len(inflow.level), weeks)))
        of[:, due - origin - 1] += inflow.level[:, group] * factors[started - origin - 1] * stay
    return Expected(number, inflow.restless, inflow.movement)


def expected_need(ahead: Ahead) -> Floats:
    """The mean need in meetings, by place and week."""
    at_hand = ahead.on_hand
    need = np.zeros((ahead.places, ahead.weeks))
    each = at_hand.required * at_hand.number * np.exp(-at_hand.exits)
    np.add.at(need, (at_hand.place, at_hand.week), each)
    for required, number in ahead.expected.number.items():
        need += required * number
    return need


def simulate(ahead: Ahead, draws: int, seed: int) -> Floats:
    """The need in meetings, by draw, place and week: the same for the same seed.

    Who stays is drawn spell by spell (binomial), who comes week by week (Poisson, with a factor of
    the week). In each draw all exits, and all inflow, are higher or lower together.
    """
    random = np.random.default_rng(seed)
    exits = _shared(random, ahead.movement, draws)
    inflow = _shared(random, ahead.expected.movement, draws)
    need = np.zeros((draws, ahead.places, ahead.weeks))
    for part in _parts(ahead.on_hand, draws):
        stay = np.exp(-exits[:, None] * part.exits)
        come = random.binomial(part.number, stay) * part.required
        where = part.place * ahead.weeks + part.week
        cells, first = np.unique(where, return_index=True)
        sums = np.add.reduceat(come, first, axis=1)
        need[:, cells // ahead.weeks, cells % ahead.weeks] += sums
    week = _factors(random, ahead.expected.restless, (draws, ahead.weeks))
    for required, number in ahead.expected.number.items():
        mean = number * (inflow[:, None] * week)[:, None, :]
        need += required * random.poisson(mean)
    return need


def _shared(random: np.random.Generator, deviation: float, draws: int) -> Floats:
    return random.lognormal(-(deviation**2) / 2, deviation, draws)


def _factors(random: np.random.Generator, variance: float, shape: tuple[int, int]) -> Floats:
    if variance <= 0:
        return np.ones(shape)
    return random.gamma(1 / variance, variance, shape)


def _parts(whole: OnHand, draws: int) -> Iterator[OnHand]:
    """The elements in parts, none of which divides a place and week; they lie in their order."""
    if not len(whole.place):
        return
    where = whole.place * (int(whole.week.max()) + 1) + whole.week
    begins = np.flatnonzero(np.diff(where, prepend=-1))
    size = max(_AT_A_TIME // draws, 1)
    cuts = np.unique(begins[np.searchsorted(begins, np.arange(0, len(where), size), "right") - 1])
    for first, last in zip(cuts, [*cuts[1:], len(where)], strict=True):
        part = slice(int(first), int(last))
        yield OnHand(
            whole.place[part],
            whole.week[part],
            whole.required[part],
            whole.number[part],
            whole.exits[part],
        )
