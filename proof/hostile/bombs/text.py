"""Text of a size or shape that no delivery has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from proof.hostile.bombs.bomb import HEAD, MB, ROW, Bomb


def text() -> Iterator[Bomb]:
    """CSV, and files of nothing with any ending."""
    yield Bomb("10 GB, sparse, csv", "a.csv", _sparse)
    yield Bomb("10 GB, sparse, xlsx", "a.xlsx", _sparse)
    yield Bomb("10 GB, sparse, gzip", "a.csv.gz", _sparse)
    yield Bomb("10 GB, sparse, parquet", "a.parquet", _sparse)
    yield Bomb("1 GB, sparse, csv", "a.csv", lambda p: _sparse(p, 1 << 30))
    yield Bomb("1 GB, sparse, json", "a.json", lambda p: _sparse(p, 1 << 30))
    yield Bomb("a million columns", "a.csv", lambda p: p.write_text("a;" * 1_000_000 + "\n"))
    yield Bomb(
        "a million columns of known names",
        "a.csv",
        lambda p: p.write_text(HEAD[:-1] + ";cpr" * 1_000_000),
    )
    yield Bomb(
        "a million cells in a row",
        "a.csv",
        lambda p: p.write_text(HEAD + ROW + "x;" * 500_000 + "\n" + ROW + "\n"),
        1,  # the row after it
    )
    yield Bomb(
        "a cell of 50 MB", "a.csv", lambda p: p.write_text(HEAD + ROW + "x" * 50 * MB + "\n")
    )
    yield Bomb(
        "a quoted cell of 50 MB",
        "a.csv",
        lambda p: p.write_text(HEAD + ROW + '"' + "x\n" * 25 * MB + '"\n'),
    )
    yield Bomb(
        "a quote that never closes, 200 MB",
        "a.csv",
        lambda p: p.write_text(HEAD + '"' + (ROW + "x\n") * 5_000_000),
    )
    yield Bomb("nothing but quotes, 100 MB", "a.csv", lambda p: p.write_text(HEAD + '"' * 100 * MB))
    yield Bomb(
        "a quote in every row, one id, 100 MB",
        "a.csv",
        lambda p: p.write_text(HEAD + (ROW + '"a"";""b"\n') * 2_000_000),
        1,
    )
    yield Bomb("a header of 100 MB", "a.csv", lambda p: p.write_text("x" * 100 * MB))


def _sparse(path: Path, size: int = 10 << 30) -> None:
    with path.open("wb") as file:
        file.truncate(size)
