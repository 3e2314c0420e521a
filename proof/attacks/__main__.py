"""Every attack of attacks.yaml on the command and on a copy, and on a copy without protection.

python -m proof.attacks [HOME]
"""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from pipelines.settings import Home
from proof.attacks.arena import arena
from proof.attacks.copies import about_copies
from proof.attacks.listed import Attack, attacks
from proof.attacks.publications import publish_demo
from proof.attacks.trying import CONTROL, LARGEST, LONGEST, TARGETS, Outcome, attempt
from proof.record import Cell, Proof, Table, keep

_AT_A_TIME: Final = 5
_CONTROL_SECONDS: Final = 5  # an unprotected copy that still works after these would go on


def main() -> None:
    """Runs the proof and keeps what it found."""
    with tempfile.TemporaryDirectory() as scratch:
        home = _home(Path(scratch) / "home", sys.argv[1:])
        tries = [(target, attack) for attack in attacks() for target in (*TARGETS, CONTROL)]
        with ThreadPoolExecutor(_AT_A_TIME) as hands:
            outcomes = list(
                hands.map(lambda it: _attempt(it[0], it[1], home, Path(scratch)), tries)
            )
        copies = about_copies(Path(scratch) / "copies", home)
    keep(_proof(outcomes, copies))


def _home(place: Path, given: Sequence[str]) -> Home:
    """The home whose publication is copied and attacked: the one given, or a small demo's."""
    if given:
        return Home(Path(given[0]), Path(given[0]) / "landing")
    home = Home(place, place / "landing")
    # A process is said to have used what the one that started it had in memory: keep it little.
    night = multiprocessing.get_context("spawn").Process(target=publish_demo, args=(home,))
    night.start()
    night.join()
    return home


def _attempt(target: str, attack: Attack, home: Home, scratch: Path) -> Outcome:
    """One attack in an arena of its own."""
    longest = _CONTROL_SECONDS if target == CONTROL else LONGEST
    with (
        tempfile.TemporaryDirectory(dir=scratch) as folder,
        arena(Path(folder) / "arena", home.publication) as made,
    ):
        before = made.fingerprint()
        outcome = attempt(attack, target, made, longest)
        if target != CONTROL and made.fingerprint() != before:
            raise SystemExit("the publication was changed")
    mark = "GOT THROUGH" if outcome.through and target != CONTROL else outcome.ended
    print(target, "|", attack.aim, "|", attack.name, "|", mark, outcome.through, flush=True)
    return outcome


def _proof(outcomes: Sequence[Outcome], copies: Table) -> Proof:
    through = sum(bool(o.through) for o in outcomes if o.target != CONTROL)
    return Proof(
        name="attacks",
        title="An auditor's SQL, turned against us",
        command="make attacks",
        says=_says(through),
        tables=[_by_aim(outcomes), _worst(outcomes), copies],
    )


def _says(through: int) -> list[str]:
    tried = len(attacks())
    return [
        (
            f"{tried} attacks (`proof/attacks/attacks.yaml`), each in a process of its own, on "
            "`samtaler audit` and on a copy of the file opened with the lines of "
            "[auditing](auditing.md), where no gate stands in front: every statement is run. "
            f"**{through} of {2 * tried} got through.** A success would be seen by a canary: a "
            "secret in files, environment and another database that stands in the answer; any file "
            "new or changed, the publication's own bytes too; a request to a server on this "
            "machine; a setting that is not as before; a process that goes on."
        ),
        (
            f"Promised: an end within {LONGEST} s and {LARGEST} MB for any one process. DuckDB's "
            "own limits do not hold that: `repeat` passes the memory limit, `sleep_ms` the time "
            "limit, and a limit of 0 on temporary files let a sort spill beside the publication. "
            "The operating system's do (`pipelines/asking.py`)."
        ),
        (
            "That the attacks are real shows on a copy opened with plain `duckdb.connect`, where "
            f"running on after {_CONTROL_SECONDS} s counts as success. Some need an extension or a "
            "function that this DuckDB has not, and fail there too; they are kept for the day it "
            "has."
        ),
        (
            "Not held: a question may use both cores until its time is up; it can see the path of "
            "the file it asks; in a copy, `set schema` says which names are looked up first; on "
            "Windows only DuckDB's own limits hold. A copy opened plainly, or by other programs, "
            "is as safe as those are: below is what the file itself brings."
        ),
    ]


def _by_aim(outcomes: Iterable[Outcome]) -> Table:
    rows: dict[str, Counter[str]] = {}
    for outcome in outcomes:
        row = rows.setdefault(outcome.attack.aim, Counter())
        if outcome.target == CONTROL:
            row["control"] += bool(outcome.through)
        else:
            row["tried"] += 1
            row[outcome.ended] += 1
            row["through"] += bool(outcome.through)
    columns = ("tried", "refused", "stopped", "answered", "through", "control")
    total = Counter[str]()
    for row in rows.values():
        total.update(row)
    listed: list[list[Cell]] = [
        [aim, *(row[column] for column in columns)] for aim, row in [*rows.items(), ("all", total)]
    ]
    return Table(
        "Attacks by what they are after, on both targets",
        [
            "after",
            "tried",
            "refused",
            "stopped at a limit",
            "answered, harmless",
            "got through",
            "of as many halved: got through without protection",
        ],
        listed,
    )


def _worst(outcomes: Iterable[Outcome]) -> Table:
    by_target: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        by_target.setdefault(outcome.target, []).append(outcome)
    rows: list[list[Cell]] = []
    for target in TARGETS:
        longest = max(by_target[target], key=lambda outcome: outcome.seconds)
        largest = max(by_target[target], key=lambda outcome: outcome.megabytes)
        rows.append([target, "longest", longest.attack.name, longest.seconds, longest.megabytes])
        rows.append(
            [target, "most memory", largest.attack.name, largest.seconds, largest.megabytes]
        )
    return Table("The worst of them", ["on", "", "attack", "seconds", "peak MB"], rows)


if __name__ == "__main__":
    main()
