"""`samtaler nightly`: one night, with progress, and its summary."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

import click

from pipelines.cli.options import (
    counter_of,
    end,
    engine_options,
    home_of,
    home_options,
    plain_errors,
    say,
)
from pipelines.cli.progress import progress, shower
from pipelines.cli.summary import print_summary

_SHOWN_NOTES: Final = 20


@click.command(help="Kør natten: læs nye leverancer, tæl, kontrollér og udgiv.")
@home_options
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Tæl, som det så ud på denne dag (ÅÅÅÅ-MM-DD).",
)
@engine_options
def nightly(
    home: str | None,
    landing: str | None,
    as_of: datetime | None,
    engine: str | None,
    master: str | None,
) -> None:
    """Exit 0 published, 1 held back (the old publication stands), 2 wrong call."""
    from pipelines.running import run_night  # noqa: PLC0415 - Dagster takes seconds to import
    from pipelines.summary import summarise  # noqa: PLC0415
    from pipelines.vintages import standing_publication  # noqa: PLC0415

    place = home_of(home, landing)
    counter = counter_of(engine, master)
    day: date | None = as_of.date() if as_of else None
    with plain_errors():
        before = standing_publication(place)
        with progress() as bars:
            outcome = run_night(place, day, shower(bars), counter)
        _print_notes(outcome.notes)
        if not outcome.published:
            stands = f" Udgivelsen {before} står uændret." if before else ""
            end("\n".join(outcome.problems) + f"\nIntet nyt er udgivet.{stands}", 1)
        for problem in outcome.problems:  # with what is made of the publication
            say(problem)
        print_summary(summarise(place, before))


def _print_notes(notes: tuple[str, ...]) -> None:
    for note in notes[:_SHOWN_NOTES]:
        say(note)
    if len(notes) > _SHOWN_NOTES:
        say(f"… og {len(notes) - _SHOWN_NOTES} til.")
