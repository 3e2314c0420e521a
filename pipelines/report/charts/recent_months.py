"""Held and recognised month by month, pale where the figures may still move."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import polars as pl

from pipelines.contracts.model import Text
from pipelines.report.charts.layers import layered
from pipelines.report.drawing import (
    ACCENT,
    ACCENT_LIGHT,
    AMBER,
    AMBER_LIGHT,
    PAPER,
    QUIET,
    WIDTH,
    data,
)
from pipelines.report.language import Language, say, short_month

if TYPE_CHECKING:
    import altair as alt

_HEIGHT: Final = 220
_RECOGNISED: Final = Text("medregnet", "recognised")
_GAP: Final = Text("gab", "gap")
_MOVING: Final = Text("kan ændres", "may change")
_MOVES: Final = ("running", "provisional")


def recent_months(rows: pl.DataFrame, language: Language) -> alt.TopLevelMixin:
    """Columns of `rows` (month, held, recognised, gap, stage): recognised below, the gap on top.

    A month that is not public throughout has no column. Months that may still move are pale, with
    a word above them.
    """
    import altair as alt  # noqa: PLC0415 - half a second that only drawing should pay

    told = rows.drop_nulls(["held", "recognised", "gap"]).with_columns(
        name=pl.col("month").map_elements(
            lambda month: short_month(month, language), return_dtype=pl.String
        ),
        moves=pl.col("stage").is_in(_MOVES),
    )
    names = told["name"].to_list()
    axis = alt.Axis(labelAngle=0, labelExpr="split(datum.label, ' ')")  # the year under the month
    x = alt.X("name:N", sort=names, axis=axis)
    parts = [say(_RECOGNISED, language), say(_GAP, language)]
    stacked = pl.concat(
        [
            told.select("name", "moves", pl.lit(0).alias("from").cast(pl.Int64), to="recognised"),
            told.select("name", "moves", pl.col("recognised").alias("from"), to="held"),
        ]
    ).with_columns(part=pl.Series([part for part in parts for _ in names]))
    scale = alt.Scale(domain=[0, 1.12 * max(int(str(told["held"].max() or 1)), 1)], nice=False)
    y = alt.Y("from:Q", scale=scale, axis=alt.Axis(format=",d"))

    def columns(moves: bool, shades: list[str], legend: Any) -> alt.Chart:  # noqa: ANN401
        chart: alt.Chart = (
            alt.Chart(data(stacked.filter(pl.col("moves") == moves)))
            .mark_bar(stroke=PAPER, strokeWidth=1)
            .encode(
                x=x,
                y=y,
                y2=alt.Y2("to:Q"),
                color=alt.Color(
                    "part:N", scale=alt.Scale(domain=parts, range=shades), legend=legend
                ),
            )
        )
        return chart

    last = told.filter("moves").tail(1).select("name", word=pl.lit(say(_MOVING, language)))
    layers: list[Any] = [
        columns(False, [ACCENT, AMBER], alt.Legend(orient="top", direction="horizontal", offset=4)),
        columns(True, [ACCENT_LIGHT, AMBER_LIGHT], None),
        alt.Chart(data(last))
        .mark_text(align="right", dx=10, baseline="top", color=QUIET)
        .encode(x=x, y=alt.value(2), text=alt.Text("word:N")),
    ]
    chart: alt.TopLevelMixin = (
        layered(*layers)
        .resolve_scale(color="independent")
        .properties(width=WIDTH - 60, height=_HEIGHT)
    )
    return chart
