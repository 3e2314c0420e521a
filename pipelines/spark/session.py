"""A connection to Spark: this machine's cores, or a cluster that an authority already has."""

from __future__ import annotations

import time
import warnings
from typing import Any, Final

with warnings.catch_warnings():  # pandas is no part of what is asked of Spark here
    warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas")
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

from pipelines.engine import EngineError

# What a figure rests on; memory, cores and addresses are the cluster's own (spark-defaults.conf).
_SETTINGS: Final = {
    "spark.sql.ansi.enabled": "true",  # an overflow ends the night, as in DuckDB
    "spark.sql.caseSensitive": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",  # moments are local and have no zone
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",  # days of one calendar, as written
    "spark.sql.parquet.datetimeRebaseModeInWrite": "CORRECTED",
    "spark.log.level": "ERROR",
    "spark.ui.enabled": "false",  # a page of its own, without a login
    "spark.ui.showConsoleProgress": "false",
}
_PARTS: Final = "spark.sql.shuffle.partitions"  # 200 of them, unless said, whatever the cores
_PARTS_PER_CORE: Final = 3
_PATIENCE: Final = 60.0  # seconds


def open_spark(master: str) -> SparkSession:
    """A session with the master.

    Raises EngineError where no master answers or it gives no worker.
    """
    builder = SparkSession.Builder().master(master).appName("samtaleregnskab")
    for name, value in _SETTINGS.items():
        builder = builder.config(name, value)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas")
            spark = builder.getOrCreate()
        working = master.startswith("local") or _gets_a_worker(spark)
    except Exception as error:
        _let_go()
        raise EngineError(
            f"Spark svarer ikke på {master} ({type(error).__name__}). Natten er ikke kørt."
        ) from error
    if not working:
        spark.stop()
        raise EngineError(f"Spark på {master} har ingen ledige arbejdere. Natten er ikke kørt.")
    if not spark.sparkContext.getConf().contains(_PARTS):
        parts = max(_PARTS_PER_CORE * spark.sparkContext.defaultParallelism, 2)
        spark.conf.set(_PARTS, parts)
    return spark


def _gets_a_worker(spark: SparkSession) -> bool:
    """Without one, Spark would wait for ever."""
    context: Any = spark.sparkContext
    deadline = time.monotonic() + _PATIENCE
    while context._jsc.sc().getExecutorMemoryStatus().size() < 2:  # noqa: PLR2004, SLF001 - the driver is one
        if time.monotonic() > deadline:
            return False
        time.sleep(0.2)
    return True


def _let_go() -> None:
    """Spark ends a context without a master by itself, late, and Python would take it up again."""
    left = SparkContext._active_spark_context  # noqa: SLF001 - there is no other way to ask
    if left is not None:
        left.stop()
