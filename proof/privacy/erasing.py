"""Citizens erased by the command, whatever kills it, and every byte searched for them after."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from pipelines.deliveries.pseudonyms import Pseudonyms, mark_of
from pipelines.erasing import erase
from pipelines.erasing.publications import files_kept
from pipelines.progress import show_nothing
from pipelines.settings import Home
from pipelines.verifying import ledger_problems, verify_publication
from proof.privacy.plant import writings
from proof.privacy.search import Needles, search

# Where the erasure is killed: before each step, after the last, and when all is told.
PLACES: Final = (*range(len(erase.STEPS)), len(erase.STEPS))


@dataclass(frozen=True, slots=True)
class Erased:
    """What is left of a citizen, and whether all is sound."""

    rows: int  # of his, in all publications before
    texts: int  # his key, mark and ids that were looked for
    hits_before: int
    hits_after: int
    unequal: int  # publications that a recount does not give
    ledger: int  # problems of the ledger


def traces_of(home: Home, number: str) -> tuple[Needles, int]:
    """The texts that are the citizen's alone, by the publications kept, and the number of rows.

    An id that a later delivery gave to someone else is not: that record stays (docs/erasure.md).
    """
    key = (home.state / "pseudonym.key").read_bytes()
    pseudonym = Pseudonyms(key).pseudonym(number)
    texts, rows = {pseudonym, mark_of(pseudonym), *writings(number)}, 0
    others: set[str] = set()
    for file in files_kept(home).values():
        with duckdb.connect(str(file), read_only=True) as connection:
            for table, column in (("meetings", "meeting_id"), ("spells", "spell_id")):
                found = connection.execute(
                    f"select {column}, citizen_key is not distinct from ? from {table}", [pseudonym]
                ).fetchall()
                rows += sum(is_his for _, is_his in found)
                texts |= {str(id_) for id_, is_his in found if is_his}
                others |= {str(id_) for id_, is_his in found if not is_his}
    return Needles.of(texts=texts - others), rows


def erase_by_command(home: Home, number: str) -> subprocess.CompletedProcess[str]:
    """`samtaler erase`, the number on its standard input."""
    command = [sys.executable, "-m", "pipelines.cli.main", "erase", "--home", str(home.root)]
    return subprocess.run(command, input=number, capture_output=True, text=True, check=False)


def killed_then_finished(home: Home, root: Path, number: str, place: int) -> Erased:
    """An erasure of a copy of the home, killed at a place; the next night's first act ends it."""
    copy = Home(root / f"killed{place}", root / f"killed{place}" / "landing")
    shutil.copytree(home.root, copy.root, symlinks=True)
    needles, rows = traces_of(copy, number)
    before = hits(copy, needles)
    # The report is of sums; the erasures that are not killed make it again.
    shutil.rmtree(copy.report, ignore_errors=True)
    command = [sys.executable, "-m", "proof.privacy.erasing", str(copy.root), str(place)]
    ended = subprocess.run(command, input=number, text=True, capture_output=True, check=False)
    if ended.returncode != -signal.SIGKILL:
        raise RuntimeError(f"the erasure was not killed at {place}: {ended.stderr[-500:]}")
    erase.finish_erasure(copy, show_nothing)
    found = judge(copy, needles, rows, before)
    shutil.rmtree(copy.root)
    return found


def judge(home: Home, needles: Needles, rows: int, before: int, *, recount: bool = True) -> Erased:
    """What a search finds, and a recount of every publication."""
    names = files_kept(home) if recount else ()
    left = places(home, needles)
    print(*left, sep="\n", flush=True)
    verdicts = [verify_publication(home, name, show_nothing) for name in names]
    return Erased(
        rows=rows,
        texts=len(needles.texts),
        hits_before=before,
        hits_after=len(left),
        unequal=sum(not verdict.is_equal for verdict in verdicts),
        ledger=len(list(ledger_problems(home))),
    )


def hits(home: Home, needles: Needles) -> int:
    """Places outside landing/ where a needle stands."""
    return len(places(home, needles))


def places(home: Home, needles: Needles) -> list[str]:
    """The same, by their paths in the home."""
    return sorted(search(home.root, needles, [home.landing]).hits)


def main() -> None:
    """Erases the number of standard input and is killed: `HOME PLACE`."""
    root, place = Path(sys.argv[1]), int(sys.argv[2])
    steps = list(erase.STEPS)
    steps.insert(place, _die)
    erase.STEPS = tuple(steps)  # type: ignore[misc]
    erase.erase_citizen(Home(root, root / "landing"), sys.stdin.read(), show_nothing)


def _die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def sample(numbers: Sequence[str], home: Home, count: int) -> list[str]:
    """Numbers, evenly spread, of citizens who have a row in the current publication."""
    key = Pseudonyms((home.state / "pseudonym.key").read_bytes())
    with duckdb.connect(str(home.publication), read_only=True) as connection:
        known = {
            str(one)
            for (one,) in connection.execute(
                "select citizen_key from meetings union select citizen_key from spells"
            ).fetchall()
        }
    there = [number for number in numbers if key.pseudonym(number) in known]
    return there[:: max(1, len(there) // count)][:count]


if __name__ == "__main__":
    main()
