"""The versions of every rule on a time line, with the weight of their sources."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import polars as pl

from pipelines.report.charts.layers import layered
from pipelines.report.drawing import (
    ACCENT,
    ACCENT_LIGHT,
    AMBER,
    AMBER_LIGHT,
    INK,
    PAPER,
    QUIET,
    WIDTH,
    data,
)
from pipelines.report.language import Language

if TYPE_CHECKING:
    import altair as alt

_ROW: Final = 23  # points
_NAMES: Final = 268  # points to the left of the plot
_SHADES: Final = {"A": ACCENT, "B": ACCENT_LIGHT, "C": AMBER_LIGHT, "D": AMBER}
_LETTERS: Final = {"A": PAPER, "B": INK, "C": INK, "D": PAPER}
_ROOM: Final = timedelta(150)  # a bar of fewer days has no room for its letter


def rules(
    versions: pl.DataFrame, names: dict[str, str], first: date, last: date, today: date,
    language: Language,
) -> alt.TopLevelMixin:  # fmt: skip
    """Bars of `versions` (rule, from, to, grade) between two days, in the order of `names`.

    A bar's letter is its grade. A bar that goes on beyond an edge of the plot touches it. Rules of
    one name, of which one follows the other, share a row.
    """
    import altair as alt  # noqa: PLC0415

    bars = versions.select(
        pl.col("rule").replace_strict(names, return_dtype=pl.String).alias("name"),
        pl.max_horizontal("valid_from", pl.lit(first)).alias("from"),
        pl.min_horizontal(pl.col("valid_to").fill_null(last), pl.lit(last)).alias("to"),
        "grade",
    ).filter(pl.col("from") < pl.col("to"))
    roomy = bars.filter(pl.col("to") - pl.col("from") > _ROOM)
    y = alt.Y(
        "name:N",
        sort=list(dict.fromkeys(names.values())),
        axis=alt.Axis(labelLimit=_NAMES, labelColor=INK, labelPadding=8),
    )
    x = alt.X(
        "from:T",
        scale=alt.Scale(domain=[_day(first), _day(last)]),
        axis=alt.Axis(format="%Y", tickCount={"interval": "year", "step": 1}, grid=True),
    )
    grade = alt.Color(
        "grade:N", scale=alt.Scale(domain=list(_SHADES), range=list(_SHADES.values())), legend=None
    )
    drawn = (
        alt.Chart(data(bars))
        .mark_bar(height=_ROW - 7, stroke=PAPER, strokeWidth=1)
        .encode(x=x, x2=alt.X2("to:T"), y=y, color=grade)
    )
    letters = (
        alt.Chart(data(roomy))
        .mark_text(fontSize=11, fontWeight="bold", align="left", dx=5)
        .encode(
            x=x,
            y=y,
            text=alt.Text("grade:N"),
            color=alt.Color(
                "grade:N",
                scale=alt.Scale(domain=list(_LETTERS), range=list(_LETTERS.values())),
                legend=None,
            ),
        )
    )
    at = pl.DataFrame(
        {"day": [today], "label": ["opgjort pr." if language == "da" else "counted as of"]}
    )
    line = alt.Chart(data(at)).mark_rule(color=INK, strokeDash=[2, 2]).encode(x=alt.X("day:T"))
    label = (
        alt.Chart(data(at))
        .mark_text(align="right", dx=-4, dy=-6, baseline="bottom", color=QUIET)
        .encode(x=alt.X("day:T"), y=alt.value(0), text=alt.Text("label:N"))
    )
    chart: alt.TopLevelMixin = (
        layered(drawn, letters, line, label)
        .resolve_scale(color="independent")
        .properties(width=WIDTH - _NAMES - 20, height=_ROW * bars["name"].n_unique())
    )
    return chart


def _day(day: date) -> str:
    return f"{day.isoformat()}T00:00:00"
