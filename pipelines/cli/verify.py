"""`samtaler verify`: a publication made again and compared, and the ledger held to its files."""

from __future__ import annotations

import sys

import click
from rich.console import Console

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
from pipelines.settings import Counter, Home
from pipelines.wording import number


@click.command(help="Regn en udgivelse efter fra dens leverancer og lov, række for række.")
@click.argument("publication", required=False)
@home_options
@click.option("--ledger", is_flag=True, help="Hold i stedet journalen op mod udgivelserne.")
@click.option("--head", metavar="HASH", help="Journalens nyeste fingeraftryk, som I har gemt det.")
@engine_options
def verify(
    publication: str | None,
    home: str | None,
    landing: str | None,
    ledger: bool,
    head: str | None,
    engine: str | None,
    master: str | None,
) -> None:
    """Exit 0 equal, 1 different or impossible, 2 wrong call."""
    if head and not ledger:
        end("--head hører til --ledger.", 2)
    if ledger and publication:
        end("Vælg én ting: en udgivelse eller --ledger.", 2)
    with plain_errors():
        if ledger:
            _verify_ledger(home, landing, head)
        else:
            _verify_publication(publication, home_of(home, landing), counter_of(engine, master))


def _verify_publication(name: str | None, place: Home, counter: Counter) -> None:
    from pipelines.engine import EngineError  # noqa: PLC0415
    from pipelines.lake import LakeDamagedError  # noqa: PLC0415 - Polars takes its time to import
    from pipelines.night import NightRunningError  # noqa: PLC0415
    from pipelines.verifying import erasures_of, verify_publication  # noqa: PLC0415
    from pipelines.vintages import VintageError, standing_publication  # noqa: PLC0415

    wanted = name or standing_publication(place)
    if wanted is None:
        end("Der er ingen udgivelse at regne efter. Kør «samtaler nightly» først.", 1)
    try:
        with progress() as bars:
            found = verify_publication(place, wanted, shower(bars), counter)
    except (VintageError, LakeDamagedError, NightRunningError, EngineError) as refusal:
        end(str(refusal), 1)
    out = Console(highlight=False, markup=False, soft_wrap=True)
    for table in found.tables:
        said = table.note or (
            f"{number(table.rows_differing)} rækker afviger" if table.rows_differing else "ens"
        )
        rows = f"{number(table.rows_then)} rækker da, {number(table.rows_now)} nu"
        out.print(f"  {table.name:16} {rows:>36}  {said}")
    for erasure in erasures_of(place, found.publication_id):
        say(erasure)
    if found.code_then != found.code_now:
        say(f"Udgivet af program {found.code_then}, regnet efter af {found.code_now}.")
    if not found.is_equal:
        end(f"Udgivelsen {found.publication_id} kunne IKKE genskabes.", 1)
    out.print(f"Udgivelsen {found.publication_id} er genskabt, række for række.")


def _verify_ledger(home: str | None, landing: str | None, head: str | None) -> None:
    from pipelines.ledger import Ledger, LedgerError  # noqa: PLC0415
    from pipelines.verifying import ledger_problems  # noqa: PLC0415

    place = home_of(home, landing)
    try:
        problems = list(ledger_problems(place, head))
        publications = Ledger(place.ledger).publications()
    except LedgerError as refusal:
        end(str(refusal), 1)
    for problem in problems:
        say(problem)
    if problems:
        sys.exit(1)
    click.echo(
        f"Journalen er hel: {number(len(publications))} udgivelser, og deres filer er, som de blev "
        f"udgivet.\nGem det nyeste fingeraftryk et andet sted: {Ledger(place.ledger).head}"
    )
