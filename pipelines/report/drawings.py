"""Drawings kept from the report before: what is drawn of the same comes out the same."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

_CHECK: Final = sha256().digest_size


@dataclass(frozen=True, slots=True)
class Drawings:
    """The drawings of the last report, and beside them those of the one at work.

    Without a folder nothing is kept. A drawing lies under a hash of what it is drawn from and by
    which code, and begins with a hash of itself: what is damaged is drawn again.
    """

    folder: Path | None = None
    drawn_by: str = ""  # code and libraries

    def begin(self) -> None:
        """Clears away what a killed night left."""
        shutil.rmtree(self._fresh, ignore_errors=True)
        self._fresh.mkdir(parents=True)

    def finish(self) -> None:
        """Keeps the drawings of this report alone. Raises OSError where they cannot be moved."""
        assert self.folder is not None  # noqa: S101 - for mypy
        shutil.rmtree(self.folder, ignore_errors=True)
        self._fresh.replace(self.folder)

    def take(self, drawn_from: str, draw: Callable[[], bytes]) -> bytes:
        """The drawing, from the last report where it is there, else drawn now."""
        if self.folder is None:
            return draw()
        name = sha256(f"{self.drawn_by}\0{drawn_from}".encode()).hexdigest()
        kept = _read(self.folder / name) or draw()
        (self._fresh / name).write_bytes(sha256(kept).digest() + kept)
        return kept

    @property
    def _fresh(self) -> Path:
        assert self.folder is not None  # noqa: S101 - for mypy
        return self.folder.with_name(f"{self.folder.name}.next")


NOTHING_KEPT: Final = Drawings()


def _read(file: Path) -> bytes | None:
    """What was kept; None where it is not there or not whole."""
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return None
    check, drawing = content[:_CHECK], content[_CHECK:]
    return drawing if sha256(drawing).digest() == check else None
