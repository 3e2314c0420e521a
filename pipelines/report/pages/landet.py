"""The page of the country: the 98 municipalities on a grid, and against what chance allows."""

from __future__ import annotations

from typing import Final

import polars as pl

from pipelines.contracts.model import Text
from pipelines.report.exhibits import Page, Report
from pipelines.report.findings import period
from pipelines.report.language import Language
from pipelines.report.measures import DUE, HELD, MET, RECOGNISED
from pipelines.report.months import months_of
from pipelines.report.pages.country_exhibits import funnel_of, met_tiles, recognised_tiles
from pipelines.report.pages.kommuner_index import silent as never_heard
from pipelines.report.render import make_page
from pipelines.report.shares import LINE

_YEAR: Final = 12  # months
_QUARTERS: Final = 4  # the requirements of municipalities are public by the quarter
_TITLE: Final = Text("Landet, kommune for kommune", "The country, municipality by municipality")


def page(report: Report, language: Language) -> Page:
    """The page of the last four public quarters and twelve months; empty where fewer are."""
    figures = report.figures
    due_in = figures.quarters("municipality", "requirements_quarter")[-_QUARTERS:]
    held_in = figures.whole_months("municipality")[-_YEAR:]
    silent = report.facts.missing()
    codes = frozenset(municipality.code for municipality in silent)
    places = figures.places("municipality")
    never = never_heard(report)
    exhibits = []
    if len(due_in) == _QUARTERS:
        met = without(figures.shares(MET.by_quarter, DUE.by_quarter, places, due_in, LINE), never)
        stages, months = figures.stages(due_in, "requirements_quarter"), months_of(due_in)
        exhibits = [met_tiles(met, months, codes, stages), funnel_of(met, months, stages)]
    if len(held_in) == _YEAR:
        recognised = without(figures.shares(RECOGNISED, HELD, places, held_in, LINE), never)
        stages = figures.stages(held_in)
        exhibits.append(recognised_tiles(recognised, held_in, codes, stages))
    return make_page(
        report,
        language,
        "landet",
        _TITLE,
        "landet.html.j2",
        [exhibit for exhibit in exhibits if exhibit],
        silent=silent,
        period=period(months_of(due_in) or held_in) if exhibits else None,
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
