"""The race's own contestant: the night's stages up to `counts`, and no more than that.

    python -m benchmarks.race.counting_job LANDING HOME ANSWER [TIMES]

Reading, records, law, modes, meetings and counts, as the assets of a night call them; without
Dagster, checks, requirements, hashes, publication and what is told after it. Where HOME's lake has
the deliveries already, they are not read again. TIMES is a file for the processor seconds of each
stage.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.race.answers import write_answer
from pipelines import stages
from pipelines.deliveries.intake import take_in
from pipelines.engine import Engine
from pipelines.lake import Lake
from pipelines.law.loader import load_law
from pipelines.law.rows import law_rows
from pipelines.progress import show_nothing
from pipelines.settings import Home


def main(landing: Path, root: Path, answer: Path, times: Path | None = None) -> None:
    """Counts the deliveries of a landing folder into a new publication that nobody publishes."""
    home, lake = Home(root, landing), Lake(root / "lake")
    scratch = home.state / "scratch"
    spent: dict[str, float] = {"start-up": _processor()}

    def timed(name: str, stage: Callable[[], object]) -> None:
        before = _processor()
        stage()
        spent[name] = _processor() - before

    timed("reading", lambda: take_in(home))
    with Engine(scratch) as engine:
        engine.begin(scratch / "counted.duckdb")
        law = law_rows(load_law())
        timed("register", lambda: stages.register(engine, lake, lake.deliveries(), None))
        timed("spells", lambda: stages.publish_spells(engine))
        timed("municipalities", lambda: stages.publish_municipalities(engine))
        timed("law", lambda: stages.publish_law(engine, law))
        timed("law prepared", lambda: stages.prepare_law(engine))
        timed("modes", lambda: stages.read_modes(engine))
        timed("meetings", lambda: stages.publish_meetings(engine, show_nothing))
        timed("counts", lambda: stages.publish_counts(engine))
        timed("answer", lambda: write_answer(engine, answer))
    shutil.rmtree(scratch)
    if times is not None:
        times.write_text(json.dumps(spent), encoding="utf-8")


def _processor() -> float:
    """Seconds of processor used so far by this process and the readers it has ended."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
