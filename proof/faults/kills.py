"""kill -9: before each write, each statement, each step, and at random moments inside every step.

A day's deliveries arrive, the night on them is killed, the night that recovers is killed again as
often as not, and then one is left alone. After every kill the standing publication is looked at;
after the night that was left alone, everything.
"""

from __future__ import annotations

import multiprocessing
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from pipelines.settings import Home
from pipelines.workers import WORKERS
from proof.faults import night
from proof.faults.aims import WAYS, Aim, Aims
from proof.faults.arrivals import DAYS
from proof.faults.campaign import Campaign, Tried
from proof.faults.cases import next_night
from proof.faults.forked import forked
from proof.faults.looks import standing_troubles
from proof.faults.night import Ended, Fault
from proof.faults.stage import Stage, program_version

_AGAIN: Final = 0.6  # how often the night that recovers is killed too
_FULL_EVERY: Final = 24  # chains of which one is of full nights
_COMMAND_EVERY: Final = 16  # and one of the real command


def kill_until(stage: Stage, campaign: Campaign, kills: int, until: float, work: Path) -> None:
    """Goes on with the campaign, on both cores, until so many kills are done or time is over."""
    done = [tried for tried in campaign.tried() if tried.fault == "kill"]
    missing = max(kills - len(done), 0)
    here = multiprocessing.get_context("fork")  # everything is imported already
    workers = [
        here.Process(
            target=_kill,
            args=(stage, campaign, done, (missing + share) // WORKERS, until, work, share),
        )
        for share in range(WORKERS)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
        if worker.exitcode:
            raise RuntimeError(f"a worker of the campaign ended with {worker.exitcode}")


def _kill(
    stage: Stage,
    campaign: Campaign,
    done: Sequence[Tried],
    kills: int,
    until: float,
    work: Path,
    share: int,
) -> None:
    """One worker's share: every other chain, and every other of each way's aims."""
    chain = len(done) + share  # so that a run that goes on does not draw the same again
    aims = Aims(stage, done, share)
    left = kills
    while left > 0 and time.monotonic() < until:
        left -= _chain(stage, campaign, aims, chain, work / f"home{share}", left)
        chain += WORKERS
        print(f"{kills - left} of {kills} kills", flush=True)


def _chain(stage: Stage, campaign: Campaign, aims: Aims, number: int, root: Path, most: int) -> int:
    """A day with its kills and the night after them; gives the number of kills."""
    draw = random.Random(number)
    day = draw.choice(DAYS)
    kind = "light"
    if number % _FULL_EVERY == 8:
        kind = "full"
    elif number % _COMMAND_EVERY == 2:
        kind = "command"
    home = stage.home_before(day, root)
    killed: list[Tried] = []
    while len(killed) < most:
        aim = aims.draw(day, kind, draw)
        began = time.monotonic()
        ended = _command(home, aim.fault) if kind == "command" else _night(home, kind, aim.fault)
        if ended.signal != signal.SIGKILL:
            if not ended.published:
                killed.append(_tried(aim, kind, ended, ["a night that recovers did not publish"]))
            break  # its fault lay in what needed no doing again, so this was the one left alone
        troubles = forked(standing_troubles, home, stage.right(day))
        troubles += [f"{ended.outlived} processes outlived the night"] if ended.outlived else []
        killed.append(_tried(aim, kind, ended, troubles, time.monotonic() - began))
        if draw.random() > _AGAIN:
            break
    troubles = next_night(stage, day, home, "light" if kind == "light" else "full")
    for at, tried in enumerate(killed):
        last = at == len(killed) - 1
        found = [*tried.violations, *(troubles if last else ())]
        campaign.add(replace(tried, violations=found))
    return len(killed)


def _night(home: Home, kind: str, fault: Fault) -> Ended:
    return night.run(home, kind, fault)  # type: ignore[arg-type]


_length_of_command: list[float] = []


def _command(home: Home, fault: Fault) -> Ended:
    """The real command, killed after a share of the time it takes."""
    length = _length_of_command[-1] if _length_of_command else 20.0
    command = [sys.executable, "-m", "pipelines.cli.main", "nightly", "--home", str(home.root)]
    began = time.monotonic()
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as running:
        try:
            running.wait(length * (fault.seconds or 0))
        except subprocess.TimeoutExpired:
            night.kill(running.pid, whole_session=fault.whole_session)
    ended = Ended(seconds=time.monotonic() - began, steps=_last_step(home))
    ended.outlived = night.wait_for_the_session(running.pid)
    ended.signal = -min(running.returncode, 0)
    ended.published = running.returncode == 0
    if ended.published:
        _length_of_command.append(ended.seconds)
    return ended


def _last_step(home: Home) -> list[tuple[str, float]]:
    """The step the newest run of Dagster's history was in."""
    runs = home.state / "dagster" / "history" / "runs"
    files = [file for file in runs.glob("*.db") if file.name != "index.db"]
    if not files:
        return []
    newest = max(files, key=lambda file: file.stat().st_mtime_ns)
    asked = (
        "select step_key from event_logs where dagster_event_type = 'STEP_START' "
        "order by id desc limit 1"
    )
    with suppress(sqlite3.Error), closing(sqlite3.connect(newest)) as history:
        return [(str(step), 0.0) for (step,) in history.execute(asked)]
    return []


def _tried(aim: Aim, kind: str, ended: Ended, violations: list[str], seconds: float = 0.0) -> Tried:
    whole = "the whole session" if aim.fault.whole_session else "the process"
    return Tried(
        fault="kill",
        way=WAYS[aim.way],
        where=ended.step,
        night=kind,
        came=whole if ended.signal else "not published",
        violations=violations,
        program=program_version(),
        seconds=round(seconds, 2),
    )
