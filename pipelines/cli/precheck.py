"""`samtaler precheck`: the night's verdict on one file, on the sender's own machine."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import click
from rich.console import Console

from pipelines.cli.options import SHOWN_ROWS, end, home_options, plain_errors
from pipelines.municipalities import municipalities
from pipelines.wording import first_of, number

if TYPE_CHECKING:
    from pipelines.precheck import Verdict


@click.command(help="Se, hvad natten ville sige til en fil. Intet gemmes.")
@click.argument("file", type=click.Path(path_type=Path))
@home_options
@click.option("--municipality", required=True, metavar="KODE", help="Kommunens tre cifre.")
@click.option(
    "--delivered", type=click.DateTime(["%Y-%m-%d"]), help="Leveringsdagen (ellers i dag)."
)
def precheck(
    file: Path, municipality: str, delivered: datetime | None, **_home: str | None
) -> None:
    """Exit 0 clean, 1 rows rejected, 2 wrong call, 3 unreadable."""
    from pipelines.precheck import precheck_apart  # noqa: PLC0415 - Polars is slow to import

    if municipality not in {known.code for known in municipalities()}:
        end(f"{municipality!r} er ikke en kommunekode. Skriv kommunens tre cifre, fx 147.", 2)
    if not file.is_file():
        end("Filen findes ikke. Angiv stien til filen, du vil levere.", 2)
    day: date = (
        delivered.date() if delivered else datetime.now(ZoneInfo("Europe/Copenhagen")).date()
    )
    with plain_errors():
        verdict = precheck_apart(file, municipality, day)
    _print(verdict)
    sys.exit(3 if verdict.content.reason else 1 if verdict.rejected else 0)


def _print(verdict: Verdict) -> None:
    out = Console(highlight=False, markup=False, soft_wrap=True)
    content = verdict.content
    if content.reason:
        out.print(f"Filen kan ikke læses ({content.reason}): {content.message_da}")
        return
    form = ", ".join(part for part in (content.encoding, _separator(content.separator)) if part)
    out.print(f"Art: {_KINDS[str(content.kind)]}{f' ({form})' if form else ''}")
    out.print(
        f"Rækker: {number(content.rows_read)} læst = {number(verdict.accepted)} gældende, "
        f"{number(verdict.superseded)} afløst, {number(verdict.withdrawn)} trukket tilbage, "
        f"{number(verdict.rejected)} afvist"
    )
    for fault in verdict.faults:
        out.print(f"\n{fault.code} ({fault.column_name}): {number(len(fault.rows))} rækker")
        out.print(f"  Hvad: {fault.message_da}")
        out.print(f"  Sådan: {fault.fix_da}")
        rows = fault.rows.head(SHOWN_ROWS).to_list()
        out.print(f"  Rækker: {first_of(rows, len(fault.rows))}")
    if verdict.unmatched:
        words = ", ".join(f"«{word}» ({number(count)})" for word, count in verdict.unmatched[:20])
        out.print(f"\nFormer, ingen liste kender (samtalen tæller som afholdt): {words}")
    if not verdict.faults:
        out.print("Ingen fejl.")


_KINDS: Final = {"meetings": "samtaler", "spells": "forløb", "absences": "fravær"}


def _separator(separator: str | None) -> str | None:
    return "tabulator" if separator == "\t" else separator
