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
# A ring, so that a series that lies on another one is seen round it: shape, colour, ground, size.
_LOOKS: Final = (
    ("diamond", INK, INK, 90),
    ("circle", ACCENT, ACCENT, 70),
    ("circle", AMBER, "transparent", 230),
)


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
    legend = alt.Legend(orient="top", direction="horizontal", offset=6)
    shapes, colours, grounds, sizes = (list(look) for look in zip(*_LOOKS, strict=True))

    def scale(looks: list[object]) -> alt.Scale:
        return alt.Scale(domain=series, range=looks[: len(series)])

    return alt.layer(
        alt.Chart(data(rows.drop_nulls("share")))
        .mark_point(opacity=1, strokeWidth=2)
        .encode(
            y=y,
            x=x,
            shape=alt.Shape("series:N", scale=scale(shapes), legend=legend),
            stroke=alt.Stroke("series:N", scale=scale(colours), legend=legend),
            fill=alt.Fill("series:N", scale=scale(grounds), legend=legend),
            size=alt.Size("series:N", scale=scale(sizes), legend=legend),
        )
    ).properties(width=WIDTH - _NAMES, height=_ROW * max(len(names), 1))
