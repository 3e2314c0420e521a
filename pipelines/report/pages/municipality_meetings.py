"""A municipality's meetings beside its region and the country."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from pipelines.contracts.model import Text
from pipelines.report import findings
from pipelines.report.charts.month_lines import month_lines
from pipelines.report.charts.month_stack import month_stack
from pipelines.report.drawing import ACCENT, AMBER
from pipelines.report.exhibits import Column, Exhibit
from pipelines.report.figures import Figures
from pipelines.report.findings import sentence
from pipelines.report.language import Language, say
from pipelines.report.measures import GAP, HELD, RECOGNISED
from pipelines.report.places import place_names

if TYPE_CHECKING:
    import altair as alt

_PARTS: Final = {
    "recognised": Text("medregnet", "recognised"),
    "gap": Text("ikke medregnet", "not recognised"),
}
_DUTY: Final = Text(
    "Samtaler efter måneden, de blev holdt i. Medregnet er dem, der kan opfylde lovens krav "
    "(regelsættet pligten).",
    "Meetings by the month they were held in. Recognised are those that can meet the law's "
    "requirements (the duty regime).",
)


def compared(
    figures: Figures, places: Sequence[str], months: Sequence[date], exhibit_id: str
) -> Exhibit:
    """Held, not recognised and its share: the latest month and all months, a row a place."""
    names = place_names()
    latest = figures.shares(GAP, HELD, places, months[-1:], line=0)
    every = figures.shares(GAP, HELD, places, months, line=0)
    fields = ("whole", "whole_status", "part", "part_status", "share", "status")
    rows = pl.concat(
        [
            latest.select("place", *(pl.col(f).alias(f"month_{f}") for f in fields)),
            every.select(pl.col(f).alias(f"year_{f}") for f in fields),
        ],
        how="horizontal",
    )
    own, country = rows.row(0, named=True), rows.row(-1, named=True)
    span = "year" if own["year_share"] is not None else "month"
    if own[f"{span}_share"] is not None and country[f"{span}_share"] is not None:
        title = sentence(
            "{own} af samtalerne i {where} blev ikke medregnet {when}; i hele landet {country}",
            "{own} of the meetings in {where} were not recognised {when}; {country} in Denmark",
            own=findings.percent(own[f"{span}_share"]),
            country=findings.percent(country[f"{span}_share"]),
            where=names[places[0]],
            when=_span(months if span == "year" else months[-1:]),
        )
    else:
        title = Text("Kommunen, regionen og landet", "The municipality, its region, the country")
    return Exhibit(
        id=exhibit_id,
        title=title,
        definition=sentence(
            "{duty} Tolv måneder er {period}.",
            "{duty} Twelve months are {period}.",
            duty=_DUTY,
            period=findings.period(months),
        ),
        rows=rows,
        columns=(
            Column("place", Text("Sted", "Place"), "code", names),
            *_columns("month", findings.month(months[-1])),
            *_columns("year", Text("tolv måneder", "twelve months")),
        ),
        stages=figures.stages(months),
    )


def held_by_month(figures: Figures, place: str, months: Sequence[date], exhibit_id: str) -> Exhibit:
    """Held, recognised and not recognised by month."""
    rows = wide(figures, place, months)
    where = place_names()[place]
    held, gap = (figures.figure(measure, place, months[-1]) for measure in (HELD, GAP))
    if held.value is not None and gap.value is not None:
        title = sentence(
            "{where} holdt {held} samtaler i {month}; {gap} af dem blev ikke medregnet",
            "{where} held {held} meetings in {month}; {gap} of them were not recognised",
            where=where,
            month=findings.month(months[-1]),
            held=findings.number(held.value),
            gap=findings.number(gap.value),
        )
    else:
        title = Text(
            "Afholdte og medregnede samtaler, måned for måned",
            "Meetings held and recognised, month by month",
        )
    names = {"held": Text("Afholdt", "Held"), "recognised": Text("Medregnet", "Recognised")}
    names |= {"gap": Text("Ikke medregnet", "Not recognised")}
    return Exhibit(
        id=exhibit_id,
        title=title,
        definition=_DUTY,
        rows=rows,
        columns=(
            Column("month", Text("Måned", "Month"), "month"),
            *(
                Column(name, text, "number", status=f"{name}_status")
                for name, text in names.items()
            ),
        ),
        # A chart of nothing but crosses says less than its table.
        draw=partial(_draw_months, rows) if rows["gap"].count() else None,
    )


def gap_shares(
    figures: Figures, places: Sequence[str], months: Sequence[date], exhibit_id: str
) -> Exhibit:
    """The share not recognised by month: the municipality, its region, the country."""
    names = place_names()
    series = {
        place: wide(figures, place, months).select(
            "month",
            # A share may be told only where both of its numbers are.
            share=pl.when(pl.col("held") > 0).then(pl.col("gap") / pl.col("held")),
            status=pl.when((pl.col("gap_status") == "shown") & (pl.col("held_status") == "shown"))
            .then(pl.lit("shown"))
            .when((pl.col("gap_status") == "missing") | (pl.col("held_status") == "missing"))
            .then(pl.lit("missing"))
            .otherwise(pl.lit("hidden")),
        )
        for place in places
    }
    fields = ("own", "region", "country")
    rows = pl.concat(
        [
            series[places[0]].select("month"),
            *(
                series[place].select(
                    pl.col("share").alias(field), pl.col("status").alias(f"{field}_status")
                )
                for field, place in zip(fields, places, strict=True)
            ),
        ],
        how="horizontal",
    )
    return Exhibit(
        id=exhibit_id,
        title=_gap_title(rows, names[places[0]]),
        definition=sentence(
            "Andel af de afholdte samtaler, der ikke er medregnet i pligten, efter måned.",
            "Share of the meetings held that are not recognised in the duty regime, by month.",
        ),
        rows=rows,
        columns=(
            Column("month", Text("Måned", "Month"), "month"),
            *(
                Column(field, names[place], "percent", status=f"{field}_status")
                for field, place in zip(fields, places, strict=True)
            ),
        ),
        draw=partial(_draw_shares, rows, [names[place] for place in places]),
        stages=figures.stages(months),
    )


def wide(figures: Figures, place: str, months: Sequence[date]) -> pl.DataFrame:
    """One row a month: held, recognised, gap, each with its status, and the stage."""
    parts = [figures.series([measure], [place], months) for measure in (HELD, RECOGNISED, GAP)]
    return pl.concat(
        [
            parts[0].select("month"),
            *(
                part.select(
                    pl.col("value").alias(part["measure"][0]),
                    pl.col("status").alias(f"{part['measure'][0]}_status"),
                )
                for part in parts
            ),
            parts[0].select("stage"),
        ],
        how="horizontal",
    )


def _columns(span: str, heading: Text) -> list[Column]:
    return [
        Column(
            f"{span}_{field}",
            Text(f"{da}, {heading.da}", f"{en}, {heading.en}"),
            "percent" if field == "share" else "number",
            status=f"{span}_{status}",
        )
        for field, status, da, en in (
            ("whole", "whole_status", "Afholdt", "Held"),
            ("part", "part_status", "Ikke medregnet", "Not recognised"),
            ("share", "status", "Andel", "Share"),
        )
    ]


def _span(months: Sequence[date]) -> Text:
    if len(months) == 1:
        return sentence("i {month}", "in {month}", month=findings.month(months[0]))
    return Text("over tolv måneder", "over twelve months")


def _gap_title(rows: pl.DataFrame, where: Text) -> Text:
    months = rows.drop_nulls(["own", "country"])
    if not months.height:
        return Text(
            "Andel, der ikke er medregnet, måned for måned", "Share not recognised, by month"
        )
    above = months.filter(pl.col("own") > pl.col("country")).height
    return sentence(
        "I {above} af {all} måneder var andelen, der ikke tæller, større i {where} end i landet",
        "In {above} of {all} months the share that does not count was larger in {where} than in "
        "Denmark",
        where=where,
        above=findings.number(above),
        all=findings.number(months.height),
    )


def _draw_months(rows: pl.DataFrame, language: Language) -> alt.TopLevelMixin:
    parts = pl.concat(
        rows.select("month", part=pl.lit(name), value=pl.col(name), status=pl.col(f"{name}_status"))
        for name in _PARTS
    )
    return month_stack(parts, _PARTS, (ACCENT, AMBER), language)


def _draw_shares(
    rows: pl.DataFrame, names: Sequence[Text], language: Language
) -> alt.TopLevelMixin:
    told = [say(name, language) for name in names]
    lines = pl.concat(
        rows.select("month", name=pl.lit(name), share=pl.col(field))
        for field, name in zip(("own", "region", "country"), told, strict=True)
    )
    return month_lines(lines, told, language)
