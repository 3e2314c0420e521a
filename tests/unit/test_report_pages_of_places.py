"""Pages of requirements and municipalities where figures are shown, hidden, missing and nought."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser

import polars as pl
import pytest

from pipelines.contracts.codes import MODES, NO_SPELL, REASONS, REGIMES, TARGET_GROUPS
from pipelines.municipalities import municipalities
from pipelines.report.exhibits import Exhibit, Page, Report
from pipelines.report.figures import Figures, region_of
from pipelines.report.files import danish_rows
from pipelines.report.language import LANGUAGES, Language
from pipelines.report.measures import (
    AGES,
    DUE,
    GAP,
    HELD,
    MET,
    OVERDUE,
    REACHED,
    RECOGNISED,
    UNMET,
    UNMET_STATUSES,
    WITH_FOUR,
    Measure,
)
from pipelines.report.months import months_to
from pipelines.report.pages import filer, kommuner, kommuner_index, krav
from pipelines.report.pages.deliveries import calendar_of, delivery_months
from pipelines.report.pages.municipality_splits import SPLITS, split_exhibit
from pipelines.report.pages.overdue_exhibits import overdue_by_age
from pipelines.report.pages.supervision_grid import grid_of, supervision_exhibit
from tests.unit.report_cases import report

LAST = date(2026, 9, 1)
MONTHS = months_to(LAST, 24)
QUARTERS = months_to(LAST, 24)[::3]
BY = {
    "mode": MODES,
    "reason": [r for r in REASONS if r != "month_left_out"],
    "regime": [r for r in REGIMES if r != "held"],
    "target_group": [*TARGET_GROUPS, NO_SPELL],
}
SHOWN, HIDDEN, SILENT = "101", "147", "825"
LEVELS = {2: "country", 4: "region", 3: "municipality"}


def measures() -> list[tuple[Measure, int]]:
    """Every measure of a place with its value, such that parts sum to wholes."""
    meetings = [(HELD, 100), (RECOGNISED, 70), (GAP, 30)]
    splits: list[tuple[Measure, int]] = []
    for measure, by, whole in (
        (HELD, "mode", 100),
        (HELD, "target_group", 100),
        (GAP, "reason", 30),
    ):
        parts = measure.split(by, BY[by])
        splits += [(parts[0], whole), *((part, 0) for part in parts[1:])]
    splits += [(part, 70) for part in RECOGNISED.split("regime", BY["regime"])]
    requirements = [(DUE, 40), (MET, 10), (UNMET, 30)]
    requirements += [
        (part, 30 if part.category == "missed" else 0)
        for part in UNMET.split("status", UNMET_STATUSES)
    ]
    groups = [
        (measure.of("target_group", group), value // 10)
        for measure, value in ((DUE, 40), (MET, 10))
        for group in TARGET_GROUPS
    ]
    overdue = [(OVERDUE, 50), *((part, 10) for part in OVERDUE.split("age", AGES))]
    overdue += [(part, 5) for part in OVERDUE.split("target_group", TARGET_GROUPS)]
    supervision = [(REACHED, 20), (WITH_FOUR, 10)]
    quarterly = [(m.by_quarter, v * 3) for m, v in (*meetings, *splits, *requirements, *groups)]
    return [*meetings, *splits, *requirements, *groups, *overdue, *supervision, *quarterly]


def rows(place: str, *, hidden: bool) -> list[dict[str, object]]:
    return [
        {
            "family": measure.family,
            "month": month,
            "level": LEVELS[len(place)],
            "place": place,
            "measure": measure.name,
            "by": measure.by,
            "category": measure.category,
            "value": None if hidden else value,
            "status": "hidden" if hidden else "shown",
            "stage": "final",
        }
        for measure, value in measures()
        for month in (QUARTERS if measure.family.endswith("_quarter") else MONTHS)
    ]


@pytest.fixture(scope="module")
def told() -> Report:
    """København shown, Frederiksberg hidden, Læsø never delivered; the country and region shown."""
    frame = pl.DataFrame(
        [
            *rows("DK", hidden=False),
            *rows(region_of(SHOWN), hidden=False),
            *rows(region_of(SILENT), hidden=False),
            *rows(SHOWN, hidden=False),
            *rows(HIDDEN, hidden=True),
            *rows(SILENT, hidden=False),  # zeros or not: nothing was received
        ],
        schema_overrides={"value": pl.Int64},
    )
    return report(
        figures=Figures(frame),
        municipalities=municipalities(),
        deliveries=pl.DataFrame(
            {
                "municipality_code": [SHOWN, SHOWN, HIDDEN],
                "delivered_on": [date(2026, 10, 2), date(2026, 11, 19), date(2026, 11, 20)],
                "files": [1, 3, 2],
                "repeats": [0, 1, 0],
                "unreadable": [0, 1, 0],
                "rows_read": [100, 50, 10],
                "rows_rejected": [9, 7, None],
                "status": ["shown", "shown", "hidden"],
            }
        ),
        delivered=pl.DataFrame(
            {
                "municipality_code": [m.code for m in municipalities()],
                "kind": "meetings",
                "delivered_on": [
                    date(2026, 11, 20) if m.code in {SHOWN, HIDDEN} else None
                    for m in municipalities()
                ],
            },
            schema_overrides={"delivered_on": pl.Date},
        ),
        missing=lambda: tuple(m for m in municipalities() if m.code not in {SHOWN, HIDDEN}),
        words=pl.DataFrame(
            {"municipality_code": [SHOWN], "word": ["Walk & talk <b>"], "meetings": [8]}
        ),
        law=pl.DataFrame(
            {
                "family": ["supervision_threshold"],
                "valid_from": [date(2023, 12, 1)],
                "valid_to": [None],
                "value": ['{"share": 0.8, "least_spells": 10, "months_in_a_row": 6}'],
            },
            schema_overrides={"valid_to": pl.Date},
        ),
    )


class Text(HTMLParser):
    """The words of a page, and its ids."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.words: list[str] = []
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.feed(page.html)
        self.all = " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value for name, value in attrs if name == "id" and value]
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def shown(page: Page, ending: str) -> Exhibit:
    [found] = [exhibit for exhibit in page.exhibits if exhibit.id.endswith(ending)]
    return found


