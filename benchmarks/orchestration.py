"""What Dagster costs of a night: processor seconds spent in it and not in the project's own work.

    python -m benchmarks.orchestration [--rounds 3]

A clock that runs on processor time looks at the night's stack a hundred times a second. The
seconds since its last look belong to whichever of Dagster and the project comes first, from the
innermost frame outwards: a library counts with the one that called it. Kept in
proof/results/orchestration.json.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median
from types import FrameType
from typing import Final

from pipelines.settings import Home
from proof.record import Proof, Table, keep

_LOOK_EVERY: Final = 0.01  # seconds of processor
_ROOT: Final = Path(__file__).parents[1]
_OURS: Final = tuple(f"{_ROOT / folder}{os.sep}" for folder in ("pipelines", "assets", "checks"))
_DAGSTER: Final = f"{os.sep}site-packages{os.sep}dagster"  # and dagster_shared, dagster_pipes
_IMPORTING: Final = "<frozen importlib"
_PARTS: Final = ("importing Dagster", "Dagster at work", "the project")
_SAYS: Final = (
    "The night after on a small demo (about 12,000 meetings, nothing new), in one process. "
    "A clock on processor time looks at its stack a hundred times a second; what passed "
    "since the last look goes to Dagster or to the project, whichever is the inner one, and a "
    "library to the one that called it. Aim: at most 3 CPU seconds for Dagster. Not counted: "
    "Dagster's daemon and web server, which a night by the command does not start."
)


def main() -> None:
    """Measures the rounds, prints and keeps the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--watch", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.watch:
        print(json.dumps(watched_night(options.watch)))
        return
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        _begin(home)
        rounds = [_round(home) for _ in range(options.rounds)]
    rows = [[part, median(spent[part] for spent in rounds)] for part in _PARTS]
    for part, seconds in rows:
        print(f"{part:20} {seconds:6.2f} cpu s")
    keep(
        Proof(
            name="orchestration",
            title="What Dagster costs",
            command="make bench",
            says=[_SAYS],
            tables=[Table(f"CPU seconds, medians of {options.rounds}", ["where", "CPU s"], rows)],
        )
    )


def watched_night(home: Path) -> dict[str, float]:
    """Runs a night in this process; gives the CPU seconds of each part."""
    spent: Counter[str] = Counter()
    last = 0.0

    def look(_number: int, frame: FrameType | None) -> None:
        nonlocal last
        now = time.process_time()
        spent[_part_of(frame)] += now - last  # type: ignore[assignment]  # a sum of seconds
        last = now

    last = time.process_time()
    signal.signal(signal.SIGPROF, look)
    signal.siginterrupt(signal.SIGPROF, False)
    signal.setitimer(signal.ITIMER_PROF, _LOOK_EVERY, _LOOK_EVERY)
    from pipelines.progress import show_nothing  # noqa: PLC0415 - what it imports is measured
    from pipelines.running import run_night  # noqa: PLC0415

    outcome = run_night(Home(home, home / "landing"), None, show_nothing)
    signal.setitimer(signal.ITIMER_PROF, 0)
    if not outcome.published:
        raise SystemExit("the night did not publish")
    return {part: spent[part] for part in _PARTS}


def _part_of(frame: FrameType | None) -> str:
    part = "the project"
    for file in _files(frame):
        if file.startswith(_OURS):
            break
        if file.startswith(_IMPORTING) and part != "the project":
            return "importing Dagster"
        if _DAGSTER in file:
            part = "Dagster at work"
    return part


def _files(frame: FrameType | None) -> Iterator[str]:
    while frame:
        yield frame.f_code.co_filename
        frame = frame.f_back


def _begin(home: Path) -> None:
    from pipelines.demo.write import write_demo  # noqa: PLC0415

    (home / "landing").mkdir(parents=True)
    write_demo(home / "landing", 12_000, date(2024, 1, 1), date(2025, 12, 31))
    _round(home)


def _round(home: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.orchestration", "--watch", str(home)]
    said = subprocess.run(command, check=True, capture_output=True, text=True, cwd=_ROOT)
    parts: dict[str, float] = json.loads(said.stdout.splitlines()[-1])
    return parts


if __name__ == "__main__":
    main()
