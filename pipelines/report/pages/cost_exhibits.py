"""What meetings take of hours and money: of the last year, by mode, and by period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from pipelines import wording
from pipelines.contracts.model import Text
from pipelines.costs.model import Standard
from pipelines.disclosure.sheet import COUNTRY
from pipelines.report.charts.hours import hours as draw_hours
from pipelines.report.costing import (
    MODES,
    Costed,
    columns,
    costed,
    meetings_by_mode,
    rows_of,
    worth,
)
from pipelines.report.exhibits import Column, Exhibit
from pipelines.report.figures import Figures
from pipelines.report.findings import sentence
from pipelines.report.language import Language, capital, say
from pipelines.report.measures import GAP, HELD, RECOGNISED, UNMET
from pipelines.report.periods import Period

if TYPE_CHECKING:
    import altair as alt

_MEETINGS: Final = {"held": HELD, "recognised": RECOGNISED, "gap": GAP}
_LACKING: Final = ("missed", "carried")
_LINES: Final = {
    "held": Text("Afholdt", "Held"),
    "recognised": Text("Medregnet", "Recognised"),
    "gap": Text("Ikke medregnet (gabet)", "Not recognised (the gap)"),
    "missed": Text("Mangler: krav ikke opfyldt", "Lacking: requirements missed"),
    "carried": Text("Mangler: skal stadig indhentes", "Lacking: still owed"),
}
_LACKING_HOW: Final = Text(
    "Det, der mangler, er de samtaler, de forfaldne krav endnu mangler, regnet som ved fremmøde. "
    "Hver måned er rundet ned til fem, så tallet er det mindste, det kan være.",
    "What is lacking is the meetings that the requirements due still lack, reckoned as in person. "
    "Each month is rounded down to five, so the number is the least that it can be.",
)


def by_line(figures: Figures, lacking: pl.DataFrame, period: Period, standard: Standard) -> Exhibit:
    """Held, recognised, the gap, and the meetings lacking (Facts.lacking)."""
    lines = [
        costed(
            code,
            figures.total(measure, COUNTRY, period.months),
            meetings_by_mode(figures, measure, period.months),
            standard,
        )
        for code, measure in _MEETINGS.items()
    ]
    lines += [_lacking(figures, lacking, status, period, standard) for status in _LACKING]
    return _exhibit(
        "omkostninger-tal",
        lines,
        _LINES,
        Text("Hvad", "What"),
        standard,
        title=_title(lines, Text("Samtalernes timer og kroner", "Hours and money of meetings")),
        definition=sentence(
            "Landets samtaler, {period}: timer til samtale og administration, og prisen.",
            "The country's meetings, {period}: hours of conversation and administration, and cost.",
            period=period.label,
        ),
        note=_LACKING_HOW,
    )


def by_mode(figures: Figures, period: Period, standard: Standard) -> Exhibit:
    """The gap by mode: each with its own minutes."""
    modes = {mode: figures.total(GAP.of("mode", mode), COUNTRY, period.months) for mode in MODES}
    lines = [
        costed(mode, it, None if it.value is None else {mode: it.value}, standard)
        for mode, it in modes.items()
    ]
    return _exhibit(
        "omkostninger-former",
        lines,
        wording.MODES,
        Text("Samtaleform", "Mode"),
        standard,
        title=_longest(
            lines,
            wording.MODES,
            "Flest af gabets timer gik til: {what} ({hours} timer)",
            "Most hours of the gap went to: {what} ({hours} hours)",
            Text("Gabets timer efter form", "Hours of the gap by mode"),
        ),
        definition=sentence(
            "Afholdte samtaler, der ikke er medregnet, {period}, efter form.",
            "Meetings held that are not recognised, {period}, by mode.",
            period=period.label,
        ),
    )


def by_period(figures: Figures, periods: Sequence[Period], standard: Standard) -> Exhibit | None:
    """The gap of each period; None where there is none."""
    if not periods:
        return None
    labels = {period.code: period.label for period in periods}
    lines = [
        costed(
            period.code,
            figures.total(GAP, COUNTRY, period.months),
            meetings_by_mode(figures, GAP, period.months),
            standard,
        )
        for period in periods
    ]
    return _exhibit(
        "omkostninger-perioder",
        lines,
        labels,
        Text("Periode", "Period"),
        standard,
        title=_longest(
            lines,
            labels,
            "Gabet tog flest timer i perioden {what} ({hours} timer)",
            "The gap took most hours in the period {what} ({hours} hours)",
            Text("Gabets timer år for år", "Hours of the gap, year by year"),
        ),
        definition=Text(
            "Afholdte samtaler, der ikke er medregnet; perioderne kan overlappe.",
            "Meetings held that are not recognised; the periods may overlap.",
        ),
    )


def _lacking(
    figures: Figures, lacking: pl.DataFrame, status: str, period: Period, standard: Standard
) -> Costed:
    """The meetings of a period that requirements lack, where the requirements are shown.

    A requirement lacks at least one; so do those of months that are left out for their few persons.
    """
    figure = figures.total(UNMET.of("status", status), COUNTRY, period.months)
    if figure.value is None:
        return costed(status, figure, None, standard)
    of_period = pl.col("month").is_in(period.months) & (pl.col("status") == status)
    meetings = max(figure.value, int(lacking.filter(of_period)["meetings"].sum()))
    return costed(status, replace(figure, value=meetings), {"in_person": meetings}, standard)


def _title(lines: Sequence[Costed], otherwise: Text) -> Text:
    gap = next(line for line in lines if line.code == "gap")
    if gap.work is None:
        return otherwise
    return sentence(
        "Gabets samtaler er regnet til {hours} timer og {dkk}",
        "The meetings of the gap are reckoned at {hours} hours and {dkk}",
        **worth(gap.work),
    )


def _longest(
    lines: Sequence[Costed], labels: Mapping[str, Text], da: str, en: str, otherwise: Text
) -> Text:
    """Which line has the most hours; nothing of it where some are not shown."""
    works = {line.code: line.work for line in lines if line.work}
    if len(works) < len(lines):
        return otherwise
    code, work = max(works.items(), key=lambda it: it[1].hours)
    return sentence(da, en, what=labels[code], **worth(work))


def _exhibit(
    name: str,
    lines: Sequence[Costed],
    labels: Mapping[str, Text],
    heading: Text,
    standard: Standard,
    *,
    title: Text,
    definition: Text,
    note: Text | None = None,
) -> Exhibit:
    rows = rows_of(lines)
    names = [labels[line.code] for line in lines]
    return Exhibit(
        id=name,
        title=title,
        definition=definition,
        rows=rows,
        columns=columns(Column("code", heading, "code", labels), standard.price_year),
        draw=partial(_draw, rows, names),
        note=note,
    )


def _draw(rows: pl.DataFrame, names: Sequence[Text], language: Language) -> alt.TopLevelMixin:
    return draw_hours(rows, [capital(say(name, language)) for name in names], language)
