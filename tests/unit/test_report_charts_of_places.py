"""Charts of places: what is hidden is a sign or a word in them, never a height or a point."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import altair as alt
import polars as pl
import pytest

from pipelines.contracts.model import Text
from pipelines.report.charts.bars import bars
from pipelines.report.charts.intervals import intervals
from pipelines.report.charts.month_axis import month_axis
from pipelines.report.charts.month_lines import month_lines
from pipelines.report.charts.month_stack import month_stack
from pipelines.report.drawing import draw
from pipelines.report.language import Language
from pipelines.report.months import months_to
from tests.unit.report_cases import exhibit

MONTHS = months_to(date(2026, 9, 1), 4)
PARTS = {"met": Text("opfyldt", "met"), "missed": Text("ikke opfyldt", "missed")}
STACK = pl.DataFrame(
    {
        "month": [*MONTHS, *MONTHS],
        "part": ["met"] * 4 + ["missed"] * 4,
        "value": [10, 0, 3, None, 5, 0, None, None],
        "status": ["shown"] * 3 + ["hidden"] + ["shown"] * 2 + ["hidden"] * 2,
    }
)
SHARES = pl.DataFrame(
    {
        "share": [0.7692, None, None],
        "low": [0.5, None, None],
        "high": [0.9, None, None],
        "verdict": ["uncertain", None, None],
        "status": ["shown", "hidden", "shown"],
    }
)


def spec(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """The chart as Vega-Lite, held against its schema."""
    made: dict[str, Any] = chart.to_dict(validate=True)
    return made


def words(chart: alt.TopLevelMixin, language: Language = "da") -> list[str]:
    svg = draw(exhibit(draw=lambda _: chart), language)
    assert svg is not None
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in re.findall(r">([^<>]+)</t", svg)]


def layer_of(chart: alt.TopLevelMixin, mark: str) -> dict[str, Any]:
    made = spec(chart)
    [found] = [layer for layer in made["layer"] if layer["mark"]["type"] == mark]
    data = found.get("data", made.get("data", {}))
    found["rows"] = made["datasets"][data["name"]] if "name" in data else data["values"]
    return dict(found)


def test_a_month_with_a_hidden_part_has_a_cross_and_no_column() -> None:
    chart = month_stack(STACK, PARTS, ("#000", "#888"), "da")
    columns = layer_of(chart, "bar")["rows"]
    assert {row["month"][:10] for row in columns} == {"2026-06-01", "2026-07-01"}
    assert [row["value"] for row in columns] == [10, 0, 5, 0]
    crosses = layer_of(chart, "text")["rows"]
    assert [row["month"][:10] for row in crosses] == ["2026-08-01", "2026-09-01"]
    assert "× måned med skjulte tal" in words(chart)  # noqa: RUF001 - the sign of the chart


def test_where_nothing_is_hidden_no_key_speaks_of_it() -> None:
    told = words(month_stack(STACK.filter(pl.col("month") < MONTHS[2]), PARTS, ("#0", "#8"), "en"))
    assert not any("hidden" in word for word in told)
    assert {"met", "missed"} <= set(told)


@pytest.mark.parametrize(
    ("language", "expected"),
    [("da", ["76,9 %", "skjult", "ingen tal"]), ("en", ["76.9%", "hidden", "no figures"])],
)
def test_a_share_that_is_hidden_says_so_in_its_place(
    language: Language, expected: list[str]
) -> None:
    chart = intervals(SHARES, ["A", "B", "C"], 0.8, language)
    told = words(chart, language)
    assert set(expected) <= set(told)
    assert len(layer_of(chart, "point")["rows"]) == 1


def test_a_bar_that_is_hidden_is_a_word_and_nought_is_a_number() -> None:
    rows = pl.DataFrame({"value": [1234, 0, None], "status": ["shown", "shown", "hidden"]})
    assert {"1.234", "0", "skjult"} <= set(words(bars(rows, ["a", "b", "c"], "da")))


def test_a_line_is_broken_where_a_share_is_hidden_and_a_month_alone_is_a_dot() -> None:
    rows = pl.DataFrame(
        {
            "month": [*MONTHS, *MONTHS],
            "name": ["Her"] * 4 + ["Landet"] * 4,
            "share": [0.2, 0.3, None, 0.4, 0.1, 0.1, 0.1, 0.1],
        }
    )
    chart = month_lines(rows, ["Her", "Landet"], "da")
    assert None in [row["share"] for row in layer_of(chart, "line")["rows"]]
    assert [row["share"] for row in layer_of(chart, "point")["rows"]] == [0.4]


@pytest.mark.parametrize(("how_many", "named"), [(4, 4), (24, 4), (94, 4), (1, 1)])
def test_an_axis_names_few_months(how_many: int, named: int) -> None:
    values = month_axis(pl.Series(months_to(date(2026, 9, 1), how_many))).to_dict()["values"]
    assert len(values) == named
