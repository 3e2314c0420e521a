"""The work behind public figures: meetings by mode as hours and money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from pipelines import wording
from pipelines.contracts.model import Text
from pipelines.costs.model import Standard
from pipelines.costs.work import Meetings, Work, work_of
from pipelines.disclosure.sheet import COUNTRY
from pipelines.report import findings
from pipelines.report import language as written
from pipelines.report.exhibits import Column
from pipelines.report.figure import Figure
from pipelines.report.figures import Figures
from pipelines.report.findings import sentence
from pipelines.report.language import DASH, LANGUAGES
from pipelines.report.measures import Measure

_FEW: Final = 10  # full-time years that are told with a decimal
MILLION: Final = 1_000_000
MODES: Final = tuple(wording.MODES)
_SCHEMA: Final = {
    "code": pl.String,
    "meetings": pl.Int64,
    "conversation_hours": pl.Float64,
    "administration_hours": pl.Float64,
    "full_time_years": pl.Float64,
    "dkk_low": pl.Float64,
    "dkk_middle": pl.Float64,
    "dkk_high": pl.Float64,
    "status": pl.String,
    "stage": pl.String,
}


@dataclass(frozen=True, slots=True)
class Costed:
    """A public figure with the work of its meetings; without where the figure is not shown."""

    code: str
    figure: Figure
    work: Work | None


def meetings_by_mode(
    figures: Figures, measure: Measure, months: Sequence[date]
) -> dict[str, int] | None:
    """The country's meetings of a measure by mode; None where their sum is not shown.

    What hidden modes sum to stands with the unknown.
    """
    total = figures.total(measure, COUNTRY, months).value
    if total is None:
        return None
    modes = figures.totals(measure.split("mode", MODES), [COUNTRY], months)
    shown = {mode: value or 0 for mode, value in modes.select("category", "value").iter_rows()}
    return shown | {"unknown": shown["unknown"] + total - sum(shown.values())}


def costed(code: str, figure: Figure, meetings: Meetings | None, standard: Standard) -> Costed:
    """The figure with the work of its meetings by mode."""
    return Costed(code, figure, None if meetings is None else work_of(meetings, standard))


def rows_of(lines: Sequence[Costed]) -> pl.DataFrame:
    """One row a line: code, meetings, hours, full-time years and DKK, status, stage."""
    return pl.DataFrame([_row(line) for line in lines], schema=_SCHEMA, orient="row")


def _row(line: Costed) -> tuple[object, ...]:
    work, figure = line.work, line.figure
    numbers = (
        (
            work.conversation_hours,
            work.administration_hours,
            work.full_time_years,
            work.dkk_low,
            work.dkk_middle,
            work.dkk_high,
        )
        if work
        else (None,) * 6
    )
    return (line.code, figure.value, *numbers, figure.status, figure.stage)


def columns(first: Column, price_year: int | None) -> tuple[Column, ...]:
    """The columns of `rows_of`, headed by what a row is; without a year where there are two."""
    return (
        first,
        Column("meetings", Text("Samtaler", "Meetings"), "number"),
        Column("conversation_hours", Text("Timer, samtale", "Hours, conversation"), "number"),
        Column(
            "administration_hours", Text("Timer, administration", "Hours, administration"), "number"
        ),
        Column("full_time_years", Text("Årsværk", "Full-time years"), "decimal"),
        Column("dkk_low", _dkk("lav", "low", price_year), "number"),
        Column("dkk_middle", _dkk("middel", "middle", price_year), "number"),
        Column("dkk_high", _dkk("høj", "high", price_year), "number"),
    )


def _dkk(da: str, en: str, year: int | None) -> Text:
    of_year = f" ({year})" if year else ""
    return Text(f"Kr.{of_year}, {da}", f"DKK{of_year}, {en}")


def money(*dkk: float) -> Text:
    """An amount, or the lowest and the highest of several, in DKK or millions of them."""
    ends = sorted({min(dkk), max(dkk)})
    is_large = abs(ends[-1]) >= MILLION
    told = [findings.number(round(end / MILLION if is_large else end)) for end in ends]
    return sentence(
        "{told} mio. kr." if is_large else "{told} kr.",
        "DKK {told} million" if is_large else "DKK {told}",
        told=_between(told, is_below=ends[0] < 0),
    )


def _between(ends: Sequence[Text], *, is_below: bool) -> Text:
    """The ends as a range; below nought with a word, for a dash would be read as a minus."""
    da, en = (" til ", " to ") if is_below else (DASH, DASH)
    return Text(da.join(one.da for one in ends), en.join(one.en for one in ends))


def _years(number: float) -> Text:
    decimals = int(abs(number) < _FEW)
    return Text(*(written.number(number, language, decimals) for language in LANGUAGES))


def worth(work: Work) -> dict[str, Text]:
    """The parts of a sentence about some work."""
    return {
        "conversation": findings.number(round(work.conversation_hours)),
        "administration": findings.number(round(work.administration_hours)),
        "hours": findings.number(round(work.hours)),
        "years": _years(work.full_time_years),
        "dkk": money(work.dkk_low, work.dkk_high),
    }
