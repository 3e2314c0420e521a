"""Small exhibits and reports for the tests of the report."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import altair as alt
import polars as pl

from pipelines import wording
from pipelines.contracts.model import Text
from pipelines.report.drawing import ACCENT, data
from pipelines.report.exhibits import Column, Exhibit, Report

ROWS = pl.DataFrame(
    {
        "mode": ["in_person", "phone", "virtual", "written"],
        "month": [date(2020, 3, 1)] * 4,
        "held": [1234, 0, None, None],
        "share": [0.7692, 0.0, None, None],
        "status": ["shown", "shown", "hidden", "missing"],
        "stage": ["final", "provisional", "final", "final"],
    }
)
COLUMNS = (
    Column("mode", Text("Form", "Mode"), "code", wording.MODES),
    Column("month", Text("Måned", "Month"), "month"),
    Column("held", Text("Afholdt", "Held"), "number"),
    Column("share", Text("Andel", "Share"), "percent"),
)


def bars(_language: str) -> alt.Chart:
    return (
        alt.Chart(data(ROWS))
        .mark_bar(color=ACCENT)
        .encode(x=alt.X("held:Q"), y=alt.Y("mode:N"))
        .properties(width=300)
    )


def exhibit(**changes: object) -> Exhibit:
    parts: dict[str, Any] = {
        "id": "proeve-form",
        "title": Text("Flest mødte op & <talte>", "Most met in person & <talked>"),
        "definition": Text("Afholdte samtaler efter form.", "Meetings held, by mode."),
        "rows": ROWS,
        "columns": COLUMNS,
        "draw": bars,
    }
    return Exhibit(**(parts | changes))


def report(**facts: object) -> Report:
    """A report with facts given by name; figures where a test gives them."""
    figures = cast("Any", facts.pop("figures", None))
    base = {"publication_id": "2026-11-20-f71424e91897", "as_of": date(2026, 11, 20)}
    return Report(figures, cast("Any", SimpleNamespace(**(base | facts))))


def figures(
    values: dict[tuple[str, str, str, str], int | None],
    months: tuple[date, ...],
    place: str = "DK",
    level: str = "country",
) -> pl.DataFrame:
    """The figures frame of one place, every month alike: (family, measure, by, category) to value.

    None is hidden.
    """
    return pl.DataFrame(
        [
            (
                *(family, month, level, place, measure, by, category, value),
                "hidden" if value is None else "shown",
                "final",
            )
            for (family, measure, by, category), value in values.items()
            for month in months
        ],
        schema={
            "family": pl.String,
            "month": pl.Date,
            "level": pl.String,
            "place": pl.String,
            "measure": pl.String,
            "by": pl.String,
            "category": pl.String,
            "value": pl.Int64,
            "status": pl.String,
            "stage": pl.String,
        },
        orient="row",
    )
