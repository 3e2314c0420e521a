"""Requirements of a place that fell due: by month, by target group, beside other places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from pipelines import wording
from pipelines.contracts.codes import TARGET_GROUPS
from pipelines.contracts.model import Text
from pipelines.report import findings
from pipelines.report.charts.intervals import intervals
from pipelines.report.charts.month_stack import month_stack
from pipelines.report.drawing import ACCENT, ACCENT_LIGHT, AMBER, AMBER_LIGHT
from pipelines.report.exhibits import Column, Exhibit
from pipelines.report.figure import Figure
from pipelines.report.figures import Figures
from pipelines.report.findings import sentence
from pipelines.report.language import Language, say
from pipelines.report.measures import DUE, MET, UNMET, UNMET_STATUSES, Measure
from pipelines.report.months import months_of
from pipelines.report.places import place_names
from pipelines.report.shares import LINE
from pipelines.report.words import VERDICTS

if TYPE_CHECKING:
    import altair as alt

GROUP_NAMES: Final = {group: wording.TARGET_GROUPS[group] for group in TARGET_GROUPS}
_BY_STATUS: Final = UNMET.split("status", UNMET_STATUSES)
_PARTS_OF_DUE: Final = (DUE, MET, *_BY_STATUS)
_PERIODS: Final = {
    "month": Column("month", Text("Måned", "Month"), "month"),
    "quarter": Column("quarter", Text("Kvartal", "Quarter"), "quarter"),
}
# In the order of a column's parts, from the bottom.
_PARTS: Final = {
    "met": Text("opfyldt til tiden", "met in time"),
    "caught_up": Text("indhentet senere", "caught up later"),
    "carried": Text("skal stadig indhentes", "still owed"),
    "missed": Text("ikke opfyldt", "missed"),
}
_SHARE_COLUMNS: Final = (
    Column("whole", Text("Forfaldne", "Due"), "number", status="whole_status"),
    Column("part", Text("Opfyldt", "Met"), "number", status="part_status"),
    Column("share", Text("Andel opfyldt", "Share met"), "percent"),
    Column("low", Text("Mindst", "At least"), "percent"),
    Column("high", Text("Højst", "At most"), "percent"),
    Column("verdict", Text("Mod 80 %", "Against 80%"), "code", VERDICTS),
)


def by_month(figures: Figures, place: str, months: Sequence[date], exhibit_id: str) -> Exhibit:
    """Due, met, missed, caught up and carried by the month they fell due."""
    wide = _wide(figures, _PARTS_OF_DUE, place, months)
    due, met = (figures.figure(measure, place, months[-1]) for measure in (DUE, MET))
    exhibit = _by_period(wide, place, due, met, findings.month(months[-1]), exhibit_id)
    return replace(exhibit, draw=partial(_draw_months, wide))


def by_quarter(figures: Figures, place: str, quarters: Sequence[date], exhibit_id: str) -> Exhibit:
    """The same of a municipality, whose requirements are public by the quarter: a table."""
    measures = [measure.by_quarter for measure in _PARTS_OF_DUE]
    wide = _wide(figures, measures, place, quarters).rename({"month": "quarter"})
    due, met = (figures.figure(measure, place, quarters[-1]) for measure in measures[:2])
    return _by_period(wide, place, due, met, findings.quarter(quarters[-1]), exhibit_id)


def _by_period(
    wide: pl.DataFrame, place: str, due: Figure, met: Figure, when: Text, exhibit_id: str
) -> Exhibit:
    where = place_names()[place]
    period = wide.columns[0]
    if due.value and met.value is not None:
        title = sentence(
            "{where}: {share} af de {due} krav, der forfaldt i {when}, blev opfyldt til tiden",
            "{where}: {share} of the {due} requirements due in {when} were met in time",
            where=where,
            when=when,
            due=findings.number(due.value),
            share=findings.percent(met.value / due.value),
        )
    else:
        title = sentence(
            "{where}: krav, der forfaldt, og hvad der blev af dem",
            "{where}: requirements that fell due, and what became of them",
            where=where,
        )
    return Exhibit(
        id=exhibit_id,
        title=title,
        definition=Text(
            "Krav om samtaler efter hvornår fristen udløb; bortfaldne og åbne krav er ikke "
            "med. Indhentet og skal stadig indhentes gælder kun frister fra marts til august 2020.",
            "Requirements of meetings by when their window ended; lapsed and open ones are "
            "left out. Caught up and still owed exist only for March to August 2020.",
        ),
        rows=wide,
        columns=(
            _PERIODS[period],
            Column("due", Text("Forfaldne", "Due"), "number", status="due_status"),
            *(
                Column(name, _capital(text), "number", status=f"{name}_status")
                for name, text in _PARTS.items()
            ),
        ),
    )


def met_by_group(figures: Figures, place: str, months: Sequence[date], exhibit_id: str) -> Exhibit:
    """The share met by target group over the months, with the interval of chance."""
    rows = pl.concat(
        figures.shares(
            MET.of("target_group", group), DUE.of("target_group", group), [place], months, LINE
        ).with_columns(target_group=pl.lit(group))
        for group in TARGET_GROUPS
    )
    known = rows.drop_nulls("share").sort("share")
    if known.height > 1 and rows.filter(pl.col("status") != "shown").is_empty():
        worst, best = known.row(0, named=True), known.row(-1, named=True)
        title = sentence(
            "Fra {low} til {high} af kravene opfyldt: lavest for {worst}, højest for {best}",
            "From {low} to {high} of the requirements met: lowest for {worst}, highest for {best}",
            low=findings.percent(worst["share"]),
            high=findings.percent(best["share"]),
            worst=GROUP_NAMES[worst["target_group"]],
            best=GROUP_NAMES[best["target_group"]],
        )
    else:
        title = Text("Krav opfyldt efter målgruppe", "Requirements met, by target group")
    return Exhibit(
        id=exhibit_id,
        title=title,
        definition=sentence(
            "Andel af forfaldne krav, der blev opfyldt til tiden, {when}. Stregen er det "
            "95\N{NO-BREAK SPACE}%-interval (Wilson), som tilfældet alene kan flytte andelen i.",
            "Share of due requirements met in time, {when}. The bar is the 95% interval (Wilson) "
            "within which chance alone may move the share.",
            when=findings.period(months),
        ),
        rows=rows,
        columns=(
            Column("target_group", Text("Målgruppe", "Target group"), "code", GROUP_NAMES),
            *_SHARE_COLUMNS,
        ),
        draw=partial(_draw_shares, rows, "target_group", GROUP_NAMES),
        stages=figures.stages(months),
    )


def met_by_place(
    figures: Figures, places: Sequence[str], quarters: Sequence[date], exhibit_id: str
) -> Exhibit:
    """The share met of a municipality beside its region and the country."""
    names = place_names()
    rows = figures.shares(MET.by_quarter, DUE.by_quarter, places, quarters, LINE)
    own, country = rows.row(0, named=True), rows.row(-1, named=True)
    if own["share"] is not None and country["share"] is not None:
        title = sentence(
            "{where} opfyldte {share} af kravene til tiden, hele landet {country}",
            "{where} met {share} of the requirements in time, the whole country {country}",
            where=names[places[0]],
            share=findings.percent(own["share"]),
            country=findings.percent(country["share"]),
        )
    else:
        title = Text(
            "Andel af krav, der blev opfyldt til tiden", "Share of requirements met in time"
        )
    return Exhibit(
        id=exhibit_id,
        title=title,
        definition=sentence(
            "Andel af forfaldne krav, der blev opfyldt til tiden, {when}, med det "
            "95\N{NO-BREAK SPACE}%-interval (Wilson), som tilfældet alene kan flytte andelen i.",
            "Share of due requirements met in time, {when}, with the 95% interval (Wilson) within "
            "which chance alone may move the share.",
            when=findings.period(months_of(quarters)),
        ),
        rows=rows,
        columns=(Column("place", Text("Sted", "Place"), "code", names), *_SHARE_COLUMNS),
        draw=partial(_draw_shares, rows, "place", names),
        stages=figures.stages(quarters, "requirements_quarter"),
    )


def _wide(
    figures: Figures, measures: Sequence[Measure], place: str, months: Sequence[date]
) -> pl.DataFrame:
    """One row a month: each measure under its category or name, with its status beside it."""
    long = figures.series(measures, [place], months)
    key = pl.when(pl.col("category") == "").then("measure").otherwise("category")
    wide = long.with_columns(key=key).pivot("key", index="month", values=["value", "status"])
    names = [measure.category or measure.name for measure in measures]
    stage = long.group_by("month", maintain_order=True).agg(pl.col("stage").first())
    return wide.join(stage, on="month", maintain_order="left").select(
        "month",
        *(
            column
            for name in names
            for column in (
                pl.col(f"value_{name}").alias(name),
                pl.col(f"status_{name}").alias(f"{name}_status"),
            )
        ),
        "stage",
    )


def _capital(text: Text) -> Text:
    return Text(text.da.capitalize(), text.en.capitalize())


def _draw_months(wide: pl.DataFrame, language: Language) -> alt.TopLevelMixin:
    parts = pl.concat(
        wide.select(
            "month",
            part=pl.lit(name),
            value=pl.col(name),
            status=pl.col(f"{name}_status"),
        )
        for name in _PARTS
    )
    colours = (ACCENT, ACCENT_LIGHT, AMBER_LIGHT, AMBER)
    return month_stack(parts, _PARTS, colours, language)


def _draw_shares(
    rows: pl.DataFrame, key: str, names: Mapping[str, Text], language: Language
) -> alt.TopLevelMixin:
    return intervals(rows, [say(names[code], language) for code in rows[key]], LINE, language)
