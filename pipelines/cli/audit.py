"""`samtaler audit`: ask the publication, and nothing but the publication."""

from __future__ import annotations

import csv
import json
import sys
from datetime import date, datetime
from decimal import Decimal
from typing import Final

import click
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table

from pipelines.asking import ask_apart
from pipelines.audit import Answer, AuditError, ask, list_tables
from pipelines.cli.options import end, home_of, home_options, plain_errors, say
from pipelines.ready import list_ready, run_ready
from pipelines.wording import number

_WIDEST: Final = 10_000  # characters
_SHOWN_ROWS: Final = 500  # of a table on a terminal, whose columns are fitted to every row


@click.command(help="Spørg udgivelsen med SQL eller et færdigt spørgsmål; ellers vises tabellerne.")
@click.argument("sql", required=False)
@home_options
@click.option("--list", "listed", is_flag=True, help="Vis de færdige spørgsmål.")
@click.option("--run", "name", metavar="NAVN", help="Stil et færdigt spørgsmål.")
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="PARAMETER=VÆRDI",
    help="Sæt en parameter i det færdige spørgsmål; en tom værdi er alle.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="Svarets form.",
)
def audit(
    sql: str | None,
    home: str | None,
    landing: str | None,
    listed: bool,
    name: str | None,
    settings: tuple[str, ...],
    form: str,
) -> None:
    """Exit 0 answered, 1 SQL error, unknown query or no publication, 2 wrong call."""
    if sum([listed, name is not None, sql is not None]) > 1:
        end("Vælg én ting: SQL, --list eller --run.", 2)
    if settings and name is None:
        end("--set hører til --run.", 2)
    given = dict(_setting(setting) for setting in settings)
    show = {"table": _print_table, "csv": _print_csv, "json": _print_json}[form]
    if listed:
        show(list_ready())
        return
    publication = home_of(home, landing).publication
    if not publication.exists():
        end("Der er ingen udgivelse endnu. Kør «samtaler nightly» først.", 1)
    with plain_errors():
        try:
            if name is not None:
                answer = ask_apart(run_ready, publication, name, given)
            elif sql:
                answer = ask_apart(ask, publication, sql)
            else:
                answer = ask_apart(list_tables, publication)
        except AuditError as error:
            end(str(error), 1)
    show(answer)
    if name is not None and not answer.rows:
        say("Ingen rækker passer til parametrene.")


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        end(f"--set {text!r} har ingen værdi. Skriv PARAMETER=VÆRDI, fx municipality=101.", 2)
    return name.strip(), value.strip()


def _print_table(answer: Answer) -> None:
    table = Table(box=None, pad_edge=False)
    for column in answer.columns:
        table.add_column(column, overflow="fold")
    for row in answer.rows[:_SHOWN_ROWS]:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    out = Console(highlight=False, markup=False)
    widest = Measurement.get(out, out.options.update(max_width=_WIDEST), table).maximum
    out.width = max(out.width, widest)  # a row too wide for the terminal stays one line
    out.print(table)
    if len(answer.rows) > _SHOWN_ROWS:
        say(
            f"Her er {_SHOWN_ROWS} af {number(len(answer.rows))} rækker. "
            "Få dem alle med --format csv eller json."
        )


def _print_csv(answer: Answer) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows(answer.rows)


def _print_json(answer: Answer) -> None:
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    click.echo(json.dumps(rows, ensure_ascii=False, default=_plain, indent=1))


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)
