"""Held and recognised by week, the gap between them, and the days on which nothing counted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, Literal

import polars as pl

from pipelines.contracts.model import Text
from pipelines.report.charts.layers import layered
from pipelines.report.drawing import (
    ACCENT,
    AMBER,
    AMBER_LIGHT,
    FAINT,
    HAIR,
    INK,
    QUIET,
    WIDTH,
    data,
)
from pipelines.report.language import Language, say
from pipelines.report.periods import CLOSURE

if TYPE_CHECKING:
    import altair as alt

_HEIGHT: Final = 300
_LABELS: Final = 100  # points to the right of the plot, for the names of the lines
_LINE_OF_TEXT: Final = 15  # points
_HELD: Final = Text("Afholdt", "Held")
_RECOGNISED: Final = Text("Medregnet", "Recognised")
_GAP: Final = Text("Gabet", "The gap")
_CLOSED: Final = Text(
    "Intet talte 12/3\N{EN DASH}26/5 2020", "Nothing counted 12 Mar\N{EN DASH}26 May 2020"
)
_MOVING: Final = Text("kan ændres", "may change")


def weeks(rows: pl.DataFrame, language: Language) -> alt.TopLevelMixin:
    """Lines of `rows` (week, its Monday; held; recognised; stage), dashed where not yet revised.

    A hidden week leaves a hole.
    """
    import altair as alt  # noqa: PLC0415 - half a second that only drawing should pay

    top = max(float(rows["held"].max() or 1), 1.0) * 1.12  # type: ignore[arg-type]
    settled = rows.filter(~pl.col("stage").is_in(["running", "provisional"]))
    moving = rows[max(settled.height - 1, 0) :]  # from the last settled week, so that lines meet
    x = alt.X(
        "week:T",
        axis=alt.Axis(
            format="%Y", tickCount={"interval": "year", "step": 1}, ticks=True, tickColor=FAINT
        ),
    )
    scale = alt.Scale(domain=[0, top], nice=False)
    axis = alt.Axis(format=",d", tickCount=5)

    def line(part: pl.DataFrame, field: str, colour: str, **look: Any) -> Any:  # noqa: ANN401
        return (
            alt.Chart(data(part.select("week", field)))
            .mark_line(color=colour, **look)
            .encode(x=x, y=alt.Y(f"{field}:Q", scale=scale, axis=axis))
        )

    gap = (
        alt.Chart(data(rows.select("week", "held", "recognised").drop_nulls()))
        .mark_area(color=AMBER_LIGHT, opacity=0.75)
        .encode(x=x, y=alt.Y("recognised:Q", scale=scale, axis=axis), y2=alt.Y2("held:Q"))
    )
    layers: list[Any] = [gap]
    for field, colour, width in (("held", ACCENT, 1.4), ("recognised", INK, 1.1)):
        layers.append(line(settled, field, colour, strokeWidth=width))
        layers.append(line(moving, field, colour, strokeWidth=width, strokeDash=[3, 2]))
    if _holds_closure(rows):
        layers[:0] = _band(*CLOSURE, say(_CLOSED, language), "left")
    if settled.height and moving.height > 1:
        layers[:0] = _band(
            moving["week"][1], moving["week"][-1] + timedelta(6), say(_MOVING, language), "right"
        )
    layers += _names(rows, settled, top, x, language)
    return layered(*layers).properties(width=WIDTH - _LABELS - 40, height=_HEIGHT)


def _holds_closure(rows: pl.DataFrame) -> bool:
    return rows.filter(pl.col("week").is_between(*CLOSURE)).height > 0


def _band(first: date, last: date, label: str, side: Literal["left", "right"]) -> list[alt.Chart]:
    import altair as alt  # noqa: PLC0415

    at = data(pl.DataFrame({"first": [first], "last": [last + timedelta(1)], "label": [label]}))
    band = alt.Chart(at).mark_rect(color=HAIR).encode(x=alt.X("first:T"), x2=alt.X2("last:T"))
    text = alt.Chart(at).mark_text(
        align=side, baseline="top", dx=4 if side == "left" else -4, dy=3, color=QUIET
    )
    anchor = "last:T" if side == "left" else "first:T"
    return [band, text.encode(x=anchor, text=alt.Text("label:N"), y=alt.value(0))]


def _names(
    rows: pl.DataFrame, settled: pl.DataFrame, top: float, x: alt.X, language: Language
) -> list[alt.Chart]:
    """The names of the lines and of the gap, at their right ends and apart from each other."""
    import altair as alt  # noqa: PLC0415

    known = (settled if settled.height else rows).drop_nulls(["held", "recognised"])
    if known.is_empty():
        return []
    held, recognised = known.select("held", "recognised").row(-1)
    middle = (held + recognised) / 2
    apart = max((held - recognised) / 2, _LINE_OF_TEXT * top / _HEIGHT)
    names = [
        (middle + apart, _HELD, ACCENT),
        (middle, _GAP, AMBER),
        (middle - apart, _RECOGNISED, INK),
    ]
    return [
        alt.Chart(
            data(
                pl.DataFrame(
                    {"week": [rows["week"][-1]], "at": [at], "name": [say(name, language)]}
                )
            )
        )
        .mark_text(align="left", dx=8, color=colour, fontSize=13, fontWeight="bold")
        .encode(x=x, y=alt.Y("at:Q"), text=alt.Text("name:N"))
        for at, name, colour in names
    ]
