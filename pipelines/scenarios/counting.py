"""Counts the recorded meetings and spells under another law, into files of their own.

The records are read from the publication, which holds every current meeting with its mode and
spell; only what the law decides is computed again, and meetings only on days whose law differs.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from pipelines import stages
from pipelines.code_version import code_version
from pipelines.contracts import tables
from pipelines.contracts.model import Table, Text
from pipelines.engine import Engine, quoted
from pipelines.law.model import Law
from pipelines.law.rows import law_of_rows, law_rows
from pipelines.law.values import SupervisionThreshold
from pipelines.scenarios.costing import Pair, Prices, work_rows
from pipelines.scenarios.tables import (
    ABOUT,
    COMPARISON,
    COMPARISON_MODES,
    CROSSINGS,
    MEASURES,
    WORK,
    Worked,
)
from pipelines.scenarios.touched import Period, judged_days
from pipelines.vintages import law_in

_RECORDS: Final = (tables.SPELLS, tables.ABSENCES, tables.MUNICIPALITIES)
_SUMS: Final = (tables.COUNTS, tables.REASONS)


@dataclass(frozen=True, slots=True)
class Asked:
    """A scenario to be counted: what it is called, why one asks, its law and its costs."""

    name: str
    label: Text
    reason: Text
    law: Law
    prices: Prices


@dataclass(frozen=True, slots=True)
class Sums:
    """A measure for the whole country: as published, and in the scenario."""

    baseline: int
    scenario: int

    @property
    def moved(self) -> int:
        """What the scenario adds, or takes away."""
        return self.scenario - self.baseline


@dataclass(frozen=True, slots=True)
class Counted:
    """What came of a scenario, the whole country, all months.

    `sums` by measure (see MEASURES); `work` as the table of that name.
    """

    asked: Asked
    file: Path
    sums: dict[str, Sums]
    work: pl.DataFrame
    up: int  # crossings of the line of 80 percent, by municipality and period
    down: int


class Bench:
    """The records of a publication, to be counted under one law after another."""

    def __init__(self, engine: Engine, law: Law) -> None:
        self._engine = engine
        self._law = law  # of the baseline
        [(publication_id, self.as_of)] = engine.rows(
            "select publication_id, as_of from publication"
        )
        self.publication_id = str(publication_id)

    def count(self, asked: Asked, file: Path) -> Counted:
        """Counts a scenario into a new file, with the comparison and the crossings."""
        engine = self._engine
        period = judged_days(self._law, asked.law)
        engine.begin(file)
        _count(engine, law_rows(asked.law), period)
        engine.publish(COMPARISON, "scenarios/comparison")
        engine.publish(COMPARISON_MODES, "scenarios/comparison_modes")
        sums = _sums(engine)
        work = work_rows(_worked(engine, sums), asked.prices)
        engine.publish_frame(WORK, work)
        threshold = self._law.only_rule("supervision_threshold").versions[-1].value
        assert isinstance(threshold, SupervisionThreshold)  # noqa: S101 - so is the family
        line = {"least_share": [threshold.share], "least": [threshold.least_spells]}
        engine.offer("line", pl.DataFrame(line))
        engine.publish(CROSSINGS, "scenarios/crossings")
        engine.publish_frame(ABOUT, self._about(asked, period))
        crossings = _crossings(engine)
        engine.finish()
        return Counted(asked, file, sums, work, crossings.get("up", 0), crossings.get("down", 0))

    def _about(self, asked: Asked, period: Period | None) -> pl.DataFrame:
        row = {
            "scenario": asked.name,
            "label_da": asked.label.da,
            "label_en": asked.label.en,
            "reason_da": asked.reason.da,
            "reason_en": asked.reason.en,
            "publication_id": self.publication_id,
            "as_of": self.as_of,
            "law_hash": asked.law.content_hash,
            "code_version": code_version("counting"),
            "judged_from": period.first if period else None,
            "judged_through": period.last if period else None,
        }
        days = {"judged_from": pl.Date, "judged_through": pl.Date}
        return pl.DataFrame([row], schema_overrides=days)


@contextmanager
def open_bench(publication: Path, law: Law | None, scratch: Path) -> Iterator[Bench]:
    """A publication's records, and as `base` what was counted of them under a law.

    Without a law it is the one the publication was counted by. Where law or code are not those of
    the publication, the baseline is counted again, so that a scenario differs from it by its
    changes alone. `scratch` is emptied afterwards. Raises duckdb.Error where the file is none.
    """
    try:
        with Engine(scratch / "engine") as engine:
            engine.run(f"attach {quoted(publication)} as base (read_only)")
            engine.run("create temp table publication as from base.publication")
            engine.run("create temp table night as select as_of from publication")
            [(law_then, code_then)] = engine.rows("select law_hash, code_version from publication")
            recorded = law_of_rows(law_in(engine.connection, "base"), str(law_then))
            _prepare(engine)
            if code_then != code_version("counting") or (law and law.content_hash != law_then):
                rows = law_rows(law) if law else law_in(engine.connection, "base")
                _count_baseline(engine, rows, scratch / "baseline.duckdb")
                _prepare(engine)  # its rows lie in another order
            yield Bench(engine, law or recorded)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _prepare(engine: Engine) -> None:
    """What no law changes in `base`, computed once: modes, duplicates, and the days of meetings."""
    days = "select distinct started_at from base.meetings"
    engine.run(f"create or replace temp table lake_meetings as {days}")
    engine.scratch("modes", "scenarios/modes")
    _judge_on(engine, Period.always())
    engine.scratch("duplicates", "meetings/duplicates")


def _judge_on(engine: Engine, period: Period) -> None:
    days = {"first_day": [period.first], "last_day": [period.last]}
    engine.offer("judged_days", pl.DataFrame(days))
    engine.view("current_meetings", "scenarios/current_meetings")


def _count_baseline(engine: Engine, rows: list[dict[str, object]], file: Path) -> None:
    engine.begin(file)
    _count(engine, rows, Period.always())
    for record in _RECORDS:
        _copy(engine, record)
    engine.finish()
    engine.run("detach base")
    engine.run(f"attach {quoted(file)} as base (read_only)")


def _count(engine: Engine, rows: list[dict[str, object]], period: Period | None) -> None:
    """What a night counts of the records under a law, meetings judged anew on some days."""
    for record in _RECORDS:
        engine.run(f"create view next.{record.name} as from base.{record.name}")
    stages.publish_law(engine, rows)
    stages.prepare_law(engine)
    if period is None:
        engine.run("create view next.meetings as from base.meetings")
        for sums in _SUMS:
            _copy(engine, sums)
    else:
        _judge(engine, period)
        stages.publish_counts(engine)
    stages.publish_requirements(engine)
    for record in _RECORDS:
        engine.run(f"drop view next.{record.name}")
    engine.run("drop view next.meetings")
    if period is not None:
        engine.run("alter table next.judged_meetings rename to meetings")


def _judge(engine: Engine, period: Period) -> None:
    _judge_on(engine, Period.always())  # a first meeting in person may lie before the period
    stages.place_meetings(engine)
    _judge_on(engine, period)
    stages.judge_meetings(engine)
    engine.run("alter table next.meetings rename to judged_meetings")
    engine.view("all_meetings", "scenarios/meetings")
    engine.run("create view next.meetings as from all_meetings")


def _copy(engine: Engine, contract: Table) -> None:
    engine.run(f"create or replace table next.{contract.name} as from base.{contract.name}")
    engine.comment(contract)


def _sums(engine: Engine) -> dict[str, Sums]:
    found = {}
    for measure in MEASURES:
        [pair] = engine.rows(
            f"select sum({measure}_baseline), sum({measure}_scenario) from next.comparison"
        )
        found[measure] = Sums(*(int(str(number or 0)) for number in pair))
    return found


def _worked(engine: Engine, sums: dict[str, Sums]) -> dict[Worked, Pair]:
    rows = engine.rows(
        "select mode, sum(gap_baseline), sum(gap_scenario) from next.comparison_modes group by mode"
    )
    baseline, scenario = ({str(row[0]): int(str(row[side])) for row in rows} for side in (1, 2))
    return {
        "required": _in_person(sums["required"]),
        "shortfall": _in_person(sums["shortfall"]),
        "gap": Pair(baseline, scenario),
    }


def _in_person(sums: Sums) -> Pair:
    return Pair({"in_person": sums.baseline}, {"in_person": sums.scenario})


def _crossings(engine: Engine) -> dict[str, int]:
    rows = engine.rows("select direction, count(*) from next.crossings group by direction")
    return {str(direction): int(str(number)) for direction, number in rows}
