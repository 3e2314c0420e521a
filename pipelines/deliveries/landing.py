"""What lies in the landing folder: delivered files, files still arriving, and things astray."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from pipelines.deliveries.unreadable import shown
from pipelines.municipalities import municipalities

_ARRIVING: Final = (".part", ".tmp", ".filepart")


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
    astray: tuple[str, ...]  # Danish sentences: what lies where nothing should


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
                elif file.is_symlink() or not file.is_file():
                    where = f"{folder.name}/{day.name}/{shown(file.name)}"
                    astray.append(f"landing/{where} er ikke en fil.")
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


def _entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _is_hidden(path: Path) -> bool:
    return path.name.startswith(".")


def _day(name: str) -> date | None:
    try:
        day = date.fromisoformat(name)
    except ValueError:
        return None
    return day if name == day.isoformat() else None
