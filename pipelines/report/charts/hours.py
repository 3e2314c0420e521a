"""Lying bars of hours, the conversation and the administration apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from pipelines.contracts.model import Text
from pipelines.report.charts.rows import THICK, in_rows, place_of
from pipelines.report.drawing import ACCENT, ACCENT_LIGHT, PAPER, data
from pipelines.report.language import DASH, Language, number, say
from pipelines.report.words import WORDS

if TYPE_CHECKING:
    import altair as alt

_PARTS: Final = {
    "conversation_hours": Text("samtale", "conversation"),
    "administration_hours": Text("administration", "administration"),
}
_HOURS: Final = Text("{} + {} timer", "{} + {} hours")


def hours(rows: pl.DataFrame, names: list[str], language: Language) -> alt.TopLevelMixin:
    """A bar a row of `rows` (conversation_hours, administration_hours, status), named in order."""
    import altair as alt  # noqa: PLC0415 - half a second that only drawing should pay

    shown = rows.with_columns(name=pl.Series(names, dtype=pl.String))
    whole = shown.drop_nulls("conversation_hours")
    words = [say(text, language) for text in _PARTS.values()]
    conversation, administration = (pl.col(name) for name in _PARTS)
    bars = pl.concat(
        [
            whole.select("name", low=pl.lit(0.0), high=conversation, part=pl.lit(words[0])),
            whole.select(
                "name",
                low=conversation,
                high=conversation + administration,
                part=pl.lit(words[1]),
            ),
        ]
    ).filter(pl.col("low") < pl.col("high"))
    most = max([1.0, *bars["high"]])
    x = alt.X("low:Q", scale=alt.Scale(domain=[0, most], nice=False), axis=None)
    colour = alt.Color(
        "part:N",
        scale=alt.Scale(domain=words, range=[ACCENT, ACCENT_LIGHT]),
        legend=alt.Legend(orient="top", direction="horizontal", offset=4),
    )
    layer = (
        alt.Chart(data(bars))
        .mark_bar(stroke=PAPER, strokeWidth=1, height=THICK)
        .encode(y=place_of(names), x=x, x2=alt.X2("high:Q"), color=colour)
    )
    return in_rows([layer], names, [_told(row, language) for row in shown.iter_rows(named=True)])


def _told(row: dict[str, object], language: Language) -> str:
    found = [row[name] for name in _PARTS]
    told = [number(hours, language) for hours in found if isinstance(hours, float)]
    if len(told) < len(found):
        return say(WORDS["hidden"], language) if row["status"] == "hidden" else DASH
    return say(_HOURS, language).format(*told)
