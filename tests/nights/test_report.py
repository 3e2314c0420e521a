"""The report of a night, opened as its readers do: from disk, in a browser, without a network."""

from __future__ import annotations

import errno
import random
import shutil
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import polars as pl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from python_calamine import CalamineWorkbook

from pipelines.disclosure.families import FAMILIES
from pipelines.disclosure.release import KEY
from pipelines.disclosure.rules import load_rules
from pipelines.engine import Engine
from pipelines.municipalities import municipalities
from pipelines.progress import show_nothing
from pipelines.report.cells import read_cells
from pipelines.report.writing import places_of_report, write_report
from pipelines.running import run_night
from pipelines.settings import Home
from tests.disclosure_attack import Attack
from tests.nights.deliveries import ANNA, MEETINGS, deliver

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
NATIONAL = (
    *("index", "gab", "landet", "krav", "behov", "kommuner/index"),
    *("omkostninger", "paastande", "kvalitet", "lov", "filer"),
)


class Links(HTMLParser):
    """The addresses a page names, and the ids it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.named: list[str] = []
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in {"href", "src"} and value is not None:
                self.named.append(value)
            if name == "id" and value:
                self.ids.append(value)


@pytest.fixture  # of each test: while it is open its event loop runs, and no night can
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-quic"]
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def exact(demo_night: Home, tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    with Engine(tmp_path_factory.mktemp("scratch")) as engine:
        engine.read(demo_night.publication)
        return read_cells(engine)


def pages(home: Home) -> list[Path]:
    return sorted(home.report.rglob("*.html"))


@pytest.mark.slow
def test_every_page_is_there_in_both_languages(demo_night: Home) -> None:
    names = {*NATIONAL, *(f"kommuner/{one.code}" for one in municipalities())}
    danish = {f"{name}.html" for name in names}
    found = {page.relative_to(demo_night.report).as_posix() for page in pages(demo_night)}
    assert found == danish | {f"en/{name}" for name in danish}


@pytest.mark.slow
def test_every_link_leads_somewhere_and_no_id_stands_twice(demo_night: Home) -> None:
    read = {page: Links(page.read_text("utf-8")) for page in pages(demo_night)}
    for page, links in read.items():
        assert len(links.ids) == len(set(links.ids)), page
        for address in links.named:
            if address.startswith(("https://", "http://")):  # the law's own texts
                continue
            path, _, anchor = unquote(address).partition("#")
            target = (page.parent / path).resolve() if path else page
            assert target.is_relative_to(demo_night.report.resolve()) or target == page, address
            assert target.exists(), (page, address)
            if anchor and target.suffix == ".html":
                assert anchor in Links(target.read_text("utf-8")).ids, (page, address)


@pytest.mark.slow
@needs_browser
@pytest.mark.parametrize("language", ["da", "en"])
def test_pages_open_without_errors_or_network(
    demo_night: Home, browser: Browser, language: str
) -> None:
    wrong: list[str] = []
    page = browser.new_page()
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "request",
        lambda asked: None if asked.url.startswith("file://") else wrong.append(asked.url),
    )
    folder = demo_night.report if language == "da" else demo_night.report / "en"
    for name in (*NATIONAL, "kommuner/101", "kommuner/825"):
        page.goto((folder / f"{name}.html").as_uri())
        assert page.locator("html").get_attribute("lang") == language
        assert page.locator("h1").count() == 1
    page.close()
    assert wrong == []


@pytest.mark.slow
@needs_browser
def test_the_other_language_is_one_click_away(demo_night: Home, browser: Browser) -> None:
    page = browser.new_page()
    for name in (*NATIONAL, "kommuner/101"):
        page.goto((demo_night.report / f"{name}.html").as_uri())
        page.get_by_role("link", name="In English").click()
        assert page.url.endswith(f"/en/{name}.html")
        page.get_by_role("link", name="På dansk").click()
        assert page.url == (demo_night.report / f"{name}.html").as_uri()
    page.close()


@pytest.mark.slow
@needs_browser
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_no_serious_fault(demo_night: Home, browser: Browser, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    for name in (*NATIONAL, "kommuner/101"):
        page.goto((demo_night.report / f"{name}.html").as_uri())
        assert serious(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    page.close()


def serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [fault["id"] for fault in found if fault["impact"] in {"serious", "critical"}]


@pytest.mark.slow
def test_every_chart_has_its_files(demo_night: Home) -> None:
    files = demo_night.report / "filer"
    charts = {file.stem for file in files.glob("*.svg")}
    assert {"gab-uger", "landet-krav", "krav-maaneder"} <= charts
    assert charts == {file.stem for file in files.glob("*.png")}
    tables = {file.name.removesuffix(".maskine.csv") for file in files.glob("*.maskine.csv")}
    assert charts <= tables
    assert all((files / f"{name}.csv").exists() for name in tables)


@pytest.mark.slow
def test_the_danish_file_opens_in_excel_and_the_machines_in_polars(demo_night: Home) -> None:
    files = demo_night.report / "filer"
    danish = (files / "krav-maaneder.csv").read_text("utf-8")
    assert danish.startswith("\N{BYTE ORDER MARK}")
    assert ";" in danish.splitlines()[0]
    machine = pl.read_csv(files / "krav-maaneder.maskine.csv", try_parse_dates=True)
    assert machine.schema["month"] == pl.Date
    assert len(danish.splitlines()) == machine.height + 1


@pytest.mark.slow
def test_the_workbook_says_what_it_holds(demo_night: Home) -> None:
    book = CalamineWorkbook.from_path(str(demo_night.report / "samtaleregnskab.xlsx"))
    assert book.sheet_names[0] == "Læs mig"
    about = dict(row[:2] for row in book.get_sheet_by_name("Læs mig").to_python())
    assert any(str(told).startswith("20") for told in about.values())


@pytest.mark.slow
def test_the_open_figures_are_those_released(demo_night: Home) -> None:
    released = pl.read_parquet(demo_night.released_figures)
    opened = pl.read_parquet(demo_night.report / "data" / "figures.parquet")
    key = list(KEY)
    assert (
        opened.select(*key, "value", "status")
        .sort(key)
        .equals(released.select(*key, "value", "status").sort(key))
    )
    assert opened["figure_id"].n_unique() == opened.height


@pytest.mark.slow
def test_no_small_cell_is_told(demo_night: Home, exact: pl.DataFrame) -> None:
    shown = pl.read_parquet(demo_night.released_figures).filter(status="shown")
    column = ["family", "month", "measure", "by", "category"]
    told = shown.join(exact.select(*KEY, "value", "persons"), on=list(KEY), how="left", suffix="_")
    assert told.filter(pl.col("value") != pl.col("value_").fill_null(0)).is_empty()
    somewhere = exact.filter(pl.col("level") == "country").select(column)
    few = told.filter(pl.col("persons").fill_null(0) < load_rules().persons)
    small = few.join(somewhere, on=column, how="semi").filter(pl.col("by") != "sole_reason")
    assert small.is_empty()


@pytest.mark.slow
@pytest.mark.parametrize("family", ["meetings", "requirements", "supervision", "overdue"])
def test_the_attacker_gains_nothing(demo_night: Home, exact: pl.DataFrame, family: str) -> None:
    """Some hidden cells of few persons in some quarters, against all that is shown of them."""
    draw, rules = random.Random(family), load_rules()
    names = [one.name for one in FAMILIES if one.name.removesuffix("_quarter") == family]
    figures = pl.read_parquet(demo_night.released_figures).filter(pl.col("family").is_in(names))
    quarters = figures["month"].dt.truncate("1q").unique().sort()
    for quarter in draw.sample(list(quarters), min(2, len(quarters))):
        shown = figures.filter(pl.col("month").dt.truncate("1q") == quarter)
        persons = _persons(exact.filter(pl.col("month").dt.truncate("1q") == quarter))
        attack = Attack(places_of_report(), [shown])
        hidden = [
            name
            for name in attack.hidden()
            if name._replace(place="DK")[1:] in persons  # else nobody in the country is in it
            and persons.get(name[1:], 0) < rules.persons
        ]
        for name in draw.sample(hidden, min(8, len(hidden))):
            low, high = attack.range_of(name)
            assert high - low >= rules.width - 1e-6, (name, low, high)


def _persons(cells: pl.DataFrame) -> dict[tuple[str, date, str, str, str, str], int]:
    columns = ("family", "month", "place", "measure", "by", "category")
    return {tuple(key): persons for *key, persons in cells.select(*columns, "persons").iter_rows()}


@pytest.mark.slow
def test_what_was_hidden_stays_hidden_the_next_night(demo_night: Home, tmp_path: Path) -> None:
    home = Home(tmp_path / "home", tmp_path / "home" / "landing")
    shutil.copytree(demo_night.published, home.published)
    home.state.mkdir()
    shutil.copy(demo_night.released_figures, home.released_figures)
    before = pl.read_parquet(home.released_figures)
    write_report(home, show_nothing)
    assert pl.read_parquet(home.released_figures).equals(before)


@pytest.mark.slow
def test_a_look_back_hides_what_was_hidden_since_and_is_not_kept(
    demo_night: Home, tmp_path: Path
) -> None:
    home = Home(tmp_path / "home", tmp_path / "home" / "landing")
    shutil.copytree(demo_night.published, home.published)
    home.state.mkdir()
    released = pl.read_parquet(demo_night.released_figures)
    later = released.with_columns(pl.col("as_of") + pl.duration(days=30))
    hidden = (pl.col("place") == "DK") & (pl.col("by") == "mode")
    later = later.with_columns(
        value=pl.when(~hidden).then("value"),
        status=pl.when(hidden).then(pl.lit("hidden")).otherwise("status"),
    )
    later.write_parquet(home.released_figures)
    write_report(home, show_nothing)
    assert pl.read_parquet(home.released_figures).equals(later)
    opened = pl.read_parquet(home.report / "data" / "figures.parquet")
    assert set(opened.filter(hidden, family="meetings")["status"]) == {"hidden"}
    assert set(opened["as_of"]) == set(released["as_of"])


@pytest.mark.slow
def test_the_same_publication_gives_the_same_site(demo_night: Home, tmp_path: Path) -> None:
    home = Home(tmp_path / "home", tmp_path / "home" / "landing")
    shutil.copytree(demo_night.published, home.published)
    shutil.rmtree(home.report)
    write_report(home, show_nothing)
    for name in ("index.html", "gab.html", "en/kommuner/101.html", "data/figures.parquet"):
        assert (home.report / name).read_bytes() == (demo_night.report / name).read_bytes(), name


@pytest.mark.slow
@pytest.mark.with_report
def test_a_report_that_fails_leaves_the_publication_and_the_old_report(
    day_after: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = day_after.report_front.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("pipelines.report.writing.write_open_data", fail)
    deliver(day_after, MEETINGS, [f"M90;{ANNA};7;1;afholdt;2024-06-03"], day="2024-06-04")
    outcome = run_night(day_after, None, show_nothing)
    assert outcome.published
    assert any(note.startswith("Rapporten blev ikke færdig") for note in outcome.notes)
    assert day_after.report_front.read_bytes() == before


@pytest.mark.slow
@pytest.mark.with_report
def test_broken_costs_leave_the_report_with_the_shipped_ones(day_after: Home) -> None:
    day_after.costs.write_text("price_year: 2026\nhourly_cost_dkk: {low: 1, middle: 2}\n", "utf-8")
    deliver(day_after, MEETINGS, [f"M91;{ANNA};7;1;afholdt;2024-06-03"], day="2024-06-04")
    outcome = run_night(day_after, None, show_nothing)
    assert outcome.published
    [note] = [note for note in outcome.notes if "costs.yaml" in note]
    assert note.startswith("costs.yaml, linje 2, hourly_cost_dkk: high mangler. Tilføj high.")
    assert note.endswith("Rapporten regner med standardtallene.")
    page = (day_after.report / "omkostninger.html").read_text("utf-8")
    assert "kunne ikke bruges" in page
    assert "2020-priser" in page


@pytest.mark.slow
@pytest.mark.with_report
def test_no_report_is_made_from_damaged_figures_of_the_last(day_after: Home) -> None:
    content = day_after.released_figures.read_bytes()
    at = len(content) // 3
    turned = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
    day_after.released_figures.write_bytes(turned)
    stood = day_after.report_front.stat().st_mtime_ns
    outcome = run_night(day_after, None, show_nothing)
    assert outcome.published
    assert any(f"{day_after.released_figures}), er beskadiget" in note for note in outcome.notes)
    assert day_after.report_front.stat().st_mtime_ns == stood
    assert day_after.released_figures.read_bytes() == turned
    day_after.released_figures.write_bytes(content)
    assert not any("beskadiget" in note for note in run_night(day_after, None, show_nothing).notes)
    assert day_after.report_front.stat().st_mtime_ns != stood
