"""What a publication holds of one citizen in one municipality, read as the referee's facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, Self

import duckdb

from pipelines.audit import open_locked
from pipelines.law.errors import LawError
from pipelines.law.facts import Absence, Meeting, Spell
from pipelines.law.model import Law
from pipelines.law.rows import law_of_rows
from pipelines.settings import Home

_OTHER_PROGRAM: Final = (
    "Udgivelsen kan ikke læses: den er skadet eller skrevet af en anden udgave af programmet."
)
Row = Mapping[str, Any]


class ExplainError(Exception):
    """There is nothing to explain, or no publication to explain it by; says why in Danish."""


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality as the publication names it."""

    code: str
    name: str
    region_code: str


@dataclass(frozen=True, slots=True)
class Delivered:
    """Where a record came from; row 1 is the first data row of the file."""

    delivery_id: str
    delivered_on: date | None
    file: str | None
    source_row: int


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """A current meeting, and what the SQL made of it: `counted` is its row of `meetings`."""

    meeting: Meeting
    counted: Row


@dataclass(frozen=True, slots=True)
class SpellRecord:
    """A current spell and its row of `spells`."""

    spell: Spell
    row: Row


@dataclass(frozen=True, slots=True)
class CitizenFile:
    """All that decides a citizen's meetings and spells in one municipality."""

    meetings: tuple[MeetingRecord, ...]
    spells: tuple[SpellRecord, ...]
    absences: tuple[Absence, ...]

    @property
    def facts(self) -> tuple[Meeting, ...]:
        """The meetings as the referee is told of them."""
        return tuple(record.meeting for record in self.meetings)


class Records:
    """One publication, opened read-only; it is asked for one citizen's rows at a time."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        [self.publication] = self.rows("select publication_id, as_of, law_hash from publication")
        rows = self.rows("select * from law")
        try:
            self.law: Law = law_of_rows(rows, str(self.publication["law_hash"]))
        except (LawError, KeyError):
            raise ExplainError(_OTHER_PROGRAM) from None
        self.titles: Mapping[str, str] = {
            row["instrument"]: row["instrument_title"] for row in rows
        }

    @property
    def as_of(self) -> date:
        """The reporting day."""
        day: date = self.publication["as_of"]
        return day

    def rows(self, query: str, *values: object) -> list[Row]:
        """The rows of a query, by column name."""
        cursor = self._connection.execute(query, list(values))
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def place(self, code: str) -> Place:
        """The municipality. Raises ExplainError where the publication has none of that code."""
        found = self.rows(
            "select municipality_code, name, region_code from municipalities "
            "where municipality_code = ?",
            code,
        )
        if not found:
            raise ExplainError(
                f"Der er ingen kommune med koden {code}. Skriv kommunens tre cifre, fx 147."
            )
        return Place(*found[0].values())

    def meeting(self, place: Place, meeting_id: str) -> tuple[MeetingRecord, CitizenFile]:
        """A meeting and the file of its citizen. Raises ExplainError where there is none."""
        found = self._meetings(place, "meeting_id", meeting_id)
        if not found:
            raise ExplainError(
                f"{place.name} ({place.code}) har ingen gældende samtale med id'et "
                f"{meeting_id}. Den kan være afvist eller trukket tilbage."
            )
        citizen = found[0].counted["citizen_key"]
        alone = CitizenFile((found[0],), (), ())
        return found[0], alone if citizen is None else self._citizen(place, citizen)

    def spell(self, place: Place, spell_id: str) -> tuple[SpellRecord, CitizenFile]:
        """A spell and the file of its citizen. Raises ExplainError where there is none."""
        found = self._spells(place, "spell_id", spell_id)
        if not found:
            raise ExplainError(
                f"{place.name} ({place.code}) har intet gældende forløb med id'et "
                f"{spell_id}. Det kan være afvist eller trukket tilbage."
            )
        citizen = found[0].row["citizen_key"]
        alone = CitizenFile((), (found[0],), ())
        return found[0], alone if citizen is None else self._citizen(place, citizen)

    def delivered(self, place: Place, row: Row) -> Delivered:
        """The file and the row that a record was read from."""
        found = self.rows(
            "select delivered_on, file from deliveries where municipality_code = ? "
            "and delivery_id = ? and status = 'accepted' order by delivered_on, file",
            place.code,
            row["delivery_id"],
        )
        first = found[0] if found else {"delivered_on": None, "file": None}
        return Delivered(
            row["delivery_id"], first["delivered_on"], first["file"], row["source_row"]
        )

    def _citizen(self, place: Place, key: str) -> CitizenFile:
        absences = self.rows(
            "select absence_type, started_on, ended_on from absences "
            "where municipality_code = ? and citizen_key = ? order by started_on, absence_type",
            place.code,
            key,
        )
        return CitizenFile(
            self._meetings(place, "citizen_key", key),
            self._spells(place, "citizen_key", key),
            tuple(Absence(place.code, key, *row.values()) for row in absences),
        )

    def _meetings(self, place: Place, column: str, value: str) -> tuple[MeetingRecord, ...]:
        rows = self.rows(
            f"select * from meetings where municipality_code = ? and {column} = ? "
            "order by started_at, meeting_id",
            place.code,
            value,
        )
        return tuple(MeetingRecord(_meeting(place, row), row) for row in rows)

    def _spells(self, place: Place, column: str, value: str) -> tuple[SpellRecord, ...]:
        rows = self.rows(
            f"select * from spells where municipality_code = ? and {column} = ? "
            "order by started_on, spell_id",
            place.code,
            value,
        )
        return tuple(SpellRecord(_spell(place, row), row) for row in rows)

    @classmethod
    @contextmanager
    def opened(cls, file: Path) -> Iterator[Self]:
        """The records of one publication file. Raises ExplainError where it cannot be read."""
        try:
            with open_locked(file) as connection:
                yield cls(connection)
        except duckdb.Error:
            raise ExplainError(_OTHER_PROGRAM) from None


def publication_file(home: Home, publication_id: str | None) -> Path:
    """The current publication, or the vintage of an id. Raises ExplainError where it is not there.

    The id is looked for among the names of the folders, so that it cannot lead elsewhere.
    """
    if publication_id is None:
        if not home.publication.exists():
            raise ExplainError("Der er ingen udgivelse endnu. Kør «samtaler nightly» først.")
        return home.publication
    kept = {folder.name for folder in home.vintages.glob("*")}
    if publication_id not in kept or not home.vintage(publication_id).exists():
        raise ExplainError(
            f"Der er ingen udgivelse med id'et {publication_id}. De, der er gemt, ligger i "
            "published/vintages/ i hjemmemappen."
        )
    return home.vintage(publication_id)


def _meeting(place: Place, row: Row) -> Meeting:
    return Meeting(
        municipality_code=place.code,
        region_code=place.region_code,
        meeting_id=row["meeting_id"],
        citizen=row["citizen_key"],
        meeting_type=row["meeting_type"],
        mode=row["mode"],
        status=row["status"],
        actor=row["actor"],
        started_at=row["started_at"],
        registered_at=row["registered_at"],
        summoned_on=row["summoned_on"],
    )


def _spell(place: Place, row: Row) -> Spell:
    return Spell(
        municipality_code=place.code,
        spell_id=row["spell_id"],
        citizen=row["citizen_key"],
        target_group=row["target_group"],
        started_on=row["started_on"],
        ended_on=row["ended_on"],
    )
