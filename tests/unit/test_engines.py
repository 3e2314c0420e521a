"""Which engine counts, and what an operator is told where it is not there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipelines.cli.main import samtaler
from pipelines.engine import Engine, EngineError
from pipelines.engines import open_engine
from pipelines.settings import Counter, find_counter


def test_duckdb_counts_unless_another_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("SAMTALER_ENGINE", raising=False)
    monkeypatch.delenv("SAMTALER_MASTER", raising=False)
    assert find_counter() == Counter("duckdb", "local[*]")
    monkeypatch.setenv("SAMTALER_ENGINE", "spark")
    monkeypatch.setenv("SAMTALER_MASTER", "spark://host:7077")
    assert find_counter() == Counter("spark", "spark://host:7077")
    assert find_counter("duckdb") == Counter("duckdb", "spark://host:7077")


def test_an_engine_makes_another_beside_it(tmp_path: Path):
    with (
        open_engine(Counter(), tmp_path / "one") as engine,
        engine.beside(tmp_path / "two") as other,
    ):
        assert type(other) is Engine
        assert other.number("select 1") == 1


def test_spark_that_is_not_installed_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "pipelines.spark.engine", None)
    with pytest.raises(EngineError, match="Spark er ikke installeret"):
        open_engine(Counter("spark"), tmp_path)


@pytest.mark.parametrize(
    ("arguments", "environment", "said"),
    [
        (["--engine", "mysql"], {}, "mysql"),
        (["--master", "local"], {}, "--master hører til --engine spark"),
        ([], {"SAMTALER_ENGINE": "mysql"}, "SAMTALER_ENGINE er mysql"),
    ],
)
@pytest.mark.parametrize("command", ["nightly", "verify"])
def test_a_wrong_call_ends_with_2(
    command: str, arguments: list[str], environment: dict[str, str], said: str, tmp_path: Path
):
    own = {"SAMTALER_ENGINE": "", "SAMTALER_MASTER": ""} | environment
    called = [command, "--home", str(tmp_path), *arguments]
    ended = CliRunner().invoke(samtaler, called, env=own)
    assert ended.exit_code == 2
    assert said in ended.output
