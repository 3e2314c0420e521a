"""A scenario changes the law where it says so and nowhere else, or is refused with its line."""

from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from pipelines.costs.table import shipped_costs
from pipelines.law.loader import load_law
from pipelines.law.model import Law
from pipelines.law.reader import Place
from pipelines.law.rows import law_rows
from pipelines.law.timeline import check_timeline
from pipelines.scenarios.costing import Pair, prices_of, work_rows
from pipelines.scenarios.laying import lay_over
from pipelines.scenarios.overlay import Overlay, ScenarioError
from pipelines.scenarios.reading import find_scenario, read_scenario, shipped_scenarios

HEAD = """scenario: prøve
label: {da: Prøve, en: Test}
reason: {da: Derfor, en: Because}
changes:
""".replace("prøve\n", "proeve\n")
LAW = load_law()


def laid(folder: Path, changes: str) -> Law:
    file = folder / "proeve.yaml"
    file.write_text(HEAD + changes, encoding="utf-8")
    return lay_over(LAW, [read_scenario(file)])


def refusal(folder: Path, changes: str) -> str:
    with pytest.raises(ScenarioError) as refused:
        laid(folder, changes)
    return str(refused.value)


def value(law: Law, rule: str, day: str) -> object:
    return law.version_on(rule, date.fromisoformat(day)).value


def untouched(law: Law, *changed: str) -> bool:
    others = LAW.rules.keys() - set(changed)
    return all(law.rules[name] == LAW.rules[name] for name in others)


@pytest.mark.parametrize("name", shipped_scenarios())
def test_every_shipped_scenario_gives_a_whole_law(name: str):
    scenario = find_scenario(name)
    law = lay_over(LAW, [scenario])
    for rule in law.rules.values():
        check_timeline(rule, Place((rule.rule,)))
    changed = {change.rule for change in scenario.changes}
    assert law.content_hash != LAW.content_hash
    assert untouched(law, *changed)
    by_scenario = [row for row in law_rows(law) if str(row["instrument"]).startswith("scenarie-")]
    assert {row["rule"] for row in by_scenario} <= changed
    assert {row["grade"] for row in by_scenario} == {"D"}


def test_the_eight_scenarios_are_shipped():
    assert shipped_scenarios() == [
        "both",
        "catch-up-repealed",
        "closure-not-applied",
        "law-2026-from-2024",
        "phone-and-video-count",
        "requirement-paused",
        "six-to-four",
        "up-to-six",
    ]


def test_the_order_of_scenarios_does_not_matter():
    scenarios = [find_scenario(name) for name in shipped_scenarios() if name != "six-to-four"]
    for one, other in combinations(scenarios, 2):
        assert lay_over(LAW, [one, other]) == lay_over(LAW, [other, one])


def test_both_is_the_two_together():
    two = [find_scenario("phone-and-video-count"), find_scenario("closure-not-applied")]
    assert lay_over(LAW, two) == lay_over(LAW, [find_scenario("both")])
    assert lay_over(LAW, [*two, find_scenario("both")]) == lay_over(LAW, two)


def test_without_the_closure_only_attendance_counts_until_phone_and_video_do():
    alone = lay_over(LAW, [find_scenario("closure-not-applied")])
    both = lay_over(LAW, [find_scenario("both")])
    for law, modes in ((alone, {"in_person"}), (both, {"in_person", "virtual", "phone"})):
        accepted = value(law, "accepted_modes", "2020-04-01")
        assert {mode for grant in accepted.grants for mode in grant.modes} == modes
        assert not value(law, "suspension", "2020-05-26").suspended
        assert value(law, "accepted_modes", "2020-05-27") == value(
            LAW, "accepted_modes", "2020-05-27"
        )


def test_a_replaced_stretch_is_cut_out_of_the_versions(tmp_path: Path):
    law = laid(
        tmp_path,
        "  - replace: suspension\n    from: 2020-04-01\n    through: 2020-04-25\n"
        "    value: {suspended: false}\n",
    )
    found = [
        value(law, "suspension", day).suspended
        for day in ("2020-03-31", "2020-04-01", "2020-04-25", "2020-04-26", "2020-05-27")
    ]
    assert found == [True, False, False, True, False]
    assert untouched(law, "suspension")


