"""Lying bars with their numbers: one row a category."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import polars as pl

from pipelines.contracts.model import Text
from pipelines.report.charts.layers import layered
from pipelines.report.drawing import AMBER, INK, WIDTH, data
from pipelines.report.language import Language, number, say

if TYPE_CHECKING:
    import altair as alt

_ROW: Final = 27  # points
_LETTER: Final = 6.6  # points of an average letter of a name
_HIDDEN: Final = Text("skjult", "hidden")
_MISSING: Final = Text("mangler", "missing")


def bars(
    rows: pl.DataFrame, names: Sequence[str], language: Language, colour: str = AMBER
) -> alt.TopLevelMixin:
    """A bar a row of `rows` (value, status), named in order; a word where there is no number."""
    import altair as alt  # noqa: PLC0415 - half a second that only drawing should pay

    words = {"hidden": say(_HIDDEN, language), "missing": say(_MISSING, language)}
    shown = [
        {
            "name": name,
            "value": value or 0,
            "label": words[status] if value is None else number(value, language),
        }
        for name, (value, status) in zip(
            names, rows.select("value", "status").iter_rows(), strict=True
        )
    ]
    # Names take the room they need, bars the rest: every chart is as wide as the others.
    room = 12 + int(_LETTER * max(map(len, names)))
    axis = alt.Axis(labelFontSize=13, labelColor=INK, labelLimit=0, minExtent=room, maxExtent=room)
    y = alt.Y("name:N", sort=list(names), axis=axis)
    # A tenth more than the longest bar, so that its number has room.
    longest = rows["value"].max() or 0
    x = alt.X("value:Q", axis=None, scale=alt.Scale(domain=[0, 1.1 * max(int(str(longest)), 1)]))
    chart = alt.Chart(data(pl.DataFrame(shown)))
    return layered(
        chart.mark_bar(color=colour, height={"band": 0.68}).encode(y=y, x=x),
        chart.mark_text(align="left", dx=5).encode(y=y, x=x, text=alt.Text("label:N")),
    ).properties(width=WIDTH - room - 10, height=_ROW * len(shown))
