"""A dangerous file, and what the smallest deliveries are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

CANARY: Final = "KANARIE-4712"  # in a file beside the delivery that XML is asked to fetch
MB: Final = 1 << 20
HEAD: Final = "samtale_id;cpr;samtaletype;start;status;bemaerkning\n"
ROW: Final = "1;0101901234;7;2024-01-02;afholdt;"


@dataclass(frozen=True, slots=True)
class Bomb:
    """A dangerous file; `rows` is how many rows must be accepted, None where it must be refused."""

    name: str
    file: str
    write: Callable[[Path], object]
    rows: int | None = None