def test_a_requirement_can_begin_earlier_like_its_nearest_version(tmp_path: Path):
    law = laid(tmp_path, "  - {add: four-2026, from: 2026-01-01, through: 2026-06-30}\n")
    assert value(law, "four-2026", "2026-01-01") == value(LAW, "four-2026", "2026-07-01")


def test_a_requirement_can_end_and_be_gone(tmp_path: Path):
    law = laid(
        tmp_path,
        "  - {end: first-2020-week, through: 2022-06-30}\n"
        "  - {end: four-2026, through: 2026-06-30}\n",
    )
    assert law.rules["first-2020-week"].versions[-1].in_force_through == date(2022, 6, 30)
    assert "four-2026" not in law.rules


# What is written, and what the message must say.
REFUSALS = {
    "no such rule": (
        "  - {replace: suspensoin, value: {suspended: false}}\n",
        ("linje 5", "suspensoin", "suspension"),
    ),
    "a requirement that leaves a gap": (
        "  - {add: four-2026, from: 2026-01-01, through: 2026-05-31}\n",
        ("linje 5", "hul efter 2026-05-31"),
    ),
    "a rule that must go on": (
        "  - {end: suspension, through: 2022-06-30}\n",
        ("linje 5", "intet gælder efter 2022-06-30", "Kun krav kan slutte"),
    ),
    "a rule that is not there yet": (
        "  - {replace: early_effort, from: 2020-01-01, value: {meetings: 3}}\n",
        ("linje 5", "early_effort gælder kun fra 2023-12-01"),
    ),
    "days that are covered already": (
        "  - {add: four-2026, from: 2026-08-01}\n",
        ("linje 5", "overlapper", "replace"),
    ),
    "two changes that contradict": (
        (
            "  - {replace: four-2020, from: 2020-01-01, value: {required: 5}}\n"
            "  - {replace: four-2020, through: 2021-01-01, value: {required: 6}}\n"
        ),
        ("linje 6", "siger imod proeve.yaml, linje 5"),
    ),
    "two ends": (
        "  - {end: four-2020, through: 2021-01-01}\n  - {end: four-2020, through: 2022-01-01}\n",
        ("linje 6", "siger imod proeve.yaml, linje 5"),
    ),
    "days the wrong way round": (
        "  - {add: four-2026, from: 2020-05-01, through: 2020-04-01}\n",
        ("linje 5", "før den første"),
    ),
    "a day that is none": (
        "  - {end: four-2020, through: 2021-02-30}\n",
        ("linje 5", "2021-02-30", "ikke en dag"),
    ),
    "a key of no value": (
        "  - replace: suspension\n    value: {suspendet: false}\n",
        ("linje 6", "suspendet", "nøglen er ukendt"),
    ),
    "a value of another type": (
        "  - replace: suspension\n    value: {suspended: nej}\n",
        ("linje 6", "true eller false"),
    ),
    "no deed": ("  - {rule: suspension}\n", ("linje 5", "ændringen siger ikke")),
    "two deeds": (
        "  - {end: four-2020, replace: four-2020}\n",
        ("linje 5", "ændringen siger ikke"),
    ),
    "a key the deed has not": (
        "  - {end: four-2020, through: 2021-01-01, value: {required: 2}}\n",
        ("linje 5", "nøglen er ukendt"),
    ),
    "nothing to replace": ("  - {replace: suspension}\n", ("linje 5", "value mangler")),
    "an extension of what is no list": (
        "  - {extend: four-2020, value: {required: [5]}}\n",
        ("linje 5", "kun lister kan udvides"),
    ),
    "a second rule of a family of one": (
        "  - {add: other, from: 2020-01-01, family: suspension, value: {suspended: true}}\n",
        ("linje 5", "suspension har allerede en regel"),
    ),
    "no changes": ("  []\n", ("linje 1", "ændrer intet")),
    "no YAML": ("  - {replace: [\n", ("linje", "kan ikke læses som YAML")),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_a_bad_scenario_is_refused_with_its_line(case: str, tmp_path: Path):
    changes, words = REFUSALS[case]
    said = refusal(tmp_path, changes)
    assert [word for word in words if word not in said] == []


def test_two_scenarios_that_contradict_are_refused(tmp_path: Path):
    file = tmp_path / "proeve.yaml"
    file.write_text(
        HEAD + "  - {replace: suspension, from: 2020-04-01, value: {suspended: true}}\n",
        encoding="utf-8",
    )
    with pytest.raises(ScenarioError, match=r"proeve.yaml, linje 5.*closure-not-applied.yaml"):
        lay_over(LAW, [find_scenario("closure-not-applied"), read_scenario(file)])


def test_a_name_nobody_knows():
    with pytest.raises(ScenarioError, match="six-to-four"):
        find_scenario("seven-to-four")


COSTS = """parameters:
  costs:
    price_year: 2026
    hourly_cost_dkk: {low: 400, middle: 500, high: 600}
"""
LABELS = HEAD.removesuffix("changes:\n")


def with_costs(folder: Path, name: str, text: str = COSTS) -> Overlay:
    file = folder / f"{name}.yaml"
    file.write_text(LABELS.replace("proeve", name) + text, encoding="utf-8")
    return read_scenario(file)


def test_costs_alone_are_a_scenario_and_leave_the_law(tmp_path: Path):
    scenario = with_costs(tmp_path, "dyrere")
    assert scenario.changes == ()
    assert lay_over(LAW, [scenario]) == LAW
    prices = prices_of(shipped_costs(), [scenario])
    assert prices.baseline == shipped_costs()
    assert (prices.scenario.price_year, prices.scenario.hourly_cost_dkk.middle) == (2026, 500)
    assert prices.scenario.activities == shipped_costs().activities


def test_two_scenarios_may_assume_the_same_costs_but_not_others(tmp_path: Path):
    one, same = with_costs(tmp_path, "en"), with_costs(tmp_path, "to")
    assert prices_of(shipped_costs(), [one, same]).scenario.price_year == 2026
    other = with_costs(tmp_path, "tre", COSTS.replace("middle: 500", "middle: 550"))
    with pytest.raises(ScenarioError) as refused:
        prices_of(shipped_costs(), [one, other])
    assert "tre.yaml, linje 7" in str(refused.value)
    assert "siger imod en.yaml, linje 5" in str(refused.value)


def test_costs_that_do_not_fit_are_refused_with_their_line(tmp_path: Path):
    with pytest.raises(ScenarioError, match=r"dyrere.yaml, linje 5.*price_year"):
        with_costs(tmp_path, "dyrere", "parameters:\n  costs: {price_year: 2026}\n")
    lacking = (
        "parameters:\n  costs:\n    activities:\n      - activity: talk\n"
        "        label: {da: Tale, en: Talk}\n        part: conversation\n"
        "        minutes: {low: 1, middle: 2, high: 3}\n"
    )
    with pytest.raises(ScenarioError, match=r"linje 6.*ingen aktivitet er administration"):
        prices_of(shipped_costs(), [with_costs(tmp_path, "kort", lacking)])


def test_the_work_of_a_difference_is_the_difference_of_the_work(tmp_path: Path):
    prices = prices_of(shipped_costs(), [with_costs(tmp_path, "dyrere")])
    meetings = {
        "required": Pair({"in_person": 12}, {"in_person": 8}),
        "shortfall": Pair({"in_person": 4}, {"in_person": 0}),
        "gap": Pair({"phone": 60, "in_person": 4}, {"phone": 60, "in_person": 4}),
    }
    rows = {
        (row["measure"], row["count"]): row
        for row in work_rows(meetings, prices).iter_rows(named=True)
    }
    asked = rows["required", "difference"]
    assert (asked["meetings"], asked["conversation_hours"], asked["administration_hours"]) == (
        -4,
        -1,
        -3,
    )
    assert asked["dkk_middle"] == 8 * 500 - 12 * 400  # an hour each, dearer in the scenario
    assert asked["price_year"] is None
    assert rows["gap", "baseline"]["dkk_low"] == 64 * 300
    assert rows["gap", "difference"]["dkk_low"] == 64 * 100
    assert rows["gap", "scenario"]["price_year"] == 2026
