"""Hours and money: conversation and administration apart, by mode, with ranges."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.costs.model import Range, Standard
from pipelines.costs.table import CostsError, costs_in_force, read_costs, shipped_costs
from pipelines.costs.tornado import swings
from pipelines.costs.work import work_of

HALF_A_MILLION = {"in_person": 200_000, "phone": 250_000, "unknown": 50_000}
OWN = """\
price_year: 2026
hourly_cost_dkk: {low: 400, middle: 500, high: 700}
hours_a_year: {low: 1400, middle: 1450, high: 1500}
activities:
  - activity: talk
    label: {da: Samtalen, en: The conversation}
    part: conversation
    minutes: {low: 20, middle: 30, high: 40}
  - activity: summons
    label: {da: Indkaldelse, en: Summons}
    part: administration
    minutes: {low: 5, middle: 6, high: 7}
    number: 1.5
    hourly_cost_dkk: {low: 200, middle: 250, high: 300}
  - activity: journal
    label: {da: Journal, en: Journal}
    part: administration
    minutes: {low: 10, middle: 12, high: 14}
    modes: [in_person, virtual]
"""


def test_half_a_million_meetings_are_half_a_million_hours():
    work = work_of(HALF_A_MILLION, shipped_costs())
    assert (work.conversation_hours, work.administration_hours) == (125_000, 375_000)
    assert work.hours == 500_000
    assert (work.dkk_low, work.dkk_middle, work.dkk_high) == (150e6, 200e6, 250e6)
    assert work.full_time_years == pytest.approx(500_000 / 1500)
    assert shipped_costs().price_year == 2020


def test_fewer_meetings_than_before_are_less_work():
    work = work_of({"phone": -60}, shipped_costs())
    assert (work.hours, work.dkk_middle) == (-60, -24_000)
    assert work_of({}, shipped_costs()).hours == 0


def test_the_state_assumed_fifteen_minutes_fewer_by_phone_or_video():
    shipped = shipped_costs()
    remote = next(one for one in shipped.activities if one.modes and "phone" in one.modes)
    fewer = replace(
        shipped,
        activities=tuple(
            replace(one, minutes=one.minutes.only("low")) if one == remote else one
            for one in shipped.activities
        ),
    )
    for mode, hours in {"phone": 45, "virtual": 45, "in_person": 60, "written": 60}.items():
        assert work_of({mode: 60}, fewer).hours == hours


def test_the_tornado_moves_one_assumption_at_a_time():
    found = swings({"in_person": 500_000}, shipped_costs())
    assert [one.label.en for one in found] == [
        "Price of an hour",
        "Administration",
        "The conversation",
    ]
    ends = [round(end / 1e6, 1) for one in found for end in (one.dkk_low, one.dkk_high)]
    assert ends == [150.0, 250.0, 150.0, 250.0, 183.3, 216.7]
    assert found[1].range == Range(30, 45, 60)
    assert swings({}, shipped_costs()) == ()


def test_a_fixed_assumption_is_no_part_of_the_tornado():
    fixed = replace(shipped_costs(), hourly_cost_dkk=Range(400, 400, 400))
    assert "dkk_an_hour" not in {one.unit for one in swings({"phone": 1}, fixed)}


@pytest.fixture
def own(tmp_path: Path) -> Standard:
    return read_costs(written(tmp_path, OWN))


def written(folder: Path, text: str) -> Path:
    file = folder / "costs.yaml"
    file.write_text(text, "utf-8")
    return file


def test_a_controller_writes_activities_with_number_price_and_modes(own: Standard):
    video, phone = work_of({"virtual": 100}, own), work_of({"phone": 100}, own)
    assert video.conversation_hours == phone.conversation_hours == 50
    assert video.administration_hours == pytest.approx(15 + 20)
    assert phone.administration_hours == pytest.approx(15)
    assert phone.dkk_middle == pytest.approx(50 * 500 + 15 * 250)
    assert phone.full_time_years == pytest.approx(65 / 1450)
    names = [(one.label.en, one.unit) for one in swings({"phone": 100}, own)]
    assert ("Price of an hour: Summons", "dkk_an_hour") in names
    assert "Journal" not in {name for name, _ in names}


def test_a_file_changes_only_what_it_names(tmp_path: Path):
    hours = "hours_a_year: {low: 1, middle: 2, high: 3}\n"
    changed = read_costs(written(tmp_path, hours))
    assert changed == replace(shipped_costs(), hours_a_year=Range(1, 2, 3))
    for nothing in ("", "# intet endnu\n"):
        assert read_costs(written(tmp_path, nothing)) == shipped_costs()


def test_the_example_of_the_manual_is_right(tmp_path: Path):
    manual = (Path(__file__).parents[2] / "docs" / "costs.md").read_text("utf-8")
    [example] = re.findall(r"```yaml\n(.*?)```", manual, re.DOTALL)
    own = read_costs(written(tmp_path, example))
    assert own.price_year == 2026
    assert [one.part for one in own.activities] == ["conversation", "administration"]


REFUSALS = {
    "an unknown key": (("price_year", "pris"), 1, "nøglen er ukendt"),
    "a price without its year": (("price_year: 2026\n", ""), 1, "skal stå sammen"),
    "a year that is none": (("2026", "26"), 1, "årstal fra 1990"),
    "a text for a number": (("low: 400", 'low: "400"'), 2, "her skal stå et tal"),
    "a flag for a number": (("low: 400", "low: true"), 2, "her skal stå et tal"),
    "a range the wrong way": (("low: 400", "low: 600"), 2, "low må ikke være over middle"),
    "less than nothing": (("low: 5,", "low: -5,"), 12, "fra 0 til 1.000.000"),
    "no number at all": (("high: 7}", "high: .nan}"), 12, "fra 0 til 1.000.000"),
    "endless": (("high: 7}", "high: .inf}"), 12, "fra 0 til 1.000.000"),
    "an end left out": ((", high: 7}", "}"), 12, "high mangler"),
    "no hours in a year": (("low: 1400", "low: 0"), 3, "hours_a_year skal være over 0"),
    "never done": (("number: 1.5", "number: 0"), 9, "number skal være over 0"),
    "an unknown part": (("part: conversation", "part: talk"), 7, "er ukendt"),
    "an unknown mode": (("[in_person, virtual]", "[fax]"), 19, "er ukendt"),
    "no modes": (("[in_person, virtual]", "[]"), 15, "modes må ikke være tom"),
    "a mode nobody talks in": (
        ("    minutes: {low: 20", "    modes: [phone]\n    minutes: {low: 20"),
        4,
        "ingen aktivitet",
    ),
    "an activity twice": (
        ("activity: journal", "activity: talk"),
        4,
        "aktiviteten talk eller dens label står to gange",
    ),
    "a label too long": (("da: Journal", f"da: {'J' * 41}"), 15, "højst 40 tegn"),
    "a label of two lines": (("da: Journal", 'da: "J\\nK"'), 15, "label skal være én linje"),
    "a label of nothing": (("da: Journal", 'da: "  "'), 15, "label skal være én linje"),
    "a label in one language": ((", en: Journal", ""), 16, "en mangler"),
    "broken YAML": (("[in_person, virtual]", "[in_person"), 20, "kan ikke læses som YAML"),
}


@pytest.mark.parametrize(("edit", "line", "says"), REFUSALS.values(), ids=REFUSALS)
def test_a_file_that_is_not_right_is_refused_by_its_line(
    tmp_path: Path, edit: tuple[str, str], line: int, says: str
):
    spoiled = OWN.replace(*edit, 1)
    assert spoiled != OWN
    file = written(tmp_path, spoiled)
    with pytest.raises(CostsError) as refused:
        read_costs(file)
    assert str(refused.value).startswith(f"costs.yaml, linje {line}")
    assert says in str(refused.value)
    costs = costs_in_force(file)
    assert costs.standard == shipped_costs()
    assert costs.trouble == f"{refused.value} Rapporten regner med standardtallene."


def test_without_a_file_the_shipped_costs_hold(tmp_path: Path):
    costs = costs_in_force(tmp_path / "costs.yaml")
    assert (costs.standard, costs.is_own, costs.trouble) == (shipped_costs(), False, None)


def test_a_file_that_cannot_be_read_leaves_the_shipped_costs(tmp_path: Path):
    costs = costs_in_force(tmp_path)  # a folder
    assert costs.standard == shipped_costs()
    assert costs.trouble is not None
    assert "kan ikke læses" in costs.trouble
