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

_PAGES: Final = (index, gab, landet, krav, kommuner_index, kvalitet, lov)
_SHARES: Final = 8  # parts that the municipalities' pages are shared out in


@dataclass(frozen=True, slots=True)
class Written:
    """What one night's report holds."""

    front: Path
    pages: int
    figures: int
    hidden: int


def write_report(home: Home, show: Show = show_nothing) -> Written:
    """Makes the report of the current publication anew and puts it in `published/report/`.

    The public figures are kept in `state/report/figures.parquet`: what is hidden of a month stays
    as it was settled there. Raises OSError where a folder cannot be written, and duckdb.Error
    where there is no publication.
    """
    public, facts = _public(home)
    report = Report(Figures(public), facts)
    site = home.report.with_name(f".{home.report.name}.next")
    shutil.rmtree(site, ignore_errors=True)
    done = 0
    for more in _write_pages(site, report):
        done += more
        show("Skriver rapporten", done, len(LANGUAGES) * (len(_PAGES) + len(municipalities())))
    with put_in_place(home.report_figures) as fresh:
        public.write_parquet(fresh)  # before it is shown: what is hidden must never be forgotten
    _swap(site, home.report)
    hidden = public.filter(pl.col("status") == "hidden").height
    return Written(home.report_front, done, public.height, hidden)


def _public(home: Home) -> tuple[pl.DataFrame, Facts]:
    with Engine(home.state / "scratch" / "report") as engine:
        engine.read(home.publication)
        facts = read_facts(engine)
        cells = read_cells(engine)
    try:
        last = pl.read_parquet(home.report_figures)
    except FileNotFoundError:
        last = None
    return release(cells, _places(), load_rules(), facts.as_of, last), facts


def _places() -> Places:
    regions: dict[str, tuple[str, ...]] = {}
    for one in municipalities():
        regions[one.region_code] = (*regions.get(one.region_code, ()), one.code)
    return Places(dict(sorted(regions.items())))


def _write_pages(site: Path, report: Report) -> Iterator[int]:
    """Writes every page in both languages with its files; gives how many stand more."""
    for module in _PAGES:
        for language in LANGUAGES:
            write_page(site, module.page(report, language), language)
            yield 1
    parts = [part for start in range(_SHARES) if (part := _CODES[start::_SHARES])]
    if report.facts.deliveries["municipality_code"].n_unique() <= _FEW:
        yield from (_write_municipalities(site, report, part) for part in parts)
        return
    with pool() as workers:
        jobs = [
            workers.submit(_write_municipalities, site, _part_of(report, part), part)
            for part in parts
        ]
        yield from (job.result() for job in as_completed(jobs))
