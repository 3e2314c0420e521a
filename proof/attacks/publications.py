"""A publication to attack: the night of a small demo."""

from __future__ import annotations

from datetime import date

from pipelines.demo.write import write_demo
from pipelines.progress import show_nothing
from pipelines.running import run_night
from pipelines.settings import Home


def publish_demo(home: Home) -> None:
    """Delivers a small demo to a new home and runs its night there."""
    home.landing.mkdir(parents=True)
    write_demo(home.landing, 3_000, date(2024, 1, 1), date(2025, 12, 31))
    if not run_night(home, None, show_nothing).published:
        raise SystemExit("the night of the demo did not publish")
