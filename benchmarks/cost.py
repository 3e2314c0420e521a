"""What a command costs with all the processes it starts (Linux)."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

_LOOKS_A_SECOND: Final = 5
_TICKS: Final = os.sysconf("SC_CLK_TCK")
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run cost, and how it ended."""

    wall: float  # seconds on the clock
    cpu: float  # seconds of processor, all its processes together
    peak: float  # gigabytes resident, all its processes together; shared pages count in each
    died: str = ""  # why it did not end by itself, or not well


def run(
    command: Sequence[str],
    *,
    environment: Mapping[str, str] | None = None,
    memory: float | None = None,
    seconds: float | None = None,
    log: IO[str] | None = None,
) -> Cost:
    """Runs a command to its end, or to `memory` gigabytes or `seconds` seconds, and kills it there.

    Memory and processor are looked at five times a second; the processor also counts what the
    command's own children tell when they end, whichever is more.
    """
    before, start = os.times(), time.perf_counter()
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=log or subprocess.DEVNULL,
        stderr=subprocess.STDOUT if log else subprocess.DEVNULL,
        env={**os.environ, **(environment or {})},
        start_new_session=True,  # its session is how its processes are known
    )
    spent: dict[tuple[int, int], float] = {}
    peak, died = 0.0, ""
    while process.poll() is None:
        resident = 0.0
        for seen in _processes(process.pid):
            spent[seen.pid, seen.started] = seen.cpu
            resident += seen.resident
        peak = max(peak, resident)
        wall = time.perf_counter() - start
        if memory and resident > memory:
            died = f"died at {resident:.1f} GB"
        elif seconds and wall > seconds:
            died = f"stopped after {seconds / 60:.0f} minutes"
        if died:
            break
        with suppress(subprocess.TimeoutExpired):
            process.wait(1 / _LOOKS_A_SECOND)
    for left in _processes(process.pid):
        with suppress(ProcessLookupError):
            os.kill(left.pid, signal.SIGKILL)
    process.wait()
    wall, after = time.perf_counter() - start, os.times()
    told = (
        after.children_user + after.children_system - before.children_user - before.children_system
    )
    if process.returncode and not died:
        died = f"ended with {process.returncode}"
    return Cost(wall, max(told, sum(spent.values())), peak, died)


@dataclass(frozen=True, slots=True)
class _Process:
    pid: int
    started: int
    cpu: float
    resident: float


def _processes(session: int) -> Iterator[_Process]:
    """The processes of one session, as /proc tells of them now."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            if int(fields[3]) == session:
                cpu = (int(fields[11]) + int(fields[12])) / _TICKS
                resident = int((folder / "statm").read_text().split()[1]) * _PAGE / 1e9
                yield _Process(int(folder.name), int(fields[19]), cpu, resident)
        except (OSError, IndexError):
            continue  # it ended while it was looked at
