"""From held to recognised by first reason, for one period of the country."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from pipelines import wording
from pipelines.contracts.model import Text
from pipelines.disclosure.sheet import COUNTRY
from pipelines.report import findings
from pipelines.report.charts.waterfall import steps, waterfall
from pipelines.report.exhibits import Column, Exhibit
from pipelines.report.figures import Figures
from pipelines.report.findings import sentence
from pipelines.report.language import Language, capital, say
from pipelines.report.measures import GAP, HELD, RECOGNISED
from pipelines.report.periods import Period

if TYPE_CHECKING:
    import altair as alt

# The reasons of the duty, in legal order.
REASONS: Final = tuple(reason for reason in wording.REASONS if reason != "month_left_out")
_ENDS: Final = (Text("Afholdt", "Held"), Text("Medregnet", "Recognised"))
_STEPS: Final = wording.REASONS | {"held": _ENDS[0], "recognised": _ENDS[1]}
_COLUMNS: Final = (
    Column("step", Text("Trin", "Step"), "code", _STEPS),
    Column("value", Text("Samtaler", "Meetings"), "number"),
    Column("sole", Text("Heraf eneste grund", "The only reason"), "number", status="sole_status"),
    Column("share", Text("Andel af afholdte", "Share of held"), "percent"),
)
_NOTE: Final = Text(
    "En samtale står ved sin første grund i lovens orden. Mørk: den grund er den eneste, så "
    "samtalen var medregnet, hvis den faldt bort. Lys: andre grunde står bag den.",
    "A meeting stands at its first reason, in the order of the law. Dark: that reason is the only "
    "one, so the meeting would be recognised without it. Light: other reasons stand behind it.",
)


def reasons(figures: Figures, period: Period, name: str) -> Exhibit | None:
    """The exhibit; None where held or recognised are not shown."""
    held = figures.total(HELD, COUNTRY, period.months)
    recognised = figures.total(RECOGNISED, COUNTRY, period.months)
    if held.value is None or recognised.value is None:
        return None
    found = reasons_of(figures, period)
    drawn = steps(held.value, recognised.value, found)
    return Exhibit(
        id=name,
        title=_title(held.value, recognised.value, found, period),
        definition=sentence(
            "Afholdte samtaler, {period}, der ikke kan opfylde pligten, efter første grund.",
            "Meetings held, {period}, that cannot fulfil the duty, by first reason.",
            period=period.label,
        ),
        rows=_table(held.value, recognised.value, found),
        columns=_COLUMNS,
        draw=partial(_draw, drawn, held.value, recognised.value),
        note=_NOTE,
        stages=(held.stage,) if held.stage else (),
    )


def reasons_of(figures: Figures, period: Period) -> pl.DataFrame:
    """One row a reason, in legal order: reason, value, status, sole, sole_status."""
    first = figures.totals(GAP.split("reason", REASONS), [COUNTRY], period.months)
    sole = figures.totals(GAP.split("sole_reason", REASONS), [COUNTRY], period.months)
    return first.select(pl.col("category").alias("reason"), "value", "status").with_columns(
        sole=sole["value"], sole_status=sole["status"]
    )


def _table(held: int, recognised: int, found: pl.DataFrame) -> pl.DataFrame:
    ends = pl.DataFrame(
        {"step": ["held", "recognised"], "value": [held, recognised]},
        schema={"step": pl.String, "value": pl.Int64},
    ).with_columns(
        status=pl.lit("shown"), sole=pl.lit(None, pl.Int64), sole_status=pl.lit("missing")
    )
    middle = found.rename({"reason": "step"})
    order = ["step", "value", "sole", "status", "sole_status"]
    rows = pl.concat([ends[:1].select(order), middle.select(order), ends[1:].select(order)])
    return rows.with_columns(share=pl.col("value") / held if held else pl.lit(None, pl.Float64))


def _title(held: int, recognised: int, found: pl.DataFrame, period: Period) -> Text:
    """How large the gap is, and its largest reason where none is hidden."""
    gap = held - recognised
    counts = {"gap": findings.number(gap), "held": findings.number(held)}
    if not gap or found["value"].null_count():
        return sentence(
            "{gap} af {held} samtaler er ikke medregnet, {period}",
            "{gap} of {held} meetings are not recognised, {period}",
            period=period.label,
            **counts,
        )
    reason, most = found.sort("value", descending=True).select("reason", "value").row(0)
    return sentence(
        "{gap} af {held} samtaler er ikke medregnet; {share} af gabet: {reason}",
        "{gap} of {held} meetings are not recognised; {share} of the gap: {reason}",
        share=findings.percent(most / gap),
        reason=wording.REASONS[reason],
        **counts,
    )


def _draw(drawn: pl.DataFrame, held: int, recognised: int, language: Language) -> alt.TopLevelMixin:
    names = [capital(say(wording.REASONS[reason], language)) for reason in drawn["reason"]]
    named = drawn.with_columns(name=pl.Series(names, dtype=pl.String))
    ends = (say(_ENDS[0], language), say(_ENDS[1], language))
    return waterfall(named, held, recognised, ends, language)
