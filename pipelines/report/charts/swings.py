"""A tornado: how far each assumption moves a sum, the widest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from pipelines.report.charts.rows import THICK, in_rows, place_of
from pipelines.report.costing import MILLION
from pipelines.report.drawing import ACCENT_LIGHT, INK, data
from pipelines.report.language import NUMBER_LOCALES, Language

if TYPE_CHECKING:
    import altair as alt


def tornado(
    rows: pl.DataFrame, names: list[str], details: Sequence[str], language: Language
) -> alt.TopLevelMixin:
    """A bar a row of `rows` (dkk_low, dkk_high, dkk_middle), named in order, with its words."""
    import altair as alt  # noqa: PLC0415 - half a second that only drawing should pay

    shown = rows.select(
        pl.Series("name", names, dtype=pl.String),
        low=pl.min_horizontal("dkk_low", "dkk_high"),
        high=pl.max_horizontal("dkk_low", "dkk_high"),
        middle="dkk_middle",
    )
    lowest, highest = (float(x or 0) for x in shown.select(pl.min("low"), pl.max("high")).row(0))
    room = 0.08 * (highest - lowest)
    before, after = NUMBER_LOCALES[language]["currency"]
    is_large = max(abs(lowest), abs(highest)) >= MILLION
    unit = {"da": f" mio.{after}", "en": " million"}[language] if is_large else after
    worth = f"datum.value / {MILLION}" if is_large else "datum.value"
    x = alt.X(
        "low:Q",
        scale=alt.Scale(domain=[lowest - room, highest + room], nice=False, zero=False),
        axis=alt.Axis(labelExpr=f"'{before}' + format({worth}, ',') + '{unit}'", tickCount=4),
    )
    y = place_of(names)
    bars = (
        alt.Chart(data(shown.select("name", "low", "high")))
        .mark_bar(color=ACCENT_LIGHT, height=THICK)
        .encode(y=y, x=x, x2=alt.X2("high:Q"))
    )
    middle = alt.Chart(data(shown.select(low="middle")[:1])).mark_rule(color=INK).encode(x=x)
    return in_rows([bars, middle], names, details)
