"""The page of claims: from public figures alone, and plain where they do not hold the period."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from pipelines.claims.at_hand import Sum
from pipelines.law.loader import load_law
from pipelines.law.rows import law_rows
from pipelines.report.claiming import at_hand
from pipelines.report.exhibits import Report
from pipelines.report.figures import Figures
from pipelines.report.months import months_between
from pipelines.report.pages.paastande import page
from tests.unit.report_cases import figures, report

LAW = pl.DataFrame(law_rows(load_law()), infer_schema_length=None)
HELD = ("meetings", "held", "", "")
SUSPENDED = ("meetings", "gap", "reason", "suspended")
QUARTERS = tuple(date(year, month, 1) for year in (2021, 2022, 2023) for month in (1, 4, 7, 10))


def made(*frames: pl.DataFrame) -> Report:
    return report(figures=Figures(pl.concat(frames)), law=LAW)


def country(first: date, last: date, held: int | None, suspended: int | None = 0) -> pl.DataFrame:
    return figures({HELD: held, SUSPENDED: suspended}, months_between(first, last))


YEAR_BEFORE = country(date(2019, 3, 1), date(2020, 2, 1), 200_000)
CLOSURE = country(date(2020, 3, 1), date(2020, 5, 1), 120_000, 80_000)


def test_public_figures_tell_what_is_at_hand():
    second_half = months_between(date(2020, 7, 1), date(2020, 12, 1))
    insured = figures(
        {
            ("requirements_quarter", "due", "target_group", "DP"): 100,
            ("requirements_quarter", "met", "target_group", "DP"): 60,
        },
        QUARTERS,
    )
    copenhagen = figures({HELD: 1_000}, second_half, "101", "municipality")
    known = at_hand(made(YEAR_BEFORE, CLOSURE, insured, copenhagen))
    assert known.normal == Sum(2_400_000, 366)
    assert known.closure == Sum(360_000, 92)
    assert known.suspended == 240_000
    assert (known.copenhagen_before, known.copenhagen_after) == (None, 6_000)
    assert (known.insured_due, known.insured_met) == (1_200, 720)
    assert known.job_centre_owes == 4


def test_hidden_figures_are_not_at_hand():
    known = at_hand(made(YEAR_BEFORE, country(date(2020, 3, 1), date(2020, 5, 1), None, None)))
    assert (known.closure, known.suspended) == (None, None)


def test_two_months_tell_no_pace():
    assert at_hand(made(country(date(2020, 1, 1), date(2020, 2, 1), 9), CLOSURE)).normal is None


def test_the_page_tells_claim_figure_difference_and_verdict():
    it = page(made(YEAR_BEFORE, CLOSURE), "da")
    assert "»500.000 samtaler mangler«" in it.html
    assert "<b>520.548 samtaler</b>" in it.html
    assert "+20.548 i forhold til påstanden (+4,1\N{NO-BREAK SPACE}%)" in it.html
    assert "Holder som regnestykke" in it.html
    assert "\N{MINUS SIGN}0,1 procentpoint i forhold til påstanden" in it.html
    assert "som påstået" in it.html  # 500,000 hours
    english = page(made(YEAR_BEFORE, CLOSURE), "en").html
    assert "\N{LEFT DOUBLE QUOTATION MARK}500,000 meetings are missing" in english
    assert "Holds as arithmetic" in english


def test_what_the_figures_do_not_hold_is_said():
    young = page(made(country(date(2026, 1, 1), date(2026, 6, 1), 100)), "da")
    [it] = young.exhibits
    missing = it.rows.filter(pl.col("status") == "missing")["figure"].to_list()
    assert missing == [
        *("not_held", "suspended", "missing", "unemployed", "insured_met", "copenhagen_held")
    ]
    assert young.html.count("tallene her viser det ikke") == len(missing)
    assert it.rows.filter(pl.col("figure") == "missing")["verdict"].to_list() == ["arithmetic"]


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_page_lies_under_hours_and_money(language: str):
    html = page(made(YEAR_BEFORE), language).html  # type: ignore[arg-type]
    assert 'href="omkostninger.html" aria-current="true"' in html
