"""A whole night from CSV against a bare DuckDB read of the same bytes, in one run.

    python -m benchmarks.rebuild [--meetings 10000000] [--rounds 3]

Prints wall seconds, CPU seconds and peak memory (all processes of the night together), the
ratio to the bare read, and the night after with 20,000 new rows.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.landing import write_landing

_BARE = """
import duckdb, sys
files = sys.stdin.read().split("\\n")
connection = duckdb.connect()
rows = connection.execute(
    "select count(*), max(columns(*)) from read_csv(?, delim=';', header=true, quote='', "
    "all_varchar=true, auto_detect=false, columns=" + sys.argv[1] + ")", [files]
).fetchall()
"""
_MEETING_COLUMNS = (
    *("samtale_id", "cpr", "samtaletype", "samtaleform", "status", "start", "slut"),
    *("aktoer", "registreret", "indkaldt", "bemaerkning"),
)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run cost: seconds on the clock, seconds of processor, gigabytes at its peak."""

    wall: float
    cpu: float
    peak: float


def main() -> None:
    """Writes the deliveries, runs the rounds, prints the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--meetings", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        landing = Path(folder) / "landing"
        write_landing(landing, options.meetings)
        files = sorted(landing.rglob("samtaler.csv"))
        size = sum(file.stat().st_size for file in files) / 1e9
        print(f"{options.meetings:,} meetings, {size:.2f} GB, {len(files):,} files")
        bare, night, after = [], [], []
        for _ in range(options.rounds):
            home = Path(folder) / "home"
            shutil.rmtree(home, ignore_errors=True)
            bare.append(_bare_read(files))
            night.append(_night(home, landing))
            added = _add_rows(landing, files[-1])
            after.append(_night(home, landing))
            shutil.rmtree(added)
        _show("bare read_csv", bare, bare)
        _show("night from CSV", night, bare)
        _show("night after, 20,000 new rows", after, bare)


def _bare_read(files: list[Path]) -> Cost:
    columns = "{" + ", ".join(f"'{name}': 'VARCHAR'" for name in _MEETING_COLUMNS) + "}"
    return _run([sys.executable, "-c", _BARE, columns], "\n".join(map(str, files)))


def _night(home: Path, landing: Path) -> Cost:
    command = [sys.executable, "-m", "pipelines.cli.main", "nightly"]
    return _run([*command, "--home", str(home), "--landing", str(landing)], "")


def _add_rows(landing: Path, example: Path) -> Path:
    """A delivery of 20,000 meetings that were not delivered before."""
    header, *rows = example.read_text("utf-8").splitlines()
    more = [f"ny-{number}-{rows[number % len(rows)]}" for number in range(20_000)]
    folder = landing / example.parts[-3] / "2026-11-20"
    folder.mkdir()
    (folder / "samtaler.csv").write_text("\n".join([header, *more]) + "\n", "utf-8")
    return folder


def _run(command: list[str], text: str) -> Cost:
    before, start = os.times(), time.perf_counter()
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    watch = _Watch(process.pid)
    watch.start()
    process.communicate(text.encode())
    wall, after = time.perf_counter() - start, os.times()
    watch.join()
    if process.returncode:
        raise SystemExit(f"{command[2:4]} ended with {process.returncode}")
    cpu = (
        after.children_user + after.children_system - before.children_user - before.children_system
    )
    return Cost(wall, cpu, watch.peak / 1e9)


class _Watch(threading.Thread):
    """Sums the memory of a process and its children five times a second (Linux)."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self.peak = 0

    def run(self) -> None:
        page = os.sysconf("SC_PAGE_SIZE")
        while Path(f"/proc/{self._pid}/stat").exists():
            total = 0
            for folder in Path("/proc").glob("[0-9]*"):
                try:
                    parent = (folder / "stat").read_text().rsplit(")", 1)[1].split()[1]
                    resident = int((folder / "statm").read_text().split()[1]) * page
                except (OSError, IndexError):
                    continue
                if str(self._pid) in (folder.name, parent):
                    total += resident
            self.peak = max(self.peak, total)
            time.sleep(0.2)


def _show(name: str, costs: list[Cost], floor: list[Cost]) -> None:
    ratio = median(cost.wall / bare.wall for cost, bare in zip(costs, floor, strict=True))
    print(
        f"{name:30} {median(cost.wall for cost in costs):7.2f} s  "
        f"{median(cost.cpu for cost in costs):7.2f} cpu s  "
        f"{median(cost.peak for cost in costs):5.2f} GB  {ratio:6.2f} x the bare read"
    )


if __name__ == "__main__":
    main()
