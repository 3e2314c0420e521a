"""One public figure: shown, hidden or missing, and how settled it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

from pipelines.disclosure.rules import Stage

Status = Literal["shown", "hidden", "missing"]
STAGES: Final[tuple[Stage, ...]] = get_args(Stage)  # the least settled first


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
