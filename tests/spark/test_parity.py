"""What Spark counts, DuckDB counts: table by table, hash by hash."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipelines.demo.write import write_demo
from pipelines.engine import EngineError
from pipelines.engines import open_engine
from pipelines.progress import show_nothing
from pipelines.publishing import table_hashes
from pipelines.report.writing import Written
from pipelines.running import run_night
from pipelines.settings import Counter, Home
from tests.nights.deliveries import new_home
from tests.spec.owed_cases import owed_cases
from tests.spec.recognition_cases import all_cases
from tests.sql_runs import tables_of


@pytest.fixture(autouse=True)
def _without_a_report(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assets.report.write_report", lambda home, _: Written(home.root, 0, 0, 0))


def hash_of(home: Home) -> str:
    with duckdb.connect(str(home.publication), read_only=True) as publication:
        [(found,)] = publication.execute("select tables_hash from publication").fetchall()
    return str(found)


@pytest.mark.slow
def test_a_night_on_spark_is_the_same_publication(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    home = new_home(tmp_path / "home")
    write_demo(home.landing, 12_000, date(2019, 1, 1), date(2024, 4, 30))
    assert run_night(home, None, show_nothing).published
    duckdb_file, duckdb_hash = home.publication.resolve(), hash_of(home)
    [vintage] = home.vintages.iterdir()
    vintage.rename(tmp_path / "counted-by-duckdb")
    duckdb_file.unlink()

    counted: list[str] = []
    monkeypatch.setattr("pipelines.spark.engine.to_spark", spied_on(counted))
    outcome = run_night(home, None, show_nothing, counter)

    assert outcome.published, outcome.problems
    assert len(counted) > 25  # it was Spark that counted
    assert [folder.name for folder in home.vintages.iterdir()] == [vintage.name]
    assert hash_of(home) == duckdb_hash
    assert not (home.state / "scratch").exists()


@pytest.mark.slow
def test_the_tables_of_the_law_are_counted_alike(counter: Counter):
    """Every case of the tables that read like the law, in one lake, on both engines."""
    judged, owed = all_cases(), owed_cases()
    meetings = [meeting for case in (*judged, *owed) for meeting in case.meetings]
    spells = [spell for case in judged for spell in case.spells] + [case.spell for case in owed]
    absences = [absence for case in owed for absence in case.absences]
    hashes = []
    for engine in (None, counter):
        with tables_of(meetings, spells, absences, date(2024, 5, 1), counter=engine) as counted:
            hashes.append(table_hashes(counted))
            assert counted.number("select count(*) from next.meetings") > 1000
            assert counted.number("select count(distinct status) from next.requirements") == 6
    assert hashes[0] == hashes[1]


@pytest.mark.slow
def test_a_master_that_does_not_answer_is_told_of(counter: Counter, tmp_path: Path):
    with pytest.raises(EngineError, match="Spark svarer ikke på spark://127"):
        open_engine(Counter(counter.engine, "spark://127.0.0.1:9"), tmp_path / "scratch")


@pytest.mark.slow
def test_what_a_silent_master_leaves_half_open_is_not_taken_up_again(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
):
    from pyspark import SparkContext  # noqa: PLC0415 - an extra of its own
    from pyspark.sql import SparkSession  # noqa: PLC0415

    from pipelines.spark.session import open_spark  # noqa: PLC0415

    def give_up(_: object) -> None:
        context = SparkContext("local[1]", "half open")
        context._jsc.sc().stop()  # as Spark does from a thread of its own
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(SparkSession.Builder, "getOrCreate", give_up)
        with pytest.raises(EngineError, match="Spark svarer ikke"):
            open_spark(counter.master)
    spark = open_spark(counter.master)
    try:
        assert spark.sql("select 1").collect() == [(1,)]
    finally:
        spark.stop()


def test_a_folder_whose_name_spark_would_read_as_a_pattern_is_refused(
    counter: Counter, tmp_path: Path
):
    with pytest.raises(EngineError, match="i navnet"):
        open_engine(counter, tmp_path / "scratch[1]")


def spied_on(seen: list[str]) -> object:
    from pipelines.spark.dialect import to_spark  # noqa: PLC0415 - an extra of its own

    def spy(select: str) -> str:
        seen.append(select)
        return to_spark(select)

    return spy
