"""The race's measurements as a proof: medians, ratios and growth."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from benchmarks.race.contestants import CONTESTANTS, COUNTING, FLOOR, Contestant
from benchmarks.race.measured import Measurement
from proof.record import Cell, Proof, Table

_COLUMNS: Final = (
    *("contestant", "wall s", "CPU s", "peak GB", "floor = 1, wall", "floor = 1, CPU"),
    *("pandas = 1, CPU", "answer"),
)
_LIKE: Final = (
    "The same CSV deliveries, the same answer: the table `counts` of the regimes `held` and "
    "`duty` (month, municipality, target group, mode). Each contestant parses, rejects bad rows, "
    "takes the latest version of each record, reads the mode, finds the spell and the duplicates, "
    "and applies the law of the day. Every answer is sorted, hashed and held against the project's "
    "in the same run. The floor is a bare DuckDB `read_csv` of the meetings, all columns as text."
)
_WHICH: Final = (
    "*Counting alone* runs the project's stages up to `counts`. It is the like of what the others "
    "do, though it also tries every other format, makes CPR numbers pseudonyms, keeps each "
    "rejected row, judges two more regimes and keeps every meeting with every rule it "
    "fails. *Files already read* is the same with the deliveries in the lake: what a change of law "
    "costs. *The whole night* adds requirements, all checks, hashes, the publication, a letter for "
    "each file, alerts and the public report. What each of the others leaves out stands at its top "
    "(`benchmarks/race/`)."
)
_HOW: Final = (
    "Medians of the rounds. CPU is of all processes together. Memory is the sum of resident "
    "pages, looked at five times a second; pages that processes share count in each. Files are "
    "in the page cache as the writing left them. The deliveries are invented, UTF-8 and plain. "
    "Not tried: other machines, other ways to write each contestant, a cluster. Which aims are "
    "reached, and where a night's seconds go: [results](../benchmarks/results.md)."
)


def tell(runs: Sequence[Measurement]) -> Proof:
    """The proof `speed` of every run kept."""
    sizes = sorted({run.meetings for run in runs})
    newest = max(runs, key=lambda run: run.measured)
    return Proof(
        name="speed",
        title="The race",
        command="make bench",
        says=(_LIKE, _WHICH, _HOW),
        tables=[*(_size(runs, size) for size in sizes), *_growth(runs, sizes)],
        measured=newest.measured,
        machine=newest.machine,
    )


def _size(runs: Sequence[Measurement], meetings: int) -> Table:
    of_size = [run for run in runs if run.meetings == meetings]
    rounds = max(run.round for run in of_size)
    rows = [
        _row(contestant, of_size)
        for contestant in CONTESTANTS
        if any(run.contestant == contestant.name for run in of_size)
    ]
    title = f"{meetings:,} meetings, {rounds} round{'s' if rounds > 1 else ''}"
    return Table(title, _COLUMNS, rows)


def _row(contestant: Contestant, runs: Sequence[Measurement]) -> list[Cell]:
    own = [run for run in runs if run.contestant == contestant.name]
    title = f"{contestant.title} ({own[-1].versions})" if own[-1].versions else contestant.title
    if died := next((run.died for run in own if run.died), None):
        worst = max(own, key=lambda run: run.peak)
        return [title, worst.wall, worst.cpu, worst.peak, None, None, None, died]
    wall, cpu = _median(runs, contestant.name, "wall"), _median(runs, contestant.name, "cpu")
    peak = median(run.peak for run in own)
    answers = {run.equal for run in own}
    if contestant == COUNTING:
        answer: Cell = "the reference"
    else:
        answer = "NOT EQUAL" if False in answers else "equal" if True in answers else None
    return [
        title,
        wall,
        cpu,
        peak,
        _ratio(wall, _median(runs, FLOOR.name, "wall")),
        _ratio(cpu, _median(runs, FLOOR.name, "cpu")),
        _ratio(cpu, _median(runs, "pandas", "cpu")),
        answer,
    ]


def _growth(runs: Sequence[Measurement], sizes: Sequence[int]) -> list[Table]:
    """How much more each takes for more meetings: the exponent, 1 where twice takes twice."""
    steps = list(pairwise(sizes))
    if not steps:
        return []
    columns = ["contestant"]
    for small, large in steps:
        columns += [f"{name}, {small:,} to {large:,}" for name in ("wall", "CPU")]
    rows: list[list[Cell]] = []
    for contestant in CONTESTANTS:
        row: list[Cell] = [contestant.title]
        for small, large in steps:
            for measure in ("wall", "cpu"):
                less, more = (
                    _median([r for r in runs if r.meetings == n], contestant.name, measure)
                    for n in (small, large)
                )
                grown = math.log(more / less) / math.log(large / small) if less and more else None
                row.append(grown)
        if any(cell is not None for cell in row[1:]):
            rows.append(row)
    return [Table("Growth with the number of meetings (exponent)", columns, rows)]


def _median(runs: Sequence[Measurement], contestant: str, measure: str) -> float | None:
    """The median of one measure of a contestant that lived; None without one."""
    found = [
        float(getattr(run, measure))
        for run in runs
        if run.contestant == contestant and not run.died
    ]
    return median(found) if found else None


def _ratio(value: float | None, base: float | None) -> float | None:
    return value / base if value is not None and base else None
