"""A delivered file that has been opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True)
class Opened:
    """What a file turned out to be, and its rows as text.

    `kind` is meetings, spells or absences. `encoding` is utf-8, utf-16 or windows-1252, None for
    containers that have their own. `separator` is that of a text table, else None. `frames` are
    bounded, in file order, and may raise Unreadable while they are read.
    """

    kind: str
    encoding: str | None
    separator: str | None
    frames: Iterator[pl.DataFrame]
