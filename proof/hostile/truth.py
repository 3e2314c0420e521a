"""Meetings as a sender means them: what a reader may say of each, and how a table of them looks."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

COLUMNS: Final = (
    *("samtale_id", "cpr", "samtaletype", "samtaleform", "status", "start", "slut", "aktoer"),
    *("registreret", "indkaldt", "bemaerkning", "system"),
)
DELIVERED: Final = date(2027, 1, 15)
_FIRST: Final = date(2019, 1, 1)
_DAYS: Final = (date(2026, 12, 31) - _FIRST).days

# Word as written, what it means. Danish letters are in many, for they are what gets damaged.
_TYPES: Final = (
    *(("7", "7"), ("Jobsamtale", "7"), ("Opfølgningssamtale", "4"), ("Rådighedssamtale", "15")),
    *(("Informationsmøde", "9"), ("Fælles jobsamtale", "19"), ("Anden samtale", "12")),
)
_FORMS: Final = (
    *(("1", "in_person"), ("Personligt fremmøde", "in_person"), ("Telefonmøde", "phone")),
    *(("2", "phone"), ("Videosamtale", "virtual"), ("Teams-møde", "virtual"), ("Brev", "written")),
    *(("", "unknown"), ("Fysisk møde", "in_person"), ("Telefonisk", "phone")),
)
_STATUSES: Final = (
    *(("afholdt", "held"), ("Gennemført", "held"), ("planlagt", "planned")),
    *(("aflyst", "cancelled"), ("udeblevet", "no_show"), ("ombooket", "moved")),
)
_ACTORS: Final = (
    *(("jobcenter", "municipality"), ("a-kasse", "a_kasse"), ("anden aktør", "municipality")),
    ("", "municipality"),
)
# Remarks, and the mode each may decide where the form says nothing.
_REMARKS: Final = (
    *(("", None), ("Mødte op personligt", "in_person"), ("Holdt over Teams", "virtual")),
    *(("Drøftede CV og næste møde på søndag", None), ("Ønsker video næste gang", None)),
    *(("Ringer på torsdag; sender brev", None), ('Sagde "nej tak" til løntilskud', None)),
)


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting: the cells as its sender writes them, and what they mean."""

    cells: Mapping[str, str]
    citizen: str  # the CPR number
    type: str
    mode: str  # "unknown" where neither form nor remark says it
    status: str
    started_at: datetime
    actor: str
    registered_at: datetime | None
    summoned_on: date | None

    @property
    def id(self) -> str:
        """The id, unique in a file."""
        return self.cells["samtale_id"]

    def written(self, **cells: str) -> Meeting:
        """The same meeting with some cells written otherwise."""
        return replace(self, cells={**self.cells, **cells})

    def meaning(self, **facts: Any) -> Meeting:  # noqa: ANN401 - of any field
        """The same meeting, but for what some of it means."""
        return replace(self, **facts)


def draw(chance: random.Random, rows: int, prefix: str = "") -> list[Meeting]:
    """Meetings of invented citizens; the same chance, the same meetings."""
    first = chance.randrange(1_000_000, 9_000_000)
    return [_meeting(chance, f"{prefix}{first + number * 7}") for number in range(rows)]


def cpr(chance: random.Random, day: int | None = None) -> str:
    """An invented number with a real date; `day` is the first two digits."""
    born = f"{day or chance.randint(1, 28):02}{chance.randint(1, 12):02}{chance.randint(40, 99)}"
    return f"{born}{chance.randint(0, 3999):04}"


def _meeting(chance: random.Random, meeting_id: str) -> Meeting:
    form, mode = chance.choice(_FORMS)
    fitting = [told for told in _REMARKS if mode == "unknown" or told[1] in (None, mode)]
    remark, remark_mode = chance.choice(fitting)
    type_word, type_ = chance.choice(_TYPES)
    actor_word, actor = chance.choice(_ACTORS)
    status_word, status = chance.choice(_STATUSES)
    day = _FIRST + timedelta(chance.randrange(_DAYS))
    start = datetime.combine(day, time(chance.randint(7, 17), chance.randrange(0, 60, 5)))
    registered = (
        start + timedelta(minutes=chance.randint(1, 9000)) if chance.random() < 0.8 else None
    )
    summoned = day - timedelta(chance.randint(1, 30)) if chance.random() < 0.6 else None
    citizen = cpr(chance)
    return Meeting(
        {
            "samtale_id": meeting_id,
            "cpr": citizen,
            "samtaletype": type_word,
            "samtaleform": form,
            "status": status_word,
            "start": f"{start:%Y-%m-%d %H:%M}",
            "slut": f"{start + timedelta(minutes=45):%Y-%m-%d %H:%M}",
            "aktoer": actor_word,
            "registreret": f"{registered:%Y-%m-%d %H:%M}" if registered else "",
            "indkaldt": f"{summoned:%Y-%m-%d}" if summoned else "",
            "bemaerkning": remark,
            "system": chance.choice(("Momentum", "Schultz", "Workbase")),
        },
        citizen,
        type_,
        mode if mode != "unknown" else remark_mode or "unknown",
        status,
        start,
        actor,
        registered,
        summoned,
    )


def with_moments(rows: Iterable[Meeting], text: Callable[[datetime], str]) -> list[Meeting]:
    """The meetings with every moment written as `text` does; days are midnights."""
    return [
        row.written(
            start=text(row.started_at),
            slut=text(row.started_at + timedelta(minutes=45)),
            registreret=text(row.registered_at) if row.registered_at else "",
            indkaldt=text(datetime.combine(row.summoned_on, time())) if row.summoned_on else "",
        )
        for row in rows
    ]


def table(
    rows: Sequence[Meeting],
    columns: Sequence[str] = COLUMNS,
    *,
    names: Sequence[str] | None = None,
    separator: str = ";",
    end: str = "\r\n",
    quoting: int = csv.QUOTE_MINIMAL,
) -> str:
    """A text table of the meetings, as a careful program writes it."""
    content = io.StringIO()
    writer = csv.writer(content, delimiter=separator, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]
    writer.writerow(names or columns)
    writer.writerows([row.cells[column] for column in columns] for row in rows)
    return content.getvalue()
