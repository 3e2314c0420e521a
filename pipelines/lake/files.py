"""The lake's files: Parquet with the hash of its bytes in the name, looked at before each use."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

import polars as pl

from pipelines.placing import sync_file, sync_folder

_HASH_DIGITS: Final = 32  # of a file's SHA-256: enough for chance, and names stay short
_MEND: Final = (
    "Gendan lake/ fra en sikkerhedskopi, eller flyt mappen lake/ væk (gem den), og kør igen; så "
    "læses alle filer i landing/ på ny."
)


class LakeDamagedError(Exception):
    """A file of the lake is gone or is not as it was written; the message is for the operator."""


def damaged(what: str) -> LakeDamagedError:
    """The error that says `what` is wrong, and how to mend it."""
    return LakeDamagedError(f"Lageret er beskadiget: {what}. {_MEND}")


def checked(file: Path) -> Path:
    """The file, once its bytes are found to be those its name tells of.

    A file that an older program wrote has no hash in its name, and is looked at when it is read.
    """
    if _has_hash(file) and not _is_as_written(file):
        raise damaged(f"{file} kan ikke læses")
    return file


def _has_hash(file: Path) -> bool:
    return len(_stated(file)) == _HASH_DIGITS


def _stated(file: Path) -> str:
    *_, stated, _suffix = file.name.split(".")
    return stated


def _is_as_written(file: Path) -> bool:
    try:
        return _hash_of(file) == _stated(file)
    except OSError:
        return False


def _hash_of(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()[:_HASH_DIGITS]


def read_list(file: Path) -> pl.DataFrame:
    """The rows of a whole file. Raises LakeDamagedError where they are not as written."""
    try:
        return pl.read_parquet(checked(file), glob=False)
    except (pl.exceptions.PolarsError, OSError):
        if _is_as_written(file):
            raise  # there was no memory or no room to read it
        raise damaged(f"{file} kan ikke læses") from None


def write_hashed(folder: Path, name: str, rows: pl.DataFrame) -> Path:
    """Writes `<name>.<hash>.parquet` in one atomic step; gives the file."""
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{name}.next"
    rows.write_parquet(fresh, compression="lz4")
    sync_file(fresh)
    place = fresh.replace(folder / f"{name}.{_hash_of(fresh)}.parquet")
    sync_folder(folder)
    return place
