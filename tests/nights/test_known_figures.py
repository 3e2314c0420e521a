"""The figures of the debate (counting.md section 9), from arithmetic and from demo deliveries."""

from __future__ import annotations

import json

import pytest

from pipelines.ready import run_ready
from pipelines.settings import Home
from tests.nights.deliveries import ask

# A year of the demo night has some 2,000 meetings of about 100 places that each go their own way.
WITHIN = 0.04
CLOSED = "held_on between date '2020-03-12' and date '2020-05-26' and status = 'held'"


def figures(home: Home, **settings: int) -> dict[str, dict[str, object]]:
    texts = {name: str(value) for name, value in settings.items()}
    answer = run_ready(home.publication, "known_figures", texts)
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    return {str(row["figure"]): row for row in rows}


def number(row: dict[str, object], column: str = "value") -> float:
    return float(str(row[column]))


def test_half_a_million_is_the_days_closed(first_night: Home) -> None:
    """2.5 million a year on 76 of 365 days; arithmetic, and told as such."""
    missing = figures(first_night)["missing_by_days"]
    assert missing["basis"] == "arithmetic"
    assert number(missing) == pytest.approx(2_500_000 * 76 / 365)
    assert round(number(missing), -4) == 520_000
    assert number(figures(first_night, meetings_a_year=365)["missing_by_days"]) == 76


def test_copenhagen_plans_for_more_than_a_third_more(first_night: Home) -> None:
    known = figures(first_night)
    assert number(known["copenhagen_more"]) == 50_500
    assert round(number(known["copenhagen_growth"]), 3) == 0.369


def test_half_a_million_meetings_are_half_a_million_hours(first_night: Home) -> None:
    answer = run_ready(first_night.publication, "hours_and_money", {})
    assert answer.rows == (
        (500_000, 125_000, 375_000, 500_000, "low", 300, 150_000_000, 2020),
        (500_000, 125_000, 375_000, 500_000, "middle", 400, 200_000_000, 2020),
        (500_000, 125_000, 375_000, 500_000, "high", 500, 250_000_000, 2020),
    )


def test_four_is_what_the_law_asked_from_2020_to_2023(first_night: Home) -> None:
    """«Up to six» adds two with the a-kasse, which no requirement asks for."""
    owed = ask(
        first_night,
        "select rule, cast(valid_from as varchar), cast(valid_to as varchar), value from law "
        "where family = 'requirement' and valid_from < date '2024-01-01' "
        "and coalesce(valid_to > date '2020-01-01', true)",
    )
    asked = [
        (rule, begins, ends, json.loads(str(value)))
        for rule, begins, ends, value in owed
        if "DP" in json.loads(str(value))["groups"]
    ]
    assert [(*version[:3], version[3]["required"], version[3]["actor"]) for version in asked] == [
        ("four-2020", "2020-01-01", "2024-01-01", 4, "municipality")
    ]


@pytest.mark.slow
def test_the_closure_holds_meetings_that_none_of_count(demo_night: Home) -> None:
    known = figures(demo_night)
    held, missing = known["held_in_closure"], number(known["missing_by_days"])
    assert held["basis"] == "counted"
    assert number(held) > 50
    assert 0.3 < number(held, "scaled") / missing < 0.6
    assert number(known["recognised_in_closure"]) == 0
    assert number(known["suspended_in_closure"]) == number(held)


@pytest.mark.slow
def test_phone_counts_recovers_nothing_of_the_closure(demo_night: Home) -> None:
    """Dropping `mode_not_accepted` leaves `suspended` in every failed_rules of the closure."""
    left = ask(
        demo_night,
        "select count(*), count(*) filter (where len(list_filter(failed_rules, "
        f"lambda rule: rule != 'mode_not_accepted')) = 0) from meetings where {CLOSED}",
    )
    [(held, recovered)] = left
    known = figures(demo_night)
    assert (held, recovered) == (number(known["held_in_closure"]), 0)
    assert number(known["recovered_if_phone_counts"]) == 0
    assert number(known["recovered_if_not_suspended"]) > 0.5 * number(known["held_in_closure"])
    sole = ask(
        demo_night,
        "select coalesce(sum(sole), 0) from reasons where regime = 'duty' "
        "and reason = 'mode_not_accepted' and month = date '2020-04-01'",
    )
    assert sole == [(0,)]


@pytest.mark.slow
@pytest.mark.parametrize(("year", "share"), [(2019, 0.22), (2021, 0.69), (2023, 0.44)])
def test_phone_and_video_in_register(year: int, share: float, demo_night: Home) -> None:
    assert abs(number(figures(demo_night)[f"remote_share_{year}"]) - share) < WITHIN


@pytest.mark.slow
def test_some_dagpenge_spells_have_six_with_the_joint_ones(demo_night: Home) -> None:
    [(due, four, six)] = ask(
        demo_night,
        "select count(*), count(*) filter (where recognised_count >= 4), "
        "count(*) filter (where recognised_count >= 6) from requirements where target_group = 'DP' "
        "and requirement_id = 'four-2020' and status in ('met', 'missed', 'caught_up', 'carried')",
    )
    known = figures(demo_night)
    assert number(known["dagpenge_required"]) == 4
    assert number(known["dagpenge_with_four"]) == pytest.approx(int(str(four)) / int(str(due)))
    assert number(known["dagpenge_with_six"]) == pytest.approx(int(str(six)) / int(str(due)))
    assert 0 < int(str(six)) < int(str(four))
    joint = ask(
        demo_night,
        "select count(*) > 0 from meetings where recognised and meeting_type in ('17', '19') "
        "and actor = 'municipality' and target_group = 'DP' and held_on < date '2024-01-01'",
    )
    assert joint == [(True,)]
