"""What the faults other than kills have in common: a case, and the looks after it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from pipelines.settings import Home
from proof.faults import night
from proof.faults.campaign import Tried
from proof.faults.forked import forked
from proof.faults.looks import differences, facts_of, standing_troubles
from proof.faults.night import Depth, Ended
from proof.faults.stage import Stage, program_version

_PATH: Final = re.compile(r"/\S+")  # tells of the machine, not of the fault
_LONGEST_SAID: Final = 110


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a fault: in a few words, and what was wrong."""

    came: str
    violations: list[str]


@dataclass(frozen=True, slots=True)
class Case:
    """One fault that is tried once: `work` does all of it."""

    fault: str
    way: str
    where: str
    work: Callable[[], Came]
    night: str = "light"

    @property
    def name(self) -> tuple[str, str, str]:
        """By which the campaign knows it was tried."""
        return self.fault, self.way, self.where

    def tried(self, came: Came) -> Tried:
        """The line of the campaign."""
        return Tried(*self.name, self.night, came.came, tuple(came.violations), program_version())


def words_of(ended: Ended) -> str:
    """How a night ended, in a few words."""
    if ended.broken:
        return f"no sentence: {ended.broken[:80]}"
    if ended.signal:
        return f"ended by signal {ended.signal}"
    if ended.published:
        return "published" + (", with a note" if ended.problems else "")
    said = _PATH.sub("…", " ".join(ended.problems))
    return f"refused: {said[:_LONGEST_SAID]}"


def look_after(stage: Stage, day: int, home: Home, ended: Ended) -> list[str]:
    """The looks after a fault: at what stands now, and at everything after one more night."""
    troubles = forked(standing_troubles, home, stage.right(day))
    if ended.broken:
        troubles.append(f"an error without a sentence: {ended.broken[:200]}")
    if ended.outlived:
        troubles.append(f"{ended.outlived} processes outlived the night")
    return troubles + next_night(stage, day, home, was_held_back=bool(ended.problems))


def next_night(
    stage: Stage, day: int, home: Home, depth: Depth = "light", *, was_held_back: bool = False
) -> list[str]:
    """What is wrong after the night that follows, to which nothing happens."""
    ended = night.run(home, depth)
    if not ended.published or ended.problems or ended.broken:
        return [f"the next night did not publish: {' '.join(ended.problems) or ended.broken}"]
    both = [forked(facts_of, home), stage.facts[day]]
    if depth == "light":
        both = [facts.without_report() for facts in both]
    if was_held_back:
        both = [facts.without_keys() for facts in both]
    return differences(*both)
