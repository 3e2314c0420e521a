"""One dangerous file put to `samtaler precheck` itself, in a process that is measured."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from proof.hostile.bombs.bomb import CANARY, Bomb
from proof.hostile.judging import MUNICIPALITY
from proof.hostile.truth import DELIVERED

MOST_MB: Final = 1000
_ROOT: Final = Path(__file__).parents[2]
_REFUSED: Final = 3
# A process is said to have used what the one that started it had in memory; this one has little.
_MEASURE: Final = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:], stdin=subprocess.DEVNULL)
print("MEASURED", code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
_COUNTED: Final = re.compile(r"= ([0-9.]+) gældende")
_REASON: Final = re.compile(r"kan ikke læses \((\w+)\)")


@dataclass(frozen=True, slots=True)
class Measured:
    """What the door said of a file, and what it took."""

    bomb: Bomb
    said: str  # the reason for which it was refused, or how many rows were accepted
    ends_well: bool  # as it should, with nothing told that must not be
    seconds: float
    megabytes: int


def try_bomb(bomb: Bomb, folder: Path) -> Measured:
    """Writes the file, reads it, takes it away."""
    (folder / "secret.txt").write_text(CANARY)
    path = folder / bomb.file
    bomb.write(path)
    command = [sys.executable, "-c", _MEASURE, sys.executable, "-m", "pipelines.cli.main"]
    command += ["precheck", str(path)]
    command += ["--municipality", MUNICIPALITY, "--delivered", DELIVERED.isoformat()]
    with tempfile.TemporaryFile() as out:
        began = time.monotonic()
        surroundings = {**os.environ, "PYTHONPATH": str(_ROOT)}
        subprocess.run(command, stdout=out, stderr=out, cwd=folder, env=surroundings, check=False)
        seconds = time.monotonic() - began
        out.seek(0)
        told, _, used = out.read().decode(errors="replace").rpartition("MEASURED ")
    path.unlink()
    code, kilobytes = map(int, used.split())
    said, is_right = _verdict(bomb, code, told)
    is_right = is_right and CANARY not in told
    return Measured(bomb, said, is_right, seconds, kilobytes // 1024)


def _verdict(bomb: Bomb, code: int, told: str) -> tuple[str, bool]:
    if code == _REFUSED and (reason := _REASON.search(told)):
        return reason[1], bomb.rows is None
    if code in (0, 1) and (counted := _COUNTED.search(told)):
        rows = int(counted[1].replace(".", ""))
        return f"{rows:,} rows accepted", rows == (bomb.rows or 0)
    return f"exit {code}: {told[-200:]}", False
