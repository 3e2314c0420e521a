"""From the standing publication to those who must know; from a blocked night likewise.

Nothing here stops a night: what cannot be told is said in the notes, and is tried again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from pipelines.alerts.database import AlertMemoryError
from pipelines.alerts.digests import Night
from pipelines.alerts.memory import Memory, open_memory
from pipelines.alerts.model import Alert
from pipelines.alerts.outbox import Sent, decide, decide_blocked, due, send_due
from pipelines.alerts.published import published_alerts
from pipelines.alerts.routes import COPENHAGEN, NOBODY, Routes, RoutesError, load_routes, nobody
from pipelines.alerts.rules import alert_rules, rule_names
from pipelines.audit import AuditError, ask
from pipelines.settings import Home
from pipelines.vintages import standing_publication

_NIGHT: Final = """
    select
        p.publication_id,
        p.as_of,
        (
            select count(distinct d.municipality_code) from deliveries as d
            where d.status = 'accepted'
        ),
        (select count(*) from municipalities),
        (select max(d.delivered_on) from deliveries as d)
    from publication as p
"""


@dataclass(frozen=True, slots=True)
class Bearings:
    """What tonight's alerts are set against: the latest that is known of each, and the routes."""

    before: list[Alert]
    routes: Routes


@dataclass(slots=True)
class Told:
    """How telling went: messages written and sent tonight, those still waiting, and notes."""

    written: int = 0
    sent: int = 0
    waiting: int = 0
    notes: list[str] = field(default_factory=list)


def bearings(home: Home, publication_id: str, as_of: date) -> Bearings:
    """The bearings of a night; without routes where they cannot be read (telling says why).

    What a killed night published but did not get to tell is decided first. Raises AlertMemoryError
    where the memory is damaged or cannot be used: every alert would be published as a new one.
    """
    routes = None
    with suppress(RoutesError):
        routes = _routes(home)
    with open_memory(home.alert_memory) as memory:
        if routes is not None:
            with suppress(AuditError):
                _decide(home, memory, routes, local_now(), tonight=False)
        return Bearings(memory.latest_events(as_of, publication_id), routes or nobody())


def tell_publication(home: Home, now: datetime) -> Told:
    """Decides what tonight's publication has to tell, and sends what is due.

    A publication that looks back, to a day before one that was told of, tells nothing.
    """
    told = Told()
    with _noted(told), _opened(home) as (memory, routes):
        told.written = _decide(home, memory, routes, now, tonight=True)
        _send(memory, routes, now, told)
    return told


def send_waiting(home: Home, now: datetime) -> Told:
    """Sends what is due, some time after the night; what a killed night left untold is decided."""
    told = Told()
    with _noted(told), _opened(home) as (memory, routes):
        with suppress(AuditError):
            told.written = _decide(home, memory, routes, now, tonight=False)
        _send(memory, routes, now, told)
    return told


def tell_blocked(home: Home, problems: Sequence[str], now: datetime) -> Told:
    """Tells that a night published nothing, and why (Danish sentences)."""
    told = Told()
    with _noted(told), _opened(home) as (memory, routes):
        standing = standing_publication(home)
        told.written = decide_blocked(memory, routes, now.date(), problems, standing, now)
        _send(memory, routes, now, told)
    return told


def messages_due(home: Home, now: datetime) -> bool:
    """Whether a message is to be sent now; False as well where that cannot be known."""
    with suppress(RoutesError, AlertMemoryError, OSError):
        routes = _routes(home)
        with open_memory(home.alert_memory, unchecked=True) as memory:  # asked every minute
            messages, _ = due(memory, routes, now)
            return bool(messages)
    return False


def local_now() -> datetime:
    """The moment by the clock in Copenhagen."""
    return datetime.now(ZoneInfo(COPENHAGEN))


def _routes(home: Home) -> Routes:
    return load_routes(home.routes, alert_rules())


@contextmanager
def _opened(home: Home) -> Iterator[tuple[Memory, Routes]]:
    routes = _routes(home)
    with open_memory(home.alert_memory) as memory:
        yield memory, routes


@contextmanager
def _noted(told: Told) -> Iterator[None]:
    """What hinders telling becomes a note; the night has published all the same."""
    try:
        yield
    except (RoutesError, AlertMemoryError, AuditError, OSError) as error:
        told.notes.append(f"Ingen fik besked: {error}")


def _send(memory: Memory, routes: Routes, now: datetime, told: Told) -> None:
    if routes.default_owner == NOBODY:
        told.notes.append(
            "Ingen får besked om varsler, før alerts.yaml ligger i hjemmemappen (docs/alerts.md)."
        )
        return
    sent = send_due(memory, routes, now)
    told.sent, told.waiting = len(sent.arrived), len(memory.waiting())
    told.notes += _failures(sent)


def _failures(sent: Sent) -> list[str]:
    notes = [
        f"Besked til {failure.owner} ad vejen {failure.route} kom ikke frem: {failure.reason}. "
        "Der prøves igen."
        for failure in sent.failures
    ]
    return list(dict.fromkeys(notes))


def _decide(home: Home, memory: Memory, routes: Routes, now: datetime, *, tonight: bool) -> int:
    """Writes what the standing publication has to tell; the number of messages."""
    night = replace(_night(home.publication), tonight=tonight)
    if night.as_of < memory.told_through():
        return 0
    alerts = [_owned(alert, routes) for alert in published_alerts(home.publication)]
    return decide(memory, routes, night, alerts, now)


def _owned(alert: Alert, routes: Routes) -> Alert:
    """The alert with its owner of today: alerts.yaml may have been mended since the night."""
    rule = alert_rules().get(alert.rule)
    system = rule.system(alert.subject) if rule else None
    return replace(alert, owner=routes.owner_of(alert.rule, alert.municipality_code, system))


def _night(publication: Path) -> Night:
    [(publication_id, as_of, delivered, municipalities, latest)] = ask(publication, _NIGHT).rows
    assert isinstance(as_of, date)  # noqa: S101 - DuckDB gives a DATE as a date
    return Night(
        str(publication_id),
        as_of,
        int(str(delivered)),
        int(str(municipalities)),
        latest if isinstance(latest, date) else None,
        rule_names(),
    )
