"""How many municipalities delivered, month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from pipelines.contracts.model import Text
from pipelines.report.charts.layers import layered
from pipelines.report.drawing import ACCENT, INK, QUIET, WIDTH, data
from pipelines.report.language import Language, say

if TYPE_CHECKING:
    import altair as alt

_HEIGHT: Final = 150
_ALL: Final = Text("alle {n}", "all {n}")


def delivering(rows: pl.DataFrame, everyone: int, language: Language) -> alt.TopLevelMixin:
    """Columns of `rows` (month, municipalities), with a line at all municipalities."""
    import altair as alt  # noqa: PLC0415 - half a second that only drawing should pay

    scale = alt.Scale(domain=[0, everyone * 1.15], nice=False)
    columns = (
        alt.Chart(data(rows.select("month", "municipalities")))
        .mark_bar(color=ACCENT, binSpacing=1)
        .encode(
            x=alt.X(
                "month:T",
                timeUnit="yearmonth",
                axis=alt.Axis(format="%Y", tickCount={"interval": "year", "step": 1}),
            ),
            y=alt.Y("municipalities:Q", scale=scale, axis=alt.Axis(format="d", tickCount=3)),
        )
    )
    at = pl.DataFrame({"at": [everyone], "word": [say(_ALL, language).format(n=everyone)]})
    line = alt.Chart(data(at)).mark_rule(color=INK, strokeDash=[2, 2]).encode(y=alt.Y("at:Q"))
    word = (
        alt.Chart(data(at))
        .mark_text(align="left", baseline="bottom", dx=2, dy=-3, color=QUIET)
        .encode(x=alt.value(0), y=alt.Y("at:Q"), text=alt.Text("word:N"))
    )
    return layered(columns, line, word).properties(width=WIDTH - 60, height=_HEIGHT)
