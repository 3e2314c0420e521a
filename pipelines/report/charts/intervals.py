"""Shares with their intervals against a line: one row a place or group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from pipelines.contracts.model import Text
from pipelines.report.charts.layers import layered
from pipelines.report.drawing import ACCENT, AMBER, INK, QUIET, WIDTH, data
from pipelines.report.language import Language, percent, say

if TYPE_CHECKING:
    import altair as alt

_ROW: Final = 30  # points
_LETTER: Final = 6.6  # points of an average letter of a name
_NUMBER: Final = 70  # points of the number after the row
_HIDDEN: Final = Text("skjult", "hidden")
_NONE: Final = Text("ingen tal", "no figures")
# Shapes carry the verdict; colours only repeat it.
_SHAPES: Final = {"below": "triangle-down", "uncertain": "circle", "above": "triangle-up"}
_COLOURS: Final = {"below": AMBER, "uncertain": QUIET, "above": ACCENT}


def intervals(
    rows: pl.DataFrame, names: list[str], line: float | None, language: Language
) -> alt.TopLevelMixin:
    """Points with 95 % intervals of `rows` (share, low, high, verdict, status), named in order.

    `line` is a share to compare with, from 0 to 1. A hidden share says so in its place.
    """
    import altair as alt  # noqa: PLC0415 - half a second that only drawing should pay

    shown = rows.with_columns(name=pl.Series(names)).select(
        "name",
        "share",
        "low",
        "high",
        "verdict",
        label=pl.when(pl.col("share").is_not_null())
        .then(pl.col("share").map_elements(lambda s: percent(s, language), pl.String))
        .when(pl.col("status") == "hidden")
        .then(pl.lit(say(_HIDDEN, language)))
        .otherwise(pl.lit(say(_NONE, language))),
    )
    # Names take the room they need, shares the rest: every chart is as wide as the others.
    room = 12 + int(_LETTER * max(map(len, names)))
    width = WIDTH - room - _NUMBER
    axis = alt.Axis(labelFontSize=13, labelColor=INK, labelLimit=0, minExtent=room, maxExtent=room)
    y = alt.Y("name:N", sort=names, axis=axis)
    x = alt.X(
        "low:Q",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(labelExpr="format(100 * datum.value, 'd') + ' %'", tickCount=6),
    )
    known = data(shown.drop_nulls("share"))
    rules = (
        alt.Chart(known)
        .mark_rule(strokeWidth=2.5, color=QUIET)
        .encode(y=y, x=x, x2=alt.X2("high:Q"))
    )
    points = (
        alt.Chart(known)
        .mark_point(filled=True, size=110, opacity=1)
        .encode(
            y=y,
            x=alt.X("share:Q"),
            shape=alt.Shape(
                "verdict:N",
                scale=alt.Scale(domain=list(_SHAPES), range=list(_SHAPES.values())),
                legend=None,
            ),
            color=alt.Color(
                "verdict:N",
                scale=alt.Scale(domain=list(_COLOURS), range=list(_COLOURS.values())),
                legend=None,
            ),
        )
    )
    labels = (
        alt.Chart(data(shown.select("name", "label")))
        .mark_text(align="left")
        .encode(y=y, x=alt.value(width + 10), text=alt.Text("label:N"))
    )
    layers = [rules, points, labels]
    if line is not None:
        layers[:0] = _line(line, language)
    return layered(*layers).properties(width=width, height=_ROW * len(names))


def _line(line: float, language: Language) -> list[alt.Chart]:
    import altair as alt  # noqa: PLC0415

    at = data(pl.DataFrame({"line": [line], "label": [percent(line, language, 0)]}))
    rule = alt.Chart(at).mark_rule(color=INK, strokeDash=[4, 3]).encode(x=alt.X("line:Q"))
    label = alt.Chart(at).mark_text(baseline="bottom", dy=-4, fontWeight="bold")
    return [rule, label.encode(x=alt.X("line:Q"), text=alt.Text("label:N"), y=alt.value(0))]
