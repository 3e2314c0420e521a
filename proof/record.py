"""What a proof found, kept as a file beside the program: the figures that docs/proof.md shows."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

RESULTS: Final = Path(__file__).parent / "results"
_SHOWN: Final = ("duckdb", "polars", "dagster", "great-expectations")
Cell = str | int | float | None


def this_machine() -> str:
    """The machine and the versions a figure rests on, in one line."""
    cores = os.cpu_count() or 1
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    packages = ", ".join(f"{name} {version(name)}" for name in _SHOWN)
    return (
        f"{cores} cores ({platform.machine()}), {memory:.0f} GB, {platform.system()}, "
        f"Python {platform.python_version()}, {packages}"
    )


@dataclass(frozen=True, slots=True)
class Table:
    """A table of measured figures: one heading a column, one cell a column in every row."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"{self.title}: a row has not one cell a column")


@dataclass(frozen=True, slots=True)
class Proof:
    """What one command found: the words that explain it, its tables, and where it was run."""

    name: str  # of the file in results/
    title: str
    command: str  # that makes it again
    says: Sequence[str]  # paragraphs of Markdown: what was done, what is promised, what is not
    tables: Sequence[Table]
    measured: str = field(default_factory=lambda: datetime.now(UTC).date().isoformat())
    machine: str = field(default_factory=this_machine)


def keep(proof: Proof, folder: Path = RESULTS) -> Path:
    """Writes the proof's file, which replaces what the same command found before."""
    folder.mkdir(exist_ok=True)
    file = folder / f"{proof.name}.json"
    text = json.dumps(asdict(proof), ensure_ascii=False, indent=1)
    file.write_text(text + "\n", encoding="utf-8")
    return file


def kept(folder: Path = RESULTS) -> list[Proof]:
    """The proofs at hand, by name."""
    return [_read(json.loads(file.read_text("utf-8"))) for file in sorted(folder.glob("*.json"))]


def _read(raw: Mapping[str, object]) -> Proof:
    tables = raw.pop("tables") if isinstance(raw, dict) else []
    return Proof(**raw, tables=[Table(**table) for table in tables])  # type: ignore[arg-type]
