"""The homes that faults are tried on: one night behind them, three days of deliveries to come."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path
from typing import Final

from pipelines.demo.write import write_demo
from pipelines.settings import Home

DAYS: Final = (1, 2, 3)
# Those whose systems export often, and one that does so at the end of the month alone.
_SENDERS: Final = ("101", "147", "461", "751", "851", "219")
_ARRIVES: Final = {"2024-04-27": 1, "2024-04-28": 1, "2024-04-29": 2, "2024-04-30": 3}
# Nobody listens at this address: every message stays in the outbox, where it can be counted.
_ROUTES: Final = """default_owner: kl
storm: 49
routes:
  deaf: {url: "json://127.0.0.1:9/"}
owners:
  kl: {name: KL's datateam, routes: [deaf]}
  kbh: {name: Københavns Kommune, municipalities: ["101"], routes: [deaf]}
"""


def home_in(folder: Path) -> Home:
    """The home in a folder."""
    return Home(folder, folder / "landing")


def make_deliveries(folder: Path, meetings: int) -> None:
    """Writes demo deliveries: `folder/0/` holds those of the first night, `1` to `3` the later."""
    every = folder / "every"
    write_demo(every, meetings, date(2023, 1, 1), date(2024, 4, 30))
    for file in sorted(every.rglob("*")):
        code, day = file.relative_to(every).parts[:2] if file.is_file() else ("", "")
        if code in _SENDERS:
            place = folder / str(_ARRIVES.get(day, 0)) / code / day / file.name
            place.parent.mkdir(parents=True, exist_ok=True)
            file.replace(place)
    shutil.rmtree(every)


def begin_home(home: Home, deliveries: Path) -> None:
    """A home before its first night."""
    home.root.mkdir(parents=True)
    home.routes.write_text(_ROUTES, encoding="utf-8")
    lay(home, deliveries, 0)


def lay(home: Home, deliveries: Path, day: int) -> None:
    """Lays a day's deliveries in the landing folder."""
    shutil.copytree(deliveries / str(day), home.landing, dirs_exist_ok=True)


def copy_home(home: Home, folder: Path) -> Home:
    """A copy in which what was one file under two names still is."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(home.root, folder)
    copy = home_in(folder)
    standing = home.publication.stat()
    for vintage in copy.vintages.glob("*/*.duckdb"):
        if os.path.samestat((home.vintages / vintage.relative_to(copy.vintages)).stat(), standing):
            copy.publication.unlink()
            os.link(vintage, copy.publication)
    return copy
