"""What alerts were, who was told of them, and the messages on their way: `state/alerts.db`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from pipelines.alerts.database import connect
from pipelines.alerts.model import Alert
from pipelines.alerts.rules import BLOCKED

_LONGEST_PAUSE: Final = 60  # minutes
_ALERT: Final = tuple(item.name for item in fields(Alert))


@dataclass(frozen=True, slots=True)
class Told:
    """What an owner was last told of an alert."""

    since: date
    state: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Message:
    """A message to one owner, and what it tells."""

    key: str  # stands in the message and is the same in every repeat
    owner: str
    kind: str  # digest, heartbeat or blocked
    subject: str
    body: str
    urgent: bool = False
    tells: tuple[Alert, ...] = ()
    says: tuple[str, ...] = ()  # what is said once and has no life of its own


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message in the outbox."""

    key: str
    owner: str
    subject: str
    body: str
    urgent: bool
    attempts: int  # rounds in which it was tried
    next_attempt_at: datetime
    reason: str | None  # why the last attempt failed, if one was made


class Memory:
    """An open `alerts.db`."""

    def __init__(self, connection: sqlite3.Connection, file: Path) -> None:
        self._sql = connection
        self.lock = file.with_suffix(".lock")  # held by the one process that sends

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is kept together, or none of it."""
        self._sql.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._sql.execute("rollback")
            raise
        self._sql.execute("commit")

    def remember(self, publication_id: str, as_of: date, alerts: Iterable[Alert]) -> None:
        """Keeps the alerts of a publication; those it had before are replaced."""
        columns = ", ".join(("publication_id", "as_of", *_ALERT))
        marks = ", ".join("?" * (len(_ALERT) + 2))
        self._sql.executemany(
            f"insert or replace into events ({columns}) values ({marks})",
            [(publication_id, _text(as_of), *map(_text, astuple(alert))) for alert in alerts],
        )

    def latest_events(self, as_of: date, other_than_publication: str) -> list[Alert]:
        """Each alert as the last other publication through a day had it, by alert_id.

        A blocked night is left out: no publication tells of it.
        """
        rows = self._sql.execute(
            f"""
            select {", ".join(_ALERT)} from (
              select *, row_number() over (
                partition by alert_id order by as_of desc, rowid desc
              ) as place
              from events
              where as_of <= ? and publication_id <> ? and rule <> '{BLOCKED}'
            ) where place = 1 order by alert_id
            """,
            (_text(as_of), other_than_publication),
        )
        return [_alert(row) for row in rows]

    def told_through(self) -> date:
        """The latest reporting day that was told of; the first of days where there is none."""
        [day] = self._sql.execute(
            f"select max(as_of) from events where rule <> '{BLOCKED}'"
        ).fetchone()
        return date.fromisoformat(day) if day else date.min

    def blocked_since(self) -> date | None:
        """The first day of blocked nights, where no publication has come since."""
        row = self._sql.execute(
            f"select since, state from events where rule = '{BLOCKED}' order by rowid desc limit 1"
        ).fetchone()
        open_ = row is not None and row["state"] != "resolved"
        return date.fromisoformat(row["since"]) if open_ else None

    def told(self) -> dict[tuple[str, str], Told]:
        """What every owner was last told, by owner and alert_id."""
        rows = self._sql.execute("select owner, alert_id, since, state, value from told")
        return {
            (row["owner"], row["alert_id"]): Told(
                date.fromisoformat(row["since"]), row["state"], row["value"]
            )
            for row in rows
        }

    def said(self) -> set[tuple[str, str]]:
        """What was said once to an owner."""
        return {tuple(row) for row in self._sql.execute("select owner, what from said")}

    def write(self, message: Message, now: datetime) -> None:
        """Puts a message into the outbox, and keeps what its owner is told by it."""
        self._sql.execute(
            """
            insert into messages
              (key, owner, kind, subject, body, urgent, written_at, next_attempt_at)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (key) do update set
              state = 'waiting', attempts = 0, next_attempt_at = excluded.next_attempt_at
            """,
            (
                *(message.key, message.owner, message.kind, message.subject, message.body),
                *(message.urgent, moment(now), moment(now)),
            ),
        )
        self._sql.executemany(
            "insert or replace into told values (?, ?, ?, ?, ?, ?)",
            [
                (
                    *(message.owner, alert.alert_id, _text(alert.since)),
                    *(alert.state, alert.value, moment(now)),
                )
                for alert in message.tells
            ],
        )
        self._sql.executemany(
            "insert or replace into said values (?, ?, ?)",
            [(message.owner, what, moment(now)) for what in message.says],
        )

    def waiting(self) -> list[Waiting]:
        """Messages that have not arrived, in the order they are sent: those longest due first.

        An urgent one goes before them, but only once: it may be what a server will not take.
        """
        rows = self._sql.execute(
            """
            select messages.*, (
              select reason from attempts
              where attempts.key = messages.key and outcome <> 'begun'
              order by number desc limit 1
            ) as reason
            from messages where state = 'waiting'
            order by urgent and attempts = 0 desc, next_attempt_at, number
            """
        )
        return [
            Waiting(
                key=row["key"],
                owner=row["owner"],
                subject=row["subject"],
                body=row["body"],
                urgent=bool(row["urgent"]),
                attempts=row["attempts"],
                next_attempt_at=datetime.fromisoformat(row["next_attempt_at"]),
                reason=row["reason"],
            )
            for row in rows
        ]

    def begin_round(self, message: Waiting, now: datetime) -> None:
        """Before a message is tried: when it is tried again if nothing more is heard of it.

        The pause is 1, 2, 4 minutes and so on up to an hour, and never ends.
        """
        pause = timedelta(minutes=min(2 ** min(message.attempts, 6), _LONGEST_PAUSE))
        self._sql.execute(
            "update messages set attempts = attempts + 1, next_attempt_at = ? where key = ?",
            (moment(now + pause), message.key),
        )

    def begin_attempt(self, key: str, route: str, now: datetime) -> int:
        """Writes that an attempt begins; the number names it."""
        cursor = self._sql.execute(
            "insert into attempts (key, route, at, outcome) values (?, ?, ?, 'begun')",
            (key, route, moment(now)),
        )
        return int(cursor.lastrowid or 0)

    def failed(self, attempt: int, reason: str) -> None:
        """Writes why an attempt failed."""
        self._sql.execute(
            "update attempts set outcome = 'failed', reason = ? where number = ?", (reason, attempt)
        )

    def arrived(self, attempt: int, key: str, route: str, now: datetime) -> None:
        """Writes that a message has arrived."""
        with self.transaction():
            self._sql.execute(
                "update attempts set outcome = 'arrived' where number = ?", (attempt,)
            )
            self._sql.execute(
                "update messages set state = 'sent', sent_at = ?, sent_by = ? where key = ?",
                (moment(now), route, key),
            )

    def sent(self, newest: int) -> list[Mapping[str, Any]]:
        """The messages that arrived last: owner, subject, sent_at, sent_by."""
        return [
            dict(row)
            for row in self._sql.execute(
                """
                select owner, subject, sent_at, sent_by from messages where state = 'sent'
                order by sent_at desc, number desc limit ?
                """,
                (newest,),
            )
        ]


@contextmanager
def open_memory(file: Path, *, unchecked: bool = False) -> Iterator[Memory]:
    """The memory of a home, made on first use; several processes wait for each other.

    Every row is looked at, unless it is asked `unchecked` and nothing follows from what it says.
    Raises AlertMemoryError where it is damaged, made by a newer program, or cannot be written.
    """
    with connect(file, unchecked=unchecked) as connection:
        yield Memory(connection, file)


def moment(now: datetime) -> str:
    """A moment as the memory writes it: UTC, so that texts sort as moments do."""
    return now.astimezone(UTC).isoformat(timespec="seconds")


def _text(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _alert(row: sqlite3.Row) -> Alert:
    values = dict(row)
    for name in ("period", "since", "silenced_until"):
        if values[name] is not None:
            values[name] = date.fromisoformat(values[name])
    return Alert(**values)
