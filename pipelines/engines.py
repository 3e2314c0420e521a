"""Which engine counts: DuckDB on this machine, or Spark where an authority has a cluster."""

from __future__ import annotations

from pathlib import Path

from pipelines.engine import Engine, EngineError
from pipelines.settings import Counter

_MISSING = (
    "Spark er ikke installeret: kør «pip install 'samtaleregnskab[spark]'» i samme miljø, og sørg "
    "for Java 17. Natten er ikke kørt."
)


def open_engine(counter: Counter, scratch: Path) -> Engine:
    """The engine asked for, with its scratch files in a folder.

    Raises EngineError where it is not installed or does not answer.
    """
    if counter.engine == "duckdb":
        return Engine(scratch)
    try:
        from pipelines.spark.engine import SparkEngine  # noqa: PLC0415 - an extra of its own
    except ModuleNotFoundError as missing:
        raise EngineError(_MISSING) from missing
    return SparkEngine(scratch, counter.master)
