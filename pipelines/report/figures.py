"""The public figures, as the pages ask for them.

A figure is shown, hidden (too few persons, or it would give away another) or missing (there is no
such row: the month is not public yet). These are three things; none of them is a zero. Sums and
shares are made of shown figures only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final, Literal

import polars as pl

from pipelines.municipalities import municipalities
from pipelines.report.measures import Family, Measure, figure_id
from pipelines.report.months import months_between
from pipelines.report.shares import Share, Verdict, share_of

Level = Literal["country", "region", "municipality"]
Status = Literal["shown", "hidden", "missing"]
Stage = Literal["running", "provisional", "revised", "final"]
STAGES: Final[tuple[Stage, ...]] = ("running", "provisional", "revised", "final")
COUNTRY: Final = "DK"
_YEAR: Final = 12  # months
_MEASURE: Final = ("family", "measure", "by", "category")
_SPLIT: Final = ("place", "family", "measure", "by", "month")
_COLUMNS: Final = {
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
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One number and what it covers. `value` is None unless `status` is shown."""

    id: str
    value: int | None
    status: Status
    stage: Stage | None  # of a sum: its least settled month; None where missing
    months: tuple[date, ...]

    @property
    def hidden(self) -> bool:
        """Whether there is a number that may not be told."""
        return self.status == "hidden"


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
    def _by_place(self) -> dict[str, pl.DataFrame]:
        parts = self.frame.partition_by("place", as_dict=True)
        return {str(place): rows for (place,), rows in parts.items()}

    @cached_property
    def _stages(self) -> dict[tuple[str, date], Stage]:
        rows = self.frame.select("family", "month", "stage").unique(["family", "month"])
        return {(family, month): stage for family, month, stage in rows.iter_rows()}

    def stage(self, month: date, family: Family = "meetings") -> Stage | None:
        """How settled the figures of a month or quarter are; None where it is not public."""
        return self._stages.get((family, month))

    def months(self, level: Level, family: Family = "meetings") -> tuple[date, ...]:
        """Every month with public figures of the level, the running one included."""
        of_level = self.frame.filter(pl.col("level") == level, pl.col("family") == family)
        first, last = of_level.select(pl.min("month"), last=pl.max("month")).row(0)
        return months_between(first, last) if first else ()

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

    def quarters(self, level: Level) -> tuple[date, ...]:
        """The first days of the quarters with public figures of the level."""
        found = self.frame.filter(pl.col("level") == level, pl.col("family") == "meetings_quarter")
        return tuple(found["month"].unique().sort())

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
        """The sum over months: missing where one of them is, else hidden where one of them is.

        Raises ValueError for several months of what stands at a month's end.
        """
        row = self.totals([measure], [place], months).row(0, named=True)
        return Figure(
            id=figure_id(measure, place, months),
            value=row["value"],
            status=row["status"],
            stage=row["stage"],
            months=tuple(months),
        )

    def series(
        self, measures: Sequence[Measure], places: Sequence[str], months: Sequence[date]
    ) -> pl.DataFrame:
        """One row a place, measure and month, in the orders given, also where it is missing.

        Columns: place, family, measure, by, category, month, value, status, stage.
        """
        wanted = (
            pl.DataFrame({"place": list(places)}, schema={"place": pl.String})
            .join(_frame_of(measures), how="cross")
            .join(pl.DataFrame({"month": list(months)}, schema={"month": pl.Date}), how="cross")
        )
        have = [self._by_place[place] for place in dict.fromkeys(places) if place in self._by_place]
        public = (pl.concat(have) if have else self.frame.clear()).drop("level")
        # The release leaves out a category that nothing in the whole country falls in that month,
        # as a reason before its rule was in force: nothing is hidden there, it is 0.
        split = public.filter(pl.col("by") != "").select(*_SPLIT, "stage").unique(_SPLIT)
        is_zero = pl.col("status").is_null() & pl.col("split_stage").is_not_null()
        return (
            wanted.join(public, on=["place", *_MEASURE, "month"], how="left", maintain_order="left")
            .join(
                split.rename({"stage": "split_stage"}), on=_SPLIT, how="left", maintain_order="left"
            )
            .with_columns(
                value=pl.when(is_zero).then(pl.lit(0, pl.Int64)).otherwise("value"),
                status=pl.when(is_zero)
                .then(pl.lit("shown"))
                .otherwise(pl.col("status").fill_null("missing")),
                stage=pl.coalesce("stage", "split_stage"),
            )
            .drop("split_stage")
        )

    def totals(
        self, measures: Sequence[Measure], places: Sequence[str], months: Sequence[date]
    ) -> pl.DataFrame:
        """One row a place and measure, in the orders given: the sum over the months.

        Columns: place, family, measure, by, category, value, status, stage. See `total`.
        """
        if len(months) > 1 and any(measure.is_stock for measure in measures):
            raise ValueError("What stands at the end of a month cannot be added up over months")
        status = pl.col("status")
        settled = pl.col("stage").replace_strict(list(STAGES), range(len(STAGES)), default=None)
        least = settled.min().replace_strict(range(len(STAGES)), list(STAGES), default=None)
        return (
            self.series(measures, places, months)
            .group_by("place", *_MEASURE, maintain_order=True)
            .agg(
                pl.when((status == "shown").all()).then(pl.col("value").sum()).alias("value"),
                pl.when((status == "missing").any())
                .then(pl.lit("missing"))
                .when((status == "hidden").any())
                .then(pl.lit("hidden"))
                .otherwise(pl.lit("shown"))
                .alias("status"),
                pl.when((status != "missing").all()).then(least).alias("stage"),
            )
        )

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
        sums = self.totals([part, whole], places, months)
        rows = zip(sums[::2].iter_rows(named=True), sums[1::2].iter_rows(named=True), strict=True)
        return pl.DataFrame(
            [_share_row(of_part, of_whole, line) for of_part, of_whole in rows],
            schema={
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
            },
            orient="row",
        )


def _frame_of(measures: Sequence[Measure]) -> pl.DataFrame:
    return pl.DataFrame(
        [(m.family, m.name, m.by, m.category) for m in measures],
        schema=dict.fromkeys(_MEASURE, pl.String),
        orient="row",
    )


def _share_row(
    part: dict[str, object], whole: dict[str, object], line: float
) -> tuple[object, ...]:
    statuses = {part["status"], whole["status"]}
    status = next((s for s in ("missing", "hidden") if s in statuses), "shown")
    share = share_of(part["value"], whole["value"])  # type: ignore[arg-type]
    verdict: Verdict | None = share.verdict(line) if share else None
    numbers = (share.share, share.low, share.high) if share else (None, None, None)
    return (
        part["place"],
        *(part["value"], part["status"]),
        *(whole["value"], whole["status"]),
        status,
        *numbers,
        verdict,
    )
