"""The public figures as last released: `state/report.parquet`, with a hash of its rows.

What is hidden follows from them, so that a bit that turned on the disk could show what was hidden.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

import polars as pl

from pipelines.placing import put_in_place

_HASH: Final = "sha256_of_rows"


class ReleasedDamagedError(Exception):
    """The figures last released are not as they were written; the message is for the operator."""


def read_released(file: Path) -> pl.DataFrame | None:
    """The figures (schema disclosure.release.SCHEMA); None where there are none yet.

    Those of an older program have no hash and are taken as they are. Raises ReleasedDamagedError.
    """
    if not file.exists():
        return None
    try:
        stated = pl.read_parquet_metadata(file).get(_HASH)
        rows = pl.read_parquet(file, glob=False)
        damaged = stated is not None and stated != hash_of_rows(rows)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException):
        damaged = True
    if damaged:
        raise ReleasedDamagedError(
            f"De tal, rapporten sidst viste ({file}), er beskadiget, så rapporten er ikke lavet: "
            "det, der er skjult, kunne komme frem. Gendan filen fra en sikkerhedskopi, og kør "
            "igen. Findes ingen, så flyt filen væk; da vælges på ny, hvad der skjules, og den, "
            "der har gemt en ældre rapport, kan måske regne skjulte tal ud."
        )
    return rows


def write_released(file: Path, rows: pl.DataFrame) -> None:
    """Replaces the figures, durably and in one step."""
    with put_in_place(file, durably=True) as fresh:
        rows.write_parquet(fresh, metadata={_HASH: hash_of_rows(rows)})


def hash_of_rows(rows: pl.DataFrame) -> str:
    """The hash that is kept with the figures."""
    return hashlib.sha256(rows.write_csv().encode()).hexdigest()
