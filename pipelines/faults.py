"""What a clerk is told when the machine fails: one Danish sentence, and no cell of a delivery.

The words of an error may quote a row, and a path may hold a CPR number, so neither is passed on
as it is.
"""

from __future__ import annotations

import errno
import re
import traceback
from pathlib import Path
from typing import Final

_FULL: Final = "Disken er fuld{where}. Den gamle udgivelse står. Gør plads, og kør igen."
_DENIED: Final = "Adgang nægtet{where}. Den gamle udgivelse står. Ret rettighederne, og kør igen."
_MEMORY: Final = "Der er ikke hukommelse nok. Luk andre programmer, og kør igen."
_HISTORY: Final = (
    "Dagsters historik kan ikke læses eller skrives. Flyt mappen state/dagster væk, og kør igen; "
    "leverancer og udgivelser ligger andre steder."
)
# DuckDB, Polars and SQLite tell of a full disk in words only.
_WORDS_OF_A_FULL_DISK: Final = (
    *("no space left", "disk is full", "not enough space", "disk quota"),
    "invalid thrift: transport error",  # Polars, of a Parquet file whose end could not be written
)
# Nor do Polars and Python name memory where a thread finds no room for its stack.
_WORDS_OF_NO_MEMORY: Final = (
    *("spawn worker thread", "spawn threads", "start new thread", "cannot allocate memory"),
    "memory allocation",
)
_ERRORS_OF_A_FULL_DISK: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_ERRORS_OF_RIGHTS: Final = (errno.EACCES, errno.EPERM, errno.EROFS)
_LONG_NUMBER: Final = re.compile(r"\d{2}[ .-]?\d{2}[ .-]?\d{2}[ .-]?\d{4}")


class DiskError(Exception):
    """The file system does not obey; the message is for the operator."""


class IntakeError(Exception):
    """The reading of deliveries broke; the message is for the operator and quotes nothing."""


def disk_sentence(error: OSError) -> str:
    """What a clerk is told of a file system that does not obey."""
    where = f" ({_LONG_NUMBER.sub('…', str(error.filename))})" if error.filename else ""
    if error.errno in _ERRORS_OF_A_FULL_DISK:
        return _FULL.format(where=where)
    if error.errno in _ERRORS_OF_RIGHTS:
        return _DENIED.format(where=where)
    return f"Filsystemet svarer ikke som ventet{where}: {error.strerror or type(error).__name__}."


def machine_sentence(kind: str, message: str) -> str | None:
    """The sentence for a failure of disk, memory or history, told by its class and words."""
    told = message.casefold()
    if any(words in told for words in _WORDS_OF_A_FULL_DISK):
        return _FULL.format(where="")
    no_memory = any(words in told for words in _WORDS_OF_NO_MEMORY)
    if no_memory or kind in ("MemoryError", "OutOfMemoryException"):
        return _MEMORY
    if kind == "PermissionError":
        return _DENIED.format(where="")
    if kind in ("DatabaseError", "OperationalError"):
        return _HISTORY
    return None


def sentence(error: BaseException) -> str:
    """The sentence for any failure; for a defect of ours, with the place but not the words."""
    if isinstance(error, OSError):
        return disk_sentence(error)
    kind = type(error).__name__
    if told := machine_sentence(kind, str(error)):
        return told
    return f"Det er en fejl i programmet ({_defect(error)}). Meld den; intet nyt er udgivet."


def sentence_after(what: str, error: BaseException) -> str:
    """The sentence where the publication is out, but `what` (Danish, first word) was not made."""
    return f"{what} blev ikke færdige ({cause(error)}). Udgivelsen er ude og hel; kør natten igen."


def cause(error: BaseException) -> str:
    """A few words on a failure: of the disk, or the place in our program, and nothing it quotes."""
    if isinstance(error, OSError):
        if error.errno in _ERRORS_OF_A_FULL_DISK:
            return "disken er fuld"
        if error.errno in _ERRORS_OF_RIGHTS:
            return "adgang nægtet"
        if error.strerror:
            return error.strerror
    return _defect(error)


def _defect(error: BaseException) -> str:
    """The kind of a defect of ours and its place, without its words."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} i {Path(frame.filename).name}, linje {frame.lineno}"
