"""Numbers, days and months as each language writes them."""

from __future__ import annotations

from datetime import date, datetime

from pipelines.report import language as written


def test_danish_and_english_put_point_and_comma_the_other_way_round():
    assert written.number(1234567.5, "da", 1) == "1.234.567,5"
    assert written.number(1234567.5, "en", 1) == "1,234,567.5"
    assert written.number(-1234, "da") == "−1.234"  # noqa: RUF001 - a minus sign
    assert written.number(0, "da") == "0"


def test_a_change_has_its_sign():
    assert [written.signed(value, "en") for value in (1500, 0, -3)] == ["+1,500", "0", "−3"]  # noqa: RUF001


def test_danish_has_a_hard_space_before_the_percent_sign():
    assert written.percent(0.7692, "da") == "76,9\N{NO-BREAK SPACE}%"
    assert written.percent(0.7692, "en") == "76.9%"
    assert written.percent(1, "en", 0) == "100%"


def test_days_are_danish_or_iso():
    assert written.day(date(2026, 12, 31), "da") == "31-12-2026"
    assert written.day(date(2026, 12, 31), "en") == "2026-12-31"
    assert written.day(datetime(2026, 1, 2, 3, 4), "da") == "02-01-2026 kl. 03:04"  # noqa: DTZ001


def test_months_and_their_spans():
    first, last = date(2025, 10, 1), date(2026, 9, 1)
    assert written.month(last, "da") == "september 2026"
    assert written.short_month(first, "da") == "okt 2025"
    assert written.months(first, last, "en") == "October 2025 – September 2026"  # noqa: RUF001
    assert written.months(last, last, "da") == "september 2026"


def test_a_week_belongs_to_the_iso_year():
    assert written.week(date(2019, 12, 30), "da") == "uge 1, 2020"
    assert written.week(date(2021, 1, 1), "en") == "week 53, 2020"


def test_words_are_listed_with_and():
    assert written.listed(["Aarhus"], "da") == "Aarhus"
    assert written.listed(["Aarhus", "Odense", "Ribe"], "da") == "Aarhus, Odense og Ribe"
    assert written.listed([], "en") == ""


def test_charts_get_the_same_signs_and_months():
    assert written.NUMBER_LOCALES["da"]["decimal"] == ","
    assert written.time_locale("da")["shortMonths"][4] == "maj"
    assert written.time_locale("en")["months"][0] == "January"
