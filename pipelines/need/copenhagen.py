"""The worked example: Copenhagen's second half of 2020, split into inflow and backlog.

The paper of 24 August 2020 gave two numbers and no split. Of what is more than planned, inflow is
taken from the unemployed who had come, and the rest is backlog. A second count, from the meetings
that the closure cost, says how much of them that rest is: the others left, or had the clock
stopped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PLANNED: Final = 137_000  # meetings, July to December 2020: law.md key figures, grade C
NEEDED: Final = 187_500
HALF_YEAR: Final = 184  # days from 1 July to 31 December
CLOSED: Final = 76  # days from 12 March to 26 May 2020
MORE_UNEMPLOYED: Final = 50_000  # in the country, KL in May 2020, grade C
OWED_EACH: Final = 4  # in six months (law, four-2020, grade A)
# Copenhagen's share of the new unemployed: its share of the population is 10.9 % (Statistics
# Denmark, 1 January 2020: 632,340 of 5,822,763). Assumption, grade D, with a range.
SHARES: Final = {"low": 0.08, "middle": 632_340 / 5_822_763, "high": 0.14}


@dataclass(frozen=True, slots=True)
class Split:
    """What is more than planned, in meetings; `owed_share` of those lost in the closure."""

    inflow: int
    backlog: int
    owed_share: float


def more_needed() -> tuple[int, float]:
    """The meetings more than planned, and their share of the plan."""
    return NEEDED - PLANNED, NEEDED / PLANNED - 1


def lost_in_closure() -> int:
    """The meetings that the closure cost: the plan's daily number on the days closed."""
    return round(PLANNED * CLOSED / HALF_YEAR)


def split(share: float) -> Split:
    """The split, where Copenhagen has this share of the country's new unemployed."""
    more, _ = more_needed()
    inflow = round(MORE_UNEMPLOYED * share * OWED_EACH)
    return Split(inflow, more - inflow, (more - inflow) / lost_in_closure())
