"""Parquet with few bytes and many values."""

from __future__ import annotations

import gzip
import io
import random
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from proof.hostile.bombs.bomb import MB, Bomb
from proof.hostile.truth import COLUMNS, draw


def columnar() -> Iterator[Bomb]:
    """Parquet, as it is and packed."""
    meeting = dict(zip(COLUMNS, [*draw(random.Random(1), 1)[0].cells.values()], strict=True))
    yield Bomb(
        "parquet, 60 million equal rows",
        "a.parquet",
        lambda p: pl.select(
            pl.repeat(text, 60_000_000).alias(name) for name, text in meeting.items()
        ).write_parquet(p),
    )
    yield Bomb(
        "parquet, 20,000 columns",
        "a.parquet",
        lambda p: pl.DataFrame({f"c{n}": [1] for n in range(20_000)}).write_parquet(p),
    )
    yield Bomb(
        "parquet, a text of 200 MB",
        "a.parquet",
        lambda p: pl.DataFrame({**meeting, "bemaerkning": ["x" * 200 * MB]}).write_parquet(p),
    )
    yield Bomb(
        "parquet in gzip, a text of 200 MB",
        "a.parquet.gz",
        lambda p: _gzipped(p, pl.DataFrame({**meeting, "bemaerkning": ["x" * 200 * MB]})),
    )
    yield Bomb(
        "parquet, 1 MB in each of 3,000 rows",
        "a.parquet",
        lambda p: (
            pl.DataFrame(meeting)
            .select(pl.exclude("bemaerkning").repeat_by(3000).explode())
            .with_columns(bemaerkning=pl.lit("x" * (MB - 1)))
            .write_parquet(p)
        ),
    )
    yield Bomb(
        "parquet, 1 MB in each of 1,900 rows after 400,000 short ones",
        "a.parquet",
        lambda p: pl.concat(
            pl.select(
                pl.repeat(text, rows).alias(name)
                for name, text in {**meeting, "bemaerkning": remark}.items()
            )
            for rows, remark in ((400_000, "kort"), (1_900, "x" * (MB - 1)))
        ).write_parquet(p),
        1,
    )
    yield Bomb(
        "parquet, its end only",
        "a.parquet",
        lambda p: p.write_bytes(b"PAR1" + b"\xff\xff\xff\x7f" + b"PAR1"),
    )


def _gzipped(path: Path, frame: pl.DataFrame) -> None:
    content = io.BytesIO()
    frame.write_parquet(content)
    path.write_bytes(gzip.compress(content.getvalue(), 1))
