"""Files as large as is allowed."""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator
from pathlib import Path

from proof.hostile.bombs.bomb import Bomb
from proof.hostile.truth import draw, table
from proof.hostile.zeros import workbook


def large_and_good() -> Iterator[Bomb]:
    """Files as large as is allowed, and good: they must be read, within the same memory."""
    yield Bomb("good: gzip of 1.9 GB", "a.csv.gz", lambda p: _good(p, 12_500_000), 12_500_000)
    yield Bomb(
        "every row rejected: csv of 500 MB", "a.csv", lambda p: _good(p, 3_300_000, bad=True), 0
    )
    yield Bomb("good: xlsx of 400,000 rows", "a.xlsx", _large_workbook, 400_000)


def _good(path: Path, rows: int, *, bad: bool = False) -> None:
    head, _, body = table(draw(random.Random(7), 1000)).partition("\r\n")
    lines = [line.partition(";")[2] for line in body.splitlines()]
    if bad:
        lines = [f"x{line}" for line in lines]  # no CPR number begins so
    packs = path.suffix == ".gz"
    with gzip.open(path, "wt", 1) if packs else path.open("w") as file:
        file.write(f"{head}\n")
        for first in range(10_000_000, 10_000_000 + rows, 1000):
            file.write("".join(f"{first + at};{line}\n" for at, line in enumerate(lines)))


def _large_workbook(path: Path) -> None:
    rows = draw(random.Random(8), 20)
    many = [rows[number % 20].written(samtale_id=str(number + 1)) for number in range(400_000)]
    path.write_bytes(workbook(many, {}, {"constant_memory": False}))
