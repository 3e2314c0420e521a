"""One night: its home, its engine, and what it has learnt so far."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from pipelines.deliveries.intake import Intake
from pipelines.engine import Engine
from pipelines.engines import open_engine
from pipelines.erasing.erase import finish_erasure
from pipelines.lake import Lake
from pipelines.ledger import Ledger
from pipelines.progress import Show
from pipelines.publishing import Publication, next_file
from pipelines.recount import Basis
from pipelines.settings import Counter, Home
from pipelines.vintages import publication_before


class NightRunningError(Exception):
    """Another night is at work in the same home."""


@dataclass(slots=True)
class Night:
    """What the assets of one run share."""

    home: Home
    engine: Engine
    lake: Lake
    ledger: Ledger
    before: Path | None  # the publication tonight is set against
    damaged: tuple[str, ...]  # publications that would have come first, and are not whole
    wanted_day: date | None
    show: Show
    as_of: date | None = None
    law: list[dict[str, object]] = field(default_factory=list)
    law_hash: str = ""
    intake: Intake | None = None
    publication: Publication | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    fresh: bool = False
    checks: list[dict[str, object]] = field(default_factory=list)

    @property
    def basis(self) -> Basis:
        """What tonight's figures rest on. Raises RuntimeError before the register is there."""
        if self.as_of is None:
            raise RuntimeError("register has not run in this night")
        return Basis(self.as_of, self.lake.deliveries(), self.law)


@contextmanager
def one_at_a_time(home: Home) -> Iterator[None]:
    """Keeps other nights and verifications out of a home.

    Raises NightRunningError where another process is at work.
    """
    home.state.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home.state / "night.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as held:
        raise NightRunningError(
            "Der kører allerede en nat i denne mappe. Vent, til den er færdig."
        ) from held
    try:
        yield
    finally:
        lock.release()


@contextmanager
def open_night(
    home: Home, as_of: date | None, show: Show, counter: Counter | None = None
) -> Iterator[Night]:
    """The night's workplace; clears away what an interrupted night left behind.

    DuckDB counts unless another counter is named. An erasure that was interrupted is brought to its
    end first. Raises NightRunningError where another process is at work, LedgerError where the
    ledger was changed, EngineError where the counter is not there.
    """
    scratch = home.state / "scratch"
    with one_at_a_time(home):
        try:
            _clear(scratch, next_file(home).parent)
            finish_erasure(home, show)
            ledger = Ledger(home.ledger)
            before, damaged = publication_before(home, ledger)
            with open_engine(counter or Counter(), scratch) as engine:
                engine.begin(next_file(home))
                lake = Lake(home.lake)
                yield Night(home, engine, lake, ledger, before, damaged, as_of, show)
        finally:
            _clear(scratch, next_file(home).parent)


def _clear(*folders: Path) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