def test_a_municipality_is_told_beside_its_region_and_the_country(told: Report) -> None:
    page = kommuner.page(told, "da", SHOWN)
    assert page.name == "kommuner/101"
    text = Text(page).all
    assert "I september 2026 er der registreret 100 afholdte samtaler" in text
    beside = shown(page, "-sammenlignet").rows
    assert beside["place"].to_list() == ["101", "1084", "DK"]
    assert beside["year_whole"].to_list() == [1200] * 3
    assert "30 % af samtalerne i København blev ikke medregnet" in text
    assert "Hyppigste samtaleform: personligt fremmøde, 100 %" in text
    assert "Walk & talk <b>" in text
    assert "<b>Walk" not in page.html
    assert "../receipts" not in page.html
    assert len(page.drawings) <= 4


def test_hidden_figures_of_a_municipality_are_words_and_never_numbers(told: Report) -> None:
    page = kommuner.page(told, "da", HIDDEN)
    text = Text(page).all
    assert "Kommunens tal for september 2026 er skjult" in text
    assert text.count("Alle kommunens tal er skjult her.") == len(page.exhibits) - 3  # deliveries
    assert page.drawings == {}
    beside = shown(page, "-sammenlignet").rows.row(0, named=True)
    assert (beside["month_whole"], beside["month_whole_status"]) == (None, "hidden")
    assert danish_rows(shown(page, "-samtaler"))["held_status"].unique().to_list() == ["skjult"]


def test_a_municipality_that_never_delivered_has_no_figures_and_no_noughts(told: Report) -> None:
    page = kommuner.page(told, "da", SILENT)
    assert page.exhibits == ()
    assert "Der er intet modtaget fra Læsø" in Text(page).all
    [line] = kommuner_index.overview(told).rows.filter(municipality=SILENT).iter_rows(named=True)
    assert (line["year_held"], line["year_held_status"]) == (None, "missing")
    assert (line["share"], line["verdict"], line["status"]) == (None, None, "missing")
    assert "Ikke med, fordi intet er modtaget:" in Text(krav.page(told, "da")).all
    assert SILENT not in shown(krav.page(told, "da"), "krav-tilsyn").rows["place"]


