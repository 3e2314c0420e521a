"""`samtaler demo`: synthetic deliveries to try the product on."""

from __future__ import annotations

from datetime import datetime

import click
from rich.progress import Progress

from pipelines.cli.options import end, home_of, home_options, plain_errors, stderr
from pipelines.wording import number


@click.command(help="Skriv prøveleverancer fra alle 98 kommuner i landing/.")
@home_options
@click.option("--meetings", default=60_000, show_default=True, help="Antal samtaler.")
@click.option(
    "--from",
    "first",
    type=click.DateTime(["%Y-%m-%d"]),
    default="2019-01-01",
    show_default=True,
    help="Første dag.",
)
@click.option(
    "--to",
    "last",
    type=click.DateTime(["%Y-%m-%d"]),
    default="2026-11-20",
    show_default=True,
    help="Sidste dag.",
)
@click.option("--seed", default=1, show_default=True, help="Samme frø, samme filer.")
def demo(
    home: str | None,
    landing: str | None,
    meetings: int,
    first: datetime,
    last: datetime,
    seed: int,
) -> None:
    """Exit 0 written, 2 wrong call."""
    from pipelines.demo.write import write_demo  # noqa: PLC0415 - only this command needs it

    place = home_of(home, landing)
    bars_shown = stderr.is_terminal
    with plain_errors(), Progress(console=stderr, transient=True, disable=not bars_shown) as bars:
        task = bars.add_task("Skriver prøveleverancer")
        try:
            written = write_demo(
                place.landing,
                meetings=meetings,
                first=first.date(),
                last=last.date(),
                seed=seed,
                progress=lambda done, all_: bars.update(task, completed=done, total=all_),
            )
        except ValueError as refusal:
            bars.stop()
            end(str(refusal), 2)
    click.echo(
        f"Skrev {number(written.files)} filer i {place.landing}: "
        f"{number(written.meetings)} samtaler, {number(written.spells)} forløb, "
        f"{number(written.absences)} fravær, heraf {number(written.faulty_rows)} rækker med fejl."
    )
