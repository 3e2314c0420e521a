"""What the race measured, run by run; sizes are run at different times and kept together."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

MEASURED: Final = Path(__file__).parent / "measured.json"


@dataclass(frozen=True, slots=True)
class Measurement:
    """One run of one contestant."""

    meetings: int
    contestant: str
    round: int
    wall: float  # seconds
    cpu: float  # seconds
    peak: float  # gigabytes
    died: str  # why it did not end well; "" where it did
    equal: bool | None  # whether its answer was the project's; None where it has none
    versions: str
    measured: str  # the day, ISO
    machine: str


def load(file: Path = MEASURED) -> list[Measurement]:
    """Every run kept so far."""
    if not file.exists():
        return []
    return [Measurement(**row) for row in json.loads(file.read_text("utf-8"))]


def merge(kept: Iterable[Measurement], new: Sequence[Measurement]) -> list[Measurement]:
    """The runs kept and the new ones, which replace all of the same contestant and size."""
    fresh = {(run.meetings, run.contestant) for run in new}
    others = [run for run in kept if (run.meetings, run.contestant) not in fresh]
    return sorted([*others, *new], key=lambda run: (run.meetings, run.contestant, run.round))


def save(runs: Sequence[Measurement], file: Path = MEASURED) -> None:
    """Writes the runs, one a line."""
    rows = ",\n".join(json.dumps(asdict(run), ensure_ascii=False) for run in runs)
    file.write_text(f"[\n{rows}\n]\n", encoding="utf-8")
