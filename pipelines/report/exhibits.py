"""The exhibit: one chart with its table, the unit of a figure on a page and of the files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final, Literal

import polars as pl

from pipelines.contracts.model import Text
from pipelines.costs.table import Costs
from pipelines.report import language as written
from pipelines.report.drawings import NOTHING_KEPT, Drawings
from pipelines.report.figure import STAGES
from pipelines.report.language import Language, say
from pipelines.report.words import WORDS

if TYPE_CHECKING:
    import altair as alt

    from pipelines.need.public import Need
    from pipelines.report.facts import Facts
    from pipelines.report.figures import Figures

ColumnKind = Literal[
    "code", "text", "number", "signed", "decimal", "percent", "month", "quarter", "day", "week"
]
Drawer = Callable[[Language], "alt.TopLevelMixin"]
_WRITERS: Final[Mapping[ColumnKind, Callable[..., str]]] = {
    "number": written.number,
    "signed": written.signed,
    "decimal": partial(written.number, decimals=1),
    "percent": written.percent,
    "month": written.month,
    "quarter": written.quarter,
    "day": written.day,
    "week": written.week,
}
_NUMERIC: Final = frozenset({"number", "signed", "decimal", "percent"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an exhibit's table.

    `labels` are the words for the codes of a `code` column. A null is shown as hidden where the
    column named `status` says `hidden` in that row, else as missing. A percent is a share, 0 to 1.
    """

    name: str
    heading: Text
    kind: ColumnKind
    labels: Mapping[str, Text] = field(default_factory=dict)
    status: str = "status"

    @property
    def is_numeric(self) -> bool:
        """Whether its cells stand to the right."""
        return self.kind in _NUMERIC


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One chart with its table. Without `draw` it is a table only.

    `rows` is the machine form: codes, dates, shares from 0 to 1; a hidden number is null with the
    status `hidden`, never 0. A column `stage`, where there is one, says how settled a row is.
    """

    id: str  # names the files: lower-case letters, digits and hyphens
    title: Text  # says the finding, not the axis
    definition: Text  # one line: what is counted
    rows: pl.DataFrame
    columns: tuple[Column, ...]
    draw: Drawer | None = None
    note: Text | None = None  # what a reader should know before believing it
    stages: tuple[str, ...] = ()  # where `rows` has no column `stage`

    @property
    def settled(self) -> tuple[str, ...]:
        """How settled its figures are, the least settled first."""
        found = set(self.stages)
        if "stage" in self.rows.columns:
            found |= set(self.rows["stage"].drop_nulls())
        return tuple(stage for stage in STAGES if stage in found)


@dataclass(frozen=True, slots=True)
class Page:
    """One page in one language. `name` is its path without `.html`, as `kommuner/101`.

    `drawings` are its SVG files, by the id of the exhibit, so that nothing is drawn twice.
    """

    name: str
    title: Text
    html: str
    exhibits: tuple[Exhibit, ...]
    drawings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Report:
    """What every page is made from: public figures, facts that concern no person, and costs.

    `need` is None before the first meeting, and for the pages that do not tell it.
    """

    figures: Figures
    facts: Facts
    costs: Costs = field(default_factory=Costs)
    need: Need | None = None
    drawings: Drawings = NOTHING_KEPT


def cell(value: object, column: Column, status: str | None, language: Language) -> str:
    """A value as the table shows it: hidden as a word, missing as a dash."""
    if value is None:
        return say(WORDS["hidden"], language) if status == "hidden" else written.DASH
    if column.kind in _WRITERS:
        return _WRITERS[column.kind](value, language)
    text = column.labels.get(str(value))
    return say(text, language) if text else str(value)


def cells(exhibit: Exhibit, language: Language) -> list[list[str]]:
    """The table's cells, one list a row, in the order of the columns."""
    return [
        [cell(row[c.name], c, row.get(c.status), language) for c in exhibit.columns]
        for row in exhibit.rows.iter_rows(named=True)
    ]