def test_the_list_has_every_municipality_with_a_way_to_its_page(told: Report) -> None:
    page = kommuner_index.page(told, "en")
    assert all(f'href="{m.code}.html"' in page.html for m in municipalities())
    names = Text(page).all
    assert names.index("Aalborg") < names.index("Vesthimmerlands") < names.index("Aarhus")
    rows = kommuner_index.overview(told).rows
    assert rows.filter(municipality=SHOWN)["verdict"].to_list() == ["below"]
    assert rows.filter(municipality=HIDDEN)["status"].to_list() == ["hidden"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_sound_in_both_languages(told: Report, language: Language) -> None:
    pages = [
        krav.page(told, language),
        kommuner_index.page(told, language),
        *(kommuner.page(told, language, code) for code in (SHOWN, HIDDEN, SILENT)),
    ]
    pages.append(filer.page(told, language, [it for p in pages for it in filer.listed(p)]))
    for page in pages:
        text = Text(page)
        assert len(set(text.ids)) == len(text.ids), page.name
        assert text.headings[0] == 1
        steps = zip(text.headings, text.headings[1:], strict=False)
        assert all(after <= before + 1 for before, after in steps), page.name
        assert "None" not in text.all
        assert f'lang="{language}"' in page.html


def test_the_requirements_of_the_country(told: Report) -> None:
    page = krav.page(told, "da")
    text = Text(page).all
    assert "forfaldt 480 krav. 120 blev opfyldt til tiden, 360 blev det ikke" in text
    months = shown(page, "krav-maaneder").rows
    assert months.height == 24
    assert months["due"].to_list() == [40] * 24
    groups = shown(page, "krav-maaneder-maalgrupper").rows
    assert groups.height == 24 * len(TARGET_GROUPS)
    newest = groups.row(0, named=True)
    assert (newest["month"], newest["target_group"]) == (LAST, TARGET_GROUPS[0])
    assert (newest["due"], newest["met"], newest["unmet_status"]) == (4, 1, "missing")
    grid = grid_of(shown(page, "krav-tilsyn"))
    [koebenhavn] = [row for _, rows_ in grid.regions for row in rows_ if row.code == SHOWN]
    [frederiksberg] = [row for _, rows_ in grid.regions for row in rows_ if row.code == HIDDEN]
    assert koebenhavn.cells[0].mark.da == "▼50"
    assert (koebenhavn.run.da, koebenhavn.contact) == ("24", True)
    assert (frederiksberg.cells[0].mark.en, frederiksberg.run.da) == ("h", "\N{EN DASH}")
    assert grid.months[0] == LAST
    assert "kontakt ventes" in text


def test_a_title_claims_no_largest_where_a_hidden_one_may_be_larger(told: Report) -> None:
    places = (SHOWN, region_of(SHOWN), "DK")
    frame = told.figures.frame
    some = (pl.col("place") == SHOWN) & pl.col("category").is_in(["phone", "53+"])
    hide = Figures(
        frame.with_columns(
            value=pl.when(~some).then("value"),
            status=pl.when(some).then(pl.lit("hidden")).otherwise("status"),
        )
    )
    [by_mode] = [split for split in SPLITS if split.by == "mode"]
    all_in_person = split_exhibit(hide, by_mode, places, QUARTERS[-4:], "x")
    assert "Hyppigste samtaleform: personligt fremmøde" in all_in_person.title.da  # more than half
    assert overdue_by_age(hide, SHOWN, LAST, "x").title.da == "Krav over fristen efter alder"
    assert "flest, 10," not in overdue_by_age(hide, SHOWN, LAST, "x").title.da


def test_the_calendar_of_deliveries_counts_files_and_marks_the_unreadable(told: Report) -> None:
    calendar = calendar_of(told.facts, SHOWN)
    assert calendar.weeks[-1] == date(2026, 11, 16)
    thursday = calendar.rows[3][1][-1]
    assert (thursday.state, thursday.mark) == ("bad", "3!")
    saturday = calendar.rows[5][1][-1]
    assert (saturday.state, saturday.mark) == ("later", "")
    months = delivery_months(told.facts, HIDDEN, "x").rows
    assert months["rows_rejected"].to_list() == [None]
    assert months["status"].to_list() == ["hidden"]


def test_supervision_before_any_public_month_says_so(told: Report) -> None:
    old = told.figures.frame.filter(pl.col("family") != "supervision")
    bare = Report(Figures(old), told.facts)
    exhibit = supervision_exhibit(bare, [SHOWN], "x")
    assert exhibit.rows.is_empty()
    assert exhibit.title.en == "There are no supervision figures yet"
    assert "Der er ingen tal om tilsynet endnu" in Text(krav.page(bare, "da")).all


def test_a_report_without_figures_has_pages(told: Report) -> None:
    bare = Report(Figures(told.figures.frame.clear()), told.facts)
    assert "Der er ingen krav at vise endnu." in Text(krav.page(bare, "da")).all
    assert shown(kommuner.page(bare, "da", SHOWN), "-leverancer").rows.height == 2
    assert kommuner_index.overview(bare).title.en == "There are no figures yet"


def test_the_page_of_files_lists_what_pages_show_and_how_to_cite(told: Report) -> None:
    pages = [krav.page(told, "da"), *(kommuner.page(told, "da", c) for c in (HIDDEN, SHOWN))]
    page = filer.page(told, "da", [it for p in pages for it in filer.listed(p)])
    assert 'href="krav.html#krav-maaneder"' in page.html
    assert 'href="filer/krav-maaneder.maskine.csv"' in page.html
    assert "kommune-000-samtaler</code> .png .svg .csv" in page.html
    assert "held/DK/2026-09" in Text(page).all
    assert 'href="data/figures.parquet"' in page.html
