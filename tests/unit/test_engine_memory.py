"""An engine that rests leaves its memory to the one that counts, and loses nothing by it."""

from pathlib import Path

from pipelines.engine import Engine

ROWS = 6_000_000  # of eight bytes: more than an engine at rest may hold, several times over


def held(engine: Engine) -> int:
    """The bytes of tables and scratch that lie in memory."""
    [(held,)] = engine.rows("select sum(memory_usage_bytes) from duckdb_memory()")
    return int(str(held))


def test_a_resting_engine_holds_little_and_loses_nothing(tmp_path: Path) -> None:
    with Engine(tmp_path) as engine:
        numbers = ", ".join(f"hash(i + {n}) as c{n}" for n in range(8))
        engine.run(f"create temp table numbers as select {numbers} from range({ROWS}) as t (i)")
        total = engine.rows("select sum(c0) from numbers")
        before = held(engine)
        with engine.resting():
            resting = held(engine)
            assert engine.rows("select sum(c0) from numbers") == total
        assert before > 300e6
        assert resting < 220e6
        engine.run("create temp table more as from numbers")
        assert held(engine) > resting
        assert engine.rows("select sum(c0) from more") == total
