"""How late the meetings of each month were registered: the triangle of late registration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from pipelines.report.charts.layers import layered
from pipelines.report.drawing import ACCENT, HAIR, INK, PAPER, WIDTH, data
from pipelines.report.language import Language, short_month

if TYPE_CHECKING:
    import altair as alt

_ROW: Final = 20  # points
_DARK: Final = 0.5  # a share above it is told in white


def late(rows: pl.DataFrame, bands: dict[str, str], words: dict[str, str], language: Language) -> (
    alt.TopLevelMixin
):  # fmt: skip
    """Squares of `rows` (month, band, share, label): darker where more of the month lies.

    `words` are what stands for a status without a number (hidden, missing), on a pale ground.
    """
    import altair as alt  # noqa: PLC0415 - half a second that only drawing should pay

    shown = rows.select(
        "share",
        name=pl.col("month").map_elements(
            lambda month: short_month(month, language), return_dtype=pl.String
        ),
        column=pl.col("band").replace_strict(bands, return_dtype=pl.String),
        label=pl.when(pl.col("share").is_null())
        .then(pl.col("status").replace(words))
        .otherwise(pl.col("label")),
    )
    months = list(dict.fromkeys(shown["name"]))
    chart = alt.Chart(data(shown))
    x = alt.X(
        "column:N",
        sort=list(bands.values()),
        axis=alt.Axis(orient="top", labelAngle=0, domain=False, labelColor=INK),
    )
    y = alt.Y("name:N", sort=months[::-1])
    # Squares without a number lie beneath as a pale ground of their own.
    ground = (
        alt.Chart(data(shown.filter(pl.col("share").is_null())))
        .mark_rect(stroke=PAPER, strokeWidth=1.5, color=HAIR)
        .encode(x=x, y=y)
    )
    shade = alt.Scale(domain=[0, 1], range=[PAPER, ACCENT], interpolate="rgb")
    squares = (
        alt.Chart(data(shown.drop_nulls("share")))
        .mark_rect(stroke=PAPER, strokeWidth=1.5)
        .encode(x=x, y=y, color=alt.Color("share:Q", scale=shade, legend=None))
    )
    labels = chart.mark_text(fontSize=11).encode(
        x=x,
        y=y,
        text=alt.Text("label:N"),
        color=alt.condition(f"datum.share > {_DARK}", alt.value(PAPER), alt.value(INK)),
    )
    return layered(ground, squares, labels).properties(width=WIDTH - 90, height=_ROW * len(months))
