"""What production must survive, tried on a site in small: each step says what it saw."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from pipelines.demo.write import write_demo
from proof.production.postgres import make_database, server
from proof.production.site import Run, Site, new_site, workers_of


@dataclass(frozen=True, slots=True)
class Step:
    """One thing tried, whether it came out as promised, what was seen, and how long it took."""

    tried: str
    held: bool
    seen: str
    seconds: float


def drill(folder: Path, meetings: int = 600) -> Iterator[Step]:
    """A night, a night whose process is killed, a power cut, a backup and its restore."""
    with server(folder / "postgres") as postgres:
        site = new_site(folder / "site", postgres)
        write_demo(site.home / "landing", meetings, date(2024, 1, 1), date(2024, 4, 30))
        with site.daemon() as group:
            yield _timed(_a_night, site)
            yield _timed(_a_killed_night, site, group)
            yield _timed(_a_power_cut, site, group)
        with site.daemon():
            yield _timed(_after_the_power_cut, site)
        yield _timed(_a_restore, site, folder, postgres)
        yield _timed(_forgetting, site)


def _timed(step: Callable[..., tuple[str, bool, str]], *arguments: object) -> Step:
    began = time.monotonic()
    tried, held, seen = step(*arguments)
    return Step(tried, held, seen, time.monotonic() - began)


def _a_night(site: Site) -> tuple[str, bool, str]:
    site.ask_for_a_night()
    [run] = site.wait(lambda runs: bool(runs) and runs[-1].status in ("SUCCESS", "FAILURE"))
    held = run.status == "SUCCESS" and _published(site.home)
    return "a night asked for, queued, run and stored in PostgreSQL", held, run.status


def _a_killed_night(site: Site, group: int) -> tuple[str, bool, str]:
    _kill_midway(site, group)
    runs = site.wait(_ended_again(2))
    return "its process killed midway (SIGKILL)", _ran_again(runs[1:]), _statuses(runs[1:])


def _a_power_cut(site: Site, group: int) -> tuple[str, bool, str]:
    before = len(site.runs())
    _midway(site)
    os.killpg(group, signal.SIGKILL)
    left = site.runs()[before:]
    return (
        "daemon, code server and run killed at once: the run stays as started",
        [run.status for run in left] == ["STARTED"],
        _statuses(left),
    )


def _after_the_power_cut(site: Site) -> tuple[str, bool, str]:
    runs = site.wait(_ended_again(4))[3:]
    return "the daemon started again", _ran_again(runs), _statuses(runs)


def _a_restore(site: Site, folder: Path, postgres: dict[str, str]) -> tuple[str, bool, str]:
    site.run("production/backup.sh", str(site.home), str(folder / "backups"))
    [archive] = (folder / "backups").glob("*.dump")
    other = {**postgres, "PGDATABASE": "restored"}
    make_database(other)
    restored = new_site(folder / "restored", other)
    if (key := site.home / "state" / "pseudonym.key").exists():  # kept apart from the backup
        key_place = folder / "key"
        shutil.copy(key, key_place)
        restored.environment["SAMTALER_KEY_FILE"] = str(key_place)
    backup = str(archive.with_suffix(""))
    said = restored.run("production/restore.sh", backup, str(restored.home)).splitlines()
    same = restored.runs() == site.runs()
    return (
        "backup, and restore into an empty home and database: verified, the history the same",
        same and "genskabt" in said[-1],
        said[-1],
    )


def _forgetting(site: Site) -> tuple[str, bool, str]:
    said = site.python("-m", "production.forget_runs", "--days", "0").strip()
    return "old runs forgotten", not site.runs() and _published(site.home), said


def _kill_midway(site: Site, group: int) -> None:
    _midway(site)
    for process in workers_of(group):
        os.kill(process, signal.SIGKILL)


def _midway(site: Site) -> None:
    """Asks for a night and waits until it has begun and not ended."""
    before = len(site.runs())
    site.ask_for_a_night()
    site.wait(
        lambda runs: len(runs) > before and runs[-1].status == "STARTED" and runs[-1].steps > 0
    )


def _ended_again(number: int) -> Callable[[list[Run]], bool]:
    def ended(runs: list[Run]) -> bool:
        return len(runs) > number and all(run.status in ("SUCCESS", "FAILURE") for run in runs)

    return ended


def _ran_again(runs: list[Run]) -> bool:
    """Whether the first failed, and the next did it again with success."""
    match runs:
        case [Run(status="FAILURE") as first, Run(status="SUCCESS") as second]:
            return second.again == first.id
    return False


def _statuses(runs: list[Run]) -> str:
    return ", then ".join(run.status for run in runs)


def _published(home: Path) -> bool:
    with duckdb.connect(str(home / "published" / "samtaler.duckdb"), read_only=True) as file:
        [(meetings,)] = file.execute("select count(*) from meetings").fetchall()
    return bool(meetings)
