"""The counts that the need is computed from, set against spells gone through one by one."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import polars as pl
import pytest

from pipelines.contracts.codes import TARGET_GROUPS
from pipelines.engine import Engine
from pipelines.law.facts import Absence, Meeting, Spell
from pipelines.need import reading
from pipelines.need.making import make_need
from pipelines.need.reading import AGO, AHEAD, NEAR, Counts, read_counts
from pipelines.need.weeks import monday, week_of
from tests.sql_runs import tables_of

AS_OF = date(2025, 3, 20)  # a Thursday: the last week that is over ended on the 16th
FIRST = date(2023, 6, 5)
LAST_WEEK = week_of(date(2025, 3, 16))
PLACES = {"101": "1084", "147": "1084", "751": "1082"}
SUNDAY = timedelta(days=6)


def facts() -> tuple[list[Meeting], list[Spell], list[Absence]]:
    """Citizens with spells of all groups, half of which have ended, and meetings in and after."""
    draw = random.Random(6)
    spells, meetings, absences = [], [], []
    for number in range(400):
        code = draw.choice(sorted(PLACES))
        citizen = None if number % 25 == 0 else f"citizen {number // 2}"
        start = FIRST + timedelta(draw.randrange(-60, 640))
        end = start + timedelta(draw.randrange(400)) if number % 2 else None
        spells.append(
            Spell(
                code,
                f"F{number}",
                citizen,
                TARGET_GROUPS[number % len(TARGET_GROUPS)],
                start,
                end if end and end <= AS_OF else None,
            )
        )
        if number % 20 == 1:
            absences.append(Absence(code, citizen, "8", start + timedelta(30)))
        for each in range(draw.randrange(7)):
            held = datetime.combine(start + timedelta(draw.randrange(300)), time(9))
            held += timedelta(minutes=number)
            if FIRST <= held.date() < AS_OF:
                meetings.append(
                    Meeting(
                        code, PLACES[code], f"M{number}-{each}", citizen,
                        draw.choice(("4", "7", "7")), draw.choice(("in_person", "phone")),
                        "held", "municipality", held,
                    )
                )  # fmt: skip
    # One meeting of an odd date begins no history.
    odd = datetime(1999, 1, 4, 9)  # noqa: DTZ001 - local time
    meetings.append(
        Meeting("101", "1084", "M-odd", "odd", "7", "in_person", "held", "municipality", odd)
    )
    return meetings, spells, absences


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with tables_of(*facts(), AS_OF) as opened:
        opened.run(f"create or replace table next.publication as select date '{AS_OF}' as as_of")
        yield opened


@pytest.fixture(scope="module")
def counts(engine: Engine) -> Counts:
    read = read_counts(engine)
    assert read is not None
    return read


@pytest.fixture(scope="module")
def requirements(engine: Engine) -> list[dict[str, Any]]:
    """The municipalities' requirements with their spells."""
    names = (
        "place", "spell", "citizen", "target_group", "started", "ended", "due", "required",
        "recognised", "window",
    )  # fmt: skip
    rows = engine.rows(
        "select q.municipality_code, q.spell_id, cast(q.citizen_key as varchar), q.target_group, "
        "s.started_on, s.ended_on, q.due_on, q.required, q.recognised_count, q.window_start "
        "from next.requirements as q join next.spells as s using (municipality_code, spell_id) "
        "where q.actor = 'municipality'"
    )
    return [dict(zip(names, row, strict=True)) for row in rows]


def person(row: dict[str, Any]) -> str:
    return row["citizen"] or f"{row['place']}/{row['spell']}"


def runs_at(row: dict[str, Any], week: int) -> bool:
    """Whether the spell runs when the week is over."""
    end = monday(week) + SUNDAY
    return row["started"] <= end and (row["ended"] is None or row["ended"] > end)


def as_counter(frame: pl.DataFrame, keys: list[str], value: str) -> Counter[tuple[Any, ...]]:
    found: Counter[tuple[Any, ...]] = Counter()
    for row in frame.iter_rows(named=True):
        found[tuple(row[key] for key in keys)] += row[value]
    return found


