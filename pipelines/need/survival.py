"""How long spells last: weekly exits by target group and duration, as a life table.

A period table: who ran in the weeks looked at, however long they had run when the deliveries began
(left truncation), and who ended in them. Ages are whole weeks since the week of starting.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from pipelines.contracts.codes import TARGET_GROUPS
from pipelines.need.arrays import Floats, Ints
from pipelines.need.weeks import QUARTER, YEAR

LONGEST: Final = 156  # weeks; older spells end as often as those of this age
GROUP_NUMBERS: Final = {group: number for number, group in enumerate(TARGET_GROUPS)}
# The ages from which a common weekly exit rate is taken, so that a rate rests on many exits.
_BANDS: Final = (0, 1, 2, 3, 4, 8, 13, 20, 26, 39, 52, 78, 104)
_BORROWED: Final = 50.0  # weeks at risk that a group's rate borrows from all groups together
_BLOCKS: Final = 8  # quarters that tell how much the exit rate moves as a whole


@dataclass(frozen=True, slots=True)
class LifeTable:
    """Spells at risk at the beginning of a week and those that ended in it.

    Both are counts by target group, age (0 to LONGEST) and week from `first_week` on.
    """

    first_week: int
    at_risk: Ints
    ended: Ints

    def between(self, first: int, last: int) -> tuple[Ints, Ints]:
        """At risk and ended by group and age, added up over the weeks first to last."""
        weeks = slice(max(first - self.first_week, 0), last - self.first_week + 1)
        return self.at_risk[:, :, weeks].sum(axis=2), self.ended[:, :, weeks].sum(axis=2)


def make_life_table(spells: pl.DataFrame, first_week: int, last_week: int) -> LifeTable:
    """The life table of `spells` (target_group, started, ended, spells; sql/need/exits.sql)."""
    groups, weeks = len(TARGET_GROUPS), last_week - first_week + 1
    group = spells["target_group"].replace_strict(GROUP_NUMBERS).to_numpy()
    started = spells["started"].to_numpy()
    number = spells["spells"].to_numpy()
    running = spells["ended"].is_null().to_numpy()
    ended = spells["ended"].fill_null(last_week + 1).to_numpy()

    exits = np.zeros((groups, LONGEST + 1, weeks), dtype=np.int64)
    within = ~running & (ended >= first_week) & (ended <= last_week)
    age = np.minimum(ended - started, LONGEST)
    np.add.at(exits, (group[within], age[within], ended[within] - first_week), number[within])

    entries = np.zeros((groups, LONGEST + 1, weeks), dtype=np.int64)
    known = (ended >= first_week) & (started <= last_week)
    entry = np.maximum(started, first_week)  # those who ran already enter at the age they have
    age = np.minimum(entry - started, LONGEST)
    np.add.at(entries, (group[known], age[known], entry[known] - first_week), number[known])

    at_risk = entries
    for week in range(1, weeks):
        stayed = at_risk[:, :, week - 1] - exits[:, :, week - 1]
        at_risk[:, 1:, week] += stayed[:, :-1]
        at_risk[:, -1, week] += stayed[:, -1]
    return LifeTable(first_week, at_risk, exits)


def exit_rates(table: LifeTable, last: int, weeks: int = YEAR) -> Floats:
    """Minus the logarithm of the share that stays a week, by group and age.

    Of the `weeks` up to `last`. Ages share a rate in bands; a group with little behind a rate
    borrows from all groups together.
    """
    at_risk, ended = table.between(last - weeks + 1, last)
    risk = np.add.reduceat(at_risk, _BANDS, axis=1).astype(np.float64)
    exits = np.add.reduceat(ended, _BANDS, axis=1).astype(np.float64)
    everyone = exits.sum(axis=0) / np.maximum(risk.sum(axis=0), 1.0)
    share = (exits + _BORROWED * everyone) / (risk + _BORROWED)
    widths = np.diff([*_BANDS, LONGEST + 1])
    return np.repeat(-np.log1p(-np.minimum(share, 0.999)), widths, axis=1)


def exits_ahead(rates: Floats, group: Ints, first_age: Ints, last_age: Ints) -> Floats:
    """The sum of a spell's exit rates from the start of one age to the middle of another.

    The share that is still there is exp(-sum). A last day lies in the middle of its week, since a
    spell may start on any day of its own.
    """
    ahead = int((last_age - first_age).max(initial=0)) + 1
    extended = np.hstack([rates, np.repeat(rates[:, -1:], ahead, axis=1)])
    before = np.hstack([np.zeros((len(rates), 1)), np.cumsum(extended, axis=1)])
    first = np.minimum(first_age, LONGEST)
    last = first + last_age - first_age
    through = before[group, last] + extended[group, last] / 2
    return np.asarray(through - before[group, first])


def common_movement(table: LifeTable, rates: Floats, last: int) -> float:
    """How much all exits move together from quarter to quarter: the deviation of their logarithm.

    Beyond what chance explains, of the last eight quarters; 2020 is why it must not be forgotten.
    """
    logarithms: list[float] = []
    chance: list[float] = []
    for block in range(_BLOCKS):
        end = last - QUARTER * block
        if end - QUARTER + 1 < table.first_week:
            break
        at_risk, ended = table.between(end - QUARTER + 1, end)
        expected = float((at_risk * -np.expm1(-rates)).sum())
        exits = float(ended.sum())
        if exits > 0 and expected > 0:
            logarithms.append(float(np.log(exits / expected)))
            chance.append(1 / exits)
    if len(logarithms) < 2:  # noqa: PLR2004 - one quarter does not move
        return 0.0
    beyond = float(np.var(logarithms, ddof=1)) - float(np.mean(chance))
    return math.sqrt(max(beyond, 0.0))
