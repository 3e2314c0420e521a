"""The clock moved by a day, for the real command: forward, backward, and one after the other."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from proof.faults import arrivals
from proof.faults.cases import Came, Case, next_night
from proof.faults.company import command
from proof.faults.forked import forked
from proof.faults.looks import differences, facts_of
from proof.faults.stage import Stage

_A_DAY: Final = 86_400
# By how much the clock is wrong on the nights of day 2 and day 3.
_MOVES: Final = {
    "a day forward": (_A_DAY, _A_DAY),
    "a day back": (-_A_DAY, -_A_DAY),
    "a day forward, then back": (_A_DAY, 0),
    "a day back, then forward": (-_A_DAY, 0),
    "a year back, then forward": (-365 * _A_DAY, 0),
}


def moved_clocks(stage: Stage, work: Path) -> Iterator[Case]:
    """Two nights on two days' deliveries, by a clock that is wrong."""
    for way, moves in _MOVES.items():
        yield Case("clock", way, "", partial(_move, stage, work, moves), "command")


def _move(stage: Stage, work: Path, moves: tuple[int, int]) -> Came:
    library = _library(work)
    if library is None:
        return Came("skipped: there is no C compiler here", [])
    home = stage.home_before(2, work / "home")
    troubles = []
    for day, seconds in zip((2, 3), moves, strict=True):
        arrivals.lay(home, stage.deliveries, day)
        wrong = {**os.environ, "LD_PRELOAD": str(library), "FAULTS_CLOCK": str(seconds)}
        ran = subprocess.run(command(home), check=False, capture_output=True, text=True, env=wrong)
        if ran.returncode:
            troubles.append(f"the night of day {day} did not publish: {ran.stdout[-300:]}")
        else:
            troubles += differences(forked(facts_of, home), stage.facts[day])
    return Came("both nights publish", troubles + next_night(stage, 3, home))


def _library(work: Path) -> Path | None:
    compiler = shutil.which("cc")
    if compiler is None:
        return None
    work.mkdir(parents=True, exist_ok=True)
    library = work / "clock.so"
    source = Path(__file__).with_suffix(".c")
    options = ["-shared", "-fPIC", "-O1", "-o", str(library), str(source), "-ldl"]
    subprocess.run([compiler, *options], check=True)
    return library