def test_history_begins_with_the_deliveries_and_ends_with_a_whole_week(counts: Counts):
    assert abs(counts.first_week - week_of(FIRST)) <= 4, "the first weeks hold few meetings"
    assert counts.last_week == LAST_WEEK
    assert counts.weeks == LAST_WEEK - counts.first_week + 1
    assert counts.autumn is None, "they do not hold 2020"


def test_spells_that_start_and_end(engine: Engine, counts: Counts):
    rows = engine.rows(
        "select municipality_code, target_group, started_on, ended_on from next.spells"
    )
    starts: Counter[tuple[Any, ...]] = Counter()
    exits: Counter[tuple[Any, ...]] = Counter()
    for place, group, started, ended in rows:
        start, end = week_of(started), week_of(ended) if ended else None
        if start >= counts.first_week:
            starts[place, group, start] += 1
        if end is None or end >= counts.first_week:
            exits[group, start, end] += 1
    assert as_counter(counts.starts, ["place", "target_group", "week"], "spells") == starts
    assert as_counter(counts.exits, ["target_group", "started", "ended"], "spells") == exits


def test_requirements_that_fell_due(requirements: list[dict[str, Any]], counts: Counts):
    meetings: Counter[int] = Counter()
    persons = defaultdict(set)
    for row in requirements:
        week = week_of(row["due"])
        came = row["ended"] is None or row["ended"] >= row["due"]
        if came and counts.first_week <= week <= counts.last_week:
            meetings[week] += row["required"]
            persons[week].add(person(row))
    found = {
        week: (due, behind)
        for week, due, behind in counts.fell_due.select("week", "meetings", "persons").iter_rows()
    }
    assert found == {week: (meetings[week], len(persons[week])) for week in meetings}
    past = counts.falling_due.filter(pl.col("due") <= counts.last_week)
    by_week = Counter[int]()
    for due, required, came in past.select("due", "required", "came").iter_rows():
        by_week[due] += required * came
    assert +by_week == meetings


def test_requirements_on_hand(requirements: list[dict[str, Any]], counts: Counts):
    number: Counter[tuple[Any, ...]] = Counter()
    recognised: Counter[str] = Counter()
    near = defaultdict(set)
    for row in requirements:
        due = week_of(row["due"])
        if runs_at(row, LAST_WEEK) and LAST_WEEK < due <= LAST_WEEK + AHEAD:
            started = week_of(row["started"])
            number[row["place"], row["target_group"], started, due, row["required"]] += 1
            recognised[row["place"]] += min(row["recognised"], row["required"])
            if due <= LAST_WEEK + NEAR:
                near[row["place"]].add(person(row))
    keys = ["place", "target_group", "started", "due", "required"]
    assert as_counter(counts.on_hand, keys, "requirements") == number
    assert as_counter(counts.on_hand, ["place"], "recognised") == {
        (place,): held for place, held in recognised.items()
    }
    behind = counts.persons.drop_nulls("place").select("place", "persons").iter_rows()
    assert dict(behind) == {place: len(persons) for place, persons in near.items()}


def overdue(
    engine: Engine, requirements: list[dict[str, Any]], origin: int, first_week: int
) -> dict[tuple[str, str], tuple[int, str]]:
    """Meetings lacking at the end of the week, and what became of the spell since."""
    days = defaultdict(list)
    for place, spell, held_on in engine.rows(
        "select municipality_code, spell_id, held_on from next.meetings "
        "where recognised and actor = 'municipality' and spell_id is not null"
    ):
        days[place, spell].append(held_on)
    end, now = monday(origin) + SUNDAY, monday(LAST_WEEK) + SUNDAY
    lacking: dict[tuple[str, str], tuple[int, str]] = {}
    found = defaultdict(list)
    for row in requirements:
        if runs_at(row, origin) and row["due"] <= end and week_of(row["window"]) >= first_week:
            found[str(row["place"]), str(row["spell"])].append(row)
    for key, rows in found.items():
        owed = []
        for row in rows:
            held = sorted(day for day in days[key] if day >= row["window"])
            lacks = row["required"] - sum(day <= end for day in held)
            if lacks > 0:
                reached = held[row["required"] - 1] if len(held) >= row["required"] else None
                owed.append((lacks, reached))
        if owed:
            served = all(reached and reached <= now for _, reached in owed)
            ended = rows[0]["ended"] is not None and rows[0]["ended"] <= now
            outcome = "served" if served else "left" if ended else "waiting"
            lacking[key] = (max(lacks for lacks, _ in owed), outcome)
    return lacking


