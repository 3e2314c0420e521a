"""`samtaler scenario`: what would have been counted under other law, beside what was."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich import box
from rich.console import Console
from rich.table import Table

from pipelines.cli.options import end, home_of, home_options, need_publication, plain_errors
from pipelines.cli.progress import progress, shower
from pipelines.scenarios.tables import COSTED, LABELS
from pipelines.wording import number, signed

if TYPE_CHECKING:
    from pipelines.scenarios.counting import Counted
    from pipelines.scenarios.running import Answer
    from pipelines.settings import Home

_ROOM = 11  # signs of a number of hours or kroner


@click.command(
    help="Hvad ville tallene være under andre regler? SCENARIE er en fil eller et medfølgende navn."
)
@click.argument("scenarios", nargs=-1, metavar="SCENARIE...")
@home_options
@click.option(
    "--plan",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="LAW",
    help="Hold i stedet lovens arbejdsudgave (mappen law/) op mod den udgivne.",
)
def scenario(
    scenarios: tuple[str, ...], home: str | None, landing: str | None, plan: Path | None
) -> None:
    """Exit 0 counted, 1 impossible now, 2 a scenario or law that cannot be used."""
    from pipelines.scenarios.pages import write_pages  # noqa: PLC0415 - Polars is slow
    from pipelines.scenarios.reading import shipped_scenarios  # noqa: PLC0415

    if bool(scenarios) == (plan is not None):
        known = ", ".join(shipped_scenarios())
        end(f"Angiv enten --plan eller mindst ét scenarie: en fil, eller en af {known}.", 2)
    with plain_errors():
        place = home_of(home, landing)
        answer = _answer(scenarios, place, plan)
        front = write_pages(place, answer)
    out = Console(highlight=False, markup=False, soft_wrap=True)
    out.print(f"SCENARIE, beregnet på udgivelsen {answer.publication_id}. Ikke officielle tal.")
    for counted in answer.alone:
        _print(counted, out)
    if answer.combinations:
        _print_combinations(answer, out)
    if answer.trouble:
        out.print(f"\n{answer.trouble}")
    out.print(f"\nTabellerne ligger i {place.scenarios}")
    out.print(f"Siderne: {front}")


def _answer(scenarios: tuple[str, ...], place: Home, plan: Path | None) -> Answer:
    from pipelines.law.errors import LawError  # noqa: PLC0415
    from pipelines.night import NightRunningError  # noqa: PLC0415
    from pipelines.scenarios.overlay import ScenarioError  # noqa: PLC0415
    from pipelines.scenarios.reading import find_scenario  # noqa: PLC0415
    from pipelines.scenarios.running import run_plan, run_scenarios  # noqa: PLC0415

    try:
        overlays = [find_scenario(asked) for asked in scenarios]
        need_publication(place)
        with progress() as bars:
            if plan is not None:
                return run_plan(place, plan, shower(bars))
            return run_scenarios(place, overlays, shower(bars))
    except ScenarioError as refusal:
        end(str(refusal), 2)
    except LawError as refusal:
        end(f"Loven i {plan} kan ikke bruges: {refusal}", 2)
    except NightRunningError as refusal:
        end(str(refusal), 1)


def _print(counted: Counted, out: Console) -> None:
    out.print(f"\n{counted.asked.name}: {counted.asked.label.da}")
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("Hele landet, alle måneder")
    for heading in ("udgivet", "scenarie", "forskel"):
        table.add_column(heading, justify="right")
    for measure, words in LABELS.items():
        sums = counted.sums[measure]
        cells = (number(sums.baseline), number(sums.scenario), signed(sums.moved))
        table.add_row(words.da, *cells)
    out.print(table)
    _print_work(counted, out)
    out.print(
        f"Kommuner, der krydser 80 %-grænsen: {number(counted.up)} gange op over den, "
        f"{number(counted.down)} ned under den."
    )


def _print_work(counted: Counted, out: Console) -> None:
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("Forskel i arbejde")
    for heading in ("timer samtale", "timer adm.", "kr. lav", "kr. høj"):
        table.add_column(heading, justify="right", min_width=_ROOM)
    for row in counted.work.iter_rows(named=True):
        if row["count"] == "difference":
            amounts = ("conversation_hours", "administration_hours", "dkk_low", "dkk_high")
            moved = [signed(round(row[name])) for name in amounts]
            table.add_row(COSTED[row["measure"]].da, *moved)
    out.print(table)


def _print_combinations(answer: Answer, out: Console) -> None:
    out.print("\nHver ændring alene, og sammen")
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("Ændringer", no_wrap=True)
    for heading in ("medregnede", "heraf samspil", "ikke opfyldte krav", "skal indhentes"):
        table.add_column(heading, justify="right")
    for combination in answer.combinations:
        sums = combination.counted.sums
        table.add_row(
            " +\n".join(combination.names),
            signed(sums["recognised"].moved),
            signed(combination.interaction) if len(combination.names) > 1 else "",
            signed(sums["unmet"].moved),
            signed(sums["carried"].moved),
        )
    out.print(table)
