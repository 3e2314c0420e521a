"""Hours and money of a scenario: of what it asks, what is missing and what does not count.

Meetings of the gap have their own modes. What requirements ask for or lack was not held, so it is
reckoned as held in person (docs/costs.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import combinations

import polars as pl

from pipelines.costs.model import Standard
from pipelines.costs.table import with_changes
from pipelines.costs.work import Meetings, Work, work_of
from pipelines.scenarios.overlay import Assumed, Overlay
from pipelines.scenarios.tables import COSTED, Worked


@dataclass(frozen=True, slots=True)
class Prices:
    """The standard costs of the publication's meetings, and of the scenario's."""

    baseline: Standard
    scenario: Standard


@dataclass(frozen=True, slots=True)
class Pair:
    """Meetings by mode, as published and in the scenario."""

    baseline: Meetings
    scenario: Meetings


def prices_of(in_force: Standard, overlays: Sequence[Overlay]) -> Prices:
    """The costs in force, and those with what the scenarios assume.

    Raises ScenarioError where two assume different things, or one what does not fit the table.
    """
    assumed = [one for overlay in overlays for one in overlay.assumed]
    for one, other in combinations(assumed, 2):
        _refuse_contradiction(one, other)
    scenario = in_force
    for one in assumed:
        scenario = with_changes(scenario, one.costs, one.place)
    return Prices(in_force, scenario)


def _refuse_contradiction(one: Assumed, other: Assumed) -> None:
    for key in fields(one.costs):
        first, second = getattr(one.costs, key.name), getattr(other.costs, key.name)
        if first is not None and second is not None and first != second:
            raise other.place.at(key.name).wrong("contradiction", other=one.place.named())


def work_rows(meetings: Mapping[Worked, Pair], prices: Prices) -> pl.DataFrame:
    """The table `work`: each measure as published, in the scenario, and what moved."""
    return pl.DataFrame(
        [row for measure in COSTED for row in _rows_of(measure, meetings[measure], prices)]
    )


def _rows_of(measure: Worked, pair: Pair, prices: Prices) -> list[dict[str, object]]:
    before = work_of(pair.baseline, prices.baseline)
    after = work_of(pair.scenario, prices.scenario)
    moved = Work(*(getattr(after, one.name) - getattr(before, one.name) for one in fields(Work)))
    years = prices.baseline.price_year, prices.scenario.price_year
    both = years[0] if years[0] == years[1] else None
    counts = (
        ("baseline", before, years[0]),
        ("scenario", after, years[1]),
        ("difference", moved, both),
    )
    return [
        {"measure": measure, "count": count, "price_year": year}
        | {one.name: getattr(work, one.name) for one in fields(Work)}
        for count, work, year in counts
    ]
