"""What fell due by week, and a fan of what is expected to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import polars as pl

from pipelines.contracts.model import Text
from pipelines.report.charts.layers import layered
from pipelines.report.charts.month_axis import month_axis
from pipelines.report.drawing import ACCENT, AMBER, FAINT, INK, QUIET, WIDTH, data
from pipelines.report.language import Language, say

if TYPE_CHECKING:
    import altair as alt

_HEIGHT: Final = 280
_LABELS: Final = 80  # points to the right of the plot
_SHADES: Final = (("95", 0.22), ("80", 0.34), ("50", 0.55))  # the narrowest lies on top
_PAST: Final = Text("Forfaldt", "Fell due")
_AHEAD: Final = Text("Ventet", "Expected")
_BANDS: Final = Text("50, 80 og 95 %", "50, 80 and 95%")


def fan(rows: pl.DataFrame, language: Language) -> alt.TopLevelMixin:
    """Lines of `rows` (week, its Monday; kind; meetings; low_50 to high_95); hidden weeks gape."""
    import altair as alt  # noqa: PLC0415 - half a second that only drawing should pay

    past = rows.filter(pl.col("kind") == "fell_due")
    ahead = rows.filter(pl.col("kind") == "expected")
    x = alt.X("week:T", axis=month_axis(rows["week"].dt.month_end().dt.offset_by("1d")))
    highest = rows.select(pl.max_horizontal("meetings", "high_95").max()).item() or 1
    scale = alt.Scale(domain=[0, 1.05 * highest], nice=False)

    def y(field: str) -> Any:  # noqa: ANN401
        return alt.Y(f"{field}:Q", scale=scale, axis=alt.Axis(format=",d", tickCount=5))

    shades: list[Any] = [
        alt.Chart(data(ahead.select("week", low=f"low_{cover}", high=f"high_{cover}").drop_nulls()))
        .mark_area(color=AMBER, opacity=opacity)
        .encode(x=x, y=y("low"), y2=alt.Y2("high:Q"))
        for cover, opacity in _SHADES
    ]
    lines: list[Any] = [
        alt.Chart(data(part.select("week", "meetings")))
        .mark_line(color=colour, strokeWidth=width)
        .encode(x=x, y=y("meetings"))
        for part, colour, width in ((past, ACCENT, 1.3), (ahead, INK, 1.6))
    ]
    today: Any = alt.Chart(data(ahead.head(1).select("week")))
    rule = today.mark_rule(color=FAINT, strokeDash=[3, 2]).encode(x=x)
    words: list[Any] = [
        today.mark_text(
            align=align, dx=dx, dy=8, color=colour, fontSize=13, fontWeight="bold"
        ).encode(x=x, y=alt.value(0), text=alt.value(say(text, language)))
        for text, colour, align, dx in ((_PAST, ACCENT, "right", -6), (_AHEAD, INK, "left", 6))
    ]
    bands = today.mark_text(align="left", dx=6, dy=24, color=QUIET).encode(
        x=x, y=alt.value(0), text=alt.value(say(_BANDS, language))
    )
    return layered(*shades, *lines, rule, *words, bands).properties(
        width=WIDTH - _LABELS, height=_HEIGHT
    )
