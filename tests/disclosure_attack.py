"""The attacker of the public figures: a linear programme over all that is shown.

He knows how the cells add up, that none is negative, and which cells are shown. For a hidden cell
he asks for the smallest and the largest value it can have.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

import polars as pl
from scipy.optimize import linprog
from scipy.sparse import csr_array

from pipelines.disclosure.families import FAMILIES
from pipelines.disclosure.release import Places


class Name(NamedTuple):
    """A cell in one release."""

    release: int
    family: str
    month: date  # the first day of the month or quarter
    place: str
    measure: str
    by: str
    category: str


_FAMILIES: Final = {family.name: family for family in FAMILIES}
_QUARTERS: Final = {family.sums.name: family for family in FAMILIES if family.sums}


class Attack:
    """All that follows from one or more releases, of months and of the quarters they add up to.

    A figure that stands from an earlier release adds up with that one alone. Of several releases
    the attacker supposes that figures only grow from one to the next, as they do where rows come
    late and none is corrected.
    """

    def __init__(self, places: Places, releases: list[pl.DataFrame]) -> None:
        self._index: dict[Name, int] = {}
        self._shown: dict[Name, int] = {}
        self._sums: list[dict[int, int]] = []
        self._growth: list[dict[int, int]] = []
        for number, rows in enumerate(releases):
            self._learn(number, rows)
            self._add_up(number, places)
        for name in list(self._index):
            later = name._replace(release=name.release + 1)
            if later in self._index:
                self._growth.append({self._index[name]: 1, self._index[later]: -1})

    def range_of(self, name: Name) -> tuple[float, float]:
        """The smallest and the largest value the cell can have."""
        count = len(self._index)
        bounds = [(0.0, None)] * count
        for shown, value in self._shown.items():
            bounds[self._index[shown]] = (float(value), float(value))
        found = []
        for sign in (1, -1):
            aim = [0.0] * count
            aim[self._index[name]] = sign
            answer = linprog(
                aim,
                A_eq=_matrix(self._sums, count),
                b_eq=[0.0] * len(self._sums),
                A_ub=_matrix(self._growth, count) if self._growth else None,
                b_ub=[0.0] * len(self._growth) if self._growth else None,
                bounds=bounds,
            )
            found.append(float("inf") if answer.status == 3 else sign * answer.fun)
        low, high = found
        return low, high

    def hidden(self) -> list[Name]:
        """The cells that are not shown."""
        return [name for name in self._index if name not in self._shown]

    def _learn(self, number: int, rows: pl.DataFrame) -> None:
        cell = ("family", "month", "place", "measure", "by", "category")
        newest = rows["as_of"].max()
        for *key, value, status, as_of in rows.select(
            *cell, "value", "status", "as_of"
        ).iter_rows():
            name = Name(number, *key)
            self._index[name] = len(self._index)
            assert (value is None) == (status == "hidden")
            if value is not None and as_of == newest:
                self._shown[name] = value

    def _add_up(self, number: int, places: Places) -> None:
        mine = [name for name in self._index if name.release == number]
        parts_of: dict[Name, list[Name]] = defaultdict(list)
        for name in mine:
            for whole in self._wholes(name, places):
                parts_of[whole].append(name)
        kinds: dict[tuple[Name, str], list[Name]] = defaultdict(list)
        for whole, parts in parts_of.items():
            for part in parts:
                kinds[whole, _kind(whole, part)].append(part)
        for (whole, _), parts in kinds.items():
            if whole in self._index:
                row = defaultdict(int, {self._index[whole]: -1})
                for part in parts:
                    row[self._index[part]] += 1
                self._sums.append(dict(row))

    def _wholes(self, name: Name, places: Places) -> Iterable[Name]:
        above = {code: region for region, codes in places.regions.items() for code in codes}
        above |= dict.fromkeys(places.regions, "DK")
        if name.place in above:
            yield name._replace(place=above[name.place])
        family = _FAMILIES[name.family]
        if quarter := _QUARTERS.get(name.family):
            first = name.month.replace(month=name.month.month - (name.month.month - 1) % 3)
            yield name._replace(family=quarter.name, month=first)
        additive = {breakdown.by for breakdown in family.breakdowns}
        if name.by in additive:
            yield name._replace(by="", category="")
        if name.measure in family.outcomes and name.by in (additive | {""}):
            yield name._replace(measure=family.total)
        if name.by == family.ways_by and name.by:
            yield name._replace(measure=family.total, by="", category="")


def _kind(whole: Name, part: Name) -> str:
    """What is added up: places, categories, or outcomes; each is a sum of its own."""
    if whole.family != part.family:
        return "months"
    if whole.place != part.place:
        return "places"
    if whole.measure != part.measure:
        return f"outcomes {part.by} {part.category}"
    return f"categories {part.by}"


def _matrix(rows: list[dict[int, int]], columns: int) -> csr_array:
    cells = [(r, c, v) for r, row in enumerate(rows) for c, v in row.items()]
    return csr_array(
        ([v for _, _, v in cells], ([r for r, _, _ in cells], [c for _, c, _ in cells])),
        shape=(len(rows), columns),
    )
