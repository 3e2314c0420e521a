"""The machinery of `make faults`: it kills, it looks, and it sees what is wrong."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.settings import Home
from proof.faults.campaign import Campaign, Tried
from proof.faults.looks import differences, facts_of, standing_of, standing_troubles
from proof.faults.result import proof_of
from tests.repo.tree import ROOT

KILL = Tried("kill", "before a write", "slices", "light", "the process", (), "1", 1.0)


def test_what_is_left_behind_and_what_is_lost_is_seen(day_after: Home):
    wanted = facts_of(day_after)
    assert differences(facts_of(day_after), wanted) == []
    (day_after.published / "next").mkdir()
    (day_after.receipts / "101" / "letters.json").unlink()
    found = differences(facts_of(day_after), wanted)
    assert "left behind: published/next/" in found
    assert "missing: published/receipts/101/letters.json" in found


def test_rows_that_count_twice_are_seen(day_after: Home):
    wanted = facts_of(day_after)
    more = replace(wanted, rows={**wanted.rows, "meetings": wanted.rows["meetings"] + 1})
    assert differences(more, wanted) == ["rows differs from an undisturbed run"]


def test_a_publication_that_is_not_the_right_one_is_seen(day_after: Home):
    standing = standing_of(day_after)
    right = {standing.publication_id: standing}
    assert standing_troubles(day_after, right) == []
    assert "neither" in standing_troubles(day_after, {})[0]
    wrong = {standing.publication_id: replace(standing, totals=())}
    assert "totals differ" in standing_troubles(day_after, wrong)[0]
    day_after.publication.chmod(0o644)
    with day_after.publication.open("ab") as file:
        file.write(b"x")
    assert "bytes" in standing_troubles(day_after, right)[0]


def test_a_campaign_goes_on_after_a_torn_line(tmp_path: Path):
    campaign = Campaign(tmp_path / "campaign.jsonl")
    campaign.add(KILL)
    with campaign.file.open("ab") as file:
        file.write(b'\n{"fault": "ki')
    assert [tried.where for tried in campaign.tried()] == ["slices"]
    campaign.add(KILL)
    assert len(campaign.tried()) == 2


def test_the_result_counts_kills_and_names_violations():
    wrong = replace(KILL, where="vintage", violations=("left behind: a",))
    proof = proof_of([KILL, KILL, wrong])
    assert "3 kills with 1 violations" in proof.says[-1]
    tables = {table.title: table.rows for table in proof.tables}
    assert [(row[0], *row[-2:]) for row in tables["Kills by step"]] == [
        ("slices", 2, 0),
        ("vintage", 1, 1),
    ]
    assert tables["Violations"] == [("kill", "before a write", "vintage", "left behind: a")]


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="nights are forked, and looked for in /proc")
def test_a_few_kills_lose_nothing(tmp_path: Path):
    command = [sys.executable, "-m", "proof.faults", "--only", "kills", "--kills", "4"]
    subprocess.run([*command, "--minutes", "30", "--folder", str(tmp_path)], cwd=ROOT, check=True)
    tried = Campaign(tmp_path / "campaign.jsonl").tried()
    assert len(tried) == 4
    assert [one.violations for one in tried if one.violations] == []
    began = time.monotonic()
    subprocess.run([*command, "--folder", str(tmp_path)], cwd=ROOT, check=True)  # nothing to do
    assert time.monotonic() - began < 60
    assert len(Campaign(tmp_path / "campaign.jsonl").tried()) == 4
