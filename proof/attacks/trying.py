"""One attack on one target, in processes of its own, and what the canaries say afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pipelines.asking import LIMITS
from proof.attacks.arena import CANARY, KEY, Arena
from proof.attacks.listed import Attack
from proof.attacks.session import CHANGED

TARGETS: Final = ("samtaler audit", "a copy, as documented")
CONTROL: Final = "a copy, unprotected"
_LINGERING: Final = 5  # seconds in which a process may still be on its way out
_STARTING: Final = 15  # seconds for processes to begin and end
LONGEST: Final = LIMITS.seconds + _STARTING
LARGEST: Final = (LIMITS.memory >> 20) + 200  # MB: the limit, and the program itself
_ROOT: Final = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one attack did: what got through (nothing is right), and how it ended."""

    attack: Attack
    target: str
    through: tuple[str, ...] = field(default=())
    ended: str = "refused"  # refused, answered or stopped
    seconds: float = 0
    megabytes: int = 0


def attempt(attack: Attack, target: str, arena: Arena, longest: float = LONGEST) -> Outcome:
    """Makes the attack. On the control, running past `longest` is itself a success."""
    sql = attack.laid(arena.places)
    before, asked = arena.files(), len(arena.asked)
    code, said, seconds, megabytes, left = _run(_command(target, arena, sql), arena, longest)
    through = {
        "secret told": CANARY in said,
        "file written": arena.files() != before,
        "address asked": len(arena.asked) > asked,
        "setting changed": CHANGED in said and f"{CHANGED} none" not in said,
        "too long": seconds > longest,
        "too much memory": megabytes > LARGEST,
        "process left": left,
    }
    stopped = code < 0 or seconds > longest or "hukommelse" in said or "sekunder" in said
    refused = code > 0 or "Exception" in said or "Error" in said
    ended = "stopped" if stopped else "refused" if refused else "answered"
    found = tuple(name for name, happened in through.items() if happened)
    return Outcome(attack, target, found, ended, seconds, megabytes)


def _command(target: str, arena: Arena, sql: str) -> list[str]:
    if target == TARGETS[0]:
        home = str(arena.root / "home")
        return ["-m", "pipelines.cli.main", "audit", "--format", "csv", "--home", home, "--", sql]
    how = "documented" if target == TARGETS[1] else "plain"
    return ["-m", "proof.attacks.session", how, str(arena.publication), sql]


def _run(arguments: list[str], arena: Arena, longest: float) -> tuple[int, str, float, int, bool]:
    """Exit code, what was said, seconds, peak MB of any process, whether one was left behind."""
    with tempfile.TemporaryFile() as said:
        began = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=arena.root / "work",
            env=_surroundings(arena),
            start_new_session=True,
        )
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        watch = subprocess.Popen(["cat"], stdin=process.stdout, stdout=said)
        process.stdout.close()  # only `cat` reads it: the attack itself may write no file
        code, megabytes = _wait(process, began + longest + 1)
        seconds = time.monotonic() - began
        left = _end_group(process.pid)
        watch.wait()
        said.seek(0)
        return code, said.read().decode(errors="replace"), seconds, megabytes, left


def _surroundings(arena: Arena) -> dict[str, str]:
    # The code of this working copy, whatever is installed, and nothing written beside it.
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(arena.root / "user"),
        "PYTHONPATH": str(_ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "SAMTALER_KEY": KEY,
    }


def _wait(process: subprocess.Popen[bytes], until: float) -> tuple[int, int]:
    while True:
        pid, status, used = os.wait4(process.pid, os.WNOHANG)
        if pid:
            process.returncode = os.waitstatus_to_exitcode(status)
            return process.returncode, used.ru_maxrss // 1024
        if time.monotonic() > until:
            os.killpg(process.pid, signal.SIGKILL)
        time.sleep(0.02)


def _end_group(group: int) -> bool:
    """Whether a process of the attack's own session goes on; it is ended."""
    until = time.monotonic() + _LINGERING
    try:
        while time.monotonic() < until:
            os.killpg(group, 0)
            time.sleep(0.02)
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True
