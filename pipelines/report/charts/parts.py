"""Lying bars of what is held, divided into recognised and gap, with their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from pipelines.contracts.model import Text
from pipelines.report.charts.rows import THICK, in_rows, place_of
from pipelines.report.drawing import ACCENT, AMBER, FAINT, PAPER, data
from pipelines.report.language import DASH, Language, number, percent, say
from pipelines.report.words import WORDS

if TYPE_CHECKING:
    import altair as alt

_RECOGNISED: Final = Text("medregnet", "recognised")
_GAP: Final = Text("ikke medregnet", "not recognised")


def parts(rows: pl.DataFrame, names: list[str], language: Language) -> alt.TopLevelMixin:
    """A bar a row of `rows` (held, recognised, status), named in order.

    A bar whose division is hidden is an empty frame; one that is hidden is only its word.
    """
    import altair as alt  # noqa: PLC0415 - half a second that only drawing should pay

    shown = rows.select("held", "recognised", "status").with_columns(
        name=pl.Series(names, dtype=pl.String)
    )
    y = place_of(names)
    top = max(int(shown["held"].max() or 1), 1)  # type: ignore[arg-type]
    x = alt.X("from:Q", scale=alt.Scale(domain=[0, top], nice=False), axis=None)
    words = [say(_RECOGNISED, language), say(_GAP, language)]
    whole = shown.drop_nulls(["held", "recognised"])
    divided = pl.concat(
        [
            whole.select(
                "name",
                pl.lit(0).alias("from").cast(pl.Int64),
                to="recognised",
                part=pl.lit(words[0]),
            ),
            whole.select(
                "name", pl.col("recognised").alias("from"), to="held", part=pl.lit(words[1])
            ),
        ]
    )
    colour = alt.Color(
        "part:N",
        scale=alt.Scale(domain=words, range=[ACCENT, AMBER]),
        legend=alt.Legend(orient="top", direction="horizontal", offset=4),
    )
    undivided = shown.filter(pl.col("recognised").is_null()).drop_nulls("held")
    layers = [
        alt.Chart(data(divided.filter(pl.col("from") < pl.col("to"))))
        .mark_bar(stroke=PAPER, strokeWidth=1, height=THICK)
        .encode(y=y, x=x, x2=alt.X2("to:Q"), color=colour),
        alt.Chart(data(undivided.select("name", "held", pl.lit(0).alias("from"))))
        .mark_bar(color=PAPER, stroke=FAINT, height=THICK)
        .encode(y=y, x=x, x2=alt.X2("held:Q")),
    ]
    return in_rows(layers, names, [_label(row, language) for row in shown.iter_rows(named=True)])


def _label(row: dict[str, object], language: Language) -> str:
    held, recognised = row["held"], row["recognised"]
    absent = say(WORDS["hidden"], language) if row["status"] == "hidden" else DASH
    if not isinstance(held, int):
        return absent
    share = percent(recognised / held, language) if isinstance(recognised, int) and held else absent
    if held == 0:
        return "0"
    return f"{number(held, language)} · {share} {say(_RECOGNISED, language)}"
