"""What was tried so far: one line a fault in a file, so that the next run goes on from there."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Tried:
    """One fault, and what was wrong after it: nothing, as a rule."""

    fault: str  # kill, full disk, memory, ...
    way: str  # of doing it: before a write, at a moment, ...
    where: str  # the step, or what was damaged
    night: str  # light, full or command
    came: str  # killed, refused, published, ...
    violations: Sequence[str] = ()
    program: str = ""
    seconds: float = 0.0


class Campaign:
    """The file that remembers."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def add(self, tried: Tried) -> None:
        """Writes one line; half a line of a run that was itself killed is skipped on reading."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with self.file.open("ab") as campaign:
            campaign.write(b"\n" + json.dumps(asdict(tried), ensure_ascii=False).encode())
            campaign.flush()
            os.fsync(campaign.fileno())

    def tried(self) -> list[Tried]:
        """Everything so far."""
        return list(self._read())

    def _read(self) -> Iterator[Tried]:
        if not self.file.exists():
            return
        for line in self.file.read_bytes().split(b"\n"):
            try:
                yield Tried(**json.loads(line))
            except ValueError:
                continue
