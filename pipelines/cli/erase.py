"""`samtaler erase`: one citizen out of lake, publications and everything made of them."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import click
from rich.console import Console

from pipelines.cli.options import SHOWN_ROWS, end, home_of, home_options, plain_errors
from pipelines.cli.progress import progress, shower
from pipelines.wording import first_of, number

if TYPE_CHECKING:
    from pipelines.erasing.erase import Erasure, Left


@click.command(help="Slet en borger. CPR-nummeret skrives, når der spørges, eller på stdin.")
@home_options
def erase(home: str | None, landing: str | None) -> None:
    """Exit 0 erased, 1 not found or not possible, 2 wrong call. The number is never repeated."""
    from pipelines.deliveries.pseudonyms import (  # noqa: PLC0415 - Polars takes its time to import
        UNKNOWN_CITIZEN,
        KeyProblemError,
        is_cpr,
    )
    from pipelines.erasing.erase import NothingKnownError, erase_citizen  # noqa: PLC0415
    from pipelines.lake import LakeDamagedError  # noqa: PLC0415
    from pipelines.ledger import LedgerError  # noqa: PLC0415
    from pipelines.night import NightRunningError, one_at_a_time  # noqa: PLC0415
    from pipelines.publishing import HeldBackError  # noqa: PLC0415

    cpr = re.sub(r"[\s-]", "", _asked())
    if cpr == UNKNOWN_CITIZEN or not is_cpr(cpr):
        end("Det er ikke et CPR-nummer: skriv ti cifre, der begynder med en rigtig dato.", 2)
    place = home_of(home, landing)
    if not place.state.exists():
        end(f"Der er intet at slette: {place.root} er ikke en hjemmemappe.", 1)
    refusals = (KeyProblemError, NothingKnownError, HeldBackError, LakeDamagedError)
    with plain_errors():
        try:
            with one_at_a_time(place), progress() as bars:
                found = erase_citizen(place, cpr, shower(bars))
        except (*refusals, LedgerError, NightRunningError) as refusal:
            end(str(refusal), 1)
    _tell(found)
    if not found.is_found:
        sys.exit(1)


def _asked() -> str:
    if sys.stdin.isatty():
        return str(click.prompt("CPR-nummer", hide_input=True, err=True))
    return sys.stdin.readline()


def _tell(found: Erasure) -> None:
    out = Console(highlight=False, markup=False, soft_wrap=True)
    if not found.is_found:
        out.print("Borgeren findes hverken i lageret, i udgivelserne eller i landing/.")
    else:
        out.print(f"Borgeren er slettet: {number(found.rows)} rækker er taget ud af lageret.")
        for name, counted_anew in found.publications.items():
            how = (
                "talt igen uden borgeren" if counted_anew else "rækkerne er taget ud, tallene står"
            )
            out.print(f"  Udgivelsen {name} er erstattet: {how}.")
        if not found.is_told:
            out.print("Kvitteringer og rapport mangler: kør «samtaler nightly».")
    holding = [left for left in found.left if left.is_read]
    if holding:
        out.print(
            "\nFiler i landing/, som borgeren stadig står i. Bed kommunen sende dem igen uden "
            "borgeren, eller fjern dem; natten læser ikke borgeren ind fra dem:"
        )
        for left in holding:
            out.print(f"  {_place(left)}: {_where(left)}")
    unread = [left for left in found.left if not left.is_read]
    if unread:
        out.print("\nFiler i landing/, der ikke kan læses. Se selv efter, om borgeren står i dem:")
        for left in unread:
            out.print(f"  {_place(left)}")
    if found.is_found:
        out.print("\nSikkerhedskopier, og kopier andre har taget, er ikke rørt (docs/erasure.md).")


def _place(left: Left) -> str:
    return f"{left.municipality_code}/{left.delivered_on}/{left.file}"


def _where(left: Left) -> str:
    parts = []
    if left.about:
        parts.append(f"række {first_of(left.about[:SHOWN_ROWS], len(left.about))}")
    if left.mentions:
        parts.append(f"nævnt i række {first_of(left.mentions[:SHOWN_ROWS], len(left.mentions))}")
    if left.is_named:
        parts.append("i filens navn")
    return "; ".join(parts)
