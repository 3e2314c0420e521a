"""Others at work: two nights at once, and a reader that holds the publication open."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from pipelines.settings import Home
from proof.faults import night
from proof.faults.cases import Came, Case, look_after, next_night, words_of
from proof.faults.forked import forked
from proof.faults.looks import standing_of, standing_troubles
from proof.faults.night import Fault
from proof.faults.stage import Stage

_DAY: Final = 2
_AT_ONCE: Final = 5
_BUSY: Final = "Der kører allerede en nat"
_STEP_EVENTS: Final = (1, 20, 60, 100, 125, 140)  # of the 141 that a night has
_READER: Final = """
import sys, duckdb
asked = "select regime, sum(held), sum(recognised) from counts group by all order by all"
with duckdb.connect(sys.argv[1], read_only=True) as connection:
    connection.execute("begin")
    for _ in range(2):
        print(connection.execute(asked).fetchall(), flush=True)
        sys.stdin.readline()
"""


def command(home: Home) -> list[str]:
    """The real command."""
    return [sys.executable, "-m", "pipelines.cli.main", "nightly", "--home", str(home.root)]


def two_nights(stage: Stage, work: Path) -> Iterator[Case]:
    """A second night is started while the first is at work, or both at the same moment."""
    for at in _STEP_EVENTS:
        way = f"the second starts at step event {at} of the first"
        yield Case("two nights", way, "", partial(_beside, stage, work, at))
    for number in range(1, _AT_ONCE + 1):
        way = "both start at once"
        yield Case("two nights", way, str(number), partial(_at_once, stage, work), "command")


def _beside(stage: Stage, work: Path, at: int) -> Came:
    home = stage.home_before(_DAY, work / "home")
    said = work / "second.txt"

    def second() -> None:
        ran = subprocess.run(command(home), check=False, capture_output=True, text=True)
        said.write_text(f"{ran.returncode} {' '.join(ran.stdout.split() + ran.stderr.split())}")

    first = night.run(home, "light", Fault(kind="step", at=at), second)
    told = said.read_text()
    troubles = look_after(stage, _DAY, home, first)
    if not first.published or first.problems:
        troubles.append(f"the first night was disturbed: {words_of(first)}")
    if not told.startswith("1 ") or _BUSY not in told:
        troubles.append(f"the second night was not sent away: {told[:200]}")
    return Came("the second is sent away with a sentence, the first publishes", troubles)


def _at_once(stage: Stage, work: Path) -> Came:
    home = stage.home_before(_DAY, work / "home")
    nights = [
        subprocess.Popen(command(home), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for _ in range(2)
    ]
    said = [running.communicate()[0] for running in nights]
    codes = sorted(running.returncode for running in nights)
    troubles = forked(standing_troubles, home, stage.right(_DAY))
    if codes not in ([0, 1], [0, 0]):
        troubles.append(f"exit codes {codes}")
    if codes == [0, 1] and not any(_BUSY in " ".join(text.split()) for text in said):
        troubles.append("the one that was sent away does not say why")
    came = "one publishes, one is sent away" if codes == [0, 1] else "one after the other"
    return Came(came, troubles + next_night(stage, _DAY, home))


def held_open(stage: Stage, work: Path) -> Iterator[Case]:
    """An auditor's connection is open, in a transaction, from before the night until after it."""
    for way in ("the night publishes", "the night is killed after its publication"):
        yield Case("reader", way, "", partial(_read_on, stage, work, way))


def _read_on(stage: Stage, work: Path, way: str) -> Came:
    home = stage.home_before(_DAY, work / "home")
    reader = subprocess.Popen(
        [sys.executable, "-c", _READER, str(home.publication)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert reader.stdin  # noqa: S101 - pipes were asked for
    assert reader.stdout  # noqa: S101
    before = reader.stdout.readline()
    killed = Fault(step="receipts", seconds=0.05) if "killed" in way else Fault()
    ended = night.run(home, "light", killed)
    reader.stdin.write("\n")
    reader.stdin.flush()
    after = reader.stdout.readline()
    reader.communicate("\n")
    troubles = [] if before == after and before.strip() else ["the reader saw other totals"]
    if forked(standing_of, home) != stage.facts[_DAY].standing:
        troubles.append("new readers do not see the new publication")
    troubles += look_after(stage, _DAY, home, ended)
    return Came("reads the old figures to the end; new readers see the new ones", troubles)
