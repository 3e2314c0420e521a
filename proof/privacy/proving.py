"""Plants CPR numbers everywhere, runs nights of every kind, and searches every byte for them.

python -m proof.privacy [FOLDER]

In a folder of its own it goes on where it was broken off: nights that have been run are not run
again.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Final

import duckdb

from pipelines.settings import Home
from proof.privacy import erasing, keys
from proof.privacy.control import missed
from proof.privacy.plant import Planted, deliveries, invent
from proof.privacy.report import Privacy, proof_of
from proof.privacy.search import Found, Needles, search
from proof.record import keep

_NUMBERS: Final = 1_000
_ERASED: Final = 5
_AT_ONCE: Final = 4  # parts of the proof; each works on a copy of its own or only reads
# The order: a night, one held back, two that crash, prechecks, and a last sound one.
_RUNS: Final = ("sound", "held_back", "crash", "reader_crash", "precheck", "sound")


def main() -> None:
    """Runs the proof and keeps what it found."""
    if sys.argv[1:]:
        found = _prove(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            found = _prove(Path(folder))
    keep(proof_of(found))
    if not found.holds:
        raise SystemExit("privacy: not all holds; see proof/results/privacy.json")


def _prove(root: Path) -> Privacy:
    numbers = invent(_NUMBERS)
    others = [one for one in invent(2 * _NUMBERS, seed=8) if one not in set(numbers)][:_NUMBERS]
    home = Home(root / "home", root / "home" / "landing")
    planted = list(deliveries(numbers))
    _say("the control of the search")
    shutil.rmtree(root / "control", ignore_errors=True)
    controls, misses = missed(root / "control", numbers[3])
    exits = _run_all(root, home, planted, numbers)
    copies = root / "copies"
    shutil.rmtree(copies, ignore_errors=True)
    citizens = _citizens(home)
    key = (home.state / "pseudonym.key").read_bytes()
    chosen = erasing.sample(numbers, home, _ERASED)
    again = Home(copies / "erased", copies / "erased" / "landing")
    shutil.copytree(home.root, again.root, symlinks=True)
    with ProcessPoolExecutor(_AT_ONCE, multiprocessing.get_context("spawn")) as workers:
        erased = workers.submit(_erase, again, chosen)
        stopped = workers.submit(keys.stopped, home, copies)
        looked = workers.submit(search, home.root, Needles.of(numbers), [home.landing])
        killed = [
            workers.submit(
                erasing.killed_then_finished, home, copies, chosen[-1 - place % _ERASED], place
            )
            for place in erasing.PLACES
        ]
        by_chance = workers.submit(search, home.root, Needles.of(others), [home.landing])
        guessed = workers.submit(keys.reproduced, citizens, numbers, keys.known_texts(home))
        found, chance = looked.result(), by_chance.result()
        _show(found)
        tried, reproduced = guessed.result()
        outcomes, lost = erased.result()
    return Privacy(
        numbers=len(numbers),
        planted=Counter(file.what for file in planted),
        runs=dict(zip(enumerate(_RUNS), exits, strict=True)),
        looked_at=found.looked_at,
        size=found.size,
        hits=found.hits,
        chance=len(chance.hits),
        controls=controls,
        misses=misses,
        guesses=tried,
        reproduced=reproduced,
        by_key=keys.with_key(citizens, numbers, key),
        citizens=len(citizens),
        stopped=stopped.result(),
        killed=[one.result() for one in killed],
        erased=outcomes,
        erased_citizens=len(chosen),
        hits_after_rereading=lost,
    )


def _run_all(
    root: Path, home: Home, planted: Sequence[Planted], numbers: Sequence[str]
) -> list[int]:
    """The exit codes of all runs; those of runs before this one was broken off are kept."""
    kept = root / "exits.json"
    exits: list[int] = json.loads(kept.read_text()) if kept.exists() else []
    if not exits:
        _lay(home, planted, numbers)
    for place, what in list(enumerate(_RUNS))[len(exits) :]:
        exits.append(_run(home, what, place, numbers))
        kept.write_text(json.dumps(exits))
    return exits


def _lay(home: Home, planted: Sequence[Planted], numbers: Sequence[str]) -> None:
    for file in planted:
        _put(home.landing / file.code / file.day / file.name, file.content)
    astray = numbers[900]  # folders and a link where none belong
    _put(home.landing / astray / "2024-06-03" / "x.csv", b"x")
    _put(home.landing / "101" / f"{astray[:6]}-{astray[6:]}" / "x.csv", b"x")
    link = home.landing / "101" / "2024-06-03" / f"{astray}.csv"
    if not link.is_symlink():
        link.symlink_to("/nowhere")


def _put(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def _run(home: Home, what: str, place: int, numbers: Sequence[str]) -> int:
    """One night or round of prechecks; what it says and its temporary files stay in the home."""
    _say(f"run {place}: {what}")
    if place:
        for file in deliveries(numbers[place * 3 :: 7], day=f"2024-06-{3 + place:02}"):
            if not file.what.startswith("broken"):
                _put(home.landing / file.code / file.day / file.name, file.content)
    temporary = home.root / "tmp"
    temporary.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "proof.privacy.nights", what, str(home.root)]
    with (home.root / f"run{place}.log").open("wb") as log:
        return subprocess.run(
            command,
            stdout=log,
            stderr=subprocess.STDOUT,
            env={**os.environ, "TMPDIR": str(temporary), "SAMTALER_KEY": ""},
            check=False,
        ).returncode


def _citizens(home: Home) -> set[str]:
    with duckdb.connect(str(home.publication), read_only=True) as connection:
        rows = connection.execute(
            "select citizen_key from meetings union select citizen_key from spells "
            "union select citizen_key from absences"
        ).fetchall()
    return {str(key) for (key,) in rows if key}


def _erase(home: Home, chosen: Sequence[str]) -> tuple[list[erasing.Erased], int]:
    """Each by the command itself, whose words are searched with the rest; then all is read again.

    Gives what came of each, and the places where one of them stands once the lake was lost and a
    night has read every file anew.
    """
    traces = {number: erasing.traces_of(home, number) for number in chosen}
    before = {number: erasing.hits(home, traces[number][0]) for number in chosen}
    for place, number in enumerate(chosen):
        ended = erasing.erase_by_command(home, number)
        (home.root / f"erase{place}.log").write_text(ended.stdout + ended.stderr, "utf-8")
        if ended.returncode:
            raise RuntimeError(f"erase ended with {ended.returncode}: {ended.stderr[-500:]}")
    outcomes = [
        erasing.judge(home, needles, rows, before[number], recount=place == 0)
        for place, (number, (needles, rows)) in enumerate(traces.items())
    ]
    shutil.rmtree(home.lake)
    if code := _run(home, "sound", 0, ()):
        raise RuntimeError(f"the night after ended with {code}")
    return outcomes, sum(erasing.hits(home, needles) for needles, _ in traces.values())


def _show(found: Found) -> None:
    for place, numbers in list(found.hits.items())[:40]:
        _say(f"FOUND {len(numbers)} in {place}")


def _say(what: str) -> None:
    print(what, flush=True)
