"""Shares by period as dots on a line from 0 to 100 %, one shape a series."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import polars as pl

from pipelines.report.charts.rows import in_rows, place_of
from pipelines.report.drawing import ACCENT, AMBER, HAIR, INK, data
from pipelines.report.language import Language, percent

if TYPE_CHECKING:
    import altair as alt

# A ring, so that a series that lies on another one is seen round it: sign, shape, colour, ground,
# size. The signs stand beside the numbers, and are such as Liberation Sans has.
_LOOKS: Final = (
    ("\N{BLACK SQUARE}", "square", INK, INK, 60),
    ("\N{BLACK CIRCLE}", "circle", ACCENT, ACCENT, 70),
    ("\N{WHITE CIRCLE}", "circle", AMBER, "transparent", 230),
)


def dots(rows: pl.DataFrame, language: Language) -> alt.TopLevelMixin:
    """A dot a row of `rows` (name, series, share), in the order they stand; nulls have none."""
    import altair as alt  # noqa: PLC0415 - half a second that only drawing should pay

    names = list(dict.fromkeys(rows["name"]))
    series = list(dict.fromkeys(rows["series"]))
    y = place_of(names)
    sign = "' %'" if language == "da" else "'%'"
    x = alt.X(
        "share:Q",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(labelExpr=f"format(100 * datum.value, 'd') + {sign}", tickCount=5),
    )
    legend = alt.Legend(orient="top", direction="horizontal", offset=6)
    signs, shapes, colours, grounds, sizes = (list(look) for look in zip(*_LOOKS, strict=True))

    def scale(looks: list[Any]) -> alt.Scale:
        return alt.Scale(domain=series, range=looks[: len(series)])

    known = rows.drop_nulls("share")
    spans = known.group_by("name", maintain_order=True).agg(
        share=pl.min("share"), most=pl.max("share")
    )
    layers = [
        alt.Chart(data(spans))
        .mark_rule(color=HAIR, strokeWidth=3)
        .encode(y=y, x=x, x2=alt.X2("most:Q")),
        alt.Chart(data(known))
        .mark_point(opacity=1, strokeWidth=2)
        .encode(
            y=y,
            x=x,
            shape=alt.Shape("series:N", scale=scale(shapes), legend=legend),
            stroke=alt.Stroke("series:N", scale=scale(colours), legend=legend),
            fill=alt.Fill("series:N", scale=scale(grounds), legend=legend),
            size=alt.Size("series:N", scale=scale(sizes), legend=legend),
        ),
    ]
    of = dict(zip(series, signs, strict=False))
    told = rows.with_columns(
        word=pl.concat_str(
            pl.col("series").replace_strict(of),
            pl.col("share").map_elements(lambda share: percent(share, language), pl.String),
            separator="\N{NO-BREAK SPACE}",
        )
    )
    details = told.group_by("name", maintain_order=True).agg(pl.col("word").drop_nulls())
    return in_rows(layers, names, ["  ".join(words) for words in details["word"]])
