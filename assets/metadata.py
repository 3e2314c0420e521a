"""What Dagster shows of a published table, taken from its contract."""

from collections.abc import Iterable, Sequence
from typing import Any

import dagster as dg

from pipelines.contracts.model import Table
from pipelines.engine import Engine

Made = dg.MaterializeResult[Any]


def spec(contract: Table, group: str) -> dict[str, Any]:
    """The arguments of an asset that publishes one table."""
    return {
        "key": contract.name,
        "group_name": group,
        "kinds": {"duckdb"},
        "metadata": {"dagster/column_schema": column_schema(contract)},
    }


def column_schema(contract: Table) -> dg.TableSchema:
    """The columns as Dagster's catalogue shows them."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(column.name, str(column.kind), description=column.comment)
            for column in contract.columns
        ]
    )


def markdown(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> dg.MetadataValue:
    """A small table to look at in Dagster; the first column is text, the others numbers."""
    lines = [heads, ("---", *["---:"] * (len(heads) - 1)), *rows]
    return dg.MetadataValue.md("\n".join(f"| {' | '.join(map(str, line))} |" for line in lines))


def table_metadata(engine: Engine, contract: Table, **more: dg.MetadataValue | int | str) -> Made:
    """The number of rows just published, and whatever else is worth seeing."""
    rows = engine.number(f"select count(*) from next.{contract.name}")
    return dg.MaterializeResult(
        asset_key=contract.name, metadata={"dagster/row_count": rows, **more}
    )
