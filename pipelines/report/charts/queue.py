"""A backlog week by week: who waits, who has been served, and who has left by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import polars as pl

from pipelines.contracts.model import Text
from pipelines.report.charts.layers import layered
from pipelines.report.charts.month_axis import month_axis
from pipelines.report.drawing import ACCENT_LIGHT, AMBER_LIGHT, HAIR, INK, WIDTH, data
from pipelines.report.language import Language, say

if TYPE_CHECKING:
    import altair as alt

_HEIGHT: Final = 260
_LABELS: Final = 190  # points to the right of the plot
_LINE_OF_TEXT: Final = 15  # points
# From the top down: what has left lies on what is served, and that on what waits.
PARTS: Final = {
    "left": (Text("Stoppet af sig selv", "Left by themselves"), HAIR),
    "served": (Text("Betjent", "Served"), ACCENT_LIGHT),
    "waiting": (Text("Venter", "Waiting"), AMBER_LIGHT),
}
_ALONE: Final = Text("Uden indsats venter", "Waiting if none is served")


def queue(rows: pl.DataFrame, language: Language) -> alt.TopLevelMixin:
    """Areas of `rows` (week, its Monday; waiting; served; left; alone), one on top of the other."""
    import altair as alt  # noqa: PLC0415 - half a second that only drawing should pay

    x = alt.X("week:T", axis=month_axis(rows["week"].dt.month_end().dt.offset_by("1d")))
    edges = rows.with_columns(
        low_waiting=0,
        high_waiting=pl.col("waiting"),
        low_served=pl.col("waiting"),
        high_served=pl.col("waiting") + pl.col("served"),
        low_left=pl.col("waiting") + pl.col("served"),
        high_left=pl.col("waiting").first(),  # all there were: the parts are rounded one by one
    )
    top = max(float(edges["high_left"][0]), 1.0)
    scale = alt.Scale(domain=[0, top], nice=False)

    def y(field: str) -> Any:  # noqa: ANN401
        return alt.Y(f"{field}:Q", scale=scale, axis=alt.Axis(format=",d", tickCount=5))

    areas: list[Any] = [
        alt.Chart(data(edges.select("week", low=f"low_{part}", high=f"high_{part}")))
        .mark_area(color=colour)
        .encode(x=x, y=y("low"), y2=alt.Y2("high:Q"))
        for part, (_, colour) in PARTS.items()
    ]
    alone = (
        alt.Chart(data(rows.select("week", "alone")))
        .mark_line(color=INK, strokeWidth=1.4, strokeDash=[4, 3])
        .encode(x=x, y=y("alone"))
    )
    last = edges.tail(1)
    middles = {
        say(PARTS[part][0], language): (last[f"low_{part}"].item() + last[f"high_{part}"].item())
        / 2
        for part in ("left", "served")
    } | {say(_ALONE, language): float(last["alone"].item())}
    names = apart(middles, _LINE_OF_TEXT * top / _HEIGHT)
    words = (
        alt.Chart(
            data(
                pl.DataFrame(
                    {
                        "week": [rows["week"][-1]] * len(names),
                        "name": list(names),
                        "at": list(names.values()),
                    }
                )
            )
        )
        .mark_text(align="left", dx=8, color=INK)
        .encode(x=x, y=y("at"), text=alt.Text("name:N"))
    )
    waiting = (
        alt.Chart(data(rows.head(1).select("week")))
        .mark_text(align="left", dx=8, color=INK)
        .encode(x=x, y=alt.value(0.8 * _HEIGHT), text=alt.value(say(PARTS["waiting"][0], language)))
    )
    return layered(*areas, alone, words, waiting).properties(width=WIDTH - _LABELS, height=_HEIGHT)


def apart(places: dict[str, float], room: float) -> dict[str, float]:
    """The places of names, lowest first, moved up so that none is nearer another than `room`."""
    found: dict[str, float] = {}
    for name, place in sorted(places.items(), key=lambda it: it[1]):
        below = max(found.values(), default=place - room)
        found[name] = max(place, below + room)
    return found
