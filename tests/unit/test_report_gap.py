"""The page of the gap: its sums, and how it looks where figures are hidden, missing or zero."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from pipelines import wording
from pipelines.report.charts.waterfall import steps
from pipelines.report.figures import Figures
from pipelines.report.months import months_to
from pipelines.report.pages.gab import page
from pipelines.report.pages.gap_modes import modes
from pipelines.report.pages.gap_periods import regimes_by_period
from pipelines.report.pages.gap_reasons import REASONS, reasons, reasons_of
from pipelines.report.pages.gap_regimes import REGIMES, regimes
from pipelines.report.pages.gap_weeks import by_week, staged
from pipelines.report.periods import Period, closure, last_year, periods
from tests.unit.report_cases import figures, report

MONTHS = months_to(date(2026, 10, 1), 12)
AS_OF = date(2026, 11, 20)
SOLE = {"wrong_type": 8, "no_spell": 0, "mode_not_accepted": 3}


def meetings(**changes: int | None) -> dict[tuple[str, str, str, str], int | None]:
    """A month: 100 held, 80 recognised, and 20 in the gap for three reasons."""
    first = dict.fromkeys(REASONS, 0) | {"wrong_type": 10, "no_spell": 6, "mode_not_accepted": 4}
    first |= changes
    values: dict[tuple[str, str, str, str], int | None] = {
        ("meetings", "held", "", ""): 100,
        ("meetings", "recognised", "", ""): 80,
        ("meetings", "gap", "", ""): 20,
    }
    for reason in REASONS:
        values["meetings", "gap", "reason", reason] = first[reason]
        values["meetings", "gap", "sole_reason", reason] = SOLE.get(reason, 0)
    for regime, recognised in zip(REGIMES, (90, 80, 78), strict=True):
        values["meetings", "recognised", "regime", regime] = recognised
        values["meetings", "gap", "regime", regime] = 100 - recognised
    for mode in wording.MODES:
        values["meetings", "held", "mode", mode] = 20
        values["meetings", "recognised", "mode", mode] = 16
        values["meetings", "gap", "mode", mode] = 4
    return values


def of(**changes: int | None) -> Figures:
    return Figures(figures(meetings(**changes), MONTHS))


def year_of(counted: Figures) -> Period:
    year = last_year(counted)
    assert year is not None
    return year


def test_the_steps_of_the_waterfall_lead_from_held_to_recognised():
    counted = of()
    drawn = steps(1200, 960, reasons_of(counted, year_of(counted)))
    assert drawn["reason"].to_list() == ["wrong_type", "no_spell", "mode_not_accepted"]
    assert drawn["high"].to_list() == [1200, 1080, 1008]
    assert drawn["low"].to_list() == [1080, 1008, 960]
    assert 1200 - drawn["value"].sum() == 960


def test_hidden_reasons_stand_last_in_the_frame_of_what_is_left():
    counted = of(wrong_type=None, no_spell=None)
    drawn = steps(1200, 960, reasons_of(counted, year_of(counted)))
    assert drawn["reason"].to_list() == ["mode_not_accepted", "wrong_type", "no_spell"]
    assert drawn["low"].to_list() == [1152, 960, 960]
    assert drawn["high"].to_list() == [1200, 1152, 1152]


def test_the_title_names_the_largest_reason_only_where_none_is_hidden():
    shown, hidden = of(), of(wrong_type=None, no_spell=None)
    told = reasons(shown, year_of(shown), "gab-grunde")
    assert told is not None
    assert told.title.da.startswith("240 af 1.200 samtaler er ikke medregnet; 50")
    assert told.title.da.endswith("af gabet: anden samtaletype")
    silent = reasons(hidden, year_of(hidden), "gab-grunde")
    assert silent is not None
    assert "type" not in silent.title.da
    assert silent.rows.filter(pl.col("step") == "wrong_type")["value"].to_list() == [None]


def test_the_table_of_reasons_sums_to_the_gap():
    counted = of()
    it = reasons(counted, year_of(counted), "gab-grunde")
    assert it is not None
    value = dict(it.rows.select("step", "value").iter_rows())
    assert value["held"] - sum(value[r] for r in REASONS) == value["recognised"]


def test_regimes_and_modes_have_their_shares():
    counted = of()
    shares = dict(regimes(counted, year_of(counted)).rows.select("regime", "share").iter_rows())
    assert shares == {"held": 1.0, "register": 0.9, "duty": 0.8, "supervision": 0.78}
    assert modes(counted, year_of(counted)).rows["share"].to_list() == [0.8] * 5


def test_a_mode_nobody_used_has_no_share():
    values = meetings() | {
        ("meetings", measure, "mode", "written"): 0 for measure in ("held", "recognised", "gap")
    }
    counted = Figures(figures(values, MONTHS))
    row = modes(counted, year_of(counted)).rows.filter(pl.col("mode") == "written")
    assert row.select("held", "share", "status").row(0) == (0, None, "shown")


def test_periods_are_the_last_twelve_months_whole_years_and_the_closure():
    long = Figures(figures(meetings(), months_to(date(2021, 3, 1), 20)))
    assert [p.code for p in periods(long)] == ["last12", "2020", "closure"]
    assert closure(of()) is None
    assert [p.code for p in periods(of())] == ["last12"]
    year_only = Figures(figures(meetings(), months_to(date(2020, 12, 1), 12)))
    assert [p.code for p in periods(year_only)] == ["2020", "closure"]
    young = Figures(figures(meetings(), MONTHS[:3]))
    assert periods(young) == ()
    assert regimes_by_period(young, ()) is None


def weeks(last: date, how_many: int = 60, held: int | None = 100) -> pl.DataFrame:
    mondays = [last - timedelta(7 * step) for step in reversed(range(how_many))]
    return pl.DataFrame(
        {"week": mondays, "held": [held] * how_many, "recognised": [80] * how_many},
        schema={"week": pl.Date, "held": pl.Int64, "recognised": pl.Int64},
    )


def test_a_week_is_running_then_provisional_then_revised_then_final():
    rows = staged(weeks(date(2026, 11, 16)), AS_OF)
    stage = dict(rows.select("week", "stage").iter_rows())
    assert stage[date(2026, 11, 16)] == "running"
    assert stage[date(2026, 11, 9)] == "provisional"
    assert stage[date(2026, 10, 12)] == "provisional"  # over for 33 days
    assert stage[date(2026, 10, 5)] == "revised"
    assert stage[date(2026, 4, 20)] == "revised"  # over for 208 days
    assert stage[date(2026, 4, 13)] == "final"
    assert rows["gap"].unique().to_list() == [20]


def test_a_hidden_week_keeps_its_share_out_of_the_title():
    it = by_week(weeks(date(2026, 11, 16), held=None), AS_OF)
    assert it is not None
    assert it.rows["status"].unique().to_list() == ["hidden"]
    assert it.title.en == "Held and recognised, by week"
    assert by_week(weeks(AS_OF).clear(), AS_OF) is None


def test_the_closure_is_told_where_the_data_hold_it():
    counted = weeks(date(2020, 6, 29), 70).with_columns(
        recognised=pl.when(pl.col("week").is_between(date(2020, 3, 12), date(2020, 5, 24)))
        .then(pl.lit(0, pl.Int64))
        .otherwise("recognised")
    )
    it = by_week(counted, date(2020, 8, 1))
    assert it is not None
    assert it.title.en.endswith("in the closure it was 0.0%")


@pytest.mark.parametrize(
    "changes", [{}, {"wrong_type": None, "no_spell": None}, dict.fromkeys(REASONS, None)]
)
def test_the_page_stands_whatever_is_hidden(changes: dict[str, None]):
    counted = of(**changes)
    told = report(figures=counted, weeks=weeks(date(2026, 11, 16)))
    html = page(told, "da").html
    assert "<b>1.200</b>" in html
    assert ("skjult" in html.split("<footer>")[0]) == bool(changes)


def test_the_page_says_that_the_data_are_too_young():
    young = Figures(figures(meetings(), MONTHS[:3]))
    it = page(report(figures=young, weeks=weeks(AS_OF).clear()), "en")
    assert it.exhibits == ()
    assert "not yet twelve whole months" in it.html
