"""The public figures: exact cells in, the figures that may be shown out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from pipelines.disclosure.blocks import CannotHideError
from pipelines.disclosure.families import FAMILIES, Family
from pipelines.disclosure.hiding import hide_family
from pipelines.disclosure.rules import Level, Rules
from pipelines.disclosure.sheet import COUNTRY, OUTCOME, TOTAL, Block, Figures, Hidden, Key

SCHEMA: Final = {
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
    "as_of": pl.Date,
}
KEY: Final = ("family", "month", "level", "place", "measure", "by", "category")
_Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """The places of the report: municipality codes by region code."""

    regions: Mapping[str, tuple[str, ...]]

    def blocks(self) -> Iterator[Block]:
        """The country, its regions, and the municipalities of each, from above."""
        yield Block("country", "", (COUNTRY,))
        yield Block("region", COUNTRY, tuple(self.regions))
        for region, codes in self.regions.items():
            yield Block("municipality", region, codes)


def release(
    cells: pl.DataFrame,
    places: Places,
    rules: Rules,
    as_of: date,
    last: pl.DataFrame | None = None,
    *,
    hides_too: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """The figures that may be shown on a day: a row a place, month, measure and category.

    `cells` are exact: the columns of KEY, `value` and `persons`; what has no row is zero. `last` is
    the release before. Columns as SCHEMA: `value` is null where `status` is "hidden"; `as_of` is
    older than the day's for figures that stand from an earlier release, because showing newer ones
    would have changed what is hidden. `hides_too` are public figures of much the same meetings,
    counted another way: what they hide is hidden here as well. Sorted by KEY.
    """
    before = _by_period(last) if last is not None else {}
    elsewhere = _by_period(hides_too) if hides_too is not None else {}
    by_period = cells.partition_by("family", "month", as_dict=True)
    hidden: dict[tuple[str, date], Hidden] = {}
    rows: list[_Row] = []
    for family in FAMILIES:
        for start in sorted(month for name, month in by_period if name == family.name):
            period = _Period(
                family,
                start,
                _figures(by_period[family.name, start]),
                places,
                rules,
                as_of,
                standing=before.get((family.name, start), {}),
                hidden_elsewhere=_hidden_keys_by_place(elsewhere.get((family.name, start), {})),
                hidden_in_months=_union(
                    hidden.get((family.sums.name, month), {})
                    for month in family.months_of(start)
                    if family.sums
                ),
            )
            hidden[family.name, start], released = period.release()
            rows.extend(released)
    return pl.DataFrame(rows, schema=SCHEMA, orient="row").sort(KEY)


def _union(months: Iterable[Hidden]) -> Hidden:
    found: Hidden = {}
    for month in months:
        for place, keys in month.items():
            found[place] = found.get(place, frozenset()) | keys
    return found


@dataclass(frozen=True, slots=True)
class _Period:
    """One family in one month or quarter."""

    family: Family
    start: date
    figures: Figures
    places: Places
    rules: Rules
    as_of: date
    standing: Mapping[str, list[_Row]]  # the rows of the last release by place
    hidden_elsewhere: Hidden
    hidden_in_months: Hidden  # of the months that the period adds up

    def release(self) -> tuple[Hidden, list[_Row]]:
        """What is hidden by place, and the rows shown."""
        left_out: frozenset[str] = frozenset()
        while True:
            try:
                return self._try(left_out)
            except CannotHideError as error:
                left_out |= {str(error)}

    def _try(self, left_out: frozenset[str]) -> tuple[Hidden, list[_Row]]:
        hidden: Hidden = {}
        rows: list[_Row] = []
        for block in self.places.blocks():
            if block.level not in self.family.levels or not self._is_shown(block.level):
                continue
            settled = self._settled(block)
            before = _hidden_keys_by_place(settled)
            found = hide_family(
                self.family,
                self.figures,
                block,
                self.rules,
                before=_union((before, self.hidden_in_months, self.hidden_elsewhere)),
                above=hidden.get(block.parent, frozenset()),
                left_out=left_out,
            )
            if settled and any(found.get(place, frozenset()) != before[place] for place in settled):
                hidden |= before  # to show newer figures would change what is hidden
                rows += [row for place in settled for row in settled[place]]
            else:
                hidden |= found
                for place in block.places:
                    rows += self._shown(block.level, place, found.get(place, frozenset()))
        return hidden, rows

    def _is_shown(self, level: Level) -> bool:
        is_running_month = level == "country" and not self.family.sums
        last_day = self.family.last_day(self.start)
        return is_running_month or self.rules.is_released(level, last_day, self.as_of)

    def _settled(self, block: Block) -> dict[str, list[_Row]]:
        """The rows of the last release by place, where what is hidden was settled by then."""
        found = {place: self.standing[place] for place in block.places if place in self.standing}
        is_running = any(rows[0][_STAGE] == "running" for rows in found.values())
        return {} if is_running else found

    def _shown(self, level: Level, place: str, hidden: frozenset[Key]) -> Iterator[_Row]:
        stage = self.rules.stage(self.family.last_day(self.start), self.as_of)
        figures = self.figures.get(place, {})
        for measure, by, category in self._cells(level):
            key = _key_of(self.family, measure, by, category)
            is_hidden = key in hidden
            value, _ = figures.get((measure, by, category), (0, 0))
            yield (
                *(self.family.name, self.start, level, place, measure, by, category),
                *(None if is_hidden else value, "hidden" if is_hidden else "shown"),
                *(stage, self.as_of),
            )

    def _cells(self, level: Level) -> Iterator[tuple[str, str, str]]:
        """Every cell of a place; a category that nobody in the country stands in is zero."""
        family = self.family
        measures = (family.total, *family.outcomes)
        yield from ((measure, *TOTAL) for measure in measures)
        for way in family.ways:
            yield from ((measure, family.ways_by, way) for measure in family.outcomes)
        for breakdown in family.breakdowns:
            if not breakdown.is_at(level):
                continue
            parts = family.parts_at(breakdown, level)
            joint = (family.total,) if len(parts) > 1 else ()
            for category in breakdown.categories:
                yield from ((part, breakdown.by, category) for part in (*joint, *parts))
                if breakdown.alone and level == "country":
                    yield (parts[0], breakdown.alone, category)


def _key_of(family: Family, measure: str, by: str, category: str) -> Key:
    """What must not be hidden for a cell to be shown."""
    if (by, category) == TOTAL or by == family.ways_by:
        return TOTAL if measure == family.total else OUTCOME
    return (by, category)


def _figures(part: pl.DataFrame) -> Figures:
    found: dict[str, dict[tuple[str, str, str], tuple[int, int]]] = {}
    for place, measure, by, category, value, persons in part.select(
        "place", "measure", "by", "category", "value", "persons"
    ).iter_rows():
        found.setdefault(place, {})[measure, by, category] = (value, persons)
    return found


_PLACE, _MEASURE, _BY, _CATEGORY = 3, 4, 5, 6
_STATUS, _STAGE = 8, 9


def _by_period(last: pl.DataFrame) -> dict[tuple[str, date], dict[str, list[_Row]]]:
    found: dict[tuple[str, date], dict[str, list[_Row]]] = {}
    for row in last.select(list(SCHEMA)).iter_rows():
        found.setdefault((row[0], row[1]), {}).setdefault(row[_PLACE], []).append(row)
    return found


def _hidden_keys_by_place(standing: Mapping[str, list[_Row]]) -> Hidden:
    return {place: _hidden_keys(rows) for place, rows in standing.items()}


def _hidden_keys(rows: list[_Row]) -> frozenset[Key]:
    families = {family.name: family for family in FAMILIES}
    return frozenset(
        _key_of(families[str(row[0])], str(row[_MEASURE]), str(row[_BY]), str(row[_CATEGORY]))
        for row in rows
        if row[_STATUS] == "hidden"
    )
