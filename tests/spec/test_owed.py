"""What is owed, in referee and SQL, as the tables say: windows, boundaries and statuses."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time, timedelta

import pytest

from pipelines.contracts.codes import REQUIREMENT_STATUSES, TARGET_GROUPS
from pipelines.law.facts import Meeting, Spell, add_months
from pipelines.law.loader import load_law
from pipelines.law.model import Law
from pipelines.law.owed import owe, supervise
from pipelines.law.referee import judge
from pipelines.law.windows import Clock
from tests.spec.owed_cases import AARHUS, MIDTJYLLAND, OwedCase, Wanted, owed_cases, rows
from tests.sql_runs import tables_of


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law()


def told(wanted: Wanted, found: Wanted) -> Wanted:
    """What was found, in the columns the table speaks of."""
    kept = {
        name: getattr(found, name)
        for name in ("window_start", "due_on", "paused_days", "count", "status", "shortfall")
        if getattr(wanted, name) is not None
    }
    return Wanted(found.requirement, met_on=found.met_on, **kept)


@pytest.mark.parametrize("case", owed_cases(), ids=lambda case: case.title)
def test_the_referee_finds_what_the_table_says(case: OwedCase, law: Law) -> None:
    judgements = judge(case.meetings, [case.spell], law, case.as_of)
    clock = Clock(law, case.absences, case.as_of)
    [one] = [
        owed
        for owed in owe([case.spell], case.meetings, judgements, law, clock, case.as_of)
        if owed.rule.rule == case.wanted.requirement
    ]
    found = Wanted(
        one.rule.rule,
        one.window.starts_on,
        one.window.due_on,
        len(one.window.paused),
        one.recognised_count,
        one.status,
        one.shortfall,
        one.met_on,
    )
    assert told(case.wanted, found) == case.wanted


def test_the_sql_finds_what_the_tables_say() -> None:
    by_day: dict[date, list[OwedCase]] = defaultdict(list)
    for case in owed_cases():
        by_day[case.as_of].append(case)
    wrong = []
    for as_of, cases in by_day.items():
        with tables_of(
            [meeting for case in cases for meeting in case.meetings],
            [case.spell for case in cases],
            [absence for case in cases for absence in case.absences],
            as_of,
        ) as engine:
            found = {
                (str(row[0]), str(row[1])): Wanted(*row[1:])  # type: ignore[arg-type]
                for row in engine.rows(
                    "select spell_id, requirement_id, window_start, due_on, paused_days, "
                    "recognised_count, status, shortfall, met_on from next.requirements"
                )
            }
        for case in cases:
            seen = found[case.spell.spell_id, case.wanted.requirement]
            if told(case.wanted, seen) != case.wanted:
                wrong.append((case.title, seen))
    assert wrong == []


def test_every_status_and_every_requirement_is_told_apart_by_some_case() -> None:
    assert {case.wanted.status for case in owed_cases()} >= set(REQUIREMENT_STATUSES)
    law = load_law()
    requirements = {rule.rule for rule in law.rules.values() if rule.family == "requirement"}
    assert {case.wanted.requirement for case in owed_cases()} == requirements
    for paused in (True, False):
        told = {
            row["requirement"] for row in rows("windows") if (row["paused_days"] != "0") == paused
        }
        assert told == requirements, "every requirement with and without pauses"


@pytest.mark.parametrize("row", rows("owed"), ids=lambda row: row["start"])
def test_a_spell_owes_what_is_in_force_on_its_first_day(row: dict[str, str], law: Law) -> None:
    start = date.fromisoformat(row["start"])
    spells = [Spell(AARHUS, group, group, group, start) for group in TARGET_GROUPS]
    owed: dict[str, set[str]] = {group: set() for group in TARGET_GROUPS}
    for one in owe(spells, [], {}, law, Clock(law, [], start), start):
        owed[one.spell.target_group].add(one.rule.rule)
    assert owed == {group: set(row[group].split()) for group in TARGET_GROUPS}


def test_every_boundary_of_a_requirement_has_the_days_around_it(law: Law) -> None:
    """Where another requirement begins or ends, not where only its source changes."""
    starts = {row["start"] for row in rows("owed")}
    for rule in law.rules.values():
        if rule.family == "requirement":
            first, last = rule.versions[0].in_force_from, rule.versions[-1].valid_to
            turns = {day for day in (first, last) if day and day.year > 1900}
            for turn in turns:
                around = {date.fromordinal(turn.toordinal() + shift) for shift in (-1, 0, 1)}
                assert {str(day) for day in around} <= starts, (rule.rule, turn)


def _supervised(months: dict[str, tuple[int, ...]]) -> tuple[list[Spell], list[Meeting]]:
    """By month: that many spells reach six months on its first day, so many with four meetings."""
    spells, meetings = [], []
    for month, (reached, with_four) in months.items():
        start = add_months(date.fromisoformat(f"{month}-01"), -6)
        for number in range(reached):
            name = f"{month}-{number}"
            spells.append(Spell(AARHUS, name, name, "KTH_JP", start))
            # the fourth comes on the last day before six months, or a day too late
            last = add_months(start, 6) - timedelta(days=1 if number < with_four else 0)
            days = [start, start, start, last]
            meetings += [
                Meeting(
                    municipality_code=AARHUS,
                    region_code=MIDTJYLLAND,
                    meeting_id=f"{name}-{place}",
                    citizen=name,
                    meeting_type="7",
                    mode="in_person",
                    status="held",
                    actor="municipality",
                    started_at=datetime.combine(day, time(9, place)),
                )
                for place, day in enumerate(days)
            ]
    return spells, meetings


def test_six_months_in_a_row_below_the_line_bring_contact() -> None:
    """Ten spells, eight of them with four meetings, is not below the line; seven of them is."""
    law = load_law()
    wanted = {
        "2024-06": (10, 8, False, 0, False),
        "2024-07": (10, 7, True, 1, False),
        "2024-08": (9, 0, False, 0, False),  # too few spells to judge
        "2024-09": (10, 0, True, 1, False),
        "2024-10": (12, 9, True, 2, False),
        "2024-11": (10, 0, True, 3, False),
        "2024-12": (10, 0, True, 4, False),
        "2025-01": (10, 0, True, 5, False),
        "2025-02": (10, 0, True, 6, True),
        "2025-04": (10, 0, True, 1, False),  # nothing in March breaks the row
    }
    spells, meetings = _supervised({month: cell[:2] for month, cell in wanted.items()})
    as_of = date(2025, 4, 30)
    judgements = judge(meetings, spells, law, as_of)
    found = {
        f"{month:%Y-%m}": (
            cell.reached,
            cell.with_enough,
            cell.is_below,
            cell.months_in_a_row,
            cell.contact_expected,
        )
        for (_, month), cell in supervise(
            spells, meetings, judgements, law, Clock(law, [], as_of), as_of
        ).items()
    }
    assert found == wanted
    select = (
        "select strftime(month, '%Y-%m'), reached_six_months, with_four, below_threshold, "
        "months_in_a_row, contact_expected from next.supervision"
    )
    with tables_of(meetings, spells, [], as_of) as engine:
        assert {row[0]: row[1:] for row in engine.rows(select)} == wanted
    with tables_of(meetings, spells, [], date(2025, 4, 29)) as engine:  # April is not over
        assert {row[0] for row in engine.rows(select)} == set(wanted) - {"2025-04"}
