"""Shares by period as dots on a line from 0 to 100 %, one shape a series."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from pipelines.report.drawing import ACCENT, AMBER, HAIR, INK, WIDTH, data
from pipelines.report.language import Language

if TYPE_CHECKING:
    import altair as alt

_ROW: Final = 30  # points
_NAMES: Final = 190  # points to the left of the plot
_SHAPES: Final = ("circle", "square", "triangle-up")
_COLOURS: Final = (INK, ACCENT, AMBER)


def dots(rows: pl.DataFrame, language: Language) -> alt.TopLevelMixin:
    """A dot a row of `rows` (name, series, share), in the order they stand; nulls have none."""
    import altair as alt  # noqa: PLC0415 - half a second that only drawing should pay

    names = list(dict.fromkeys(rows["name"]))
    series = list(dict.fromkeys(rows["series"]))
    y = alt.Y(
        "name:N",
        sort=names,
        scale=alt.Scale(domain=names),
        axis=alt.Axis(
            labelFontSize=13, labelColor=INK, labelLimit=_NAMES, grid=True, gridColor=HAIR
        ),
    )
    sign = "' %'" if language == "da" else "'%'"
    x = alt.X(
        "share:Q",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(labelExpr=f"format(100 * datum.value, 'd') + {sign}", tickCount=5),
    )
    legend = alt.Legend(orient="top", direction="horizontal", offset=6, symbolSize=90)
    return alt.layer(
        alt.Chart(data(rows.drop_nulls("share")))
        .mark_point(filled=True, size=90, opacity=1)
        .encode(
            y=y,
            x=x,
            shape=alt.Shape(
                "series:N", scale=alt.Scale(domain=series, range=list(_SHAPES)), legend=legend
            ),
            color=alt.Color(
                "series:N", scale=alt.Scale(domain=series, range=list(_COLOURS)), legend=legend
            ),
        )
    ).properties(width=WIDTH - _NAMES, height=_ROW * max(len(names), 1))
