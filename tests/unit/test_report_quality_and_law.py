"""The quality page and the law page: all that should be said is said, in both languages."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import polars as pl
import pytest

from pipelines.contracts.codes import REJECTION_CODES, UNREADABLE_REASONS
from pipelines.law.values import FAMILIES
from pipelines.report.exhibits import Page, Report
from pipelines.report.facts import BANDS
from pipelines.report.figures import Figures
from pipelines.report.language import LANGUAGES, Language
from pipelines.report.law_rules import CHAPTERS, chapters
from pipelines.report.months import months_to
from pipelines.report.pages import kvalitet, lov
from pipelines.report.pages.quality_exhibits import _UNREADABLE, REJECTED, assumptions
from pipelines.report.pages.quality_late import late_rows
from pipelines.report.quality_words import quality_words
from tests.unit.report_cases import figures
from tests.unit.report_facts import facts

# The concepts of the Single Integrated Metadata Structure, in its order (Eurostat, SIMS 2.0).
SIMS = (
    *("kontakt", "opdatering", "praesentation", "enhed", "periode", "mandat", "fortrolighed"),
    *("udgivelse", "hyppighed", "tilgaengelighed", "kvalitetsstyring", "relevans", "praecision"),
    *("aktualitet", "sammenhaeng", "byrde", "revision", "behandling"),
)
MONTHS = months_to(date(2026, 11, 1), 14)


def late(**hidden: int) -> pl.DataFrame:
    """A hundred meetings a month: 70 the same day, 20 within a week, and ten without a day."""
    counts = {"0": 70, "1-7": 20, "unknown": 10}
    return pl.DataFrame(
        [
            (month, band, None if band in hidden else counts.get(band, 0))
            for month in MONTHS
            for band in BANDS
        ],
        schema={"month": pl.Date, "band": pl.String, "meetings": pl.Int64},
        orient="row",
    ).with_columns(
        status=pl.when(pl.col("meetings").is_null())
        .then(pl.lit("hidden"))
        .otherwise(pl.lit("shown"))
    )


def report(held: int | None = 100, **hidden: int) -> Report:
    frame = figures({("meetings", "held", "", ""): held}, MONTHS)
    return Report(Figures(frame), facts(late=late(**hidden)))


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    return {language: kvalitet.page(report(), language) for language in LANGUAGES}


def headings(html: str) -> list[int]:
    return [int(level) for level in re.findall(r"<h([1-6])[ >]", html)]


def test_the_sections_stand_in_the_order_of_the_structure():
    assert tuple(section.id for section in quality_words().sections) == SIMS


def test_every_word_is_in_both_languages():
    words = quality_words()
    texts = [
        *(section.heading for section in words.sections),
        *(text for section in words.sections for text in section.text),
        *(caveat.figures for caveat in words.caveats),
        *(caveat.text for caveat in words.caveats),
    ]
    assert all(text.da.strip() and text.en.strip() for text in texts)
    assert all(text.da != text.en for text in texts if " " in text.da)
    ids = [caveat.id for caveat in words.caveats]
    assert len(set(ids)) == len(ids) > 5


def test_every_exhibit_is_placed_once(pages: dict[str, Page]):
    placed = [name for section in quality_words().sections for name in section.exhibits]
    assert sorted(placed) == sorted(exhibit.id for exhibit in pages["da"].exhibits)


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_go_down_one_step_at_a_time(pages: dict[str, Page], language: Language):
    for made in (pages[language], lov.page(report(), language)):
        levels = headings(made.html)
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_code_has_words():
    assert set(REJECTED) == set(REJECTION_CODES)
    assert set(_UNREADABLE) == set(UNREADABLE_REASONS)


def test_a_band_no_meeting_can_have_reached_is_missing_not_zero():
    rows = late_rows(report())
    newest = {row["band"]: row for row in rows.iter_rows(named=True) if row["month"] == MONTHS[-1]}
    assert newest["0"]["share"] == 0.7
    assert newest["8-35"]["meetings"] == 0  # 20 days into the month
    assert (newest["36-210"]["meetings"], newest["36-210"]["share_status"]) == (None, "missing")
    oldest = rows.filter(pl.col("month") == MONTHS[0])
    assert set(oldest["status"]) == {"shown"}


def test_a_share_is_hidden_where_its_month_is():
    rows = late_rows(report(held=None))
    assert set(rows["share_status"]) == {"hidden", "missing"}
    assert rows["share"].null_count() == rows.height


def test_the_title_counts_only_whole_years_of_shown_figures():
    def title(of: Report) -> str:
        [found] = [e for e in kvalitet.page(of, "da").exhibits if e.id == "kvalitet-sent"]
        return found.title.da

    assert title(report(**{"0": 1, "1-7": 1})) == "Så sent bliver samtaler registreret"
    # fourteen months, of which the last seven have not been over for 211 days
    assert title(report()) == "Så sent bliver samtaler registreret"


def test_hidden_assumptions_make_the_title_a_least():
    rows = pl.DataFrame(
        {
            "figure": ["recognised"] * 2,
            "rule_version": ["accepted_modes@2020-01-01", "accepted_modes@2021-09-01"],
            "grade": ["D", "D"],
            "decided": [10, None],
            "total": [100, 100],
            "status": ["shown", "hidden"],
        }
    )
    assert assumptions(facts(assumptions=rows)).title.da.startswith("Mindst 10,0")
    assert assumptions(facts()).title.da.startswith("10,0")


def test_every_family_of_rules_has_one_chapter():
    placed = [family for _, _, families in CHAPTERS for family in families]
    assert sorted(placed) == sorted(FAMILIES)
    with pytest.raises(ValueError, match="no chapter for weather"):
        chapters(facts().law.with_columns(family=pl.lit("weather")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_version_is_told_with_its_source(language: Language):
    law = facts().law
    html = lov.page(report(), language).html
    for version in law.iter_rows(named=True):
        assert f'id="{version["rule_version"]}"' in html
    shown = re.findall(r'<a href="(https?://[^"]+)" rel="noreferrer"', html)
    assert len(shown) == law.height
    assert html.count('class="grade grade-') == law.height


def test_the_time_line_shows_what_is_known_today():
    [line] = lov.page(report(), "da").exhibits
    assert line.rows.height == facts().law.height
    assert f"{facts().law['rule'].n_unique()} regler i {line.rows.height} udgaver" in line.title.da
    assert line.draw is not None
    drawn = line.draw("da").to_dict(validate=True)
    bars = drawn["datasets"][drawn["layer"][0]["data"]["name"]]
    assert bars
    assert all(bar["from"] < bar["to"] for bar in bars)
