"""From held to recognised, a step a reason; the part with no other reason in a darker shade."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from pipelines.contracts.model import Text
from pipelines.report.drawing import ACCENT, AMBER, AMBER_LIGHT, FAINT, INK, PAPER, WIDTH, data
from pipelines.report.language import MINUS, Language, number, say
from pipelines.report.words import WORDS

if TYPE_CHECKING:
    import altair as alt

_ROW: Final = 34  # points
_THICK: Final = {"band": 0.7}  # of a bar, as a part of its row
_NAMES: Final = 210  # points to the left of the plot
_ROOM: Final = 0.5  # of the width: what a label beside a step may need
_SOLE: Final = Text("eneste grund", "the only reason")
_SEVERAL: Final = Text("flere grunde", "several reasons")
_OF_THEM: Final = Text("heraf {} som eneste grund", "{} of them the only reason")
_BETWEEN: Final = Text("skjult: ligger i rammen", "hidden: lies within the frame")


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
    y = alt.Y(
        "name:N", sort=order, axis=alt.Axis(labelFontSize=13, labelColor=INK, labelLimit=_NAMES)
    )
    x = alt.X("low:Q", scale=alt.Scale(domain=[0, max(held, 1)], nice=False), axis=None)
    totals = pl.DataFrame(
        {"name": list(ends), "low": [0, 0], "high": [held, recognised]},
        schema={"name": pl.String, "low": pl.Int64, "high": pl.Int64},
    )
    parts = _parts(drawn, language)
    shades = [say(_SOLE, language), say(_SEVERAL, language)]
    shade = alt.Color(
        "part:N",
        scale=alt.Scale(domain=shades, range=[AMBER, AMBER_LIGHT]),
        legend=alt.Legend(orient="top", direction="horizontal", offset=4),
    )
    layers = [
        alt.Chart(data(totals)).mark_bar(color=ACCENT, height=_THICK).encode(y=y, x=x, x2="high:Q"),
        alt.Chart(data(parts)).mark_bar(height=_THICK).encode(y=y, x=x, x2="high:Q", color=shade),
        alt.Chart(data(drawn.filter(pl.col("value").is_null()).select("name", "low", "high")))
        .mark_bar(color=PAPER, stroke=FAINT, strokeDash=[4, 3], height=_THICK)
        .encode(y=y, x=x, x2="high:Q"),
    ]
    labels = _labels(drawn, totals, held, language)
    for (side, colour), of_side in labels.partition_by("side", "colour", as_dict=True).items():
        right = side == "left"  # a label to the left of its anchor ends there
        layers.append(
            alt.Chart(data(of_side))
            .mark_text(align="right" if right else "left", dx=-6 if right else 6, color=str(colour))
            .encode(y=y, x=alt.X("at:Q"), text="label:N")
        )
    return alt.layer(*layers).properties(width=WIDTH - _NAMES, height=_ROW * len(order))


def _parts(drawn: pl.DataFrame, language: Language) -> pl.DataFrame:
    """Each step as its two shades; one shade where the sole reasons are hidden."""
    known = drawn.drop_nulls("value").with_columns(dark=pl.col("sole").fill_null(0))
    sole = known.select(
        "name",
        "low",
        (pl.col("low") + pl.col("dark")).alias("high"),
        part=pl.lit(say(_SOLE, language)),
    )
    several = known.select(
        "name",
        (pl.col("low") + pl.col("dark")).alias("low"),
        "high",
        part=pl.lit(say(_SEVERAL, language)),
    )
    return pl.concat([sole, several]).filter(pl.col("low") < pl.col("high"))


def _labels(
    drawn: pl.DataFrame, totals: pl.DataFrame, held: int, language: Language
) -> pl.DataFrame:
    rows = []
    for name, _, high in totals.iter_rows():
        inside = high > held * 0.2
        rows.append(
            (
                name,
                high,
                "left" if inside else "right",
                PAPER if inside else INK,
                number(high, language),
            )
        )
    for row in drawn.iter_rows(named=True):
        to_the_left = row["low"] > held * _ROOM
        at, side = (row["low"], "left") if to_the_left else (row["high"], "right")
        rows.append((row["name"], at, side, INK, _words(row, language)))
    return pl.DataFrame(
        rows,
        schema={
            "name": pl.String,
            "at": pl.Int64,
            "side": pl.String,
            "colour": pl.String,
            "label": pl.String,
        },
        orient="row",
    )


def _words(row: dict[str, object], language: Language) -> str:
    value, sole = row["value"], row["sole"]
    if not isinstance(value, int):
        return say(_BETWEEN, language)
    alone = number(sole, language) if isinstance(sole, int) else say(WORDS["hidden"], language)
    return f"{MINUS}{number(value, language)}, {say(_OF_THEM, language).format(alone)}"
