"""The overdue requirements of a place, by age and by target group."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from pipelines.contracts.model import Text
from pipelines.report import findings
from pipelines.report.charts.bars import bars
from pipelines.report.exhibits import Column, Exhibit
from pipelines.report.figures import Figures
from pipelines.report.findings import sentence
from pipelines.report.language import DASH, Language, say
from pipelines.report.measures import AGES, OVERDUE
from pipelines.report.pages.requirement_exhibits import GROUP_NAMES

if TYPE_CHECKING:
    import altair as alt

AGE_NAMES: Final = {
    age: Text("over 52 uger", "over 52 weeks")
    if age == AGES[-1]
    else Text(f"{age.replace('-', DASH)} uger", f"{age.replace('-', DASH)} weeks")
    for age in AGES
}
_GROUP: Final = Text("Målgruppe", "Target group")


def overdue_by_age(figures: Figures, place: str, month: date, exhibit_id: str) -> Exhibit:
    """The overdue requirements at the end of a month, by weeks past their due day."""
    return _overdue(figures, place, month, exhibit_id, "age", AGE_NAMES)


def overdue_by_group(figures: Figures, place: str, month: date, exhibit_id: str) -> Exhibit:
    """The overdue requirements at the end of a month, by target group."""
    return _overdue(figures, place, month, exhibit_id, "target_group", GROUP_NAMES)


def _overdue(
    figures: Figures,
    place: str,
    month: date,
    exhibit_id: str,
    by: str,
    names: Mapping[str, Text],
) -> Exhibit:
    rows = figures.series(OVERDUE.split(by, names), [place], [month]).select(
        pl.col("category").alias(by), "value", "status", "stage"
    )
    total = figures.figure(OVERDUE, place, month)
    heading = Text("Uger over fristen", "Weeks overdue") if by == "age" else _GROUP
    return Exhibit(
        id=exhibit_id,
        title=_overdue_title(rows, total.value, by, names),
        definition=sentence(
            "Krav, hvis frist var udløbet, som ikke var opfyldt, og hvor forløbet stadig løb, ved "
            "udgangen af {when} (eller på opgørelsesdagen i den løbende måned).",
            "Requirements past their window and not met, of spells still running, at the end of "
            "{when} (or on the reporting day in the running month).",
            when=findings.month(month),
        ),
        rows=rows,
        columns=(
            Column(by, heading, "code", names),
            Column("value", Text("Krav over fristen", "Overdue requirements"), "number"),
        ),
        draw=partial(_draw_bars, rows, by, names),
    )


def _overdue_title(
    rows: pl.DataFrame, total: int | None, by: str, names: Mapping[str, Text]
) -> Text:
    """The finding where it is certain: what is hidden may hold more than the largest shown."""
    most = rows.drop_nulls("value").sort("value", descending=True, maintain_order=True)
    if not total or not most.height or most["value"][0] <= total - most["value"].sum():
        split = Text("alder", "age") if by == "age" else Text("målgruppe", "target group")
        none = total == 0
        return sentence(
            "Ingen krav står over fristen" if none else "Krav over fristen efter {split}",
            "No requirement is overdue" if none else "Overdue requirements by {split}",
            split=split,
        )
    da = (
        "{total} krav står over fristen; flest, {most}, har ventet {what}"
        if by == "age"
        else "{total} krav står over fristen; flest, {most}, er for {what}"
    )
    en = (
        "{total} requirements are overdue; most, {most}, by {what}"
        if by == "age"
        else "{total} requirements are overdue; most, {most}, for {what}"
    )
    return sentence(
        da,
        en,
        total=findings.number(total),
        most=findings.number(most["value"][0]),
        what=names[most[by][0]],
    )


def _draw_bars(
    rows: pl.DataFrame, key: str, names: Mapping[str, Text], language: Language
) -> alt.TopLevelMixin:
    return bars(rows, [say(names[code], language) for code in rows[key]], language)
