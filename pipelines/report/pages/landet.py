"""The page of the country: the 98 municipalities on a grid, and against what chance allows."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from pipelines.contracts.model import Text
from pipelines.report.exhibits import Page, Report
from pipelines.report.figures import Figures
from pipelines.report.findings import period
from pipelines.report.language import Language
from pipelines.report.measures import DUE, HELD, MET, RECOGNISED, Family
from pipelines.report.pages.country_exhibits import funnel_of, met_tiles, recognised_tiles
from pipelines.report.pages.kommuner_index import silent as never_heard
from pipelines.report.render import make_page
from pipelines.report.shares import LINE

_YEAR: Final = 12  # months
_TITLE: Final = Text("Landet, kommune for kommune", "The country, municipality by municipality")


def page(report: Report, language: Language) -> Page:
    """The page of the last twelve public months; none of its exhibits where there are fewer."""
    figures = report.figures
    due_in, held_in = (_last_year(figures, family) for family in ("requirements", "meetings"))
    silent = report.facts.missing()
    codes = frozenset(municipality.code for municipality in silent)
    places = figures.places("municipality")
    never = never_heard(report)
    exhibits = []
    if due_in:
        met = without(figures.shares(MET, DUE, places, due_in, LINE), never)
        stages = stages_of(figures, due_in)
        exhibits = [met_tiles(met, due_in, codes, stages), funnel_of(met, due_in, stages)]
    if held_in:
        recognised = without(figures.shares(RECOGNISED, HELD, places, held_in, LINE), never)
        stages = stages_of(figures, held_in)
        exhibits.append(recognised_tiles(recognised, held_in, codes, stages))
    return make_page(
        report,
        language,
        "landet",
        _TITLE,
        "landet.html.j2",
        [exhibit for exhibit in exhibits if exhibit],
        silent=silent,
        period=period(due_in or held_in) if due_in or held_in else None,
    )


def without(shares: pl.DataFrame, never: frozenset[str]) -> pl.DataFrame:
    """The shares, missing where nothing was ever received: that is not hidden, nor nothing."""
    is_heard = ~pl.col("place").is_in(list(never))
    statuses = [name for name in shares.columns if name.endswith("status")]
    numbers = [name for name in shares.columns if name not in {"place", *statuses}]
    return shares.with_columns(
        *(pl.when(is_heard).then(name).alias(name) for name in numbers),
        *(
            pl.when(is_heard).then(name).otherwise(pl.lit("missing")).alias(name)
            for name in statuses
        ),
    )


def stages_of(figures: Figures, months: tuple[date, ...]) -> tuple[str, ...]:
    """How settled the months are."""
    return tuple({stage for month in months if (stage := figures.stage(month))})


def _last_year(figures: Figures, family: Family) -> tuple[date, ...]:
    months = figures.whole_months("municipality", family)[-_YEAR:]
    return months if len(months) == _YEAR else ()
