"""Where a night is killed: every step's beginning and end in turn, and points spread over the rest.

Each way of killing has its own count of kills so far. The n-th is aimed at the n-th step event, or
at the step whose turn it is; writes and statements are too many for turns, so that theirs are the
multiples of the golden ratio, which leave no large gap however many there are.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pipelines.workers import WORKERS
from proof.faults.campaign import Tried
from proof.faults.night import Ended, Fault
from proof.faults.stage import Stage
from proof.faults.watch import Kind

WAYS: Final = {
    "write": "before a write",
    "sql": "before a statement",
    "step": "where a step begins or ends",
    "moment": "at a moment inside a step",
    "clock": "at a moment of the command",
}
_DRAWN: Final = ("write", "sql", "step", "moment", "moment")
_GOLDEN: Final = 0.618033988749895
_DEAD_TIME: Final = 0.98  # of a night's length: later than that it may be over
_KINDS: Final[dict[str, Kind]] = {"write": "write", "sql": "sql", "step": "step"}


@dataclass(frozen=True, slots=True)
class Aim:
    """One kill that is planned."""

    way: str
    fault: Fault


class Aims:
    """Draws one worker's share of the aims, and knows how many of each way there were."""

    def __init__(self, stage: Stage, tried: Iterable[Tried], share: int) -> None:
        self._stage = stage
        names = {text: way for way, text in WAYS.items()}
        self._next = Counter(names[one.way] for one in tried)
        self._next.update(dict.fromkeys(WAYS, share))

    def draw(self, day: int, kind: str, chance: random.Random) -> Aim:
        """The next aim, for a night of a kind on a day."""
        way = "clock" if kind == "command" else chance.choice(_DRAWN)
        number = self._next[way]
        self._next[way] += WORKERS
        whole = chance.random() < 0.5
        undisturbed = self._stage.undisturbed["light" if kind == "light" else "full"][day]
        if way == "clock":
            share = number * _GOLDEN % 1 * _DEAD_TIME
            return Aim(way, Fault(seconds=share, whole_session=whole))
        if way == "moment":
            step, seconds = _lengths(undisturbed)[number % len(undisturbed.steps)]
            after = chance.uniform(0, seconds)
            return Aim(way, Fault(step=step, seconds=after, whole_session=whole))
        most = undisturbed.passed[way]
        turn = number % most if way == "step" else int(number * _GOLDEN % 1 * most)
        return Aim(way, Fault(kind=_KINDS[way], at=1 + turn, whole_session=whole))


def _lengths(ended: Ended) -> list[tuple[str, float]]:
    """The steps of a night, with the seconds each took."""
    ends = [began for _, began in ended.steps[1:]] + [ended.seconds]
    return [(step, end - began) for (step, began), end in zip(ended.steps, ends, strict=True)]
