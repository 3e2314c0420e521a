"""The public figures, as the pages ask for them.

A figure is shown, hidden (too few persons, or it would give away another) or missing (there is no
such row: the month is not public yet). These are three things; none of them is a zero. Sums and
shares are made of shown figures only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

import polars as pl

from pipelines.disclosure.release import SCHEMA
from pipelines.disclosure.rules import Level, Stage
from pipelines.disclosure.sheet import COUNTRY
from pipelines.municipalities import municipalities
from pipelines.report.figure import STAGES, Figure, Status
from pipelines.report.measures import Family, Measure, figure_id
from pipelines.report.months import months_between, quarters_between
from pipelines.report.shares import Share, share_of

_YEAR: Final = 12  # months
_MEASURE: Final = ("family", "measure", "by", "category")
_COLUMNS: Final = {name: kind for name, kind in SCHEMA.items() if name != "as_of"}
_SERIES: Final = {name: _COLUMNS[name] for name in ("place", *_MEASURE, "month")} | {
    name: _COLUMNS[name] for name in ("value", "status", "stage")
}
_SHARES: Final = {
    "place": pl.String,
    "part": pl.Int64,
    "part_status": pl.String,
    "whole": pl.Int64,
    "whole_status": pl.String,
    "status": pl.String,
    "share": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "verdict": pl.String,
}
_Cell = tuple[int | None, Status, Stage | None]
_MISSING: Final[_Cell] = (None, "missing", None)


def region_of(municipality: str) -> str:
    """The region's code of a municipality's code. Raises KeyError for any other code."""
    return {m.code: m.region_code for m in municipalities()}[municipality]


@dataclass(frozen=True)
class Figures:
    """The figures frame: one row a family, month, place, measure and category; see _COLUMNS.

    Raises ValueError where a column is missing or of another type, a hidden figure has a number, a
    shown one has none, or a figure stands twice.
    """

    frame: pl.DataFrame

    def __post_init__(self) -> None:
        """Refuses a frame that is not public."""
        if wrong := [n for n, t in _COLUMNS.items() if self.frame.schema.get(n) != t]:
            raise ValueError(f"The figures frame has no such columns of the right type: {wrong}")
        shown = pl.col("status") == "shown"
        if self.frame.filter(shown == pl.col("value").is_null()).height:
            raise ValueError("A figure has a number exactly where it is shown")
        if self.frame.select("place", "month", *_MEASURE).is_duplicated().any():
            raise ValueError("A figure stands twice")

    @cached_property
    def _parts(self) -> dict[tuple[object, ...], pl.DataFrame]:
        return self.frame.partition_by("place", "family", "by", as_dict=True)

    @cached_property
    def _known(self) -> dict[tuple[str, str, str], dict[tuple[str, str, date], _Cell]]:
        return {}  # filled as figures are asked for: most of the frame never is

    def _cell(self, measure: Measure, place: str, month: date) -> _Cell:
        part = place, measure.family, measure.by
        if part not in self._known:
            rows = self._parts.get(part, self.frame.clear())
            keys = rows.select("measure", "category", "month").iter_rows()
            cells = rows.select("value", "status", "stage").iter_rows()
            self._known[part] = dict(zip(keys, cells, strict=True))
        return self._known[part].get((measure.name, measure.category, month), _MISSING)

    @cached_property
    def _stages(self) -> dict[tuple[str, date], Stage]:
        rows = self.frame.select("family", "month", "stage").unique(["family", "month"])
        return {(family, month): stage for family, month, stage in rows.iter_rows()}

    def stage(self, month: date, family: Family = "meetings") -> Stage | None:
        """How settled the figures of a month or quarter are; None where it is not public."""
        return self._stages.get((family, month))

    def stages(self, months: Iterable[date], family: Family = "meetings") -> tuple[Stage, ...]:
        """How settled the figures of several months or quarters are, the least settled first."""
        found = {self.stage(month, family) for month in months}
        return tuple(stage for stage in STAGES if stage in found)

    @cached_property
    def _spans(self) -> dict[tuple[str, str], tuple[date, date]]:
        rows = self.frame.group_by("level", "family").agg(pl.min("month"), last=pl.max("month"))
        return {(level, family): (first, last) for level, family, first, last in rows.iter_rows()}

    def months(self, level: Level, family: Family = "meetings") -> tuple[date, ...]:
        """Every month with public figures of the level, the running one included."""
        span = self._spans.get((level, family))
        return months_between(*span) if span else ()

    def whole_months(self, level: Level, family: Family = "meetings") -> tuple[date, ...]:
        """The public months that are over."""
        return tuple(m for m in self.months(level, family) if self.stage(m, family) != "running")

    def latest(self, level: Level, family: Family = "meetings") -> date | None:
        """The last public month of the level that is over."""
        return next(reversed(self.whole_months(level, family)), None)

    def years(self, level: Level, family: Family = "meetings") -> dict[int, tuple[date, ...]]:
        """The calendar years of which every month is public and over, with their months."""
        whole = self.whole_months(level, family)
        every = {m.year: tuple(x for x in whole if x.year == m.year) for m in whole}
        return {year: months for year, months in every.items() if len(months) == _YEAR}

    def quarters(self, level: Level, family: Family = "meetings_quarter") -> tuple[date, ...]:
        """The first days of the quarters with public figures of the level."""
        first, last = self._spans.get((level, family), (None, None))
        return quarters_between(first, last) if first and last else ()

    def places(self, level: Level) -> tuple[str, ...]:
        """The codes of the level: DK, the five regions, or all 98 municipalities."""
        if level == "country":
            return (COUNTRY,)
        codes = {m.code if level == "municipality" else m.region_code for m in municipalities()}
        return tuple(sorted(codes))

    def figure(self, measure: Measure, place: str, month: date) -> Figure:
        """One figure."""
        return self.total(measure, place, (month,))

    def total(self, measure: Measure, place: str, months: Sequence[date]) -> Figure:
        """The sum over months: missing where one or all are, else hidden where one is.

        Raises ValueError for several months of what stands at a month's end.
        """
        if len(months) > 1 and measure.is_stock:
            raise ValueError("What stands at the end of a month cannot be added up over months")
        if not months:
            return Figure("", None, "missing", None, ())
        cells = [self._cell(measure, place, month) for month in months]
        status = _least(status for _, status, _ in cells)
        return Figure(
            id=figure_id(measure, place, months),
            value=sum(value or 0 for value, _, _ in cells) if status == "shown" else None,
            status=status,
            stage=_least_settled(stage for *_, stage in cells) if status != "missing" else None,
            months=tuple(months),
        )

    def series(
        self, measures: Sequence[Measure], places: Sequence[str], months: Sequence[date]
    ) -> pl.DataFrame:
        """One row a place, measure and month, in the orders given, also where it is missing.

        Columns: place, family, measure, by, category, month, value, status, stage.
        """
        return _frame(
            (place, *_key(measure), month, *self._cell(measure, place, month))
            for place in places
            for measure in measures
            for month in months
        )

    def totals(
        self, measures: Sequence[Measure], places: Sequence[str], months: Sequence[date]
    ) -> pl.DataFrame:
        """One row a place and measure, in the orders given: the sum over the months.

        Columns: place, family, measure, by, category, value, status, stage. See `total`.
        """
        sums = ((p, m, self.total(m, p, months)) for p in places for m in measures)
        return _frame(
            (place, *_key(measure), None, figure.value, figure.status, figure.stage)
            for place, measure, figure in sums
        ).drop("month")

    def share(
        self, part: Measure, whole: Measure, place: str, months: Sequence[date]
    ) -> Share | None:
        """The share of a sum in another; None where either is not shown or the whole is 0."""
        return share_of(
            self.total(part, place, months).value, self.total(whole, place, months).value
        )

    def shares(
        self,
        part: Measure,
        whole: Measure,
        places: Sequence[str],
        months: Sequence[date],
        line: float,
    ) -> pl.DataFrame:
        """One row a place: part and whole with their statuses, share, low, high (0 to 1), verdict.

        `status` is hidden or missing where either sum is; share and verdict (on the line) are
        empty there, and where the whole is 0.
        """
        lines = [
            _line(place, self.total(part, place, months), self.total(whole, place, months), line)
            for place in places
        ]
        return pl.DataFrame(lines, schema=_SHARES, orient="row")


def _least(statuses: Iterable[Status]) -> Status:
    """The status of what is made of figures of these: missing before hidden before shown."""
    found = set(statuses)
    return next(status for status in ("missing", "hidden", "shown") if status in found)


def _least_settled(stages: Iterable[Stage | None]) -> Stage | None:
    found = set(stages)
    return next((stage for stage in STAGES if stage in found), None)


def _key(measure: Measure) -> tuple[str, str, str, str]:
    return measure.family, measure.name, measure.by, measure.category


def _frame(rows: Iterable[tuple[object, ...]]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=_SERIES, orient="row")


def _line(place: str, part: Figure, whole: Figure, line: float) -> tuple[object, ...]:
    status = _least([part.status, whole.status])
    share = share_of(part.value, whole.value)
    told = (share.share, share.low, share.high, share.verdict(line)) if share else (None,) * 4
    return (place, part.value, part.status, whole.value, whole.status, status, *told)
