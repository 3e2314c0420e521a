"""The same job on the same files by this project and by others, checked equal, in one run.

    python -m benchmarks.race [--meetings 1000000 ...] [--rounds 1] [--only pandas,polars]

Every contestant turns the CSV deliveries of `benchmarks.landing` into the table `counts` of the
regimes `held` and `duty`. The floor and the counting alone always run: they are what the others are
measured by. Measurements are kept in measured.json, and what they say in proof/results/speed.json.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.cost import Cost, run
from benchmarks.landing import write_landing
from benchmarks.race.answers import Answer, difference, read_answer, write_answer
from benchmarks.race.contestants import (
    CONTESTANTS,
    COUNTING,
    FLOOR,
    Contestant,
    Course,
    default_python,
    versions,
)
from benchmarks.race.measured import MEASURED, Measurement, load, merge, save
from benchmarks.race.telling import tell
from pipelines.engine import Engine
from pipelines.settings import Home
from proof.record import RESULTS, keep, this_machine


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the race; gives 1 where an answer differed, else 0."""
    options = _parser().parse_args(arguments)
    wanted = set(options.only.split(",")) if options.only else {c.name for c in CONTESTANTS}
    if unknown := wanted - {c.name for c in CONTESTANTS}:
        _parser().error(f"no such contestant: {', '.join(sorted(unknown))}")
    chosen = [c for c in CONTESTANTS if c in {FLOOR, COUNTING} or c.name in wanted]
    measured: list[Measurement] = []
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        for meetings in options.meetings:
            landing = (options.folder or Path(folder)) / f"landing-{meetings}"
            if not landing.exists():
                write_landing(landing, meetings)
            for number in range(1, options.rounds + 1):
                measured += _round(chosen, meetings, number, landing, Path(folder), options)
    runs = merge(load(options.measured), measured)
    save(runs, options.measured)
    keep(tell(runs), options.results)
    return int(any(run.equal is False for run in measured))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--meetings", type=int, nargs="+", default=[1_000_000])
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--only", help=", ".join(c.name for c in CONTESTANTS))
    parser.add_argument(
        "--memory-gb", type=float, default=18, help="a contestant is ended above it"
    )
    parser.add_argument(
        "--minutes", type=float, default=20, help="a contestant is ended after them"
    )
    parser.add_argument("--python", type=Path, default=default_python(), help="RACE_PYTHON")
    parser.add_argument("--folder", type=Path, help="keeps the landing there, and uses it again")
    parser.add_argument("--measured", type=Path, default=MEASURED)
    parser.add_argument("--results", type=Path, default=RESULTS)
    return parser


def _round(
    chosen: Sequence[Contestant],
    meetings: int,
    number: int,
    landing: Path,
    folder: Path,
    options: argparse.Namespace,
) -> Iterator[Measurement]:
    """One run of each contestant, the floor first and the reference answer second."""
    print(f"{meetings:,} meetings, round {number}", flush=True)
    reference: Answer | None = None
    for contestant in chosen:
        if reason := contestant.lacks(options.python):
            print(f"  {contestant.title:52} skipped: {reason}", flush=True)
            continue
        course = Course(landing, folder, folder / f"{contestant.name}.csv", options.python)
        if contestant.name in {"again", "more"} and not course.night_home.exists():
            print(f"  {contestant.title:52} skipped: it needs the night before", flush=True)
            continue
        course.answer.unlink(missing_ok=True)
        start = contestant.start(course)
        log = folder / f"{contestant.name}.log"
        with log.open("w", encoding="utf-8") as output:
            cost = run(
                start.command,
                environment=start.environment,
                memory=options.memory_gb,
                seconds=60 * options.minutes,
                log=output,
            )
        answer = _answer(contestant, course) if not cost.died else None
        if contestant == COUNTING:
            reference = answer
        equal = answer.digest == reference.digest if answer and reference else None
        _show(contestant, cost, answer, reference, log)
        yield Measurement(
            meetings=meetings,
            contestant=contestant.name,
            round=number,
            wall=round(cost.wall, 3),
            cpu=round(cost.cpu, 3),
            peak=round(cost.peak, 3),
            died=cost.died,
            equal=equal,
            versions=_versions(contestant, options.python),
            measured=datetime.now(UTC).date().isoformat(),
            machine=this_machine(),
        )


def _answer(contestant: Contestant, course: Course) -> Answer | None:
    """What the contestant found; the night's is in its publication, the floor has none.

    That of the night with more rows is of other deliveries than all the others'.
    """
    if contestant == FLOOR or contestant.name == "more":
        return None
    if contestant.name in {"night", "again"}:
        with Engine(course.folder / "scratch") as engine:
            engine.read(Home(course.night_home, course.landing).publication)
            write_answer(engine, course.answer)
    return read_answer(course.answer)


def _versions(contestant: Contestant, python: Path) -> str:
    found = versions(python, contestant.packages) if contestant.packages else {}
    return ", ".join(f"{name} {version}" for name, version in found.items())


def _show(
    contestant: Contestant, cost: Cost, answer: Answer | None, reference: Answer | None, log: Path
) -> None:
    line = (
        f"  {contestant.title:52} {cost.wall:8.2f} s  {cost.cpu:8.2f} cpu s  {cost.peak:6.2f} GB  "
    )
    if cost.died:
        print(line + cost.died, *log.read_text("utf-8").splitlines()[-5:], sep="\n    ", flush=True)
    elif answer and reference:
        unequal = difference(answer, reference)
        verdict = "NOT EQUAL" if unequal else f"equal ({answer.digest[:12]})"
        print(line + verdict, *unequal, sep="\n    ", flush=True)
    else:
        print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
