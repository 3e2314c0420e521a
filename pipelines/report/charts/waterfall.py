"""From held to recognised, a step a reason; the part with no other reason in a darker shade."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from pipelines.contracts.model import Text
from pipelines.report.charts.rows import THICK, in_rows, place_of
from pipelines.report.drawing import ACCENT, AMBER, AMBER_LIGHT, FAINT, HAIR, PAPER, data
from pipelines.report.language import MINUS, Language, number, say

if TYPE_CHECKING:
    import altair as alt

_SOLE: Final = Text("eneste grund", "the only reason")
_SEVERAL: Final = Text("flere grunde", "several reasons")
_UNDIVIDED: Final = Text("skjult, om der var flere", "hidden if several")
_OF_THEM: Final = Text("heraf {} alene", "{} of them alone")
_BETWEEN: Final = Text("skjult: ligger i rammen", "hidden: lies within the frame")
_LEFT: Final = "#eaf1f4"
_SHADES: Final = {_SOLE: AMBER, _SEVERAL: AMBER_LIGHT, _UNDIVIDED: HAIR}


def steps(held: int, recognised: int, reasons: pl.DataFrame) -> pl.DataFrame:
    """The reasons (reason, value, status, sole, sole_status) with where each step is drawn.

    One row a reason whose number is hidden or not 0, the hidden ones last: `high` and `low` are
    where the step begins and ends. What is hidden lies somewhere between the last step and the
    recognised ones, and all of that is its frame.
    """
    asked = reasons.filter((pl.col("value") != 0) | pl.col("value").is_null())
    known = asked.drop_nulls("value").with_columns(low=held - pl.col("value").cum_sum())
    known = known.with_columns(high=pl.col("low") + pl.col("value"))
    left = known["low"][-1] if known.height else held
    hidden = asked.filter(pl.col("value").is_null()).with_columns(
        low=pl.lit(recognised, pl.Int64), high=pl.lit(left, pl.Int64)
    )
    return pl.concat([known, hidden])


def waterfall(
    drawn: pl.DataFrame, held: int, recognised: int, ends: tuple[str, str], language: Language
) -> alt.TopLevelMixin:
    """The chart of `steps` with a column `name`; `ends` name the held and the recognised."""
    import altair as alt  # noqa: PLC0415 - half a second that only drawing should pay

    order = [ends[0], *drawn["name"], ends[1]]
    y = place_of(order)
    x = alt.X("low:Q", scale=alt.Scale(domain=[0, max(held, 1)], nice=False), axis=None)
    totals = pl.DataFrame(
        {"name": list(ends), "low": [0, 0], "high": [held, recognised]},
        schema={"name": pl.String, "low": pl.Int64, "high": pl.Int64},
    )
    parts = _parts(drawn, language)
    key = {say(text, language): colour for text, colour in _SHADES.items()}
    shades = [name for name in key if name in set(parts["part"])]
    shade = alt.Color(
        "part:N",
        scale=alt.Scale(domain=shades, range=[key[name] for name in shades]),
        legend=alt.Legend(orient="top", direction="horizontal", offset=4),
    )
    layers = [
        # What is left after the step: a pale bar that the eye follows down.
        alt.Chart(data(drawn.select("name", low=pl.lit(0).cast(pl.Int64), high="low")))
        .mark_bar(color=_LEFT, height=THICK)
        .encode(y=y, x=x, x2=alt.X2("high:Q")),
        alt.Chart(data(totals))
        .mark_bar(color=ACCENT, height=THICK)
        .encode(y=y, x=x, x2=alt.X2("high:Q")),
        alt.Chart(data(parts))
        .mark_bar(height=THICK, stroke=AMBER, strokeWidth=1)
        .encode(y=y, x=x, x2=alt.X2("high:Q"), color=shade),
        alt.Chart(data(drawn.filter(pl.col("value").is_null()).select("name", "low", "high")))
        .mark_bar(color=PAPER, stroke=FAINT, strokeDash=[4, 3], height=THICK)
        .encode(y=y, x=x, x2=alt.X2("high:Q")),
    ]
    words = [number(held, language)]
    words += [_words(row, language) for row in drawn.iter_rows(named=True)]
    return in_rows(layers, order, [*words, number(recognised, language)])


def _parts(drawn: pl.DataFrame, language: Language) -> pl.DataFrame:
    """Each step as its two shades; as a third one where the sole reasons are hidden."""
    known = drawn.drop_nulls("value").with_columns(
        edge=pl.col("low") + pl.col("sole").fill_null(pl.col("value"))
    )
    sole, undivided = (pl.lit(say(text, language)) for text in (_SOLE, _UNDIVIDED))
    first = pl.when(pl.col("sole").is_null()).then(undivided).otherwise(sole)
    return pl.concat(
        [
            known.select("name", "low", high="edge", part=first),
            known.select("name", low="edge", high="high", part=pl.lit(say(_SEVERAL, language))),
        ]
    ).filter(pl.col("low") < pl.col("high"))


def _words(row: dict[str, object], language: Language) -> str:
    value, sole = row["value"], row["sole"]
    if not isinstance(value, int):
        return say(_BETWEEN, language)
    step = f"{MINUS}{number(value, language)}"
    if not isinstance(sole, int):
        return step
    return f"{step}, {say(_OF_THEM, language).format(number(sole, language))}"
