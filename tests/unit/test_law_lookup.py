"""A version is found by its day and by what was known; rows and hash follow the content."""

from datetime import date
from pathlib import Path

import pytest

from pipelines.law.errors import LawError, LawNotEncoded
from pipelines.law.facts import add_months
from pipelines.law.loader import load_law
from pipelines.law.rows import law_of_rows, law_rows
from tests.unit.law_texts import GUIDANCE, SUSPENSION, edited, write_law


def test_a_version_is_found_by_its_day(tmp_path: Path) -> None:
    law = load_law(write_law(tmp_path, suspension=SUSPENSION))
    rule = law.rule("suspension")
    found = [
        rule.version_id(law.version_on("suspension", date(2020, month, day)))
        for month, day in ((3, 11), (3, 12), (5, 26), (5, 27))
    ]
    assert found == [
        "suspension@2015-01-01",
        "suspension@2020-03-12",
        "suspension@2020-03-12",
        "suspension@2020-05-27",
    ]


def test_a_version_is_found_by_what_was_known(tmp_path: Path) -> None:
    law = load_law(write_law(tmp_path, month_left_out=GUIDANCE))
    rule, june = law.rule("month_left_out"), date(2020, 6, 1)
    assert rule.version_id(rule.version_on(june, date(2020, 7, 1))) == (
        "month_left_out@2015-01-01/2015-01-01"
    )
    assert rule.version_id(rule.version_on(june, date(2020, 7, 2))) == (
        "month_left_out@2020-03-01/2020-07-02"
    )
    assert rule.version_on(june) == rule.version_on(june, date(2020, 7, 2))
    with pytest.raises(LawNotEncoded, match="as known on 2014-12-31"):
        rule.version_on(june, date(2014, 12, 31))


def test_a_day_before_the_law_is_an_error_not_a_zero() -> None:
    law = load_law()
    for name in law.rules:
        with pytest.raises(LawNotEncoded, match="Add a version that covers the day"):
            law.version_on(name, date(1899, 12, 31))


def test_an_unknown_rule_is_an_error() -> None:
    with pytest.raises(LawError, match="There is no rule flexibility"):
        load_law().version_on("flexibility", date(2020, 1, 1))


def test_the_hash_follows_the_content_and_nothing_else(tmp_path: Path) -> None:
    law = load_law(write_law(tmp_path, suspension=SUSPENSION, month_left_out=GUIDANCE))
    head, *versions = SUSPENSION.split("\n  - ")
    turned = "# A remark.\n" + "\n  - ".join([head, *reversed(versions)])
    assert load_law(write_law(tmp_path, suspension=turned)).content_hash == law.content_hash
    other = edited(SUSPENSION, ("{suspended: true}", "{suspended: false}"))
    assert load_law(write_law(tmp_path, suspension=other)).content_hash != law.content_hash


def test_rows_are_half_open_and_one_per_version(tmp_path: Path) -> None:
    first, second, third = law_rows(load_law(write_law(tmp_path, suspension=SUSPENSION)))
    assert second == {
        "rule": "suspension",
        "rule_version": "suspension@2020-03-12",
        "family": "suspension",
        "regime": "duty",
        "applies_by": "meeting_date",
        "valid_from": date(2020, 3, 12),
        "valid_to": date(2020, 5, 27),
        "known_from": date(2020, 1, 1),
        "known_to": None,
        "value": '{"suspended":true}',
        "instrument": "order",
        "instrument_title": "Bekendtgørelse",
        "provision": "§ 1",
        "wording": "Ord",
        "url": "https://example.dk/1",
        "grade": "B",
        "label_da": "Regel",
        "label_en": "Rule",
        "text_da": "En sætning.",
        "text_en": "A sentence.",
        "verified_on": date(2026, 11, 24),
        "note": None,
    }
    assert (first["valid_to"], third["valid_to"]) == (date(2020, 3, 12), None)


def test_the_rows_of_the_shipped_law_have_unique_versions() -> None:
    versions = [row["rule_version"] for row in law_rows(load_law())]
    assert len(set(versions)) == len(versions)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2024-11-30", 3, "2025-02-28"),
        ("2023-11-30", 3, "2024-02-29"),
        ("2022-08-31", 6, "2023-02-28"),
        ("2024-01-31", 3, "2024-04-30"),
        ("2023-12-31", 12, "2024-12-31"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-05-15", 0, "2024-05-15"),
    ],
)
def test_months_are_added_as_the_calendar_has_them(day: str, months: int, later: str) -> None:
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(later)


def test_the_law_comes_back_from_its_rows() -> None:
    law = load_law()
    again = law_of_rows(law_rows(law), law.content_hash)
    assert again.rules == law.rules
    assert again.content_hash == law.content_hash
