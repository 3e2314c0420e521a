"""Deliveries at their worst, and orders of arrival.

python -m proof.hostile
"""

from __future__ import annotations

import multiprocessing
import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Final

from proof.hostile.blind import GUARDS
from proof.hostile.bombs import bombs
from proof.hostile.bombs.bomb import Bomb
from proof.hostile.bombs.large import large_and_good
from proof.hostile.door import MOST_MB, Measured, try_bomb
from proof.hostile.families import HEADINGS, SEEDS, Sums, judge_all, total
from proof.hostile.orders import Tried, try_orders
from proof.record import Cell, Proof, Table, keep

_WORLDS, _ORDERS = 500, 20
_DOORS: Final = 4  # files read at a time


def main() -> None:
    """Runs both proofs and keeps what they found."""
    processes = ProcessPoolExecutor(2, multiprocessing.get_context("spawn"))
    with processes, tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(_DOORS) as doors:
        orders = processes.submit(try_orders, 1, _WORLDS, _ORDERS)
        families = processes.submit(judge_all, Path(folder))
        dangerous = doors.map(lambda bomb: _measured(bomb, Path(folder)), bombs())
        keep(_orders(orders.result()))
        measured = list(dangerous)
        keep(_hostile(*families.result(), measured))  # so that it is not lost if the rest is
        measured += doors.map(lambda bomb: _measured(bomb, Path(folder)), large_and_good())
        keep(_hostile(*families.result(), measured))


def _measured(bomb: Bomb, root: Path) -> Measured:
    with tempfile.TemporaryDirectory(dir=root) as place:
        found = try_bomb(bomb, Path(place))
    print(bomb.name, "|", found.said, f"| {found.seconds:.1f} s", found.megabytes, flush=True)
    return found


def _hostile(seen: Sums, unseen: Sums, measured: Sequence[Measured]) -> Proof:
    all_files = total(seen)
    files, rows = all_files["files"], all_files["rows meant"]
    silent = all_files["silently wrong"] + all_files["lost"]
    crashes = all_files["crashes"] + sum(found.said.startswith("exit") for found in measured)
    peak = max(found.megabytes for found in measured)
    wrong = sum(not found.ends_well for found in measured)
    return Proof(
        name="hostile",
        title="Deliveries at their worst",
        command="make hostile",
        says=[
            (
                f"{files:,} files made from {SEEDS} seeds, {rows:,} meetings whose meaning their "
                "maker knows, read as the night reads them. Every row that is accepted must "
                "be the one that was meant: citizen, type, mode, status, start, actor, "
                f"registration, summons, system. **{silent} rows silently wrong or lost, {crashes} "
                "crashes.**"
            ),
            (
                "How it is judged. interface.md section 2 says what must be read, counting.md "
                "section 1 what is as a blank: an unreadable registration or summons, a form with "
                "no known word. Such a row is right but counted apart; a mode may be left unknown "
                "and never be another mode. Remarks count by the mode they may decide. 02:30 on "
                "the night in March that has none stays 02:30 of that day."
            ),
            (
                f"{len(measured)} dangerous files went to `samtaler precheck` itself, in a process "
                f"of its own. Promised is under {MOST_MB} MB at the door. **The worst took {peak} "
                f"MB; {wrong} ended otherwise than they should.** Good files as "
                "large as is allowed must be read, too. Seconds are of four at a time."
            ),
            (
                "No reader can see a fault that the file does not show. The last table says what "
                "comes of those, and what stands against them outside the file; it is no part of "
                "the figures above. Not tried: files on network drives, disks that fail while a "
                "file is read, spells and absences (they are read by the same code)."
            ),
        ],
        tables=[
            _judged("Files by family", seen),
            _taken(measured),
            _guarded("What nothing in a file shows", unseen),
        ],
    )


def _judged(title: str, sums: Sums) -> Table:
    families = [*sums.items(), ("all", total(sums))]
    rows: list[list[Cell]] = [
        [family, *(counted[heading] for heading in HEADINGS)] for family, counted in families
    ]
    return Table(title, ["family", *HEADINGS], rows)


def _guarded(title: str, sums: Sums) -> Table:
    shown = [heading for heading in HEADINGS if heading not in {"lost", "crashes"}]
    rows: list[list[Cell]] = [
        [fault, *(counted[heading] for heading in shown), GUARDS[fault]]
        for fault, counted in sums.items()
    ]
    return Table(title, ["fault", *shown, "what stands against it"], rows)


def _taken(measured: Iterable[Measured]) -> Table:
    rows: list[list[Cell]] = [
        [
            found.bomb.name,
            found.said,
            "yes" if found.ends_well else "NO",
            found.seconds,
            found.megabytes,
        ]
        for found in measured
    ]
    return Table(
        "Dangerous files at the door",
        ["file", "outcome", "as it should", "seconds", "peak MB"],
        rows,
    )


def _orders(tried: Tried) -> Proof:
    return Proof(
        name="orders",
        title="Orders of arrival",
        command="make hostile",
        says=[
            (
                "A handful of deliveries that correct, withdraw, reject, repeat and contradict "
                "each other, in two municipalities with the same ids, on the same and on other "
                "days, arrives in any order. The product's own SELECTs (`sql/records/`) must give "
                "the current meetings, spells and absences, and each file's accepted, superseded, "
                "withdrawn and rejected rows, that counting.md section 1 gives when it is written "
                "down in plain Python (`proof/hostile/worlds.py`)."
            ),
            (
                f"**{tried.wrong} of {tried.orders:,} orders came out otherwise.** An order here "
                "is the order in which rows and lists lie in the lake, the rows of all deliveries "
                "shuffled. Nights in between need no trial of their own: they leave nothing behind "
                "but those rows and lists."
            ),
        ],
        tables=[
            Table(
                "Orders",
                ["sets of deliveries", "orders", "deliveries", "usable rows", "otherwise"],
                [[tried.worlds, tried.orders, tried.deliveries, tried.rows, tried.wrong]],
            )
        ],
    )


if __name__ == "__main__":
    main()
