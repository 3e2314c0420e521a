"""Great Expectations over a DuckDB connection that is already open.

Great Expectations 1.24.1 has no DuckDB data source, and `add_sql` with duckdb-engine 0.17 answers
every expectation with an error. The four mends below are all it takes; nothing in either library
is patched. No data context is made, so no file is written and no usage is reported.
Great Expectations takes seconds to import, so it is imported where it is used.
"""

import logging
import sys
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import duckdb

from checks.suites import Expectation

if TYPE_CHECKING:
    from duckdb_engine import CursorWrapper
    from great_expectations.execution_engine.sqlalchemy_execution_engine import (
        SqlAlchemyExecutionEngine,
    )
    from great_expectations.expectations.expectation import ColumnMapExpectation
    from great_expectations.validator.metric_configuration import MetricConfiguration

_COUNTS_ONLY = "BOOLEAN_ONLY"  # the only result format that fetches no value from the table
_SILENT = logging.CRITICAL + 1


def count_failing_rows(
    connection: duckdb.DuckDBPyConnection,
    schema: str,
    table: str,
    columns: Mapping[str, str],
    suite: Sequence[Expectation],
) -> dict[str, int]:
    """How many rows break each expectation, by check id.

    `columns` are the table's columns and their types. All expectations are counted in one pass
    over the table. One that could not be evaluated is absent; why is not told, since the message
    of a failed query may quote a value.
    """
    if not suite:
        return {}
    with (
        _quietly(),
        _spark_hidden(),
        closing(_execution_engine(connection, schema, table, columns)) as engine,
    ):
        from great_expectations import expectations as gx  # noqa: PLC0415
        from great_expectations.validator.metrics_calculator import (  # noqa: PLC0415
            MetricsCalculator,
        )

        expectations = {
            expectation.check_id: getattr(gx, expectation.name)(
                column=expectation.column, **expectation.arguments
            )
            for expectation in suite
        }
        needed = {
            check_id: expectation.get_validation_dependencies(
                execution_engine=engine, runtime_configuration={"result_format": _COUNTS_ONLY}
            ).metric_configurations
            for check_id, expectation in expectations.items()
        }
        metrics, _ = MetricsCalculator(engine, show_progress_bars=False).compute_metrics(
            [metric for named in needed.values() for metric in named.values()]
        )
        counts = {
            check_id: _failing_rows(expectation, engine, needed[check_id], metrics)
            for check_id, expectation in expectations.items()
        }
    return {check_id: count for check_id, count in counts.items() if count is not None}


def _failing_rows(
    expectation: "ColumnMapExpectation",
    engine: "SqlAlchemyExecutionEngine",
    needed: Mapping[str, "MetricConfiguration"],
    metrics: dict[Any, Any],
) -> int | None:
    """The rows that break an expectation; None where it has no verdict, or not the count's."""
    if any(metric.id not in metrics for metric in needed.values()):
        return None
    verdict = expectation.metrics_validate(
        metrics,
        execution_engine=engine,
        runtime_configuration={"result_format": _COUNTS_ONLY},
    )
    # A sum over no rows is NULL.
    count = int(metrics[needed[f"{expectation.map_metric}.unexpected_count"].id] or 0)
    return count if verdict.success == (count == 0) else None


def _execution_engine(
    connection: duckdb.DuckDBPyConnection, schema: str, table: str, columns: Mapping[str, str]
) -> "SqlAlchemyExecutionEngine":
    import sqlalchemy as sa  # noqa: PLC0415
    from great_expectations.execution_engine.sqlalchemy_batch_data import (  # noqa: PLC0415
        SqlAlchemyBatchData,
    )
    from great_expectations.execution_engine.sqlalchemy_execution_engine import (  # noqa: PLC0415
        SqlAlchemyExecutionEngine,
    )
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415

    # Mend 1: the file is open in this process, so the engine borrows the connection that has it.
    borrowed = _BorrowedConnection(connection)
    database = sa.create_engine("duckdb://", creator=lambda: borrowed, poolclass=sa.StaticPool)
    engine = SqlAlchemyExecutionEngine(engine=database)
    # Mend 2: DuckDB has PostgreSQL's operator for regular expressions.
    engine.dialect_module = postgresql
    # Mend 3: duckdb-engine asks for columns through a catalog table that DuckDB does not have.
    engine._inspector = cast("Any", _Columns(columns, database.dialect))  # noqa: SLF001
    data = SqlAlchemyBatchData(engine, schema_name=schema, table_name=table)
    engine.load_batch_data(table, data)
    return engine


@contextmanager
def _spark_hidden() -> Iterator[None]:
    """Mend 4: Great Expectations imports Spark's client where Spark is installed.

    That ends a process without a main file, such as a run of Dagster's, with exit code 0.
    """
    name, modules = "pyspark.sql.connect", cast("dict[str, object]", sys.modules)
    if name in modules:
        yield
        return
    modules[name] = None
    try:
        yield
    finally:
        del modules[name]


@dataclass(frozen=True, slots=True)
class _BorrowedConnection:
    """An open DuckDB connection as SQLAlchemy sees it, without transactions and never closed.

    Great Expectations gives its connection back before it reads the answer, and the rollback that
    follows would take the answer away. There is nothing to roll back, and the lender closes.
    """

    connection: duckdb.DuckDBPyConnection
    notices: tuple[str, ...] = ()

    def cursor(self) -> "CursorWrapper":
        from duckdb_engine import CursorWrapper  # noqa: PLC0415

        return CursorWrapper(self.connection, cast("Any", self))

    def begin(self) -> None: ...

    def commit(self) -> None: ...

    def rollback(self) -> None: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class _Columns:
    """The part of SQLAlchemy's inspector that Great Expectations asks, answered beforehand."""

    columns: Mapping[str, str]
    dialect: object

    def get_columns(self, **_: object) -> list[dict[str, str]]:
        return [{"name": name, "type": kind} for name, kind in self.columns.items()]

    def get_pk_constraint(self, **_: object) -> dict[str, list[str]]:
        return {"constrained_columns": []}


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep the warnings of the import to itself, and out of the log what may quote a value.

    Leaving `catch_warnings` also undoes that the import turns every warning of the process into
    a log line.
    """
    logger = logging.getLogger("great_expectations")
    level = logger.level
    logger.setLevel(_SILENT)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)
