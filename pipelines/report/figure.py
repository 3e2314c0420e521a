"""One public figure: shown, hidden or missing, and how settled it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

Level = Literal["country", "region", "municipality"]
Status = Literal["shown", "hidden", "missing"]
Stage = Literal["running", "provisional", "revised", "final"]
STAGES: Final[tuple[Stage, ...]] = ("running", "provisional", "revised", "final")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number and what it covers. `value` is None unless `status` is shown."""

    id: str
    value: int | None
    status: Status
    stage: Stage | None  # of a sum: its least settled month; None where missing
    months: tuple[date, ...]

    @property
    def hidden(self) -> bool:
        """Whether there is a number that may not be told."""
        return self.status == "hidden"
