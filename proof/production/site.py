"""A production site in small: a home, Dagster with production/dagster.yaml, and its daemon."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
_RUNS: Final = """
import json, dagster as dg
with dg.DagsterInstance.get() as instance:
    records = instance.get_run_records(ascending=True)
    print(json.dumps([
        {
            "id": record.dagster_run.run_id,
            "status": record.dagster_run.status.value,
            "again": record.dagster_run.parent_run_id,
            "steps": instance.event_log_storage.get_stats_for_run(
                record.dagster_run.run_id).steps_succeeded,
        }
        for record in records
    ]))
"""


@dataclass(frozen=True, slots=True)
class Run:
    """A run as Dagster's history has it."""

    id: str
    status: str
    again: str | None  # the run that this one does again
    steps: int


@dataclass(frozen=True, slots=True)
class Site:
    """A home and the environment that every program of the site is started with."""

    home: Path
    environment: dict[str, str]

    def run(self, *command: str) -> str:
        """What a program of the site prints; raises CalledProcessError where it fails."""
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE, text=True
        )
        return done.stdout

    def python(self, *arguments: str) -> str:
        """What a Python program of the site prints."""
        return self.run(sys.executable, *arguments)

    def ask_for_a_night(self) -> None:
        """Puts a run of the nightly job in the queue, as the schedule does."""
        self.python("-m", "dagster", "job", "launch", "-w", "workspace.yaml", "-j", "nightly")

    def runs(self) -> list[Run]:
        """Every run of the history, oldest first."""
        found = json.loads(self.python("-c", _RUNS).splitlines()[-1])
        return [Run(**run) for run in found]

    def wait(self, until: Callable[[list[Run]], bool], seconds: float = 1200) -> list[Run]:
        """The runs, once they are as asked; raises TimeoutError where they never are."""
        deadline = time.monotonic() + seconds
        while not until(runs := self.runs()):
            if time.monotonic() > deadline:
                raise TimeoutError(f"the runs are {runs}")
        return runs

    @contextmanager
    def daemon(self) -> Iterator[int]:
        """Starts the daemon as its unit does; gives its process group, and kills it at the end."""
        self.python("-m", "production.left_runs")
        log = (self.home.parent / "daemon.log").open("a")
        process = subprocess.Popen(
            [sys.executable, "-m", "dagster._daemon", "run", "-w", "workspace.yaml"],
            cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        try:
            yield process.pid
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            log.close()


def new_site(folder: Path, postgres: dict[str, str], home: Path | None = None) -> Site:
    """A site with an empty history; `home` is one that stands, else `folder`/home."""
    dagster = folder / "dagster"
    dagster.mkdir(parents=True)
    shutil.copy(ROOT / "production" / "dagster.yaml", dagster)
    place = home or folder / "home"
    programs = Path(sys.executable).parent
    own = {
        "DAGSTER_HOME": str(dagster),
        "SAMTALER_HOME": str(place),
        "PATH": f"{programs}{os.pathsep}{postgres['PATH']}",
    }
    return Site(place, {**os.environ, **postgres, **own})


def workers_of(group: int) -> list[int]:
    """The processes in which runs of the daemon are at work (Linux)."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, IndexError, ValueError):
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            words = (folder / "cmdline").read_bytes()
            if int(fields[2]) == group and b"multiprocessing.spawn" in words:
                found.append(int(folder.name))
    return found
