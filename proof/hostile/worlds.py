"""A handful of deliveries that contradict each other, and what must stand when all have come.

By counting.md section 1, in plain Python.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

_MUNICIPALITIES: Final = ("101", "461")
_DAYS: Final = tuple(date(2026, 3, 1) + timedelta(n) for n in range(4))
_FILES: Final = ("a.csv", "A.csv", "b.csv", "æ.csv", "10.csv", "9.csv")
_CITIZENS: Final = ("k1", "k2", None)
_STATUSES: Final = ("held", "held", "held", "planned", "cancelled", "withdrawn")
KINDS: Final = ("meetings", "spells", "absences")


@dataclass(frozen=True, slots=True)
class Delivery:
    """One file: where it lay, and its usable rows, each a dict of the slice's own columns."""

    municipality: str
    day: date
    file: str
    kind: str
    rows: tuple[tuple[tuple[str, Any], ...], ...]
    rejected: tuple[int, ...]  # source rows

    @property
    def id(self) -> str:
        """The hash of the content."""
        content = f"{self.kind}{self.rows}{self.rejected}"
        return hashlib.sha256(content.encode()).hexdigest()

    @property
    def place(self) -> tuple[date, str, str]:
        """Its place in the order of versions."""
        return self.day, self.file, self.municipality


def draw_world(chance: random.Random) -> list[Delivery]:
    """Three to seven deliveries; some are the bytes of another again."""
    places = [(m, day, file) for m in _MUNICIPALITIES for day in _DAYS for file in _FILES]
    world: list[Delivery] = []
    for municipality, day, file in chance.sample(places, chance.randint(3, 7)):
        if world and chance.random() < 0.25:
            same = chance.choice(world)
            world.append(Delivery(municipality, day, file, same.kind, same.rows, same.rejected))
            continue
        kind = chance.choice((*KINDS, "meetings"))
        size = chance.randint(1, 5)
        rejected = tuple(n for n in range(1, size + 1) if chance.random() < 0.15)
        usable = (n for n in range(1, size + 1) if n not in rejected)
        rows = tuple(tuple(_row(chance, kind, number).items()) for number in usable)
        world.append(Delivery(municipality, day, file, kind, rows, rejected))
    return world


def _row(chance: random.Random, kind: str, number: int) -> dict[str, Any]:
    at = datetime(2026, 2, chance.randint(1, 3), chance.randint(8, 9))
    row: dict[str, Any] = {"source_row": number, "citizen_key": chance.choice(_CITIZENS)}
    if kind == "meetings":
        return row | {
            "meeting_id": f"M{chance.randint(1, 3)}",
            "meeting_type": chance.choice(("4", "7")),
            "form": chance.choice(("1", "2", None)),
            "status": chance.choice(_STATUSES),
            "started_at": at,
            "actor": "municipality",
        }
    period = {"started_on": at.date(), "ended_on": chance.choice((None, date(2026, 6, 1)))}
    row |= period | {"withdrawn": chance.random() < 0.2}
    if kind == "spells":
        return row | {"spell_id": f"F{chance.randint(1, 2)}", "target_group": "DP"}
    return row | {"absence_type": chance.choice(("8", "10"))}


Record = tuple[Any, ...]


def standing(world: Iterable[Delivery]) -> dict[str, set[Record]]:
    """By kind the current records, and under `deliveries` what became of each file's rows."""
    ordered = sorted(world, key=lambda delivery: delivery.place)
    seen: set[tuple[str, str]] = set()
    versions: dict[str, dict[Record, list[tuple[Delivery, dict[str, Any]]]]] = {
        k: {} for k in KINDS
    }
    told: set[Record] = set()
    originals = []
    for delivery in ordered:
        content = (delivery.municipality, delivery.id)
        if content in seen:
            told.add((delivery.municipality, delivery.day, delivery.file, "repeat", 0, 0, 0, 0))
            continue
        seen.add(content)
        originals.append(delivery)
        for row in map(dict, delivery.rows):
            versions[delivery.kind].setdefault(_record(delivery, row), []).append((delivery, row))
    ends: dict[tuple[date, str, str], list[int]] = {d.place: [0, 0, 0] for d in originals}
    found: dict[str, set[Record]] = {kind: set() for kind in KINDS}
    for kind, records in versions.items():
        for history in records.values():
            last, row = history[-1]
            if row.get("withdrawn") or row.get("status") == "withdrawn":
                for delivery, _ in history:
                    ends[delivery.place][2] += 1
                continue
            for delivery, _ in history[:-1]:
                ends[delivery.place][1] += 1
            ends[last.place][0] += 1
            found[kind].add(current(last.municipality, last.id, row))
    for delivery in originals:
        told.add(
            (
                *(delivery.municipality, delivery.day, delivery.file, "accepted"),
                *ends[delivery.place],
                len(delivery.rejected),
            )
        )
    return {**found, "deliveries": told}


def current(municipality: str, delivery_id: str, row: dict[str, Any]) -> Record:
    """A current record as both sides write it: all it says, and the row it comes from."""
    shown = (
        *("meeting_id", "spell_id", "absence_type", "citizen_key", "meeting_type", "status"),
        *("target_group", "started_at", "started_on", "ended_on", "source_row"),
    )
    return municipality, delivery_id, *(row.get(name) for name in shown)


def _record(delivery: Delivery, row: dict[str, Any]) -> Record:
    if delivery.kind == "meetings":
        return delivery.municipality, row["meeting_id"]
    if delivery.kind == "spells":
        return delivery.municipality, row["spell_id"]
    return delivery.municipality, row["citizen_key"], row["absence_type"], row["started_on"]
