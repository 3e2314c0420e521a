"""Held and recognised meetings of the country by ISO week."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Final

import polars as pl

from pipelines.contracts.model import Text
from pipelines.report.charts.weeks import weeks
from pipelines.report.exhibits import Column, Exhibit
from pipelines.report.language import LANGUAGES, percent
from pipelines.report.periods import CLOSURE
from pipelines.report.words import STAGES

_YEAR: Final = 52  # weeks
_REVISED: Final = 35  # days after the week's end
_FINAL: Final = 210
_DEFINITION: Final = Text(
    "Afholdte samtaler efter den uge, de blev holdt i, og dem af dem, der kan opfylde pligten.",
    "Meetings held, by the week they were held in, and those of them that can fulfil the duty.",
)
_NOTE: Final = Text(
    "Stiplet og grå: uger, der ikke har været slut i 35 dage; der kommer stadig samtaler til. "
    "Lukningen: fra 12-03-2020 til 26-05-2020 kunne ingen samtale opfylde pligten.",
    "Dashed and grey: weeks that have not been over for 35 days; meetings are still coming in. "
    "The closure: from 2020-03-12 to 2020-05-26 no meeting could fulfil the duty.",
)
_COLUMNS: Final = (
    Column("week", Text("Uge", "Week"), "week"),
    Column("held", Text("Afholdt", "Held"), "number"),
    Column("recognised", Text("Medregnet", "Recognised"), "number"),
    Column("gap", Text("Gab", "Gap"), "number"),
    Column("stage", Text("Stadie", "Stage"), "code", STAGES),
)


def by_week(counted: pl.DataFrame, as_of: date) -> Exhibit | None:
    """The exhibit of `Facts.weeks`; None where no meeting is held yet."""
    rows = staged(counted, as_of)
    if rows.is_empty():
        return None
    return Exhibit(
        id="gab-uger",
        title=_title(rows),
        definition=_DEFINITION,
        rows=rows,
        columns=_COLUMNS,
        draw=partial(weeks, rows),
        note=_NOTE,
    )


def staged(counted: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """The weeks (week, its Monday; held; recognised) in order, with gap, status and stage."""
    over = pl.lit(as_of) - (pl.col("week") + pl.duration(days=6))
    return (
        counted.select(pl.col("week").cast(pl.Date), "held", "recognised")
        .filter(pl.col("week") <= as_of)
        .sort("week")
        .with_columns(
            gap=pl.col("held") - pl.col("recognised"),
            status=pl.when(pl.any_horizontal(pl.col("held", "recognised").is_null()))
            .then(pl.lit("hidden"))
            .otherwise(pl.lit("shown")),
            stage=pl.when(over <= timedelta(0))
            .then(pl.lit("running"))
            .when(over < timedelta(_REVISED))
            .then(pl.lit("provisional"))
            .when(over < timedelta(_FINAL))
            .then(pl.lit("revised"))
            .otherwise(pl.lit("final")),
        )
    )


def _title(rows: pl.DataFrame) -> Text:
    lately = _share(rows.filter(pl.col("stage") != "running").tail(_YEAR))
    first, last = CLOSURE
    # Only weeks that lie in the closure from Monday to Sunday.
    closed = _share(rows.filter(pl.col("week").is_between(first, last - timedelta(6))))
    if lately is None:
        return Text("Afholdte og medregnede samtaler, uge for uge", "Held and recognised, by week")
    da, en = (percent(lately, language) for language in LANGUAGES)
    if closed is None:
        return Text(
            f"I de seneste {_YEAR} uger er {da} af de afholdte samtaler medregnet",
            f"In the last {_YEAR} weeks {en} of the meetings held are recognised",
        )
    then_da, then_en = (percent(closed, language) for language in LANGUAGES)
    return Text(
        f"I de seneste {_YEAR} uger er {da} af samtalerne medregnet; "
        f"under lukningen var det {then_da}",
        f"In the last {_YEAR} weeks {en} of the meetings are recognised; "
        f"in the closure it was {then_en}",
    )


def _share(rows: pl.DataFrame) -> float | None:
    """Recognised of held; None where a week of them is hidden or nothing was held."""
    if rows.is_empty() or (rows["status"] != "shown").any() or not rows["held"].sum():
        return None
    recognised, held = rows.select(pl.sum("recognised"), pl.sum("held")).row(0)
    return float(recognised / held)
