"""The report's cells agree with the published tables, and with persons counted one by one."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import polars as pl
import pytest

from pipelines.contracts.codes import MODES, TARGET_GROUPS
from pipelines.disclosure.release import KEY
from pipelines.engine import Engine
from pipelines.law.facts import Absence, Meeting, Spell
from pipelines.report.cells import read_cells
from tests.sql_runs import tables_of

PLACES = {"101": "1084", "147": "1084", "751": "1082"}
AS_OF = date(2025, 3, 20)
FIRST = date(2023, 6, 1)
Cell = tuple[str, date, str, str, str, str, str]


def facts() -> tuple[list[Meeting], list[Spell], list[Absence]]:
    """Citizens with spells and meetings, some in two municipalities; some rows without one."""
    draw = random.Random(5)
    spells, meetings, absences = [], [], []
    for number in range(90):
        citizen = None if number % 15 == 0 else f"citizen {number}"
        for code in draw.sample(sorted(PLACES), 2 if number % 3 == 0 else 1):
            start = FIRST + timedelta(draw.randrange(500))
            end = start + timedelta(draw.randrange(60, 500)) if number % 2 else None
            group = TARGET_GROUPS[number % len(TARGET_GROUPS)]
            spells.append(Spell(code, f"F{number}", citizen, group, start, end))
            if number % 20 == 1:
                absences.append(Absence(code, citizen, "8", start + timedelta(30)))
            for each in range(draw.randrange(20)):
                held = datetime.combine(start + timedelta(draw.randrange(250)), time(9))
                held += timedelta(minutes=draw.randrange(300))
                if held.date() >= AS_OF:
                    continue
                meetings.append(
                    Meeting(
                        code, PLACES[code], f"M{number}-{each}", citizen,
                        draw.choice(("7", "7", "7", "4", "17", "8")),
                        draw.choice((*MODES, *["in_person"] * 5)),
                        draw.choice(("held", "held", "held", "no_show")),
                        draw.choice((*["municipality"] * 5, "a_kasse")),
                        held,
                    )
                )  # fmt: skip
    return meetings, spells, absences


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with tables_of(*facts(), AS_OF) as opened:
        as_of = f"select date '{AS_OF}' as as_of, 'test' as publication_id"
        opened.run(f"create table next.publication as {as_of}")
        yield opened


@pytest.fixture(scope="module")
def cells(engine: Engine) -> pl.DataFrame:
    return read_cells(engine)


def named(engine: Engine, query: str) -> Iterable[dict[str, Any]]:
    cursor = engine.connection.execute(query)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def counted(
    family: str, units: Iterable[tuple[date, str, str, list[tuple[str, str, str]]]]
) -> dict[Cell, tuple[int, int]]:
    """Units (month, municipality, person, the cells each is in) counted one by one."""
    values: Counter[Cell] = Counter()
    persons: dict[Cell, set[str]] = defaultdict(set)
    for month, code, person, within in units:
        for level, place in (("municipality", code), ("region", PLACES[code]), ("country", "DK")):
            for measure, by, category in within:
                if by == "sole_reason" and level != "country":
                    continue
                cell = (family, month, level, place, measure, by, category)
                values[cell] += 1
                persons[cell].add(person)
    return {cell: (number, len(persons[cell])) for cell, number in values.items()}


def found(cells: pl.DataFrame, family: str) -> dict[Cell, tuple[int, int]]:
    rows = cells.filter(pl.col("family") == family).iter_rows()
    return {row[:7]: row[7:] for row in rows}


def person(row: dict[str, Any], id_column: str) -> str:
    return row["citizen_key"] or f"nobody {row['municipality_code']} {row[id_column]}"


def test_the_frame_has_the_shape_the_report_builds_on(cells: pl.DataFrame):
    assert cells.schema == {
        **dict.fromkeys(KEY, pl.String),
        "month": pl.Date,
        "value": pl.Int64,
        "persons": pl.Int64,
    }
    assert not cells.select(KEY).is_duplicated().any()
    assert (cells["value"] >= cells["persons"]).all()
    assert cells["persons"].min() == 1
    assert cells["month"].max() == date(2025, 3, 1)


def test_meetings_and_their_persons_are_those_counted_one_by_one(
    engine: Engine, cells: pl.DataFrame
):
    def within(row: dict[str, Any]) -> list[tuple[str, str, str]]:
        outcome = "gap" if row["reason"] else "recognised"
        regimes = {
            "register": row["failed_register"],
            "duty": row["failed_rules"],
            "supervision": row["failed_supervision"],
        }
        return [
            *((measure, "", "") for measure in ("held", outcome)),
            *(("gap" if no else "recognised", "regime", name) for name, no in regimes.items()),
            *((measure, "mode", row["mode"]) for measure in ("held", outcome)),
            *((measure, "target_group", row["target_group"]) for measure in ("held", outcome)),
            *([("gap", "reason", row["reason"])] if row["reason"] else []),
            *([("gap", "sole_reason", row["reason"])] if row["sole_reason"] else []),
        ]

    rows = named(engine, "from next.meetings where status = 'held'")
    assert any(row["citizen_key"] is None for row in rows)
    assert found(cells, "meetings") == counted(
        "meetings",
        (
            (
                row["held_on"].replace(day=1),
                row["municipality_code"],
                person(row, "meeting_id"),
                within(row),
            )
            for row in rows
        ),
    )


def test_a_citizen_of_two_municipalities_is_one_person_of_the_country(cells: pl.DataFrame):
    held = cells.filter(pl.col("measure") == "held", pl.col("by") == "")
    persons = held.group_by("level").agg(pl.col("persons").sum(), pl.col("value").sum())
    found = {level: (people, value) for level, people, value in persons.iter_rows()}
    assert found["country"][0] < found["region"][0] < found["municipality"][0]
    assert len({value for _, value in found.values()}) == 1


def test_meetings_sum_to_the_published_counts_and_reasons(engine: Engine, cells: pl.DataFrame):
    published = named(
        engine,
        "select month, municipality_code, mode, sum(held) as held, sum(gap) as gap "
        "from next.counts where regime = 'duty' group by all",
    )
    by_mode = {
        (row["month"], row["municipality_code"], row["mode"], measure): row[measure]
        for row in published
        for measure in ("held", "gap")
        if row[measure]
    }
    mine = cells.filter(
        pl.col("family") == "meetings",
        pl.col("level") == "municipality",
        pl.col("by") == "mode",
        pl.col("measure").is_in(["held", "gap"]),
    )
    assert {
        (row["month"], row["place"], row["category"], row["measure"]): row["value"]
        for row in mine.iter_rows(named=True)
    } == by_mode
    reasons = {
        row["reason"]: row["number"]
        for row in named(
            engine,
            "select reason, sum(sole) as number from next.reasons where regime = 'duty' "
            "group by 1 having sum(sole) > 0",
        )
    }
    sole = (
        cells.filter(pl.col("by") == "sole_reason", pl.col("family") == "meetings")
        .group_by("category")
        .agg(pl.sum("value"))
    )
    assert dict(sole.iter_rows()) == reasons


def test_requirements_are_those_of_compliance(engine: Engine, cells: pl.DataFrame):
    rows = named(
        engine,
        "from next.requirements where status in ('met', 'missed', 'caught_up', 'carried') "
        f"and due_on <= last_day(date '{AS_OF}')",
    )
    first = cells.filter(pl.col("family") == "meetings")["month"].min()
    assert isinstance(first, date)

    def within(row: dict[str, Any]) -> list[tuple[str, str, str]]:
        outcome = "met" if row["status"] == "met" else "unmet"
        return [
            *((measure, "", "") for measure in ("due", outcome)),
            *((measure, "target_group", row["target_group"]) for measure in ("due", outcome)),
            *([("unmet", "status", row["status"])] if outcome == "unmet" else []),
        ]

    assert found(cells, "requirements") == counted(
        "requirements",
        (
            (
                row["due_on"].replace(day=1),
                row["municipality_code"],
                person(row, "spell_id"),
                within(row),
            )
            for row in rows
            if row["due_on"] >= first
        ),
    )
    [published] = named(
        engine,
        "select sum(due) as due, sum(met) as met, sum(missed + caught_up + carried) as unmet "
        f"from next.compliance where month between date '{first}' and date '{AS_OF}'",
    )
    mine = cells.filter(
        pl.col("family") == "requirements", pl.col("level") == "country", pl.col("by") == ""
    )
    assert dict(mine.group_by("measure").agg(pl.sum("value")).iter_rows()) == published


def test_supervision_is_the_published_table(engine: Engine, cells: pl.DataFrame):
    mine = cells.filter(pl.col("family") == "supervision", pl.col("level") == "municipality")
    sums: Counter[tuple[str, date, str]] = Counter()
    for row in named(engine, "from next.supervision"):
        month = row["month"].date() if isinstance(row["month"], datetime) else row["month"]
        sums[row["municipality_code"], month, "reached"] += row["reached_six_months"]
        sums[row["municipality_code"], month, "with_four"] += row["with_four"]
    wanted = {key: number for key, number in sums.items() if number}
    assert wanted
    assert {
        (row["place"], row["month"], row["measure"]): row["value"]
        for row in mine.filter(pl.col("measure") != "without_four").iter_rows(named=True)
    } == wanted
    country = cells.filter(pl.col("family") == "supervision", pl.col("level") == "country")
    split = dict(country.group_by("measure").agg(pl.sum("value")).iter_rows())
    assert split["reached"] == split["with_four"] + split["without_four"]


def test_the_overdue_are_those_found_day_by_day(engine: Engine, cells: pl.DataFrame):
    bands = ((5, "0-4"), (14, "5-13"), (27, "14-26"), (53, "27-52"), (10**6, "53+"))
    months = sorted(set(cells.filter(pl.col("family") == "meetings")["month"]))
    spells = {
        (row["municipality_code"], row["spell_id"]): row["ended_on"]
        for row in named(engine, "from next.spells")
    }
    units = []
    for row in named(engine, "from next.requirements"):
        if row["status"] in {"met", "open"}:
            continue
        ended_on = spells[row["municipality_code"], row["spell_id"]]
        for month in months:
            end = min((month + timedelta(31)).replace(day=1) - timedelta(1), AS_OF)
            is_met = row["met_on"] is not None and row["met_on"] <= end
            if row["due_on"] < end and not is_met and (ended_on is None or ended_on >= end):
                weeks = (end - row["due_on"]).days // 7
                age = next(band for before, band in bands if weeks < before)
                within = [("", ""), ("age", age), ("target_group", row["target_group"])]
                units.append(
                    (
                        month,
                        row["municipality_code"],
                        person(row, "spell_id"),
                        [("overdue", by, category) for by, category in within],
                    )
                )
    assert {age for *_, within in units for _, by, age in within if by == "age"} == {
        band for _, band in bands
    }
    assert found(cells, "overdue") == counted("overdue", units)
