"""`samtaler capacity`: how many meetings a week clear the backlog by a day."""

from __future__ import annotations

from datetime import datetime

import click
from rich import box
from rich.console import Console
from rich.table import Table

from pipelines.cli.options import end, home_of, home_options, need_publication, plain_errors
from pipelines.municipalities import municipalities
from pipelines.wording import number


@click.command(help="Hvor mange samtaler om ugen fjerner efterslæbet inden en dag?")
@click.option(
    "--by",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    required=True,
    metavar="YYYY-MM-DD",
    help="Dagen, hvor efterslæbet skal være væk.",
)
@click.option("--municipality", metavar="CODE", help="Kun denne kommune (ellers dem alle).")
@click.option(
    "--sure",
    type=click.IntRange(50, 99),
    default=80,
    show_default=True,
    metavar="PCT",
    help="Hvor sikkert det skal være, i procent.",
)
@home_options
def capacity(
    day: datetime, municipality: str | None, sure: int, home: str | None, landing: str | None
) -> None:
    """Exit 0 told, 1 it cannot be told, 2 wrong call."""
    from pipelines.need.way_out import WayOutError, way_out_by  # noqa: PLC0415 - Polars is slow

    shown = [
        (place, one)
        for place, one in enumerate(municipalities())
        if municipality in {None, one.code}
    ]
    if not shown:
        end(f"Der er ingen kommune {municipality}. Skriv kommunens tre cifre.", 2)
    with plain_errors():
        place = home_of(home, landing)
        need_publication(place)
        try:
            way, weeks = way_out_by(place, day.date(), sure / 100)
        except WayOutError as refusal:
            end(str(refusal), 1)
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("Kommune")
    for heading in ("samtaler, der mangler", "heraf holder op selv", "samtaler om ugen"):
        table.add_column(heading, justify="right")
    for row, one in shown:
        cells = (way.owed[row], way.leaving[row], way.capacity[row])
        table.add_row(f"{one.code} {one.name}", *(number(round(float(cell))) for cell in cells))
    if municipality is None:
        sums = (way.owed.sum(), way.leaving.sum(), way.capacity.sum())
        table.add_row("I alt", *(number(round(float(cell))) for cell in sums))
    out = Console(highlight=False, markup=False, soft_wrap=True)
    out.print(table)
    out.print(
        f"Efterslæbet er væk efter {weeks} uger med mindst {sure} % sandsynlighed, når de længst "
        "ventende kommer først. Det er oven i de samtaler, der forfalder imens (docs/need.md).\n"
        "Tallene er nøjagtige og må ikke offentliggøres."
    )
