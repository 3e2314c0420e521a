"""A night in a process of its own, forked from one that has imported everything already.

The night is `pipelines.running.run_night`, in a session of its own as a scheduler starts it. A
`light` night keeps Dagster's history in memory, makes no report and asks no contracts: what is
left is everything that reads, counts, and writes what must not be lost. A `full` night spares
nothing.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

import dagster as dg

import pipelines.running
from assets import report
from checks import asset_checks
from pipelines.progress import show_nothing
from pipelines.report.writing import Written
from pipelines.settings import Home
from proof.faults.watch import Kind, Watch

Depth = Literal["light", "full"]
LONGEST: Final = 600.0  # seconds a night may take on a machine that others use too
_WORKERS_END: Final = 30.0  # seconds after the night's process


@dataclass(frozen=True, slots=True)
class Fault:
    """What befalls a night: at the `at`-th point of a kind, or some time into a step."""

    kind: Kind | None = None
    at: int = 0
    step: str = ""
    seconds: float | None = None  # after the step has begun, or the process where none is named
    whole_session: bool = True  # a kill takes all processes of the session, as power loss does


@dataclass(slots=True)
class Ended:
    """How a night ended: what it said, or the signal that took it, and how far it was."""

    published: bool = False
    problems: Sequence[str] = ()
    notes: Sequence[str] = ()
    signal: int = 0
    broken: str = ""  # an error that no sentence was made of
    steps: list[tuple[str, float]] = field(default_factory=list)  # seconds since its beginning
    passed: dict[str, int] = field(default_factory=dict)
    modules: Sequence[str] = ()  # what it had imported at its end
    seconds: float = 0.0
    outlived: int = 0  # processes of its session that had to be ended by hand

    @property
    def step(self) -> str:
        """The step it was in when it ended."""
        return self.steps[-1][0] if self.steps else "before the first step"


def run(
    home: Home,
    depth: Depth,
    fault: Fault = Fault(),
    befall: Callable[[], None] | None = None,
    prepare: Callable[[], None] = lambda: None,
) -> Ended:
    """Runs a night to its end or to its fault; without `befall` the fault is a kill."""
    read, write = os.pipe()
    began = time.monotonic()
    child = os.fork()
    if not child:
        os.close(read)
        _be_the_night(home, depth, fault, befall, prepare, write)
    os.close(write)
    ended = Ended()
    _follow(read, child, fault, ended, began)
    os.close(read)
    status = os.waitpid(child, 0)[1]
    ended.signal = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    ended.outlived = wait_for_the_session(child)
    ended.seconds = time.monotonic() - began
    return ended


def _be_the_night(
    home: Home,
    depth: Depth,
    fault: Fault,
    befall: Callable[[], None] | None,
    prepare: Callable[[], None],
    pipe: int,
) -> None:
    try:
        os.setsid()
        quiet = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(quiet, stream)
        if depth == "light":
            _lighten()

        def kill_itself() -> None:
            kill(os.getpid(), whole_session=fault.whole_session)

        watch = Watch(
            home.root,
            lambda step: _say(pipe, {"step": step}),
            fault.kind,
            fault.at,
            befall or kill_itself,
        )
        prepare()
        watch.begin()
        try:
            outcome = pipelines.running.run_night(home, None, show_nothing)
            told = {
                "published": outcome.published,
                "problems": outcome.problems,
                "notes": outcome.notes,
            }
        except Exception as error:  # noqa: BLE001 - what the command would show as a sentence
            told = {"broken": f"{type(error).__name__}: {error}"}
        _say(pipe, told | {"passed": watch.passed, "modules": sorted(sys.modules)})
    finally:
        os._exit(0)


def kill(leader: int, *, whole_session: bool) -> None:
    """Kill -9 of a night's process, or of all processes of its session at once."""
    if whole_session:
        with suppress(ProcessLookupError):  # it has not begun a session yet
            return os.killpg(leader, signal.SIGKILL)
    return os.kill(leader, signal.SIGKILL)


def _lighten() -> None:
    kept_in_memory = dg.DagsterInstance.ephemeral
    setattr(dg.DagsterInstance, "from_ref", lambda *_: kept_in_memory())  # noqa: B010 - not its type
    setattr(report, "write_report", lambda home, _: Written(home.report_front, 0, 0, 0))  # noqa: B010
    setattr(asset_checks, "run_contract", lambda *_: ())  # noqa: B010


def _say(pipe: int, what: dict[str, object]) -> None:
    os.write(pipe, json.dumps(what).encode() + b"\n")


def _follow(read: int, child: int, fault: Fault, ended: Ended, began: float) -> None:
    """Hears the night out, and kills it where its time has come."""
    due = None if fault.seconds is None or fault.step else began + fault.seconds
    last = began + LONGEST
    buffered = b""
    while True:
        left = (min(due, last) if due else last) - time.monotonic()
        ready, _, _ = select.select([read], [], [], max(left, 0))
        if not ready:
            kill(child, whole_session=fault.whole_session)
            if due is None:
                ended.broken = f"not done after {LONGEST:.0f} seconds"
            due, last = None, time.monotonic() + LONGEST
            continue
        part = os.read(read, 65536)
        if not part:
            return
        *lines, buffered = (buffered + part).split(b"\n")
        for line in lines:
            told = json.loads(line)
            if step := told.pop("step", None):
                ended.steps.append((step, time.monotonic() - began))
                if step == fault.step and fault.seconds is not None:
                    due = time.monotonic() + fault.seconds
            for name, value in told.items():
                setattr(ended, name, value)


def wait_for_the_session(leader: int) -> int:
    """Waits until no process of a session is left; the number that had to be ended."""
    deadline = time.monotonic() + _WORKERS_END
    while left := _session(leader):
        if time.monotonic() > deadline:
            for process in left:
                os.kill(process, signal.SIGKILL)
            return len(left)
        time.sleep(0.02)
    return 0


def _session(leader: int) -> list[int]:
    """The processes of a session that are alive."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                facts = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(facts[3]) == leader and facts[0] not in "ZX":
                found.append(int(folder.name))
    return found
