"""What lies in the landing folder: delivered files, files still arriving, and things astray."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from pipelines.deliveries.unreadable import shown
from pipelines.municipalities import municipalities

_ARRIVING: Final = (".part", ".tmp", ".filepart")


class EmptyLandingError(Exception):
    """There is no delivery in the landing folder; the message is for the operator."""


@dataclass(frozen=True, slots=True, order=True)
class Delivered:
    """A delivered file. The order is the order of versions: by day, then by name."""

    municipality_code: str
    delivered_on: date
    file: str
    path: Path
    size: int
    modified_ns: int


@dataclass(frozen=True, slots=True)
class Landing:
    """One look at the landing folder."""

    files: tuple[Delivered, ...]
    arriving: int
    astray: tuple[str, ...]  # Danish sentences: what lies where nothing should, or is locked


def look_at(landing: Path) -> Landing:
    """Lists `landing/<code>/<day>/<file>`; names are data and are never followed as paths.

    Symbolic links are astray: a link could point at any file of the machine.
    """
    codes = {municipality.code for municipality in municipalities()}
    files: list[Delivered] = []
    arriving = 0
    astray: list[str] = []
    for folder in _entries(landing):
        if _is_hidden(folder):
            continue
        if folder.is_symlink() or not folder.is_dir() or folder.name not in codes:
            astray.append(f"landing/{shown(folder.name)} er ikke en kommunes mappe (tre cifre).")
            continue
        for day in _entries(folder):
            if _is_hidden(day):
                continue
            delivered_on = _day(day.name)
            if day.is_symlink() or not day.is_dir() or delivered_on is None:
                astray.append(
                    f"landing/{folder.name}/{shown(day.name)} er ikke en leveringsdag (ÅÅÅÅ-MM-DD)."
                )
                continue
            for file in _entries(day):
                if _is_hidden(file) or file.name.casefold().endswith(_ARRIVING):
                    arriving += 1
                elif why := _why_not(file):
                    astray.append(f"landing/{folder.name}/{day.name}/{shown(file.name)} {why}.")
                else:
                    stat = file.stat()
                    files.append(
                        Delivered(
                            folder.name,
                            delivered_on,
                            file.name,
                            file,
                            stat.st_size,
                            stat.st_mtime_ns,
                        )
                    )
    return Landing(tuple(sorted(files)), arriving, tuple(astray))


def refuse_empty(landing: Path, seen: Landing, known: int) -> None:
    """Raises EmptyLandingError where no file lies in the landing folder.

    Also where the lake knows deliveries: such a folder is a wrong path or a disk not mounted.
    """
    if seen.files:
        return
    if not landing.is_dir():
        what = "er ikke en mappe" if landing.exists() else "findes ikke"
    else:
        what = "rummer ingen leverancer, der kan læses"
    before = f" Der er før læst {known} filer: er det den rigtige mappe?" if known else ""
    raise EmptyLandingError(
        f"Der er ingen leverancer at tælle: {landing} {what}.{before} Læg filer i "
        "<kommunekode>/<ÅÅÅÅ-MM-DD>/ i den mappe, eller skriv prøvedata med «samtaler demo»."
    )


def _why_not(file: Path) -> str | None:
    """Why this is no file that can be read; None where it is one."""
    if file.is_symlink() or not file.is_file():
        return "er ikke en fil"
    return None if os.access(file, os.R_OK) else "må ikke læses; ret rettighederne"


def _entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() and os.access(folder, os.R_OK) else []


def _is_hidden(path: Path) -> bool:
    return path.name.startswith(".")


def _day(name: str) -> date | None:
    try:
        day = date.fromisoformat(name)
    except ValueError:
        return None
    return day if name == day.isoformat() else None
