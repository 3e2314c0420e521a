"""The same meetings counted in the ways of the four regimes, side by side."""

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
from pipelines.report.language import LANGUAGES, Language, percent, say
from pipelines.report.measures import GAP, HELD, RECOGNISED
from pipelines.report.periods import Period

if TYPE_CHECKING:
    import altair as alt

REGIMES: Final = ("register", "duty", "supervision")
COLUMNS: Final = (
    Column("regime", Text("Regelsæt", "Regime"), "code", wording.REGIMES),
    Column("held", Text("Afholdt", "Held"), "number"),
    Column("recognised", Text("Medregnet", "Recognised"), "number"),
    Column("gap", Text("Gab", "Gap"), "number"),
    Column("share", Text("Andel medregnet", "Share recognised"), "percent"),
)
_NOTE: Final = Text(
    "KL tæller alt, der er holdt. Jobindsats ser på samtalens type og aktør. Pligten er lovens "
    "egne krav. Tilsynet er pligten uden de måneder, som datidens vejledning holdt ude.",
    "KL counts everything held. The register looks at type and actor. The duty is what the statute "
    "asks. Supervision is the duty without the months that the guidance of the time left out.",
)


def regimes(figures: Figures, period: Period) -> Exhibit:
    """The exhibit: a bar a regime, all of the same meetings."""
    counted = by_regime(figures, period)
    everything = counted[:1].with_columns(
        regime=pl.lit("held"),
        recognised=pl.col("held"),
        gap=pl.when(pl.col("held").is_not_null()).then(pl.lit(0, pl.Int64)),
        share=pl.when(pl.col("held") > 0).then(pl.lit(1.0)),
        status=pl.col("held_status"),
    )
    rows = pl.concat([everything, counted])
    return Exhibit(
        id="gab-regelsaet",
        title=_title(counted),
        definition=Text(
            f"Afholdte samtaler, {period.label.da}, og hvor mange af dem hvert regelsæt medregner.",
            f"Meetings held, {period.label.en}, and how many of them each regime recognises.",
        ),
        rows=rows,
        columns=COLUMNS,
        draw=partial(_draw, rows),
        note=_NOTE,
    )


def by_regime(figures: Figures, period: Period) -> pl.DataFrame:
    """One row a regime that asks something: held, recognised, gap, share, statuses, stage."""
    held = figures.total(HELD, COUNTRY, period.months)
    recognised = figures.totals(RECOGNISED.split("regime", REGIMES), [COUNTRY], period.months)
    gap = figures.totals(GAP.split("regime", REGIMES), [COUNTRY], period.months)
    share = pl.when(pl.col("held") > 0).then(pl.col("recognised") / pl.col("held"))
    return recognised.select(
        pl.col("category").alias("regime"),
        held=pl.lit(held.value, pl.Int64),
        recognised="value",
        gap=gap["value"],
        status="status",
        held_status=pl.lit(held.status),
        stage="stage",
    ).with_columns(share=share)


def _title(counted: pl.DataFrame) -> Text:
    shares = dict(counted.drop_nulls("share").select("regime", "share").iter_rows())
    if len(shares) < len(REGIMES):
        return Text("De samme samtaler i fire regelsæt", "The same meetings in four regimes")
    register, duty = ([percent(shares[r], x) for x in LANGUAGES] for r in ("register", "duty"))
    return Text(
        f"De samme samtaler: {register[0]} tæller efter Jobindsats' mål, {duty[0]} efter pligten",
        f"The same meetings: {register[1]} count by the register's measure, {duty[1]} by the duty",
    )


def _draw(rows: pl.DataFrame, language: Language) -> alt.TopLevelMixin:
    return parts(rows, [say(wording.REGIMES[r], language) for r in rows["regime"]], language)
