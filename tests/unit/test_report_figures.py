"""Public figures: shown, hidden and missing are three things, and none of them is a zero."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from scipy.stats import binomtest

from pipelines.report.figures import Figures, region_of
from pipelines.report.measures import (
    DUE,
    GAP,
    HELD,
    MET,
    OVERDUE,
    REACHED,
    WITH_FOUR,
    Measure,
    figure_id,
)
from pipelines.report.months import month_after, months_between, months_to
from pipelines.report.shares import share_of
from pipelines.report.supervision import Threshold, read_thresholds, supervision_calendar

MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)
PHONE = HELD.of("mode", "phone")
THRESHOLD = Threshold(date(2023, 12, 1), None, share=0.8, least_spells=10, months_in_a_row=2)


def row(
    measure: Measure, place: str, month: date, value: int | None, stage: str = "final"
) -> dict[str, object]:
    levels = {2: "country", 4: "region", 3: "municipality"}
    return {
        "family": measure.family,
        "month": month,
        "level": levels[len(place)],
        "place": place,
        "measure": measure.name,
        "by": measure.by,
        "category": measure.category,
        "value": value,
        "status": "hidden" if value is None else "shown",
        "stage": stage,
    }


def figures(*rows: dict[str, object]) -> Figures:
    return Figures(pl.DataFrame(list(rows), schema_overrides={"value": pl.Int64}))


@pytest.fixture
def three_months() -> Figures:
    return figures(
        row(HELD, "101", MAY, 10),
        row(HELD, "101", JUNE, 0, "revised"),
        row(PHONE, "101", MAY, None),
        row(PHONE, "101", JUNE, 7, "revised"),
        row(HELD, "DK", MAY, 100),
        row(HELD, "DK", JUNE, 90, "revised"),
        row(HELD, "DK", JULY, 3, "running"),
    )


def test_a_figure_is_shown_hidden_or_missing(three_months: Figures) -> None:
    shown = three_months.figure(HELD, "101", MAY)
    assert (shown.value, shown.status, shown.stage) == (10, "shown", "final")
    zero = three_months.figure(HELD, "101", JUNE)
    assert (zero.value, zero.status) == (0, "shown")
    hidden = three_months.figure(PHONE, "101", MAY)
    assert (hidden.value, hidden.hidden, hidden.stage) == (None, True, "final")
    missing = three_months.figure(HELD, "101", JULY)
    assert (missing.value, missing.hidden, missing.status) == (None, False, "missing")
    assert missing.stage is None
    assert three_months.figure(HELD, "825", MAY).status == "missing"


def test_a_category_without_a_row_is_missing_and_no_zero() -> None:
    """The release gives every category of a split a row, so that a gap in it is a fault."""
    counted = figures(row(PHONE, "101", MAY, 4), row(HELD.of("mode", "virtual"), "101", JUNE, 7))
    assert counted.figure(PHONE, "101", JUNE).status == "missing"
    assert counted.total(PHONE, "101", [MAY, JUNE]).value is None


def test_a_sum_tells_the_months_it_covers_and_its_least_settled_stage(
    three_months: Figures,
) -> None:
    both = three_months.total(HELD, "101", (MAY, JUNE))
    assert (both.value, both.stage, both.months) == (10, "revised", (MAY, JUNE))
    assert both.id == "held/101/2026-05..2026-06"
    assert three_months.total(HELD, "DK", (MAY, JUNE, JULY)).stage == "running"


def test_a_sum_with_a_hidden_part_is_hidden_and_one_with_a_missing_month_is_missing(
    three_months: Figures,
) -> None:
    assert three_months.total(PHONE, "101", (MAY, JUNE)).hidden
    assert three_months.total(PHONE, "101", (JUNE,)).value == 7
    gone = three_months.total(PHONE, "101", (MAY, JUNE, JULY))
    assert (gone.value, gone.status, gone.stage) == (None, "missing", None)


def test_a_series_has_a_row_for_every_month_asked_in_the_order_asked(
    three_months: Figures,
) -> None:
    rows = three_months.series([PHONE, HELD], ["101", "825"], (MAY, JUNE, JULY))
    assert rows.height == 2 * 2 * 3
    of_101 = rows.filter(pl.col("place") == "101")
    assert of_101["value"].to_list() == [None, 7, None, 10, 0, None]
    assert of_101["status"].to_list() == [
        *("hidden", "shown", "missing"),
        *("shown", "shown", "missing"),
    ]
    assert rows.filter(pl.col("place") == "825")["status"].unique().to_list() == ["missing"]


def test_months_of_a_level_and_the_latest_that_is_over(three_months: Figures) -> None:
    assert three_months.months("country") == (MAY, JUNE, JULY)
    assert three_months.latest("country") == JUNE
    assert three_months.latest("municipality") == JUNE
    assert three_months.latest("region") is None
    assert three_months.months("region") == ()
    assert three_months.years("country") == {}


def test_a_calendar_year_is_given_where_all_its_months_are_public_and_over() -> None:
    every = figures(
        *(row(HELD, "DK", m, 1) for m in months_between(date(2024, 6, 1), date(2026, 2, 1)))
    )
    assert list(every.years("country")) == [2025]
    assert every.years("country")[2025] == months_to(date(2025, 12, 1), 12)
    assert every.total(HELD, "DK", every.years("country")[2025]).value == 12


def test_what_stands_at_a_months_end_is_not_added_up() -> None:
    stock = figures(row(OVERDUE, "DK", MAY, 5), row(OVERDUE, "DK", JUNE, 5))
    assert stock.figure(OVERDUE, "DK", JUNE).value == 5
    with pytest.raises(ValueError, match="cannot be added"):
        stock.total(OVERDUE, "DK", (MAY, JUNE))


def test_a_frame_that_gives_a_hidden_number_away_is_refused() -> None:
    leak = row(HELD, "101", MAY, 3) | {"status": "hidden"}
    with pytest.raises(ValueError, match="exactly where it is shown"):
        figures(leak)
    with pytest.raises(ValueError, match="twice"):
        figures(row(HELD, "101", MAY, 3), row(HELD, "101", MAY, 3))
    with pytest.raises(ValueError, match="stage"):
        Figures(figures(row(HELD, "101", MAY, 3)).frame.drop("stage"))


def test_figure_ids_name_measure_category_place_and_months() -> None:
    assert figure_id(PHONE, "101", (date(2020, 4, 1),)) == "held.mode.phone/101/2020-04"
    year = months_to(date(2021, 3, 1), 12)
    assert figure_id(GAP, "DK", year) == "gap/DK/2020-04..2021-03"


def test_a_quarter_is_a_figure_of_its_own_named_by_its_first_month() -> None:
    spring, summer = date(2026, 4, 1), date(2026, 7, 1)
    phone = PHONE.by_quarter
    rows = figures(row(phone, "101", spring, 9), row(phone, "101", summer, None))
    assert rows.quarters("municipality") == (spring, summer)
    assert rows.quarters("country") == ()
    assert rows.figure(phone, "101", spring).id == "held.mode.phone/101/2026-Q2"
    both = rows.total(phone, "101", (spring, summer))
    assert (both.id, both.status) == ("held.mode.phone/101/2026-Q2..2026-Q3", "hidden")
    assert rows.figure(PHONE, "101", spring).status == "missing"


def test_months_step_over_the_turn_of_a_year() -> None:
    assert month_after(date(2020, 12, 1)) == date(2021, 1, 1)
    assert month_after(date(2020, 1, 1), -1) == date(2019, 12, 1)
    assert months_to(date(2020, 2, 1), 3) == (
        date(2019, 12, 1),
        date(2020, 1, 1),
        date(2020, 2, 1),
    )


@pytest.mark.parametrize(
    ("part", "whole"), [(81, 263), (15, 148), (0, 20), (1, 29), (29, 29), (7, 10), (1, 1)]
)
def test_the_interval_of_a_share_is_wilsons(part: int, whole: int) -> None:
    share = share_of(part, whole)
    wilson = binomtest(part, whole).proportion_ci(method="wilson")
    assert share is not None
    assert share.share == part / whole
    assert (share.low, share.high) == (pytest.approx(wilson.low), pytest.approx(wilson.high))


def test_a_small_municipality_is_not_below_the_line_by_chance() -> None:
    few, many = share_of(7, 10), share_of(700, 1000)
    assert few is not None
    assert many is not None
    assert few.share == many.share
    assert (few.verdict(0.8), many.verdict(0.8)) == ("uncertain", "below")
    assert many.verdict(0.6) == "above"


def test_there_is_no_share_of_nothing_or_of_hidden_numbers() -> None:
    assert share_of(0, 0) is None
    assert share_of(None, 10) is None
    assert share_of(3, None) is None
    with pytest.raises(ValueError, match="no part"):
        share_of(11, 10)


def test_shares_of_all_places_keep_hidden_missing_and_nothing_due_apart() -> None:
    every = figures(
        row(DUE, "101", MAY, 100),
        row(MET, "101", MAY, 50),
        row(DUE, "147", MAY, 8),
        row(MET, "147", MAY, None),
        row(DUE, "151", MAY, 0),
        row(MET, "151", MAY, 0),
    )
    rows = every.shares(MET, DUE, ["101", "147", "151", "153"], (MAY,), line=0.8)
    assert rows["status"].to_list() == ["shown", "hidden", "shown", "missing"]
    assert rows["share"].to_list() == [0.5, None, None, None]
    assert rows["verdict"].to_list() == ["below", None, None, None]
    assert rows["whole"].to_list() == [100, 8, 0, None]
    assert every.share(MET, DUE, "147", (MAY,)) is None


def test_of_no_months_everything_is_missing() -> None:
    """As where no quarter is public yet: the page of municipalities asked and went down."""
    every = figures(row(DUE, "101", MAY, 100), row(MET, "101", MAY, 50))
    assert (every.total(DUE, "101", ()).status, every.total(DUE, "101", ()).value) == (
        "missing",
        None,
    )
    assert every.shares(MET, DUE, ["101"], (), line=0.8)["status"].to_list() == ["missing"]


def test_every_municipality_has_a_region() -> None:
    assert region_of("101") == "1084"
    assert len(figures(row(HELD, "101", MAY, 1)).places("municipality")) == 98
    assert len(figures(row(HELD, "101", MAY, 1)).places("region")) == 5


def calendar(*months: tuple[int | None, int | None]) -> pl.DataFrame:
    days = months_to(MAY, len(months))
    rows = [
        row(measure, "101", month, value)
        for month, pair in zip(days, months, strict=True)
        for measure, value in zip((REACHED, WITH_FOUR), pair, strict=True)
    ]
    return supervision_calendar(figures(*rows), [THRESHOLD], ["101"])


def test_months_in_a_row_below_the_line_are_broken_by_few_spells_and_by_a_month_above() -> None:
    rows = calendar((10, 7), (20, 15), (9, 0), (10, 7), (10, 8), (0, 0))
    assert rows["state"].to_list() == ["below", "below", "few", "below", "reached", "none"]
    assert rows["in_a_row"].to_list() == [1, 2, 0, 1, 0, 0]
    assert rows["contact_expected"].to_list() == [False, True, False, False, False, False]
    assert not rows["at_least"].any()


def test_a_hidden_month_leaves_the_run_after_it_open() -> None:
    rows = calendar((10, 7), (None, None), (10, 7), (10, None), (9, None), (10, 7))
    assert rows["state"].to_list() == ["below", "open", "below", "open", "few", "below"]
    assert rows["in_a_row"].to_list() == [1, None, 1, None, 0, 1]
    assert rows["at_least"].to_list() == [False, False, True, False, False, False]


def test_the_threshold_is_read_from_the_published_law() -> None:
    law = pl.DataFrame(
        {
            "family": ["supervision_threshold", "pauses"],
            "valid_from": [date(2023, 12, 1), date(2020, 1, 1)],
            "valid_to": [None, date(2021, 1, 1)],
            "value": ['{"share": 0.8, "least_spells": 10, "months_in_a_row": 2}', "{}"],
        }
    )
    assert read_thresholds(law) == (THRESHOLD,)
