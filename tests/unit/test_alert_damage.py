"""The memory of alerts is used only as it was written: a bit that turned is found before."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from pipelines.alerts.database import AlertMemoryError
from pipelines.alerts.memory import open_memory
from pipelines.alerts.outbox import decide, send_due
from pipelines.erasing.journal import Journal
from pipelines.erasing.traces import remove_traces
from pipelines.settings import Home
from tests.unit.alert_cases import DAY, HOUR, NOW, ROUTES, alert, database, night

DAMAGES = 300
BLOCK = 512


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A memory of ten nights, with what was told, what arrived and what still waits."""
    for number in range(10):
        now = NOW + timedelta(days=number)
        alerts = [alert(f"{101 + 7 * place}", value=float(number)) for place in range(8)]
        with open_memory(database(tmp_path)) as memory:
            decide(memory, ROUTES, night(number), alerts, now)
            send_due(
                memory, ROUTES, now, send=(lambda *_: "nede") if number % 2 else lambda *_: None
            )
    return database(tmp_path)


def all_of(file: Path) -> tuple[object, ...]:
    with open_memory(file) as memory:
        last = DAY + timedelta(days=99)
        known = (memory.latest_events(last, "another"), memory.told_through())
        return (*known, memory.told(), memory.said(), memory.waiting(), memory.sent(99))


def damaged(file: Path, content: bytes) -> bool:
    """Whether opening finds the damage; where it does not, there is none in what is read."""
    file.write_bytes(content)
    try:
        return all_of(file) is None
    except AlertMemoryError:
        return True


def test_a_bit_that_turned_is_found_or_changes_nothing(file: Path):
    whole = all_of(file)
    content = file.read_bytes()
    draw = random.Random(20261126)
    found = 0
    for _ in range(DAMAGES):
        at, bit = draw.randrange(len(content)), 1 << draw.randrange(8)
        if damaged(file, content[:at] + bytes([content[at] ^ bit]) + content[at + 1 :]):
            found += 1
        else:
            assert all_of(file) == whole
    assert found > DAMAGES / 4  # much of a young file is empty room
    file.write_bytes(content)
    assert all_of(file) == whole


def test_a_block_of_zeros_or_an_end_cut_off_is_found_or_changes_nothing(file: Path):
    whole = all_of(file)
    content = file.read_bytes()
    for at in range(0, len(content), BLOCK):
        zeros = content[:at] + bytes(BLOCK) + content[at + BLOCK :]
        assert damaged(file, zeros) or all_of(file) == whole
        if at:  # a file of no bytes is what a process leaves that was killed on making it
            assert damaged(file, content[:at])


@pytest.mark.parametrize(
    "change",
    [
        "update events set value = value + 1 where rowid = 3",
        "delete from told where alert_id = (select min(alert_id) from told)",
        "insert into said values ('kl', 'andet', '2026-11-24')",
        "create table more (a)",
    ],
)
def test_what_others_changed_is_found(file: Path, change: str):
    with closing(sqlite3.connect(file)) as connection:
        connection.create_function("fingerprint", -1, lambda *_: 0)
        connection.execute(change)
        connection.commit()
    with pytest.raises(AlertMemoryError, match="er beskadiget"), open_memory(file):
        pass


def test_an_erasure_leaves_a_memory_that_is_whole(tmp_path: Path, file: Path):
    home = Home(tmp_path, tmp_path / "landing")
    journal = Journal("ab" * 16, 1, "2026-11-26T12:00:00", 0)
    with open_memory(file) as memory:
        memory.remember("P", DAY, [alert("999", subject=journal.mark)])
    remove_traces(home, journal)
    with open_memory(file) as memory:
        subjects = {one.subject for one in memory.latest_events(DAY, "another")}
    assert journal.fresh_mark in subjects
    assert journal.mark not in subjects


def test_a_memory_of_before_there_were_sums_is_read_and_gets_them(file: Path):
    whole = all_of(file)
    with closing(sqlite3.connect(file)) as connection:
        names = "select name from sqlite_schema where type = 'trigger'"
        for (name,) in connection.execute(names).fetchall():
            connection.execute(f"drop trigger {name}")
        connection.execute("drop table sums")
        connection.execute("pragma user_version = 1")
    assert all_of(file) == whole
    with open_memory(file) as memory:
        decide(memory, ROUTES, night(10), [alert("999")], NOW + HOUR)
    assert all_of(file) != whole
