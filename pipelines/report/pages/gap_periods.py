"""The gap of the country in several periods: by regime, and by first reason."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from pipelines import wording
from pipelines.contracts.model import Text
from pipelines.disclosure.sheet import COUNTRY
from pipelines.report import findings
from pipelines.report.charts.dots import dots
from pipelines.report.exhibits import Column, Exhibit
from pipelines.report.figures import Figures
from pipelines.report.language import LANGUAGES, Language, percent, say
from pipelines.report.measures import GAP
from pipelines.report.pages.gap_reasons import REASONS, reasons_of
from pipelines.report.pages.gap_regimes import COLUMNS, by_regime
from pipelines.report.periods import Period

if TYPE_CHECKING:
    import altair as alt

_PERIOD: Final = Text("Periode", "Period")


def regimes_by_period(figures: Figures, periods: tuple[Period, ...]) -> Exhibit | None:
    """The share recognised by regime in each period; None where there is no period."""
    if not periods:
        return None
    rows = _of_each(periods, [by_regime(figures, period) for period in periods])
    labels = {period.code: period.label for period in periods}
    return Exhibit(
        id="gab-perioder",
        title=_title(rows, labels),
        definition=Text(
            "Andel af de afholdte samtaler, som hvert regelsæt medregner, i hver periode.",
            "Share of the meetings held that each regime recognises, in each period.",
        ),
        rows=rows,
        columns=(Column("period", _PERIOD, "code", labels), *COLUMNS),
        draw=partial(_draw, rows, labels),
    )


def reasons_by_period(figures: Figures, periods: tuple[Period, ...]) -> Exhibit | None:
    """The gap by first reason in each period, a table; None where there is no period."""
    if not periods:
        return None
    return Exhibit(
        id="gab-grunde-perioder",
        title=Text("Gabets grunde, periode for periode", "The reasons of the gap, by period"),
        definition=Text(
            "Afholdte samtaler, der ikke kan opfylde pligten, efter første grund.",
            "Meetings held that cannot fulfil the duty, by first reason.",
        ),
        rows=pl.concat([_reasons_in(figures, period) for period in periods]),
        columns=(
            Column("period", _PERIOD, "code", {p.code: p.label for p in periods}),
            *(
                Column(reason, findings.capital(name), "number", status=f"{reason}_status")
                for reason, name in wording.REASONS.items()
                if reason in REASONS
            ),
        ),
    )


def _reasons_in(figures: Figures, period: Period) -> pl.DataFrame:
    """One row: the period, a column a reason and its status, and the stage."""
    found = reasons_of(figures, period)
    row: dict[str, object] = {"period": period.code}
    for reason, value, status in found.select("reason", "value", "status").iter_rows():
        row |= {reason: value, f"{reason}_status": status}
    stage = figures.total(GAP, COUNTRY, period.months).stage
    schema: dict[str, type[pl.DataType]] = {"period": pl.String}
    for reason in REASONS:
        schema |= {reason: pl.Int64, f"{reason}_status": pl.String}
    return pl.DataFrame([row | {"stage": stage}], schema=schema | {"stage": pl.String})


def _of_each(periods: tuple[Period, ...], frames: list[pl.DataFrame]) -> pl.DataFrame:
    return pl.concat(
        [
            frame.select(pl.lit(period.code).alias("period"), pl.all())
            for period, frame in zip(periods, frames, strict=True)
        ]
    )


def _title(rows: pl.DataFrame, labels: dict[str, Text]) -> Text:
    """The periods with the lowest and the highest share under the duty."""
    duty = rows.filter(pl.col("regime") == "duty").drop_nulls("share").sort("share")
    if duty.height < 2:  # noqa: PLR2004 - two are compared
        return Text("Medregnet i hvert regelsæt", "Recognised in each regime")
    low, high = labels[duty["period"][0]], labels[duty["period"][-1]]
    least, most = ([percent(duty["share"][at], x) for x in LANGUAGES] for at in (0, -1))
    return Text(
        f"Pligten: fra {least[0]} medregnet i {low.da} til {most[0]} i {high.da}",
        f"The duty: from {least[1]} recognised in {low.en} to {most[1]} in {high.en}",
    )


def _draw(rows: pl.DataFrame, labels: dict[str, Text], language: Language) -> alt.TopLevelMixin:
    names = {code: say(label, language) for code, label in labels.items()}
    regimes = {code: say(label, language) for code, label in wording.REGIMES.items()}
    shown = rows.select(
        name=pl.col("period").replace(names),
        series=pl.col("regime").replace(regimes),
        share="share",
    )
    return dots(shown, language)
