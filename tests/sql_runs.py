"""Judges meetings and spells with the real SQL, for tests that set it against something else."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

import polars as pl

from pipelines.deliveries.rows import SCHEMAS
from pipelines.engine import Engine
from pipelines.engines import open_engine
from pipelines.lake import CONTENTS, DELIVERIES, Lake, write_slice
from pipelines.law.facts import Absence, Meeting, Spell
from pipelines.law.loader import load_law
from pipelines.law.model import Law
from pipelines.law.rows import law_rows
from pipelines.recount import Basis, recount
from pipelines.settings import Counter

FORMS = {"in_person": "1", "phone": "2", "virtual": "4", "written": "3", "unknown": None}


@dataclass(frozen=True)
class Judged:
    """What the tables say of one held meeting."""

    spell_id: str | None
    target_group: str
    failed: dict[str, tuple[str, ...]]
    reason: str | None
    sole_reason: bool
    recognised: bool
    rule_version: str | None


def judge_in_sql(
    meetings: Iterable[Meeting],
    spells: Iterable[Spell],
    as_of: date,
    threads: int | None = None,
    law: Law | None = None,
) -> dict[tuple[str, str], Judged]:
    """The held meetings as the publication would show them."""
    with tables_of(meetings, spells, (), as_of, threads, law) as engine:
        rows = engine.rows(
            "select municipality_code, meeting_id, spell_id, target_group, failed_register, "
            "failed_rules, failed_supervision, reason, sole_reason, recognised, rule_version "
            "from next.meetings where status = 'held'"
        )
    return {
        (str(row[0]), str(row[1])): Judged(
            row[2],
            row[3],
            {
                "held": (),
                "register": tuple(row[4]),
                "duty": tuple(row[5]),
                "supervision": tuple(row[6]),
            },
            *row[7:],
        )
        for row in rows
    }


@contextmanager
def tables_of(
    meetings: Iterable[Meeting],
    spells: Iterable[Spell],
    absences: Iterable[Absence],
    as_of: date,
    threads: int | None = None,
    law: Law | None = None,
    counter: Counter | None = None,
) -> Iterator[Engine]:
    """An engine in which `next` holds what a night counts of the facts, by default by the law."""
    with tempfile.TemporaryDirectory() as folder:
        lake = _lake(Path(folder) / "lake", list(meetings), list(spells), list(absences), as_of)
        scratch = Path(folder) / "scratch"
        with open_engine(counter, scratch) if counter else Engine(scratch, threads) as engine:
            engine.begin(Path(folder) / "next.duckdb")
            recount(engine, lake, Basis(as_of, lake.deliveries(), law_rows(law or load_law())))
            yield engine


def _lake(
    root: Path, meetings: list[Meeting], spells: list[Spell], absences: list[Absence], day: date
) -> Lake:
    rows = {
        "meetings": [
            {
                "municipality_code": meeting.municipality_code,
                "delivery_key": int(meeting.municipality_code),
                "source_row": number,
                "meeting_id": meeting.meeting_id,
                "citizen_key": _key(meeting.citizen),
                "meeting_type": meeting.meeting_type,
                "form": FORMS[meeting.mode],
                "remark_mode": None,
                "status": meeting.status,
                "started_at": meeting.started_at,
                "actor": meeting.actor,
                "actor_word": None,
                "registered_at": meeting.registered_at,
                "summoned_on": meeting.summoned_on,
                "source_system": None,
            }
            for number, meeting in enumerate(meetings, 1)
        ],
        "spells": [
            {
                "municipality_code": spell.municipality_code,
                "delivery_key": 1000 + int(spell.municipality_code),
                "source_row": number,
                "spell_id": spell.spell_id,
                "citizen_key": _key(spell.citizen),
                "target_group": spell.target_group,
                "started_on": spell.started_on,
                "ended_on": spell.ended_on,
                "withdrawn": False,
            }
            for number, spell in enumerate(spells, 1)
        ],
        "absences": [
            {
                "municipality_code": absence.municipality_code,
                "delivery_key": 2000 + int(absence.municipality_code),
                "source_row": number,
                "citizen_key": _key(absence.citizen),
                "absence_type": absence.absence_type,
                "started_on": absence.started_on,
                "ended_on": absence.ended_on,
                "withdrawn": False,
            }
            for number, absence in enumerate(absences, 1)
        ],
    }
    lake = Lake(root)
    for table, listed in rows.items():
        write_slice(root, table, "batch", 0, pl.DataFrame(listed, schema=SCHEMAS[table]))
    delivered = {
        (row["municipality_code"], row["delivery_key"], table)
        for table, listed in rows.items()
        for row in listed
    }
    lake.save_deliveries(
        pl.DataFrame(
            [
                (
                    code,
                    day,
                    f"{kind}.csv",
                    1,
                    1,
                    _sha(number),
                    number,
                    False,
                )
                for code, number, kind in delivered
            ],
            schema=DELIVERIES,
            orient="row",
        )
    )
    lake.add_contents(
        pl.DataFrame(
            [
                (number, kind, "utf-8", ";", len(rows[kind]), 0, None, None, "batch")
                for _, number, kind in delivered
            ],
            schema=CONTENTS,
            orient="row",
        )
    )
    return lake


def _sha(number: int) -> str:
    return sha256(str(number).encode()).hexdigest()


def _key(citizen: str | None) -> str | None:
    return None if citizen is None else sha256(citizen.encode()).hexdigest()[:32]
