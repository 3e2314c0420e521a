"""The page of the need: what it says, hides, leaves out and rounds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from pipelines.need.public import Need, hide, rounded, rounded_up
from pipelines.report.charts.queue import apart
from pipelines.report.exhibits import Page, Report, cells
from pipelines.report.figures import Figures
from pipelines.report.language import Language
from pipelines.report.pages.behov import page
from tests.unit.report_cases import figures
from tests.unit.report_facts import delivered, facts

MONDAY = date(2026, 11, 16)
EDGES = [f"{edge}_{cover}" for cover in (50, 80, 95) for edge in ("low", "high")]


def weeks(kind: str, first: date, how_many: int, value: int | None) -> pl.DataFrame:
    status = "hidden" if value is None else "shown"
    rows = {"week": [first + timedelta(weeks=n) for n in range(how_many)]}
    edges = EDGES if kind == "expected" else []
    return pl.DataFrame(rows).with_columns(
        *(pl.lit(value, pl.Int64).alias(name) for name in ["meetings", *edges]),
        kind=pl.lit(kind),
        status=pl.lit(status),
    )


def place(code: str, need: int | None, backlog: int | None) -> dict[str, Any]:
    return {
        "place": code,
        "need": need,
        "low_80": need and need - 5,
        "high_80": need and need + 5,
        "recognised": need and need // 2,
        "need_status": "hidden" if need is None else "shown",
        "backlog": backlog,
        "backlog_status": "hidden" if backlog is None else "shown",
        "alone": backlog and backlog // 3,
        "capacity": backlog and 10,
        "capacity_status": "hidden" if backlog is None else "shown",
    }


def need_of(**changes: Any) -> Need:  # noqa: ANN401
    """København shown, Frederiksberg hidden, Ballerup shown."""
    parts: dict[str, Any] = {
        "weeks_known": 400,
        "origins": 30,
        "weeks": pl.concat(
            [
                weeks("fell_due", MONDAY - timedelta(weeks=60), 60, 100),
                weeks("expected", MONDAY, 26, 95),
            ],
            how="diagonal",
        ),
        "places": pl.DataFrame(
            [
                place("DK", 1235, 160),
                place("101", 700, 60),
                place("147", None, None),
                place("151", 400, 90),
            ]
        ),
        "course": pl.DataFrame(
            {
                "week": [MONDAY, MONDAY + timedelta(weeks=1)],
                "waiting": [160, 0],
                "served": [0, 120],
                "left": [0, 40],
                "alone": [160, 150],
                "status": ["shown"] * 2,
            }
        ),
        "tried": pl.DataFrame(
            {
                "ahead": ["1-4", "sum"],
                "forecasts": [120, 30],
                "actual": [100.0, 1300.0],
                "error": [3.0, 26.0],
                "naive_error": [17.0, 130.0],
                "in_50": [0.5, None],
                "in_80": [0.8, None],
                "in_95": [0.95, None],
            }
        ),
        "autumn": None,
        "outcomes": pl.DataFrame(
            {
                "age": ["all", "0-4"],
                "served": [60, 25],
                "left": [30, None],
                "waiting": [10, None],
                "served_status": ["shown", "shown"],
                "left_status": ["shown", "hidden"],
                "waiting_status": ["shown", "hidden"],
            }
        ),
    }
    return Need(**{**parts, **changes})


def shown(need: Need | None, language: Language = "da", **changes: object) -> Page:
    return page(Report(Figures(figures({}, ())), facts(**changes), need=need), language)


def exhibit_of(made: Page, name: str) -> list[list[str]]:
    [found] = [exhibit for exhibit in made.exhibits if exhibit.id == name]
    return cells(found, "da")


def test_the_page_says_what_is_expected_and_between_what():
    made = shown(need_of())
    assert "ventes 1.235 samtaler at have frist" in made.html
    assert "mellem 1.230 og 1.240" in made.html
    assert "1,235 meetings are expected to be due" in shown(need_of(), "en").html
    assert {"behov-uger", "behov-efterslaeb"} <= set(made.drawings)


def test_too_little_history_is_said_and_not_drawn():
    missing = pl.lit(None, pl.Int64)
    numbers = ["need", "low_80", "high_80", "recognised"]
    young = need_of(
        weeks_known=61,
        origins=0,
        weeks=weeks("fell_due", MONDAY, 10, 100),
        places=need_of().places.with_columns(
            **dict.fromkeys(numbers, missing), need_status=pl.lit("missing")
        ),
        tried=need_of().tried.clear(),
    )
    made = shown(young)
    assert "Der er 61 uger" in made.html
    assert "There are 61 weeks" in shown(young, "en").html
    names = {exhibit.id for exhibit in made.exhibits}
    assert not {"behov-uger", "behov-proeve"} & names
    assert "behov-kommuner" in names
    assert "behov-uger" not in made.drawings


def test_before_the_first_meeting_only_the_worked_example_stands():
    made = shown(None)
    assert [exhibit.id for exhibit in made.exhibits] == ["behov-koebenhavn"]
    assert "Der er ingen samtaler endnu." in made.html


def test_a_hidden_municipality_reads_hidden_and_a_silent_one_missing():
    rows = exhibit_of(shown(need_of(), delivered=delivered(c151=None)), "behov-kommuner")
    by_place = {name: rest for name, *rest in rows}
    assert by_place["København"][:2] == ["700", "695"]
    assert set(by_place["Frederiksberg"]) == {"skjult"}
    assert set(by_place["Ballerup"]) == {"\N{EN DASH}"}


def test_the_way_out_tells_those_served_from_those_who_leave():
    [out] = [e for e in shown(need_of()).exhibits if e.id == "behov-efterslaeb"]
    assert out.title.da.startswith("Med 10 samtaler om ugen til efterslæbet er de 160 væk")
    assert "40 stopper af sig selv" in out.title.da


def test_a_hidden_backlog_is_not_drawn():
    hidden = need_of(places=pl.DataFrame([place("DK", 1235, None)]))
    assert "behov-efterslaeb" not in shown(hidden).drawings


def test_the_forecast_stands_beside_the_naive_one():
    [tried] = [e for e in shown(need_of()).exhibits if e.id == "behov-proeve"]
    assert "2,0\N{NO-BREAK SPACE}% fra, sidste års tal 10,0\N{NO-BREAK SPACE}%" in tried.title.da


def test_those_served_and_those_who_left_are_told_apart_in_the_past_too():
    made = shown(need_of())
    assert "blev 60\N{NO-BREAK SPACE}% af dem over fristen betjent, og 30" in made.html
    assert exhibit_of(made, "behov-udfald") == [
        ["alle", "60", "30", "10"],
        ["0-4 uger", "25", "skjult", "skjult"],
    ]


def test_copenhagen_is_worked_out():
    rows = exhibit_of(shown(None), "behov-koebenhavn")
    assert [row[1:4] for row in rows] == [
        ["16.000", "34.500", "50.500"],
        ["21.720", "28.780", "50.500"],
        ["28.000", "22.500", "50.500"],
    ]
    assert "36,9\N{NO-BREAK SPACE}%" in shown(None).html


def test_the_data_at_hand_stand_beside_copenhagens_numbers_where_they_hold_them():
    assert "I de data, der ligger her" not in shown(need_of()).html
    made = shown(need_of(autumn=(900, 100)))
    assert "900 samtaler med frist i halvåret" in made.html
    assert "var 100: 10,0\N{NO-BREAK SPACE}% af de to" in made.html


def test_few_persons_are_hidden_and_nothing_is_missing():
    rows = pl.DataFrame(
        {"persons": [4, 5, 0, None, 9], "value": [12.0, 13.0, 0.0, 7.0, None]}
    ).with_columns(rounded("value"))
    told = hide(rows, "persons", ["value"], "status")
    assert told["value"].to_list() == [None, 15, None, None, None]
    assert told["status"].to_list() == ["hidden", "shown", "hidden", "hidden", "missing"]
    assert "persons" not in told.columns


@pytest.mark.parametrize(("capacity", "told"), [(0, 0), (1, 5), (5, 5), (6, 10)])
def test_a_capacity_is_never_rounded_to_one_that_is_too_small(capacity: int, told: int):
    assert pl.select(capacity=pl.lit(capacity)).select(rounded_up("capacity")).item() == told


def test_names_stand_apart_and_in_order():
    assert apart({"b": 11.0, "a": 10.0, "c": 50.0}, 15) == {"a": 10.0, "b": 25.0, "c": 50.0}
