"""The page of hours and money: shown figures only, and the table that is in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from pipelines import wording
from pipelines.costs.model import Range
from pipelines.costs.table import Costs, costs_in_force, shipped_costs
from pipelines.report.costing import meetings_by_mode, money
from pipelines.report.exhibits import Exhibit, Page
from pipelines.report.figures import Figures
from pipelines.report.measures import GAP
from pipelines.report.months import months_to
from pipelines.report.pages.cost_assumptions import rates
from pipelines.report.pages.omkostninger import page
from tests.unit.report_cases import figures, report

MONTHS = months_to(date(2020, 12, 1), 12)
Values = dict[tuple[str, str, str, str], int | None]


def month(**modes: int | None) -> Values:
    """A month: 10,000 held of which 6,000 in the gap, 1,200 in each mode unless said."""
    values: Values = {
        ("meetings", "held", "", ""): 10_000,
        ("meetings", "recognised", "", ""): 4_000,
        ("meetings", "gap", "", ""): 6_000,
        ("requirements", "unmet", "status", "missed"): 500,
        ("requirements", "unmet", "status", "carried"): None,
    }
    for mode in wording.MODES:
        values["meetings", "held", "mode", mode] = 2_000
        values["meetings", "recognised", "mode", mode] = 800
        values["meetings", "gap", "mode", mode] = modes.get(mode, 1_200)
    return values


def of(months: tuple[date, ...] = MONTHS, **modes: int | None) -> Figures:
    return Figures(figures(month(**modes), months))


NONE_LACKING = pl.DataFrame(schema={"month": pl.Date, "status": pl.String, "meetings": pl.Int64})


def made(
    counted: Figures,
    costs: Costs | None = None,
    language: str = "da",
    lacking: pl.DataFrame = NONE_LACKING,
) -> Page:
    told = replace(report(figures=counted, lacking=lacking), costs=costs or Costs())
    return page(told, language)  # type: ignore[arg-type]


def exhibit(counted: Figures, name: str, costs: Costs | None = None) -> Exhibit:
    return next(it for it in made(counted, costs).exhibits if it.id == name)


def test_the_lead_tells_conversation_and_administration_apart():
    html = made(of()).html
    assert "72.000 samtaler holdt uden at kunne opfylde pligten" in html
    assert "18.000 timers samtale og 54.000 timers administration, i alt 72.000 timer" in html
    assert "eller 48 årsværk: 22\N{EN DASH}36 mio. kr. i 2020-priser." in html
    assert "DKK 22\N{EN DASH}36 million in prices of 2020" in made(of(), language="en").html


def test_a_line_has_its_hours_full_time_years_and_money():
    rows = exhibit(of(), "omkostninger-tal").rows
    gap = rows.row(by_predicate=pl.col("code") == "gap", named=True)
    assert (gap["meetings"], gap["conversation_hours"], gap["administration_hours"]) == (
        72_000,
        18_000,
        54_000,
    )
    assert gap["full_time_years"] == 48
    assert (gap["dkk_low"], gap["dkk_middle"], gap["dkk_high"]) == (21.6e6, 28.8e6, 36e6)


def test_what_is_lacking_is_at_least_a_meeting_a_requirement():
    rows = exhibit(of(), "omkostninger-tal").rows
    missed = rows.row(by_predicate=pl.col("code") == "missed", named=True)
    assert (missed["meetings"], missed["administration_hours"]) == (6_000, 4_500)
    carried = rows.row(by_predicate=pl.col("code") == "carried", named=True)
    assert (carried["meetings"], carried["dkk_low"], carried["status"]) == (None, None, "hidden")


def test_what_is_lacking_are_the_meetings_of_the_period():
    lacking = pl.DataFrame(
        {
            "month": [MONTHS[0], MONTHS[1], MONTHS[1], date(2019, 12, 1)],
            "status": ["missed", "missed", "carried", "missed"],
            "meetings": [10_000, 5_000, 700, 900_000],
        }
    )
    told = made(of(), lacking=lacking)
    rows = next(it for it in told.exhibits if it.id == "omkostninger-tal").rows
    missed = rows.row(by_predicate=pl.col("code") == "missed", named=True)
    assert (missed["meetings"], missed["conversation_hours"]) == (15_000, 3_750)
    assert rows.row(by_predicate=pl.col("code") == "carried", named=True)["meetings"] is None


def test_hidden_modes_stand_together_with_the_unknown():
    counted = of(virtual=None, written=None)
    modes = meetings_by_mode(counted, GAP, MONTHS)
    assert modes == {"in_person": 14_400, "virtual": 0, "phone": 14_400, "written": 0} | {
        "unknown": 3 * 14_400
    }
    by_mode = exhibit(counted, "omkostninger-former")
    assert by_mode.rows["dkk_middle"].null_count() == 2
    assert by_mode.title.da == "Gabets timer efter form"
    assert "72.000 timer eller" in made(counted).html


def test_a_gap_that_is_hidden_has_no_cost():
    values = month() | {("meetings", "gap", "", ""): None}
    hidden = made(Figures(figures(values, MONTHS)))
    assert "Gabet er ikke vist for perioden" in hidden.html
    assert "omkostninger-antagelser" not in {it.id for it in hidden.exhibits}
    tal = next(it for it in hidden.exhibits if it.id == "omkostninger-tal")
    assert tal.title.da == "Samtalernes timer og kroner"


def test_own_costs_are_used_and_said():
    own = replace(shipped_costs(), price_year=2026, hourly_cost_dkk=Range(1000, 1000, 1000))
    told = made(of(), Costs(own, is_own=True))
    assert "72 mio. kr. i 2026-priser" in told.html
    assert "sat af den, der driver programmet" in told.html
    assert "Kr. (2026), lav" in told.html


def test_broken_costs_leave_the_page_with_the_shipped_ones(tmp_path: Path):
    file = tmp_path / "costs.yaml"
    file.write_text("price_year: 2026\n")
    told = made(of(), costs_in_force(file))
    assert "kunne ikke bruges" in told.html
    assert "i 2020-priser" in told.html
    assert "costs.yaml" not in told.html  # the file's line is the operator's to see


def test_the_tornado_is_widest_first_and_crosses_the_middle():
    it = exhibit(of(), "omkostninger-antagelser")
    widths = [abs(high - low) for low, high in it.rows.select("dkk_low", "dkk_high").iter_rows()]
    assert widths == sorted(widths, reverse=True)
    middle = pl.col("dkk_middle")
    assert (
        it.rows.select((middle >= pl.col("dkk_low")) & (middle <= pl.col("dkk_high")))
        .to_series()
        .all()
    )
    assert it.title.da.endswith("Over dens spænd er gabets pris 22\N{EN DASH}36 mio. kr.")


def test_the_standard_cost_table_says_what_a_meeting_is_reckoned_at():
    it = rates(shipped_costs())
    assert it.title.da == "En samtale ved fremmøde er regnet til 400 kr."
    assert it.rows["dkk_a_meeting"].to_list() == [100, 300, 300]


def test_every_heading_of_a_table_is_its_own():
    for it in made(of()).exhibits:
        for language in ("da", "en"):
            headings = [getattr(column.heading, language) for column in it.columns]
            assert len(set(headings)) == len(headings), it.id


def test_young_data_have_only_the_table_of_costs():
    young = made(of(MONTHS[:3]))
    assert [it.id for it in young.exhibits] == ["omkostninger-satser"]
    assert "endnu ikke tolv hele måneder" in young.html


@pytest.mark.parametrize(
    ("dkk", "da", "en"),
    [
        ((150e6, 250e6), "150\N{EN DASH}250 mio. kr.", "DKK 150\N{EN DASH}250 million"),
        ((200e6,), "200 mio. kr.", "DKK 200 million"),
        ((999.4,), "999 kr.", "DKK 999"),
        ((-3e6, -2e6), "\N{MINUS SIGN}3 til \N{MINUS SIGN}2 mio. kr.", None),
    ],
)
def test_money_is_told_in_millions_where_it_is_large(
    dkk: tuple[float, ...], da: str, en: str | None
):
    told = money(*dkk)
    assert told.da == da
    assert en in {None, told.en}


EXTREME = """\
activities:
  - activity: talk
    label: {da: "%(long)s", en: "%(long)s"}
    part: conversation
    minutes: {low: 0, middle: 0, high: %(high)s}
    hourly_cost_dkk: {low: 0, middle: 0, high: 1000000}
  - activity: "=1+1"
    label: {da: "<b>Timepris</b>", en: "=1+1"}
    part: administration
    minutes: {low: 0, middle: 0, high: %(high)s}
    number: 1000000
"""


@pytest.mark.parametrize("high", ["0", "1000000"])
def test_any_costs_that_are_accepted_can_be_drawn(tmp_path: Path, high: str):
    file = tmp_path / "costs.yaml"
    file.write_text(EXTREME % {"long": "W" * 40, "high": high})
    costs = costs_in_force(file)
    assert costs.is_own
    told = made(of(), costs)
    assert "<b>Timepris" not in told.html
    assert ("omkostninger-antagelser" in told.drawings) is (high != "0")
    assert all("<svg" in drawing for drawing in told.drawings.values())
