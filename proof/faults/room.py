"""No room: a disk that is full from one write on, and a cap on memory."""

from __future__ import annotations

import errno
import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

from proof.faults import night
from proof.faults.cases import Came, Case, look_after, words_of
from proof.faults.night import Fault
from proof.faults.stage import Stage
from proof.faults.watch import Kind

_DISK: Final = "128m"
_DAY: Final = 3
_WRITES, _STATEMENTS = 30, 20  # points of a night, evenly spread
_CAPS: Final = (8, 32, 64, 128, 256, 384, 512, 768, 1024)  # MB beyond what the imports took


def full_disks(stage: Stage, work: Path) -> Iterator[Case]:
    """The disk is full from some write on (a small tmpfs, filled at that moment)."""
    passed = stage.undisturbed["light"][_DAY].passed
    kinds: tuple[tuple[Kind, int], ...] = (("write", _WRITES), ("sql", _STATEMENTS))
    for kind, points in kinds:
        for point in range(points):
            at = 1 + point * passed[kind] // points
            way = f"from {'write' if kind == 'write' else 'statement'} {at} of {passed[kind]} on"
            yield Case("full disk", way, "", partial(_fill, stage, work / "disk", kind, at))


def _fill(stage: Stage, disk: Path, kind: Kind, at: int) -> Came:
    disk.mkdir(parents=True, exist_ok=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={_DISK}", "samtaler-faults", str(disk)],
        check=False,
        capture_output=True,
        text=True,
    )
    if mounted.returncode:
        return Came("skipped: mounting a tmpfs is not permitted here", [])
    try:
        home = stage.home_before(_DAY, disk / "home")
        ballast = disk / "ballast"
        ended = night.run(home, "light", Fault(kind=kind, at=at), partial(_take_all, ballast))
        ballast.unlink(missing_ok=True)
        return Came(words_of(ended), look_after(stage, _DAY, home, ended))
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def _take_all(ballast: Path) -> None:
    """Writes until nothing more fits: first in large pieces, then byte by byte."""
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while file.write(b"\0" * size) == size:
                    pass
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise


def memory_caps(stage: Stage, work: Path) -> Iterator[Case]:
    """The night's processes may take so much address space more, and no more."""
    for cap in _CAPS:
        way = f"{cap} MB beyond the program itself"
        yield Case("memory cap", way, "", partial(_cap, stage, work, cap))


def _cap(stage: Stage, work: Path, megabytes: int) -> Came:
    home = stage.home_before(_DAY, work / "home")
    ended = night.run(home, "light", prepare=_limit(megabytes))
    return Came(words_of(ended), look_after(stage, _DAY, home, ended))


def _limit(megabytes: int) -> Callable[[], None]:
    def limit() -> None:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        most = pages * os.sysconf("SC_PAGE_SIZE") + megabytes * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (most, most))

    return limit
