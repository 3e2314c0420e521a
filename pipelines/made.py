"""What was made of which publication, so that a night with nothing new does not make it again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from pipelines.code_version import code_version
from pipelines.ledger import Ledger
from pipelines.placing import put_in_place
from pipelines.settings import Home
from pipelines.vintages import standing_publication

# What letters and report are drawn and written with: another version may give other bytes.
_LIBRARIES: Final = (
    *("altair", "vl-convert-python", "pillow", "jinja2", "markupsafe"),
    *("xlsxwriter", "polars", "duckdb"),
)


@dataclass(frozen=True, slots=True)
class Made:
    """One thing made after the publication, and the note that is written when it is whole.

    The note holds hashes and the maker's own figures, and no name of a file: a name may be erased.
    """

    note: Path
    rests_on: str  # a hash; empty where the ledger does not know the publication
    places: tuple[Path, ...]  # folders and files made, all of them

    def recall(self) -> dict[str, Any] | None:
        """The figures noted, where all stands as it was made of the same; None: make it again."""
        try:
            noted = json.loads(self.note.read_text("utf-8"))
            told, stands = noted["told"], (noted["rests_on"], noted["stands"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if not self.rests_on or stands != (self.rests_on, self._as_it_stands()):
            return None
        return told if isinstance(told, dict) else None

    def begin(self) -> None:
        """Forgets the note: until it is written again, what stands counts as unfinished."""
        self.note.unlink(missing_ok=True)

    def finish(self, told: dict[str, Any]) -> None:
        """Notes that all is made."""
        noted = {"rests_on": self.rests_on, "stands": self._as_it_stands(), "told": told}
        with put_in_place(self.note) as fresh:
            fresh.write_text(json.dumps(noted), "utf-8")

    def _as_it_stands(self) -> str:
        """A hash of the name, size and time of every file: reading them would take seconds."""
        digest = hashlib.sha256()
        for place in self.places:
            for file in sorted([place, *place.rglob("*")]):
                if file.is_file():
                    found = file.stat()
                    name = file.relative_to(place.parent)
                    digest.update(f"{name}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
        return digest.hexdigest()


def made_by() -> str:
    """The code and the libraries that letters and report are made by."""
    return " ".join((code_version("telling"), *(version(library) for library in _LIBRARIES)))


def made_of(home: Home, name: str, places: Sequence[Path], settings: str = "") -> Made:
    """What is made of the publication that stands, by this code, under these settings."""
    note = home.state / "made" / f"{name}.json"
    standing = Ledger(home.ledger).newest().get(standing_publication(home) or "")
    if standing is None:
        return Made(note, "", tuple(places))
    parts = f"{standing.file_sha256}\0{made_by()}\0{settings}"
    return Made(note, hashlib.sha256(parts.encode()).hexdigest(), tuple(places))
