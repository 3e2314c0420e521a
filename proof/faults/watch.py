"""In a night's own process: where it is, and what is to befall it at a chosen point.

A night can be stopped before each of its writes (every file or folder it makes, opens to write,
renames, links or removes in the home), before each SQL statement of the counting, of the alerts'
memory and of Dagster's history, and where each Dagster step begins and ends.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

import dagster as dg

from pipelines.engine import Engine

Kind = Literal["write", "sql", "step"]
_OPENED_TO_WRITE: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES: Final = ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.truncate")


@dataclass(slots=True)
class Watch:
    """Counts the points a night passes, and calls `befall` at one of them."""

    root: Path
    tell: Callable[[str], None]  # hears of each step that begins
    kind: Kind | None = None
    at: int = 0  # the how manieth of its kind, from 1
    befall: Callable[[], None] = lambda: None
    passed: Counter[str] = field(default_factory=Counter)

    def begin(self) -> None:
        """Listens from now on, for as long as the process lives."""
        sys.addaudithook(self._hear)
        self._wrap_counting()
        self._wrap_databases()
        self._wrap_steps()

    def _pass(self, kind: Kind) -> None:
        self.passed[kind] += 1
        if kind == self.kind and self.passed[kind] == self.at:
            self.befall()

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = arguments
            writes = bool(flags & _OPENED_TO_WRITE) if mode is None else set(mode) & set("wax+")
            if not writes:
                return
        elif event in _CHANGES:
            path = arguments[0]
        else:
            return
        if isinstance(path, str | bytes) and os.fsdecode(path).startswith(str(self.root)):
            self._pass("write")

    def _wrap_counting(self) -> None:
        for name in ("run", "scratch"):
            setattr(Engine, name, self._after_passing(getattr(Engine, name)))

    def _after_passing(self, work: Callable[..., Any]) -> Callable[..., Any]:
        def passing(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401
            self._pass("sql")
            return work(*arguments, **named)

        return passing

    def _wrap_databases(self) -> None:
        connect = sqlite3.connect

        def traced(*arguments: Any, **named: Any) -> sqlite3.Connection:  # noqa: ANN401
            connection: sqlite3.Connection = connect(*arguments, **named)
            connection.set_trace_callback(lambda _statement: self._pass("sql"))
            return connection

        for module in (sqlite3, sqlite3.dbapi2):
            module.connect = traced  # type: ignore[attr-defined]

    def _wrap_steps(self) -> None:
        store = dg.DagsterInstance.handle_new_event

        def told(instance: dg.DagsterInstance, event: Any, **named: Any) -> None:  # noqa: ANN401
            happened = event.dagster_event
            kind = happened.event_type_value if happened else ""
            if kind == "STEP_START":
                self.tell(happened.step_key)
                self._pass("step")
            store(instance, event, **named)
            if kind in ("STEP_START", "STEP_SUCCESS"):
                self._pass("step")

        dg.DagsterInstance.handle_new_event = told  # type: ignore[method-assign,assignment]
