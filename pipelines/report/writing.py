"""The report put in place: the public figures of the publication, and every page made of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from pipelines.disclosure.release import Places, release
from pipelines.disclosure.rules import load_rules
from pipelines.engine import Engine
from pipelines.exports import put_in_place
from pipelines.municipalities import municipalities
from pipelines.progress import Show, show_nothing
from pipelines.report.cells import read_cells
from pipelines.report.exhibits import Page, Report
from pipelines.report.facts import Facts, read_facts
from pipelines.report.figures import Figures
from pipelines.report.files import write_page
from pipelines.report.language import LANGUAGES
from pipelines.report.open_data import write_open_data
from pipelines.report.pages import (
    filer,
    gab,
    index,
    kommuner,
    kommuner_index,
    krav,
    kvalitet,
    landet,
    lov,
)
from pipelines.report.workbook import write_figures_workbook
from pipelines.settings import Home
from pipelines.workers import pool

_NATIONAL: Final = (index, gab, landet, krav, kommuner_index, kvalitet, lov)
_SHARES: Final = 8  # parts that the municipalities' pages are shared out in
_FEW: Final = 10  # municipalities with deliveries, for whom two processes are not worth starting


@dataclass(frozen=True, slots=True)
class Written:
    """What one night's report holds."""

    front: Path
    pages: int
    figures: int
    hidden: int


def write_report(home: Home, show: Show = show_nothing) -> Written:
    """Makes the report of the current publication anew and puts it in `published/report/`.

    What is hidden of a period is settled when it is first shown; the public figures are kept in
    `state/report.parquet` so that the next night knows. Raises OSError where a folder cannot be
    written, and duckdb.Error where there is no publication.
    """
    public, facts = _public(home)
    with put_in_place(home.released_figures) as fresh:
        public.write_parquet(fresh)  # before any is shown: what is hidden must not be forgotten
    site = home.report.with_name(f".{home.report.name}.next")
    shutil.rmtree(site, ignore_errors=True)
    report = Report(Figures(public), facts)
    pages: list[Page] = []
    for written in _write_pages(site, report):
        pages += written
        show("Skriver rapporten", len(pages), len(LANGUAGES) * (len(_NATIONAL) + len(_codes())))
    write_open_data(site / "data", public, facts)
    write_figures_workbook(site / WORKBOOK, report)
    _write(site, filer.page, report, pages)
    _swap(site, home.report)
    hidden = public.filter(pl.col("status") == "hidden").height
    return Written(home.report_front, len(pages), public.height, hidden)


def _public(home: Home) -> tuple[pl.DataFrame, Facts]:
    with Engine(home.state / "scratch" / "report") as engine:
        engine.read(home.publication)
        facts = read_facts(engine)
        cells = read_cells(engine)
    try:
        last = pl.read_parquet(home.released_figures)
    except FileNotFoundError:
        last = None
    return release(cells, _places(), load_rules(), facts.as_of, last), facts


def _places() -> Places:
    regions: dict[str, tuple[str, ...]] = {}
    for one in municipalities():
        regions[one.region_code] = (*regions.get(one.region_code, ()), one.code)
    return Places(dict(sorted(regions.items())))


