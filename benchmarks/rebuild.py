"""A whole night from CSV against a bare DuckDB read of the same bytes, in one run.

    python -m benchmarks.rebuild [--meetings 10000000] [--rounds 3]

Prints wall seconds, CPU seconds and peak memory (all processes of the night together), the
ratio to the bare read, and the night after with 20,000 new rows.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.cost import Cost, run
from benchmarks.landing import write_landing


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
            bare.append(_ran("-m", "benchmarks.bare_read", str(landing)))
            night.append(_night(home, landing))
            added = _add_rows(landing, files[-1])
            after.append(_night(home, landing))
            shutil.rmtree(added)
        _show("bare read_csv", bare, bare)
        _show("night from CSV", night, bare)
        _show("night after, 20,000 new rows", after, bare)


def _night(home: Path, landing: Path) -> Cost:
    command = ("-m", "pipelines.cli.main", "nightly")
    return _ran(*command, "--home", str(home), "--landing", str(landing))


def _ran(*command: str) -> Cost:
    cost = run([sys.executable, *command])
    if cost.died:
        raise SystemExit(f"{command[1]} {cost.died}")
    return cost


def _add_rows(landing: Path, example: Path) -> Path:
    """A delivery of 20,000 meetings that were not delivered before."""
    header, *rows = example.read_text("utf-8").splitlines()
    more = [f"ny-{number}-{rows[number % len(rows)]}" for number in range(20_000)]
    folder = landing / example.parts[-3] / "2026-11-20"
    folder.mkdir()
    (folder / "samtaler.csv").write_text("\n".join([header, *more]) + "\n", "utf-8")
    return folder


def _show(name: str, costs: Sequence[Cost], floor: Sequence[Cost]) -> None:
    ratio = median(cost.wall / bare.wall for cost, bare in zip(costs, floor, strict=True))
    print(
        f"{name:30} {median(cost.wall for cost in costs):7.2f} s  "
        f"{median(cost.cpu for cost in costs):7.2f} cpu s  "
        f"{median(cost.peak for cost in costs):5.2f} GB  {ratio:6.2f} x the bare read"
    )


if __name__ == "__main__":
    main()
