"""`samtaler alerts`: what is wrong, what waits to be told, and silences."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

import click
from rich.console import Console

from pipelines.alerts.database import AlertMemoryError
from pipelines.alerts.memory import Memory, Waiting, open_memory
from pipelines.alerts.model import Alert
from pipelines.alerts.outbox import Sent, due, send_due
from pipelines.alerts.published import published_alerts
from pipelines.alerts.routes import COPENHAGEN, Routes, RoutesError, load_routes
from pipelines.alerts.rules import rule_names
from pipelines.alerts.silencing import add_silence
from pipelines.audit import AuditError
from pipelines.cli.options import end, home_of, home_options, plain_errors, say
from pipelines.settings import Home
from pipelines.wording import number, printable, written_day

_STATES: Final = {
    "new": "ny",
    "worse": "forværret",
    "ongoing": "fortsat",
    "silenced": "gjort tavs",
    "resolved": "løst",
}
_OPEN: Final = ("new", "worse", "ongoing")
_NEWEST: Final = 20  # messages that arrived, with --all


@click.group(help="Varsler: hvad der er galt, hvem der har fået besked, og hvad der venter.")
def alerts() -> None:
    """Group of the commands below."""


@alerts.command("list", help="Vis åbne varsler og beskeder, der venter på at blive afleveret.")
@home_options
@click.option("--all", "everything", is_flag=True, help="Også løste, tavse og afleverede.")
def list_alerts(home: str | None, landing: str | None, everything: bool) -> None:
    """Exit 0 shown, 1 the publication or the memory cannot be read."""
    place = home_of(home, landing)
    out = Console(highlight=False, markup=False, soft_wrap=True)
    with _plain(), plain_errors():
        if place.publication.exists():
            _show_alerts(out, published_alerts(place.publication), everything)
        else:
            say("Der er ingen udgivelse endnu. Kør «samtaler nightly» først.")
        with open_memory(place.alert_memory) as memory:
            waiting = memory.waiting()
            out.print(f"Beskeder, der venter: {number(len(waiting))}")
            for message in waiting:
                out.print(f"  {message.owner}: {message.subject}{_tried(message)}")
            if everything:
                sent = memory.sent(_NEWEST)
                out.print(f"Beskeder, der sidst er afleveret: {number(len(sent))}")
                for row in sent:
                    at = _local(datetime.fromisoformat(row["sent_at"]))
                    out.print(f"  {row['owner']}: {row['subject']} ({at}, {row['sent_by']})")


@alerts.command(help="Send det, der venter, nu. Kør den fra cron, hvor Dagster ikke kører.")
@home_options
@click.option("--dry-run", is_flag=True, help="Vis beskederne, og send intet.")
def resend(home: str | None, landing: str | None, dry_run: bool) -> None:
    """Exit 0 nothing is left that was due, 1 something was not delivered, 2 broken routes."""
    place = home_of(home, landing)
    with _plain(), plain_errors():
        routes = _routes(place)
        with open_memory(place.alert_memory) as memory:
            if dry_run:
                _show(memory, routes)
                return
            sent = send_due(memory, routes, datetime.now(UTC))
    _report(sent)
    if sent.undelivered:
        sys.exit(1)


@alerts.command(help="Gør en regels varsler tavse til og med en dag: tilføjes i alerts.yaml.")
@click.argument("rule")
@home_options
@click.option("--municipality", metavar="KODE", help="Kun i denne kommune (tre cifre).")
@click.option(
    "--until",
    required=True,
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="ÅÅÅÅ-MM-DD",
    help="Sidste dag.",
)
@click.option("--reason", required=True, metavar="TEKST", help="Hvorfor.")
def silence(
    rule: str,
    home: str | None,
    landing: str | None,
    municipality: str | None,
    until: datetime,
    reason: str,
) -> None:
    """Exit 0 added, 2 wrong call or a broken file, which stays as it was."""
    if until.date() < _today():
        end("--until er en dag, der er gået.", 2)
    place = home_of(home, landing)
    with _plain(), plain_errors():
        add_silence(
            place.routes,
            rule_names(),
            rule=rule,
            municipality=municipality,
            until=until.date(),
            reason=reason,
        )
    click.echo(f"{rule} er tavs til og med {written_day(until.date())} ({place.routes}).")


def _routes(place: Home) -> Routes:
    routes = load_routes(place.routes, rule_names())
    if not routes.owners:
        say(f"Ingen får besked: {place.routes} findes ikke. Se docs/alerts.md.")
    return routes


@contextmanager
def _plain() -> Iterator[None]:
    try:
        yield
    except RoutesError as error:
        end(str(error), 2)
    except (AlertMemoryError, AuditError) as error:
        end(str(error), 1)


def _show_alerts(out: Console, published: list[Alert], everything: bool) -> None:
    shown = [alert for alert in published if everything or alert.state in _OPEN]
    out.print(f"Varsler: {number(len(shown))}")
    for alert in sorted(shown, key=lambda alert: list(_STATES).index(alert.state)):
        out.print(f"  {_alert_line(alert)}")


def _show(memory: Memory, routes: Routes) -> None:
    messages, quiet = due(memory, routes, datetime.now(UTC))
    for message in messages:
        ways = ", ".join(route for route, _ in routes.ways(routes.recipient(message.owner)))
        click.echo(f"--- {message.owner} ad {ways}\n{message.subject}\n\n{message.body}\n")
    click.echo(f"{number(len(messages))} beskeder ville blive sendt.{_held_back(quiet)}")


def _report(sent: Sent) -> None:
    if sent.busy:
        click.echo("En anden proces er ved at sende.")
        return
    for owner, subject, route in sent.arrived:
        click.echo(f"Sendt til {owner} ad {route}: {subject}")
    for failure in sent.failures:
        say(f"Ikke sendt til {failure.owner} ad {failure.route}: {failure.reason}.")
    click.echo(
        f"{number(len(sent.arrived))} sendt, {number(sent.undelivered)} venter på et nyt forsøg."
        f"{_held_back(sent.quiet)}"
    )


def _held_back(quiet: int) -> str:
    return f" {number(quiet)} venter, til de stille timer er forbi." if quiet else ""


def _alert_line(alert: Alert) -> str:
    until = f" til og med {written_day(alert.silenced_until)}" if alert.silenced_until else ""
    return (
        f"{_STATES[alert.state]}{until} · siden {written_day(alert.since)} · {alert.owner} · "
        f"{alert.rule}: {printable(alert.message_da)}"
    )


def _tried(message: Waiting) -> str:
    if not message.attempts:
        return ""
    why = f" ({message.reason})" if message.reason else ""
    return f" · forsøgt {message.attempts} gange{why} · igen {_local(message.next_attempt_at)}"


def _local(moment: datetime) -> str:
    return written_day(moment.astimezone(ZoneInfo(COPENHAGEN)))


def _today() -> date:
    return datetime.now(ZoneInfo(COPENHAGEN)).date()
