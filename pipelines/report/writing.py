"""The report put in place: the public figures of the publication, and every page made of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl

from pipelines.costs.table import costs_in_force
from pipelines.disclosure.release import Places, release
from pipelines.disclosure.rules import load_rules
from pipelines.disclosure.sheet import COUNTRY
from pipelines.engine import Engine
from pipelines.made import made_by, made_of
from pipelines.municipalities import municipalities
from pipelines.need.making import read_need
from pipelines.need.public import Need
from pipelines.progress import Show, show_nothing
from pipelines.publishing import next_file
from pipelines.report.cells import read_cells
from pipelines.report.drawings import Drawings
from pipelines.report.exhibits import Page, Report
from pipelines.report.facts import Facts, read_facts
from pipelines.report.figures import Figures, region_of
from pipelines.report.files import write_page
from pipelines.report.language import LANGUAGES
from pipelines.report.open_data import write_open_data
from pipelines.report.pages import (
    behov,
    filer,
    gab,
    index,
    kommuner,
    kommuner_index,
    krav,
    kvalitet,
    landet,
    lov,
    omkostninger,
    paastande,
)
from pipelines.report.released import read_released, write_released
from pipelines.report.workbook import NAME as WORKBOOK
from pipelines.report.workbook import write_report_workbook
from pipelines.settings import Home
from pipelines.workers import pool

_NATIONAL: Final = (
    *(index, gab, landet, krav, behov, kommuner_index),
    *(omkostninger, paastande, kvalitet, lov),
)
_SHARES: Final = 8  # parts that the municipalities' pages are shared out in
_FEW: Final = 10  # municipalities with deliveries, for whom two processes are not worth starting


@dataclass(frozen=True, slots=True)
class Written:
    """What one night's report holds."""

    front: Path
    pages: int
    figures: int
    hidden: int
    notes: Sequence[str] = ()  # for the operator, in Danish


def write_report(home: Home, show: Show = show_nothing) -> Written:
    """Makes the report of the current publication and puts it in `published/report/`.

    One that stands whole, made of the same publication by the same code and costs, is left alone.
    What is hidden of a period is settled when it is first shown; the public figures are kept in
    `state/report.parquet` so that the next night knows. A night that looks back to an earlier day
    hides what was hidden since, and is not kept. Raises ReleasedDamagedError where what was last
    shown is damaged, OSError where a folder cannot be written, and duckdb.Error where there is no
    publication.
    """
    costs = costs_in_force(home.costs)
    made = made_of(home, "report", (home.report, home.released_figures), repr(costs))
    if noted := made.recall():
        return Written(home.report_front, **noted)
    made.begin()
    facts, cells, need = _read(home)
    public, looks_back = _released(home, cells, facts.as_of)
    if not looks_back:
        # Before any is shown: what is hidden must not be forgotten.
        write_released(home.released_figures, public)
    drawings = Drawings(home.state / "made" / "drawings", made_by())
    drawings.begin()
    report = Report(Figures(public), facts, costs, need, drawings)
    site = next_file(home).with_name(home.report.name)  # what a killed night leaves is cleared
    shutil.rmtree(site.parent, ignore_errors=True)
    write_open_data(site / "data", report)
    write_report_workbook(site / WORKBOOK, report)
    pages = _write_pages(site, report, show)
    _swap(site, home.report)
    drawings.finish()
    told: dict[str, Any] = {
        "pages": pages,
        "figures": public.height,
        "hidden": public.filter(pl.col("status") == "hidden").height,
        "notes": [costs.trouble] if costs.trouble else [],
    }
    made.finish(told)
    return Written(home.report_front, **told)


def _read(home: Home) -> tuple[Facts, pl.DataFrame, Need | None]:
    """Facts, exact cells, and the need, rounded and hidden already."""
    with Engine(home.state / "scratch" / "report") as engine:
        engine.read(home.publication)
        return read_facts(engine), read_cells(engine), read_need(engine)


def _released(home: Home, cells: pl.DataFrame, as_of: date) -> tuple[pl.DataFrame, bool]:
    """The public figures, and whether they look back to a day before the last release."""
    last = read_released(home.released_figures)
    places, rules = places_of_report(), load_rules()
    if last is not None and last.filter(pl.col("as_of") > as_of).height:
        return release(cells, places, rules, as_of, hides_too=last), True
    return release(cells, places, rules, as_of, last), False


def places_of_report() -> Places:
    """The municipalities by region, as the figures add up."""
    regions: dict[str, tuple[str, ...]] = {}
    for one in municipalities():
        regions[one.region_code] = (*regions.get(one.region_code, ()), one.code)
    return Places(dict(sorted(regions.items())))


def _write_pages(site: Path, report: Report, show: Show) -> int:
    """Writes every page in both languages; gives how many.

    The page of files comes last, since it lists the others.
    """
    every = len(LANGUAGES) * (len(_NATIONAL) + len(report.facts.municipalities) + 1)
    exhibits: list[filer.Listed] = []
    done = 0
    for pages, listed in _written(site, report):
        exhibits += listed
        done += pages
        show("Skriver rapporten", done, every)
    exhibits.sort(key=lambda it: it.page.startswith("kommuner/"))
    for language in LANGUAGES:
        write_page(site, filer.page(report, language, exhibits), language, report.drawings)
    show("Skriver rapporten", every, every)
    return every


def _written(site: Path, report: Report) -> Iterator[tuple[int, list[filer.Listed]]]:
    """Writes the pages; gives how many, and the exhibits on those in Danish, as they are done."""
    codes = [one.code for one in report.facts.municipalities]
    parts = [codes[start::_SHARES] for start in range(_SHARES)]
    if report.facts.deliveries["municipality_code"].n_unique() <= _FEW:
        yield from (_write_municipalities(site, report, codes) for codes in parts)
        yield from _write_national(site, report)
        return
    with pool() as workers:
        jobs = [
            workers.submit(_write_municipalities, site, _part_of(report, codes), codes)
            for codes in parts
        ]
        yield from _write_national(site, report)
        yield from (job.result() for job in as_completed(jobs))


def _write_national(site: Path, report: Report) -> Iterator[tuple[int, list[filer.Listed]]]:
    for module in _NATIONAL:
        pages = (module.page(report, language) for language in LANGUAGES)
        yield _write(site, pages, report.drawings)


def _write_municipalities(
    site: Path, report: Report, codes: Sequence[str]
) -> tuple[int, list[filer.Listed]]:
    pages = (kommuner.page(report, language, code) for code in codes for language in LANGUAGES)
    return _write(site, pages, report.drawings)


def _write(site: Path, pages: Iterable[Page], drawings: Drawings) -> tuple[int, list[filer.Listed]]:
    """Writes pages of which every one comes in each language in turn."""
    listed: list[filer.Listed] = []
    number = 0
    for number, page in enumerate(pages, start=1):
        language = LANGUAGES[(number - 1) % len(LANGUAGES)]
        write_page(site, page, language, drawings)
        listed += filer.listed(page) if language == "da" else ()
    return number, listed


def _part_of(report: Report, codes: Sequence[str]) -> Report:
    """What the pages of some municipalities are made from: light to hand to another process."""
    places = {*codes, *map(region_of, codes), COUNTRY}
    own = report.figures.frame.filter(pl.col("place").is_in(places))
    return replace(report, figures=Figures(own), need=None)


def _swap(fresh: Path, standing: Path) -> None:
    """Puts the new site in the old one's place; a reader finds one of them, whole."""
    if standing.exists():
        standing.replace(fresh.with_name("replaced"))
    fresh.replace(standing)
    shutil.rmtree(fresh.parent, ignore_errors=True)
