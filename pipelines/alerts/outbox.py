"""From a decision to a message that has arrived: at least once, whatever fails in between.

The decision is one transaction: either alerts, messages and what was told are all kept, or none.
A message leaves the outbox only after a server took it. A process that dies in between sends it
again, with the same key.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from filelock import FileLock, Timeout

from pipelines.alerts.digests import (
    Night,
    blocked_alert,
    blocked_messages,
    resolved_block,
    write_messages,
)
from pipelines.alerts.memory import Memory, Waiting
from pipelines.alerts.model import Alert
from pipelines.alerts.routes import Routes
from pipelines.alerts.sending import PATIENCE, deliver, server_of

ROUND_SECONDS: Final = 60.0

# Address, subject, body, key, seconds; None when the message arrived, else why not.
Send = Callable[[str, str, str, str, float], str | None]


@dataclass(frozen=True, slots=True)
class Failure:
    """One attempt that failed."""

    owner: str
    subject: str
    route: str
    reason: str


@dataclass(slots=True)
class Sent:
    """What a round of sending did."""

    arrived: list[tuple[str, str, str]] = field(default_factory=list)  # owner, subject, route
    failures: list[Failure] = field(default_factory=list)
    undelivered: int = 0  # messages that were due and are still here
    quiet: int = 0  # messages that wait for the end of quiet hours
    busy: bool = False  # another process is sending


def decide(
    memory: Memory, routes: Routes, night: Night, alerts: Sequence[Alert], now: datetime
) -> int:
    """Writes what a publication has to tell into the outbox; the number of messages.

    Again for the same publication, it writes only what its owners have not had: nothing, unless
    alerts.yaml was mended in between. A publication ends a blocked night.
    """
    with memory.transaction():
        since = memory.blocked_since() if night.tonight else None
        all_alerts = [*alerts, resolved_block(since)] if since else list(alerts)
        memory.remember(night.publication_id, night.as_of, all_alerts)
        messages = write_messages(night, all_alerts, memory.told(), memory.said(), routes, now)
        for message in messages:
            memory.write(message, now)
    return len(messages)


def decide_blocked(
    memory: Memory,
    routes: Routes,
    day: date,
    problems: Sequence[str],
    standing_publication: str | None,
    now: datetime,
) -> int:
    """Writes urgent messages of a night that published nothing; the number of messages.

    `problems` are Danish sentences. Each set of them is told once a day.
    """
    with memory.transaction():
        alert = blocked_alert(day, memory.blocked_since() or day, routes.default_owner)
        memory.remember(f"blocked-{day}", day, [alert])
        messages = blocked_messages(
            day, problems, standing_publication, alert, memory.said(), routes
        )
        for message in messages:
            memory.write(message, now)
    return len(messages)


def send_due(
    memory: Memory,
    routes: Routes,
    now: datetime,
    *,
    send: Send = deliver,
    seconds: float = ROUND_SECONDS,
) -> Sent:
    """Sends what is due, within so many seconds; one process at a time.

    An owner's routes are tried in order. A route that failed is left alone for the rest of the
    round, and so is every route of a server that used up the wait: a server that hangs costs one
    wait, and not one for every message.
    """
    sent = Sent()
    try:
        with FileLock(memory.lock, timeout=0):
            _send_round(memory, routes, now, send, seconds, sent)
    except Timeout:
        sent.busy = True
    return sent


def due(memory: Memory, routes: Routes, now: datetime) -> tuple[list[Waiting], int]:
    """The messages to send now, and how many are held back by quiet hours.

    Where nobody is to be told, nothing is due. Urgent messages know no quiet hours.
    """
    waiting = memory.waiting() if routes.owners else []
    ripe = [message for message in waiting if message.next_attempt_at <= now]
    awake = [message for message in ripe if message.urgent or not _is_quiet(routes, message, now)]
    return awake, len(ripe) - len(awake)


def _is_quiet(routes: Routes, message: Waiting, now: datetime) -> bool:
    quiet = routes.owners[routes.recipient(message.owner)].quiet
    return quiet is not None and quiet.holds(now)


def _send_round(
    memory: Memory, routes: Routes, now: datetime, send: Send, seconds: float, sent: Sent
) -> None:
    messages, sent.quiet = due(memory, routes, now)
    patience = min(PATIENCE, seconds / 4)
    last_start = time.monotonic() + seconds - patience
    failed: set[str] = set()  # routes
    hung: set[str] = set()  # servers
    for message in messages:
        ways = [
            (route, url)
            for route, url in routes.ways(routes.recipient(message.owner))
            if route not in failed and server_of(url) not in hung
        ]
        begun = False
        for route, url in ways:
            started = time.monotonic()
            if started > last_start or server_of(url) in hung:
                continue
            with memory.transaction():
                if not begun:
                    memory.begin_round(message, now)
                    begun = True
                attempt = memory.begin_attempt(message.key, route, now)
            reason = send(url, message.subject, message.body, message.key, patience)
            if reason is None:
                memory.arrived(attempt, message.key, route, now)
                sent.arrived.append((message.owner, message.subject, route))
                break
            memory.failed(attempt, reason)
            failed.add(route)
            if time.monotonic() - started >= patience:
                hung.add(server_of(url))
            sent.failures.append(Failure(message.owner, message.subject, route, reason))
    sent.undelivered = len(messages) - len(sent.arrived)
