"""Killed at any moment between decision and arrival: nothing is lost, and repeats are the same."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.repo.tree import ROOT
from tests.unit.alert_cases import database
from tests.unit.test_alert_sending import Inbox, web_server

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 is for Unix"),
]
Run = Callable[..., str]
# What the two nights must bring, by owner: parts of the text of one message.
FIRST = {
    "KL's datateam": ("Nye (2)", "Kommune 147", "Kommune 153"),
    "Københavns Kommune": ("Nye (1)", "Kommune 101"),
    "Leverandør X": ("Nye (1)", "Kommune 151"),
}
SECOND = {
    "KL's datateam": ("Nye (1)", "Kommune 155", "Forværret (1)", "det er værre"),
    "Leverandør X": ("Løst (1)", "det er løst"),
}


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with web_server() as server:
        yield server


@pytest.fixture
def run(inbox: Inbox) -> Iterator[Run]:
    """Runs a night in a home, and says how that ended."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.unit.alert_runner"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout

        def run_once(
            home: Path,
            night: int,
            count: int,
            *,
            at: int | None = None,
            after: float | None = None,
            apprise: bool = False,
        ) -> str:
            order = {"home": str(home), "night": night, "run": count, "port": inbox.port}
            order |= {"at": at, "after": after, "apprise": apprise}
            assert process.stdin
            assert process.stdout
            process.stdin.write(json.dumps(order) + "\n")
            process.stdin.flush()
            return process.stdout.readline().strip()

        yield run_once
        process.stdin.close()


def check(inbox: Inbox, home: Path, wanted: dict[str, tuple[str, ...]]) -> int:
    """Everything arrived, each text with one key of its own; the number of repeats."""
    bodies: dict[str, str] = {}
    for key, body in inbox.taken:
        assert bodies.setdefault(key, body) == body
        assert f"Besked-id: {key}" in body
    assert len(set(bodies.values())) == len(bodies) == len(wanted)
    for name, parts in wanted.items():
        [body] = [body for body in bodies.values() if f"Til: {name}" in body]
        assert [part for part in parts if part not in body] == []
    connection = sqlite3.connect(database(home))
    try:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert connection.execute(
            "select count(*) from messages where state = 'waiting'"
        ).fetchall() == [(0,)]
    finally:
        connection.close()
    repeats = len(inbox.taken) - len(bodies)
    inbox.taken.clear()
    return repeats


def test_killed_before_every_step_nothing_is_lost(run: Run, inbox: Inbox, tmp_path: Path):
    kills = repeats = 0
    told = tmp_path / "told"
    assert run(told, 0, 0) == "done"
    check(inbox, told, FIRST)
    for night, wanted in ((0, FIRST), (1, SECOND)):
        for step in range(1, 1_000):
            home = tmp_path / f"{night}-{step}"
            if night:
                shutil.copytree(told, home)
            ended = run(home, night, 0, at=step)
            if ended == "killed":
                kills += 1
                assert run(home, night, 1) == "done"
            repeats += check(inbox, home, wanted)
            if ended == "done":
                break
    assert kills > 80
    assert repeats >= 5  # each message was once taken and its arrival not yet written


def test_killed_at_any_moment_nothing_is_lost(run: Run, inbox: Inbox, tmp_path: Path):
    draw = random.Random(20261124)
    kills = homes = 0
    while kills < 150:
        home = tmp_path / str(homes)
        homes += 1
        for night, wanted in ((0, FIRST), (1, SECOND)):
            count = 0
            while run(home, night, count, after=draw.uniform(0, 0.05)) == "killed":
                count += 1
            kills += count
            check(inbox, home, wanted)


def test_killed_while_apprise_sends_nothing_is_lost(run: Run, inbox: Inbox, tmp_path: Path):
    draw = random.Random(4)
    kills = homes = 0
    while kills < 30:
        home = tmp_path / str(homes)
        homes += 1
        count = 0
        while run(home, 0, count, after=draw.uniform(0.02, 0.08), apprise=True) == "killed":
            count += 1
        kills += count
        check(inbox, home, FIRST)
