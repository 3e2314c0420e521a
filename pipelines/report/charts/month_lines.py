"""Shares by month as lines, one a place, named at their ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from pipelines.report.charts.layers import layered
from pipelines.report.charts.month_axis import month_axis
from pipelines.report.drawing import AMBER, INK, WIDTH, data
from pipelines.report.language import Language

if TYPE_CHECKING:
    import altair as alt

_HEIGHT: Final = 200
# The first line is the one the page is about; dashes tell the others apart without colour.
_STYLES: Final = ((AMBER, 3.0, [1, 0]), (INK, 1.5, [1, 0]), (INK, 1.5, [5, 3]))


def month_lines(rows: pl.DataFrame, names: list[str], language: Language) -> alt.TopLevelMixin:
    """Lines of `rows` (month, name, share from 0 to 1); broken where a share is not shown.

    At most three names, in order: the first one is drawn stronger. `language` decides the axis.
    """
    import altair as alt  # noqa: PLC0415 - half a second that only drawing should pay

    colours, widths, dashes = zip(*_STYLES[: len(names)], strict=True)
    gap = "\N{NO-BREAK SPACE}" if language == "da" else ""
    chart = alt.Chart(data(rows.select("month", "name", "share")))
    x = alt.X("month:T", axis=month_axis(rows["month"]))
    y = alt.Y(
        "share:Q",
        scale=alt.Scale(zero=True, nice=True),
        axis=alt.Axis(labelExpr=f"format(100 * datum.value, 'd') + '{gap}%'", tickCount=4),
    )
    legend = alt.Legend(orient="top", symbolType="stroke", symbolSize=600, offset=8, labelLimit=240)
    lines = chart.mark_line(point=False).encode(
        x=x,
        y=y,
        color=alt.Color(
            "name:N", scale=alt.Scale(domain=names, range=list(colours)), legend=legend
        ),
        strokeWidth=alt.StrokeWidth(
            "name:N", scale=alt.Scale(domain=names, range=list(widths)), legend=None
        ),
        strokeDash=alt.StrokeDash(
            "name:N", scale=alt.Scale(domain=names, range=list(dashes)), legend=legend
        ),
    )
    # A month between two that are not shown is no line: a dot shows it.
    dots = (
        alt.Chart(data(_alone(rows)))
        .mark_point(filled=True, size=22, opacity=1)
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                "name:N", scale=alt.Scale(domain=names, range=list(colours)), legend=None
            ),
        )
    )
    return layered(lines, dots).properties(width=WIDTH - 60, height=_HEIGHT)


def _alone(rows: pl.DataFrame) -> pl.DataFrame:
    share = pl.col("share")
    before, after = share.shift(1).over("name"), share.shift(-1).over("name")
    return rows.filter(share.is_not_null() & before.is_null() & after.is_null())
