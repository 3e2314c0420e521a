"""Held and recognised by mode, for one period of the country."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from pipelines import wording
from pipelines.contracts.model import Text
from pipelines.disclosure.sheet import COUNTRY
from pipelines.report.charts.parts import parts
from pipelines.report.exhibits import Column, Exhibit
from pipelines.report.figures import Figures
from pipelines.report.language import LANGUAGES, Language, capital, percent, say
from pipelines.report.measures import GAP, HELD, RECOGNISED
from pipelines.report.periods import Period

if TYPE_CHECKING:
    import altair as alt

_COLUMNS: Final = (
    Column("mode", Text("Samtaleform", "Mode"), "code", wording.MODES),
    Column("held", Text("Afholdt", "Held"), "number", status="held_status"),
    Column("recognised", Text("Medregnet", "Recognised"), "number"),
    Column("gap", Text("Gab", "Gap"), "number"),
    Column("share", Text("Andel medregnet", "Share recognised"), "percent"),
)


def modes(figures: Figures, period: Period) -> Exhibit:
    """The exhibit: a bar a mode."""
    rows = divided(figures, period, "mode", tuple(wording.MODES))
    return Exhibit(
        id="gab-former",
        title=_title(rows),
        definition=Text(
            f"Afholdte samtaler, {period.label.da}, efter form, og dem, der kan opfylde pligten.",
            f"Meetings held, {period.label.en}, by mode, and those that can fulfil the duty.",
        ),
        rows=rows,
        columns=_COLUMNS,
        draw=partial(_draw, rows),
    )


def divided(figures: Figures, period: Period, by: str, categories: tuple[str, ...]) -> pl.DataFrame:
    """One row a category (named `by`): held, recognised, gap, share, statuses and stage."""
    held, recognised, gap = (
        figures.totals(measure.split(by, categories), [COUNTRY], period.months)
        for measure in (HELD, RECOGNISED, GAP)
    )
    return held.select(
        pl.col("category").alias(by),
        pl.col("value").alias("held"),
        pl.col("status").alias("held_status"),
        recognised=recognised["value"],
        gap=gap["value"],
        status=recognised["status"],
        stage="stage",
    ).with_columns(share=_share())


def _share() -> pl.Expr:
    return pl.when(pl.col("held") > 0).then(pl.col("recognised") / pl.col("held"))


def _title(rows: pl.DataFrame) -> Text:
    """The shares of the modes with most meetings, best and worst of those that are shown."""
    common = rows.filter(pl.col("mode") != "unknown").drop_nulls("share")
    common = common.sort("held", descending=True).head(3).sort("share", descending=True)
    if common.height < 2:  # noqa: PLR2004 - two are compared
        return Text("Medregnede samtaler efter form", "Meetings recognised by mode")
    best, worst = common["mode"][0], common["mode"][-1]
    shares = {
        language: [percent(common["share"][at], language) for at in (0, -1)]
        for language in LANGUAGES
    }
    of = {mode: wording.MODES[mode] for mode in (best, worst)}
    return Text(
        f"{capital(of[best].da)}: {shares['da'][0]} medregnet; {of[worst].da}: {shares['da'][1]}",
        f"{capital(of[best].en)}: {shares['en'][0]} recognised; {of[worst].en}: {shares['en'][1]}",
    )


def _draw(rows: pl.DataFrame, language: Language) -> alt.TopLevelMixin:
    names = [capital(say(wording.MODES[mode], language)) for mode in rows["mode"]]
    return parts(rows, names, language)
