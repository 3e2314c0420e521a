"""The file `state/alerts.db`: how it is opened, and its tables.

SQLite, because a decision must be whole or not there at all whatever kills the process. It keeps
its rollback journal, not a write-ahead log: writers are few, the database stays one file that can
be copied, and it works where the home is a network drive. `synchronous=extra` also writes the
journal's removal to disk, so that what was committed is there after a power cut. Sums over the rows
tell whether they are still those that were written (`sums`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from pipelines.alerts.sums import begin_sums, sums_are_right, use_sums

_VERSION: Final = 2  # 1 had no sums
_BUSY_SECONDS: Final = 30.0
_SCHEMA: Final = """
create table events (
  publication_id text not null,
  as_of text not null,
  alert_id text not null,
  rule text not null,
  municipality_code text,
  target_group text,
  subject text,
  period text,
  value real,
  threshold real,
  cases integer,
  since text not null,
  state text not null,
  reference_value real,
  owner text not null,
  silenced_until text,
  message_da text not null,
  message_en text not null,
  fix_da text not null,
  primary key (publication_id, alert_id)
) strict;
create index events_of_an_alert on events (alert_id, as_of);
create table told (
  owner text not null,
  alert_id text not null,
  since text not null,
  state text not null,
  value real,
  told_at text not null,
  primary key (owner, alert_id)
) strict, without rowid;
create table said (
  owner text not null,
  what text not null,
  said_at text not null,
  primary key (owner, what)
) strict, without rowid;
create table messages (
  number integer primary key,
  key text not null unique,
  owner text not null,
  kind text not null check (kind in ('digest', 'heartbeat', 'blocked')),
  subject text not null,
  body text not null,
  urgent integer not null,
  written_at text not null,
  attempts integer not null default 0,
  next_attempt_at text not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent')),
  sent_at text,
  sent_by text
) strict;
create index messages_by_state on messages (state, next_attempt_at);
create table attempts (
  number integer primary key,
  key text not null references messages (key),
  route text not null,
  at text not null,
  outcome text not null check (outcome in ('begun', 'arrived', 'failed')),
  reason text
) strict;
"""
_DAMAGED: Final = (
    "{} er beskadiget: den er ikke, som den blev skrevet. Gendan den fra en sikkerhedskopi, eller "
    "flyt den væk, og kør igen. Uden den regnes hvert varsel som nyt, alle får besked én gang til "
    "om det, der stadig er galt, og beskeder, der ventede, er tabt."
)
# What SQLite says of a file whose tables it cannot make sense of.
_SAID_OF_DAMAGE: Final = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class AlertMemoryError(Exception):
    """The memory of alerts cannot be used; the message says why and what to do."""


@contextmanager
def connect(file: Path, *, unchecked: bool = False) -> Iterator[sqlite3.Connection]:
    """A connection to the file, made on first use; several processes wait for each other.

    Every row is looked at, unless it is asked `unchecked` and nothing follows from what it says.
    Raises AlertMemoryError where it is damaged, made by a newer program, or cannot be written.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with closing(
            sqlite3.connect(file, timeout=_BUSY_SECONDS, isolation_level=None)
        ) as connection:
            connection.row_factory = sqlite3.Row
            connection.execute("pragma synchronous = extra")
            _prepare(connection, file)
            if not (unchecked or sums_are_right(connection)):
                raise AlertMemoryError(_DAMAGED.format(file.name))
            yield connection
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # the latter: a name of a table
        if isinstance(error, sqlite3.OperationalError) and not _tells_of_damage(error):
            raise AlertMemoryError(
                f"{file.name} kan ikke læses eller skrives ({error}). Gør plads, ret "
                "rettighederne, og kør igen."
            ) from error
        raise AlertMemoryError(_DAMAGED.format(file.name)) from error


def _tells_of_damage(error: sqlite3.OperationalError) -> bool:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)  # Python's own has none
    return code & 0xFF in _SAID_OF_DAMAGE  # the other bits tell more of the same


def _prepare(connection: sqlite3.Connection, file: Path) -> None:
    use_sums(connection)
    [[version]] = connection.execute("pragma user_version").fetchall()
    if version > _VERSION:
        raise AlertMemoryError(
            f"{file.name} er skrevet af et nyere program. Brug det, eller flyt filen væk."
        )
    if version < _VERSION:
        # A second process that came at the same time finds the tables made.
        connection.execute("begin exclusive")
        [[version]] = connection.execute("pragma user_version").fetchall()
        if version == 0:
            for statement in _SCHEMA.strip().rstrip(";").split(";\n"):
                connection.execute(statement)
        if version < _VERSION:
            begin_sums(connection)
            connection.execute(f"pragma user_version = {_VERSION}")
        connection.execute("commit")