def test_the_backlog(engine: Engine, requirements: list[dict[str, Any]], counts: Counts):
    found = overdue(engine, requirements, LAST_WEEK, counts.first_week)
    assert len(found) > 20
    meetings: Counter[str] = Counter()
    spells: Counter[str] = Counter()
    for (place, _), (lacks, _) in found.items():
        meetings[place] += lacks
        spells[place] += 1
    assert as_counter(counts.backlog, ["place"], "spells") == {(p,): n for p, n in spells.items()}
    assert as_counter(counts.backlog, ["place"], "meetings") == {
        (p,): n for p, n in meetings.items()
    }


def test_what_became_of_an_earlier_backlog(
    engine: Engine, requirements: list[dict[str, Any]], counts: Counts
):
    found = overdue(engine, requirements, LAST_WEEK - AGO, counts.first_week)
    persons = {(row["place"], row["spell"]): person(row) for row in requirements}
    fates = {(persons[key], outcome) for key, (_, outcome) in found.items()}
    assert as_counter(
        counts.outcomes.filter(pl.col("age") == "all"), ["outcome"], "persons"
    ) == Counter((outcome,) for _, outcome in fates)
    assert {outcome for _, outcome in fates} == {"served", "left", "waiting"}
    told = make_need(counts).outcomes
    assert told["age"].to_list() == ["all", "0-4", "5-13", "14-26", "27-52", "53+"]
    assert told["served"][0] % 5 == 0


def test_copenhagens_autumn_is_its_own(
    engine: Engine, requirements: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
):
    """Of another half year, since the deliveries do not hold the one of 2020."""
    begins, ends = LAST_WEEK - 30, LAST_WEEK - 5
    monkeypatch.setattr(reading, "AUTUMN", (begins, ends))
    counted = read_counts(engine)
    assert counted is not None
    assert counted.autumn is not None
    due = sum(
        row["required"]
        for row in requirements
        if row["place"] == "101"
        and begins <= week_of(row["due"]) <= ends
        and (row["ended"] is None or row["ended"] >= row["due"])
    )
    late = overdue(engine, requirements, begins - 1, counted.first_week)
    backlog = sum(lacks for (place, _), (lacks, _) in late.items() if place == "101")
    assert (counted.autumn.due, counted.autumn.backlog) == (due, backlog)
    assert counted.autumn.due > 0


def test_what_those_to_come_will_owe_is_the_law_of_the_day_they_start(counts: Counts):
    """From 1 July 2026 the first meeting within a week is no longer asked for."""
    owed = counts.owed.filter(pl.col("target_group") == "KTH_JP").sort("started", "required")
    [week] = owed.filter(pl.col("started") == LAST_WEEK, pl.col("required") == 1).iter_rows(
        named=True
    )
    assert week["due"] - week["started"] == 1
    [four] = owed.filter(pl.col("started") == LAST_WEEK, pl.col("required") == 4).iter_rows(
        named=True
    )
    assert four["due"] - four["started"] == 26
    assert not counts.owed.filter(pl.col("due") < pl.col("started")).height


def test_the_same_counts_make_the_same_need_and_little_history_makes_no_forecast(counts: Counts):
    need, again = make_need(counts), make_need(counts)
    assert need.places.equals(again.places)
    assert need.course.equals(again.course)
    assert need.weeks_known < 104
    assert set(need.weeks["kind"]) == {"fell_due"}
    assert set(need.places["need_status"]) == {"missing"}
    assert need.places["need"].null_count() == need.places.height
    assert need.tried.is_empty()


def test_a_publication_without_meetings_has_no_need():
    with tables_of([], facts()[1], [], AS_OF) as opened:
        opened.run(f"create or replace table next.publication as select date '{AS_OF}' as as_of")
        assert read_counts(opened) is None
