"""Columns by month, each cut into its parts; a cross where a part is hidden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import polars as pl

from pipelines.contracts.model import Text
from pipelines.report.charts.layers import layered
from pipelines.report.charts.month_axis import month_axis
from pipelines.report.drawing import PAPER, QUIET, WIDTH, data
from pipelines.report.language import Language, say

if TYPE_CHECKING:
    import altair as alt

_HEIGHT: Final = 210
_CROSS: Final = "\N{MULTIPLICATION SIGN}"
_HIDDEN_MONTH: Final = Text("måned med skjulte tal", "month with hidden figures")


def month_stack(
    rows: pl.DataFrame, parts: Mapping[str, Text], colours: Sequence[str], language: Language
) -> alt.TopLevelMixin:
    """Columns of `rows` (month, part, value, status), the first part at the bottom.

    A month of which a part is hidden has no column, since one without that part would tell a
    false height; a cross stands there. Colours differ in lightness, so that they hold in grey.
    """
    import altair as alt  # noqa: PLC0415 - half a second that only drawing should pay

    names = [say(text, language) for text in parts.values()]
    is_hidden = (pl.col("status") == "hidden").any().over("month")
    told = rows.filter(~is_hidden).select(
        "month",
        "value",
        name=pl.col("part").replace_strict(list(parts), names),
        place=pl.col("part").replace_strict(list(parts), range(len(parts))),
    )
    crosses = rows.filter(is_hidden).select("month").unique(maintain_order=True)
    x = alt.X(
        "month:T",
        timeUnit="yearmonth",
        axis=month_axis(rows["month"]),
    )
    columns = (
        alt.Chart(data(told))
        .mark_bar(stroke=PAPER, strokeWidth=0.5, binSpacing=1)
        .encode(
            x=x,
            y=alt.Y("value:Q", axis=alt.Axis(format=",d", tickMinStep=1, tickCount=4)),
            color=alt.Color(
                "name:N",
                scale=alt.Scale(domain=names, range=list(colours)),
                legend=alt.Legend(orient="top", symbolType="square", offset=8),
            ),
            order=alt.Order("place:Q"),
        )
    )
    marks = (
        alt.Chart(data(crosses))
        .mark_text(text=_CROSS, color=QUIET, baseline="bottom", fontSize=13)
        .encode(x=alt.X("month:T", timeUnit="yearmonth", bandPosition=0.5), y=alt.datum(0))
    )
    return layered(columns, marks, title=_key(crosses, language)).properties(
        width=WIDTH - 60, height=_HEIGHT
    )


def _key(crosses: pl.DataFrame, language: Language) -> alt.TitleParams:
    import altair as alt  # noqa: PLC0415

    text = f"{_CROSS} {say(_HIDDEN_MONTH, language)}" if crosses.height else ""
    return alt.Title(
        text,
        anchor="start",
        orient="bottom",
        offset=8,
        fontSize=12,
        fontWeight="normal",
        color=QUIET,
    )
