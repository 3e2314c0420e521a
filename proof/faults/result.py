"""What the campaign found, as tables of docs/proof.md."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from proof.faults.aims import WAYS
from proof.faults.campaign import Tried
from proof.faults.stage import program_version
from proof.record import Cell, Proof, Table, keep

_CHANCE: Final = 3.0  # nothing seen in n tries: at 95 %, at most 3 in n (rule of three)
_SAYS: Final = (
    (
        "A night on new deliveries is killed with kill -9 and the night that recovers is killed "
        "again more often than not, until one is left alone. Points of death: before every kind "
        "of write in the home, before SQL statements (of the counting, the alerts' memory, "
        "Dagster's history), where Dagster steps begin and end, and at random moments inside "
        "each step. Half of the kills take the night's process alone, half all processes of its "
        "session at once, which is how a loss of power is imitated."
    ),
    (
        "After every kill: the standing publication opens, is the old or the new one, has the "
        "bytes the ledger tells of and the totals of an undisturbed run. After the night that "
        "follows, which gets no help: every table's hash, the ledger, the history, the rows of "
        "the lake, the letters, the outbox and the list of all files are those of an "
        "undisturbed run. A violation is any difference."
    ),
    (
        "`light` nights are forked from a process that has imported the program, keep Dagster's "
        "history in memory, ask no contracts and make no report; `full` nights spare nothing; "
        "`command` is `samtaler nightly` itself. The homes are small (six municipalities of the "
        "demo)."
    ),
    (
        "Not tried: a disk that loses what was written but not yet flushed (the page cache "
        "survives a kill), network drives, Windows. A line cut off at the end of the ledger "
        "cannot be told from one never written unless its newest hash is kept elsewhere "
        "(`samtaler verify --head`)."
    ),
)


def keep_result(tried: Sequence[Tried]) -> Path:
    """Writes proof/results/faults.json."""
    return keep(proof_of(tried))


def proof_of(tried: Sequence[Tried]) -> Proof:
    """The proof's words and tables."""
    kills = [one for one in tried if one.fault == "kill"]
    others = [one for one in tried if one.fault != "kill"]
    return Proof(
        name="faults",
        title="Faults",
        command="make faults",
        says=[*_SAYS, _sum(kills, others)],
        tables=[
            _by_way(kills),
            _by_step(kills),
            _by_fault(others),
            *([_violations(tried)] if any(one.violations for one in tried) else []),
        ],
    )


def _sum(kills: Sequence[Tried], others: Sequence[Tried]) -> str:
    wrong = _wrong(kills)
    now = sum(one.program == program_version() for one in (*kills, *others))
    bound = ""
    if kills and not wrong:
        bound = f" None in {len(kills):,}: at 95 %, fewer than {_CHANCE / len(kills):.2%} go wrong."
    return (
        f"{len(kills):,} kills with {wrong} violations, {len(others):,} other faults with "
        f"{_wrong(others)}; {now:,} of them on the program as it was at the end.{bound}"
    )


def _wrong(some: Iterable[Tried]) -> int:
    return sum(bool(one.violations) for one in some)


def _by_way(kills: Sequence[Tried]) -> Table:
    groups = _grouped((f"{one.way}|{one.night}|{one.came}", one) for one in kills)
    order = list(WAYS.values())
    rows: list[tuple[Cell, ...]] = [
        (*name.split("|"), len(some), _wrong(some))
        for name, some in sorted(groups.items(), key=lambda it: order.index(it[0].split("|")[0]))
    ]
    return Table(
        "Kills by where they fell",
        ("where", "night", "what was killed", "kills", "violations"),
        rows,
    )


def _by_step(kills: Sequence[Tried]) -> Table:
    groups = _grouped((one.where, one) for one in kills)
    ways = list(WAYS.values())
    rows: list[tuple[Cell, ...]] = [
        (
            step,
            *(sum(one.way == way for one in some) for way in ways),
            len(some),
            _wrong(some),
        )
        for step, some in sorted(groups.items())
    ]
    return Table("Kills by step", ("step", *ways, "in all", "violations"), rows)


def _by_fault(others: Sequence[Tried]) -> Table:
    groups = _grouped((f"{one.fault}|{one.where}|{one.came}", one) for one in others)
    rows: list[tuple[Cell, ...]] = [
        (*name.split("|", 2), len(some), _wrong(some)) for name, some in groups.items()
    ]
    return Table(
        "Other faults, and what came of them",
        ("fault", "what", "came", "tries", "violations"),
        rows,
    )


def _violations(tried: Sequence[Tried]) -> Table:
    rows = [
        (one.fault, one.way, one.where, "; ".join(one.violations))
        for one in tried
        if one.violations
    ]
    return Table("Violations", ("fault", "way", "where", "what was wrong"), rows)


def _grouped(some: Iterable[tuple[str, Tried]]) -> dict[str, list[Tried]]:
    groups: dict[str, list[Tried]] = defaultdict(list)
    for name, one in some:
        groups[name].append(one)
    return groups
