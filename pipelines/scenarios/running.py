"""Counts scenarios, alone and together, and puts their files in place beside the publication."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Final

from pipelines.contracts.model import Text
from pipelines.costs.model import Standard
from pipelines.costs.table import costs_in_force
from pipelines.law.loader import load_law
from pipelines.law.model import Law
from pipelines.night import one_at_a_time
from pipelines.progress import Show
from pipelines.scenarios.costing import Prices, prices_of
from pipelines.scenarios.counting import Asked, Bench, Counted, open_bench
from pipelines.scenarios.laying import lay_over
from pipelines.scenarios.overlay import Overlay, ScenarioError
from pipelines.settings import Home

MOST_TOGETHER: Final = 3  # of more, every combination would be seven counts and up
_PLAN: Final = Text("Arbejdsudgaven af loven", "The working copy of the law")
_REVIEW: Final = Text(
    "Hvad lovens arbejdsudgave ville ændre i den gældende udgivelse.",
    "What the working copy of the law would change in the current publication.",
)


@dataclass(frozen=True, slots=True)
class Combination:
    """Some of the named scenarios in force together, and what came of it."""

    names: tuple[str, ...]
    counted: Counted
    interaction: int  # recognised meetings beyond what each scenario alone adds up to


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of the scenarios asked for: each alone, and every combination of a few."""

    publication_id: str
    alone: tuple[Counted, ...]
    combinations: tuple[Combination, ...]  # those of one first; none where one or many were asked
    trouble: str | None  # in Danish: costs.yaml is not used, and why


def run_scenarios(home: Home, overlays: Sequence[Overlay], show: Show) -> Answer:
    """Counts each scenario under the law at hand, and up to three of them in all combinations.

    Writes published/scenarios/<name>/scenario.duckdb and nothing of the publication. Raises
    ScenarioError where scenarios cannot be used, NightRunningError beside a night, and
    duckdb.Error where there is no publication.
    """
    names = [overlay.name for overlay in overlays]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ScenarioError(f"Scenariet {min(twice)} er nævnt to gange. Nævn det én gang.")
    law, costs = load_law(), costs_in_force(home.costs)
    most = len(overlays) if len(overlays) <= MOST_TOGETHER else 1
    sets = [some for size in range(1, most + 1) for some in combinations(overlays, size)]
    asked = [
        _asked(some, law, costs.standard) for some in sets
    ]  # all are refused before any is counted
    publication_id, counted = _count(home, asked, law, show)
    alone = counted[: len(overlays)]
    moved = {one.asked.name: one.sums["recognised"].moved for one in alone}
    together = tuple(
        Combination(
            tuple(overlay.name for overlay in some),
            found,
            found.sums["recognised"].moved - sum(moved[overlay.name] for overlay in some),
        )
        for some, found in zip(sets, counted, strict=True)
    )
    return Answer(publication_id, tuple(alone), together if most > 1 else (), costs.trouble)


def run_plan(home: Home, folder: Path, show: Show) -> Answer:
    """Counts the law in a folder beside the law that the current publication was counted by.

    Raises LawError where the folder holds no law that can be used; else as run_scenarios.
    """
    costs = costs_in_force(home.costs)
    prices = Prices(costs.standard, costs.standard)
    asked = Asked("plan", _PLAN, _REVIEW, load_law(folder), prices)
    publication_id, counted = _count(home, [asked], None, show)
    return Answer(publication_id, tuple(counted), (), costs.trouble)


def _asked(overlays: Sequence[Overlay], law: Law, in_force: Standard) -> Asked:
    return Asked(
        "+".join(sorted(overlay.name for overlay in overlays)),
        _joined(overlays, lambda overlay: overlay.label, " + "),
        _joined(overlays, lambda overlay: overlay.reason, " "),
        lay_over(law, overlays),
        prices_of(in_force, overlays),
    )


def _joined(overlays: Sequence[Overlay], text: Callable[[Overlay], Text], sign: str) -> Text:
    texts = [text(overlay) for overlay in overlays]
    return Text(sign.join(one.da for one in texts), sign.join(one.en for one in texts))


def _count(
    home: Home, asked: Sequence[Asked], law: Law | None, show: Show
) -> tuple[str, list[Counted]]:
    scratch = home.state / "scenarios"
    shutil.rmtree(scratch, ignore_errors=True)
    with one_at_a_time(home):
        show("Regner på scenarier", 0, len(asked))
        with open_bench(home.publication, law, scratch) as bench:
            return bench.publication_id, list(_each(home, bench, asked, scratch, show))


def _each(
    home: Home, bench: Bench, asked: Sequence[Asked], scratch: Path, show: Show
) -> Iterator[Counted]:
    for number, one in enumerate(asked, start=1):
        counted = bench.count(one, scratch / f"{one.name}.duckdb")
        place = home.scenarios / one.name / "scenario.duckdb"
        place.parent.mkdir(parents=True, exist_ok=True)
        yield replace(counted, file=counted.file.replace(place))
        show("Regner på scenarier", number, len(asked))
