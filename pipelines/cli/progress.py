"""Progress bars of long work, on a terminal only."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from pipelines.progress import Show


def progress() -> Progress:
    """Bars on a terminal only. The console is its own: the night silences sys.stderr."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    console = Console(file=sys.stderr)
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


def shower(bars: Progress) -> Show:
    """What a long task calls to tell how far it is."""
    tasks: dict[str, TaskID] = {}

    def show(what: str, done: int, all_: int) -> None:
        if what not in tasks:
            tasks[what] = bars.add_task(what)
        bars.update(tasks[what], completed=done, total=all_ or None)

    return show
