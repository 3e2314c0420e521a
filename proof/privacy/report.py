"""What the proof of privacy found, as docs/proof.md shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from proof.privacy.erasing import Erased
from proof.record import Cell, Proof, Table

_RUNS: Final = {
    "sound": "a night",
    "held_back": "a night that a failing check holds back",
    "crash": "a night that breaks in the intake, its error quoting every file",
    "reader_crash": "a night whose readers break, their error quoting their files",
    "precheck": "a precheck of every file",
}
_PLACES: Final = (
    "before the lake is touched",
    "before publications are replaced",
    "before letters, history and messages are cleaned",
    "before the ledger is told",
    "before letters and report are made again",
)


@dataclass(frozen=True, slots=True)
class Privacy:
    """Every figure of the proof."""

    numbers: int
    planted: Mapping[str, int]  # files by what they are
    runs: Mapping[tuple[int, str], int]  # exit code by place and kind
    looked_at: Mapping[str, int]  # by kind of artefact
    size: int  # bytes
    hits: Mapping[str, set[str]]
    chance: int  # places where a number that was never planted was found
    controls: Mapping[str, int]
    misses: int
    guesses: int
    reproduced: int
    by_key: int
    citizens: int
    stopped: Mapping[str, bool]
    killed: Sequence[Erased]
    erased: Sequence[Erased]
    erased_citizens: int
    hits_after_rereading: int

    @property
    def holds(self) -> bool:
        """Whether everything promised held."""
        erased = [*self.killed, *self.erased]
        return not (
            self.hits
            or self.misses
            or self.reproduced
            or self.hits_after_rereading
            or not self.by_key
            or not all(self.stopped.values())
            or any(one.hits_after or one.unequal or one.ledger for one in erased)
            or not all(one.hits_before for one in erased)
        )


def proof_of(found: Privacy) -> Proof:
    """The proof's words and tables."""
    return Proof(
        name="privacy",
        title="Privacy",
        command="make privacy",
        says=_says(found),
        tables=(
            _planted(found),
            _searched(found),
            _controls(found),
            _keys(found),
            _erasures(found),
        ),
    )


def _says(found: Privacy) -> list[str]:
    planted = (
        f"{found.numbers:,} invented CPR numbers were planted in {sum(found.planted.values())} "
        "files: in every column, in remarks, ids, headers, names of files and folders, with and "
        "without hyphen, blanks and leading zero, in sound files and broken ones. After the runs "
        "below, every byte of the home outside `landing/` was searched for each number in each "
        "way of writing: as it lies, decompressed, and every cell of every Parquet, SQLite and "
        "DuckDB table. What the runs said and their temporary folder lay in that home too. "
        "Promised: 0."
    )
    not_tried = (
        "Not tried: memory dumps, swap, the blocks of a disk that a deleted file leaves behind. A "
        "number that lost its leading zero is nine digits like any others: it is told as one "
        "where it stands in the column of CPR numbers, in the id of the same row, in names of "
        "files and in messages; in the id of someone else's row it is not."
    )
    erasure = (
        "Erasure is `samtaler erase` ([how](erasure.md)). Looked for after it: the citizen's key, "
        "the mark that stands where his number stood, the ids of his meetings and spells, and "
        "his number."
    )
    return [planted, not_tried, erasure]


def _planted(found: Privacy) -> Table:
    rows: list[list[Cell]] = [[what, files] for what, files in sorted(found.planted.items())]
    return Table("Planted", ["in", "files"], rows)


def _searched(found: Privacy) -> Table:
    runs: list[list[Cell]] = [
        [f"run {place + 1}: {_RUNS[what]}", f"exit {code}"]
        for (place, what), code in found.runs.items()
    ]
    looked: list[list[Cell]] = [
        [f"looked through: {what}", count] for what, count in sorted(found.looked_at.items())
    ]
    return Table(
        "Searched",
        ["what", "figure"],
        [
            *runs,
            *looked,
            ["looked through: MB as they lie", found.size / 1e6],
            ["places with a planted number", len(found.hits)],
            [f"places with one of {found.numbers:,} numbers that were never planted", found.chance],
        ],
    )


def _controls(found: Privacy) -> Table:
    rows: list[list[Cell]] = [[kind, ways] for kind, ways in found.controls.items()]
    return Table(
        f"The search itself: a number planted on purpose, missed {found.misses} times",
        ["artefact", "ways of writing"],
        rows,
    )


def _keys(found: Privacy) -> Table:
    stopped: list[list[Cell]] = [
        [f"key {what}: the night stops and has read nothing", "yes" if held else "NO"]
        for what, held in found.stopped.items()
    ]
    return Table(
        "Pseudonyms and their key",
        ["what", "figure"],
        [
            ["citizen keys in the publication", found.citizens],
            ["of those, given by the key from the planted numbers (control)", found.by_key],
            [
                "guesses without the key: plain and salted hashes, every hash and id as key",
                found.guesses,
            ],
            ["citizen keys a guess gave", found.reproduced],
            *stopped,
        ],
    )


def _erasures(found: Privacy) -> Table:
    def row(what: str, some: Sequence[Erased]) -> list[Cell]:
        return [
            what,
            len(some),
            sum(one.rows for one in some),
            sum(one.texts for one in some),
            sum(one.hits_before for one in some),
            sum(one.hits_after for one in some),
            sum(one.unequal for one in some),
            sum(one.ledger for one in some),
        ]

    killed = [
        row(f"killed (SIGKILL) {_PLACES[place]}", [one]) for place, one in enumerate(found.killed)
    ]
    return Table(
        "Erased",
        [
            "erasure",
            "citizens",
            "rows",
            "texts looked for",
            "places before",
            "places after",
            "publications a recount does not give",
            "problems of the ledger",
        ],
        [
            row("by the command", found.erased),
            [
                "and the lake was lost, every file read again",
                *(found.erased_citizens, None, None, None, found.hits_after_rereading, None, None),
            ],
            *killed,
        ],
    )
