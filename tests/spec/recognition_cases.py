"""The tables beside this file as cases: meetings, spells, and what the law says of them.

Blank cells mean: the meeting is a job interview (type 7) in person with the municipality in
Copenhagen, held, of citizen 1, seen from 2026-11-20. Of the expected columns, a blank
`supervision` is as `duty`, a blank `register` is recognised, a blank `version` is not checked;
`ja` is recognised, `nej` is mode_not_accepted, `ingen` is not judged at all (not held).

A spell is written `id:GROUP from..through`, several with ` + ` between; ` i 265` puts it in
another municipality and ` for 2` with another citizen. Ids of all cases are kept apart by the
case's number, so that all cases seen from one day can be judged together.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import groupby
from pathlib import Path

from pipelines.contracts.codes import MEETING_TYPES, NO_SPELL
from pipelines.law.facts import Meeting, Spell

TABLES = Path(__file__).parent / "tables"
REGIONS = {"101": "1084", "265": "1085", "461": "1083", "751": "1082", "851": "1081"}
WORDS = {
    "ja": "",
    "nej": "mode_not_accepted",
    "suspenderet": "suspended",
    "ukendt": "mode_unknown",
}
REGISTER_TYPES = {"4", "7", "17", "19"}
SPELL = re.compile(
    r"(?:(?P<id>\w+):)?(?P<group>\w+) (?P<start>[\d-]+)\.\.(?P<end>[\d-]*)"
    r"(?: i (?P<municipality>\d+))?(?: for (?P<citizen>\w+))?"
)
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Expected:
    """What the law says of one meeting: failed rules by regime, its spell, and the version."""

    failed: dict[str, tuple[str, ...]]
    spell_id: str | None
    rule_version: str | None


@dataclass(frozen=True, slots=True)
class SpecCase:
    """A named situation; a meeting that is not held has no expectation."""

    title: str
    as_of: date
    meetings: tuple[Meeting, ...]
    spells: tuple[Spell, ...]
    expected: dict[tuple[str, str], Expected]


@cache
def all_cases() -> tuple[SpecCase, ...]:
    """Every case of every table, in the order of the tables."""
    stories = [
        *_modes(_rows("modes")),
        *_types(_rows("types")),
        *(
            story
            for table in ("actors", "guidance", "duplicates", "spells", "first_meeting")
            for story in _stories(_rows(table))
        ),
    ]
    return tuple(_case(number, rows) for number, rows in enumerate(stories, start=1))


def _rows(table: str) -> list[Row]:
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def _stories(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows that follow each other under one title are one case."""
    for _, story in groupby(rows, key=lambda row: row["title"]):
        yield list(story)


def _modes(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """One case per day and mode; an earlier meeting in person is its first meeting."""
    for row in rows:
        for mode in ("in_person", "virtual", "phone", "written", "unknown"):
            common = {
                "title": f"{row['title']} ({mode})",
                "municipality": row["municipality"],
                "type": "4" if row["spell"].startswith("SDP") else "7",
                "spells": row["spell"],
            }
            meeting = {
                "meeting": "b",
                "mode": mode,
                "started_at": f"{row['day']} 10:00",
                "summoned_on": row["summoned_on"],
                "duty": row[mode],
                "version": row["version"] if row[mode] in {"ja", "nej"} else "",
            }
            earlier = {"meeting": "a", "started_at": row["in_person_at"], "duty": "?"}
            story = [earlier, meeting] if row["in_person_at"] else [meeting]
            yield [common | part for part in story]


def _types(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """One case per group, day and meeting type."""
    for row in rows:
        group, day = row["group"], row["day"]
        for meeting_type in MEETING_TYPES:
            failed = "" if meeting_type in row["accepted"].split() else "wrong_type"
            yield [
                {
                    "title": f"{group}, type {meeting_type}, {day}",
                    "meeting": "a",
                    "type": meeting_type,
                    "started_at": f"{day} 10:00",
                    "spells": "" if group == NO_SPELL else f"{group} 2018-06-01..",
                    "duty": f"{failed} no_spell".strip() if group == NO_SPELL else failed,
                    "register": "" if meeting_type in REGISTER_TYPES else "wrong_type",
                }
            ]


def _case(number: int, rows: list[Row]) -> SpecCase:
    spells = {spell.spell_id: spell for row in rows for spell in _spells(number, row)}
    meetings = tuple(_meeting(number, row) for row in rows)
    expected = {
        meeting.key: _expected(number, row, tuple(spells.values()))
        for meeting, row in zip(meetings, rows, strict=True)
        if row["duty"] not in {"ingen", "?"}
    }
    return SpecCase(
        title=rows[0]["title"],
        as_of=date.fromisoformat(rows[0].get("as_of") or "2026-11-20"),
        meetings=meetings,
        spells=tuple(spells.values()),
        expected=expected,
    )


def _meeting(number: int, row: Row) -> Meeting:
    municipality = row.get("municipality") or "101"
    return Meeting(
        municipality_code=municipality,
        region_code=REGIONS[municipality],
        meeting_id=f"{number:04d}-{row['meeting']}",
        citizen=_citizen(number, row.get("citizen")),
        meeting_type=row.get("type") or "7",
        mode=row.get("mode") or "in_person",
        status=row.get("status") or "held",
        actor=row.get("actor") or "municipality",
        started_at=datetime.fromisoformat(row["started_at"]),
        registered_at=_moment(row.get("registered_at")),
        summoned_on=_day(row.get("summoned_on")),
    )


def _spells(number: int, row: Row) -> Iterator[Spell]:
    for text in filter(None, row["spells"].split(" + ")):
        found = SPELL.fullmatch(text)
        assert found, f"not a spell: {text}"
        citizen = found["citizen"] or row.get("citizen")
        yield Spell(
            municipality_code=found["municipality"] or row.get("municipality") or "101",
            spell_id=f"{number:04d}-{found['id'] or _nameless(row)}",
            citizen=_citizen(number, citizen),
            target_group=found["group"],
            started_on=date.fromisoformat(found["start"]),
            ended_on=_day(found["end"]),
        )


def _nameless(row: Row) -> str:
    """One spell for each citizen and municipality of the case."""
    return f"s{row.get('municipality') or '101'}{row.get('citizen') or '1'}"


def _expected(number: int, row: Row, spells: tuple[Spell, ...]) -> Expected:
    duty = _failed(row["duty"])
    by_regime = {
        "held": (),
        "register": _failed(row.get("register")),
        "duty": duty,
        "supervision": _failed(row["supervision"]) if row.get("supervision") else duty,
    }
    if row.get("spell"):
        spell_id: str | None = f"{number:04d}-{row['spell']}"
    else:
        own = [spell for spell in spells if spell.spell_id.endswith(_nameless(row))]
        spell_id = own[0].spell_id if own and "no_spell" not in duty else None
    version = f"accepted_modes@{row['version']}" if row.get("version") else None
    return Expected(by_regime, spell_id, version)


def _failed(cell: str | None) -> tuple[str, ...]:
    return tuple(filter(None, (WORDS.get(word, word) for word in (cell or "").split())))


def _citizen(number: int, name: str | None) -> str | None:
    return None if name == "ukendt" else f"{number:04d}-{name or '1'}"


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
