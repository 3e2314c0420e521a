"""What faults are tried on: homes before each day's night, and how they end undisturbed."""

from __future__ import annotations

import json
import pickle
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from pipelines.code_version import code_version
from pipelines.settings import Home
from proof.faults import arrivals, night
from proof.faults.arrivals import DAYS
from proof.faults.forked import forked
from proof.faults.looks import Facts, Standing, facts_of

_MEETINGS: Final = 4_000  # that the demo spreads over the country; six municipalities are used


@dataclass(frozen=True, slots=True)
class Stage:
    """What is prepared once: by day, the home before its night and the facts after it."""

    root: Path
    facts: Mapping[int, Facts]  # by day; 0 is the first night
    undisturbed: Mapping[str, Mapping[int, night.Ended]]  # by depth and day

    @property
    def deliveries(self) -> Path:
        """The deliveries by day."""
        return self.root / "deliveries"

    @property
    def modules(self) -> list[str]:
        """What a night imports."""
        return (self.root / "modules").read_text().split()

    def home_before(self, day: int, folder: Path) -> Home:
        """A fresh home in which a day's deliveries have arrived and no night has run since."""
        home = arrivals.copy_home(arrivals.home_in(self.root / f"after{day - 1}"), folder)
        arrivals.lay(home, self.deliveries, day)
        return home

    def right(self, day: int) -> dict[str, Standing]:
        """What readers may see on a day, by publication_id: the day's publication or the last."""
        both = (self.facts[day - 1].standing, self.facts[day].standing)
        return {standing.publication_id: standing for standing in both}


def open_stage(root: Path) -> Stage:
    """The stage in a folder, prepared on first use and anew where the program has changed."""
    version = root / "version"
    kept = root / "stage.pickle"
    program = program_version()
    if not kept.exists() or not version.exists() or version.read_text() != program:
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir(parents=True)
        stage = _prepare(root)
        (root / "modules").write_text("\n".join(stage.undisturbed["full"][1].modules))
        kept.write_bytes(pickle.dumps((stage.facts, stage.undisturbed)))
        version.write_text(program)
    facts, undisturbed = pickle.loads(kept.read_bytes())  # noqa: S301 - our own file
    return Stage(root, facts, undisturbed)


def program_version() -> str:
    """The version of all that reads and counts."""
    return f"{code_version('reading')} {code_version('counting')}"


def _prepare(root: Path) -> Stage:
    stage = Stage(root, {}, {})
    forked(arrivals.make_deliveries, stage.deliveries, _MEETINGS)
    home = arrivals.home_in(root / "after0")
    arrivals.begin_home(home, stage.deliveries)
    _undisturbed(home, "full")
    facts = {0: forked(facts_of, home)}
    ended: dict[str, dict[int, night.Ended]] = {"light": {}, "full": {}}
    for day in DAYS:
        for depth in ("light", "full"):  # the later one stays
            home = stage.home_before(day, root / f"after{day}")
            ended[depth][day] = _undisturbed(home, depth)
        facts[day] = forked(facts_of, home)
    return replace(stage, facts=facts, undisturbed=ended)


def _undisturbed(home: Home, depth: night.Depth) -> night.Ended:
    ended = night.run(home, depth)
    if not ended.published or ended.problems or ended.broken:
        raise RuntimeError(f"an undisturbed night failed: {json.dumps(ended.problems)}{ended}")
    return ended
