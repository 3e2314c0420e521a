"""Files that take their place whole, in one step, or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_OWNER_ONLY: Final = 0o600


@contextmanager
def put_in_place(file: Path, *, durably: bool = False) -> Iterator[Path]:
    """A name to write to; the finished file takes its place in one step, a broken one does not.

    Asked `durably`, it is there after a power cut too.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.next")
    try:
        yield fresh
        if durably:
            sync_file(fresh)
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)
    if durably:
        sync_folder(file.parent)


def write_private(file: Path, text: str) -> None:
    """Writes a file that its owner alone may read, durably."""
    with put_in_place(file, durably=True) as fresh:
        fresh.touch(_OWNER_ONLY)
        fresh.write_text(text, encoding="utf-8")


def sweep(folder: Path) -> None:
    """Takes away what a killed run left half written, in the folder and those below it."""
    for left_behind in folder.rglob(".*.next"):
        left_behind.unlink(missing_ok=True)


def sync_file(file: Path) -> None:
    """Makes what was written to a file survive a power cut."""
    with file.open("rb+") as content:
        os.fsync(content.fileno())


def sync_folder(folder: Path) -> None:
    """Makes a rename in the folder survive a power cut (a no-op where folders cannot be opened)."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:  # Windows
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
