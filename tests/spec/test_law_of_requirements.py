"""The requirements, pauses and thresholds in the law are those of counting.md section 6."""

import csv
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest

from pipelines.law.loader import load_law
from pipelines.law.model import Law
from pipelines.law.values import ClockPause, Requirement, SupervisionThreshold

TABLE = Path(__file__).parent / "tables" / "requirements.csv"


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law()


def test_every_requirement_says_what_the_table_says(law: Law) -> None:
    found = {}
    for rule in law.rules.values():
        if rule.family == "requirement":
            first, last = rule.versions[0], rule.versions[-1]
            start = "" if first.in_force_from == date(1900, 1, 1) else first.in_force_from
            for version in rule.versions:
                value = version.value
                assert isinstance(value, Requirement)
                assert rule.applies_by == "spell_start"
                found[rule.rule, version.in_force_from] = {
                    "id": rule.rule,
                    "from": str(start),
                    "through": str(last.in_force_through or ""),
                    "groups": " ".join(value.groups),
                    "actor": value.actor,
                    "required": str(value.required),
                    "window": f"{value.window_unit} {value.window_from}-{value.window_to}",
                    "share": str(value.share or ""),
                }
    with TABLE.open(encoding="utf-8", newline="") as file:
        wanted = {row["id"]: row for row in csv.DictReader(file, delimiter=";")}
    assert {name for name, _ in found} == set(wanted)
    assert all(row == wanted[name] for (name, _), row in found.items())


@pytest.mark.parametrize(
    ("day", "paused"),
    [
        ("2020-02-29", False),
        ("2020-03-01", True),
        ("2020-08-31", True),
        ("2020-09-01", False),
        ("2020-12-31", False),
        ("2021-01-01", True),
        ("2021-04-30", True),
        ("2021-05-01", False),
    ],
)
def test_dagpenge_stands_still_in_the_dead_periods(day: str, paused: bool, law: Law) -> None:
    value = law.version_on("dead_period", date.fromisoformat(day)).value
    assert value == ClockPause(paused=paused, groups=("DP",), absence_types=())


def test_everyone_stands_still_while_away(law: Law) -> None:
    for version in law.rule("absence_pause").versions:
        assert version.value == ClockPause(True, None, ("8", "mindre_intensiv"))


def test_the_ministry_turns_to_a_municipality_after_six_months_below_eighty_percent(
    law: Law,
) -> None:
    value = law.version_on("early_effort", date(2023, 12, 1)).value
    assert isinstance(value, SupervisionThreshold)
    assert asdict(value) == {
        "window_months": 6,
        "meetings": 4,
        "share": 0.8,
        "least_spells": 10,
        "months_in_a_row": 6,
    }


def test_what_rests_on_assumption_says_so(law: Law) -> None:
    carried_back = [
        rule.versions[0]
        for rule in law.rules.values()
        if rule.rule in {"accepted_types", "accepted_modes", "responsible_actor"}
    ]
    carried_forward = law.version_on("accepted_modes", date(2026, 7, 1))
    assert {version.source.grade for version in (*carried_back, carried_forward)} == {"D"}
