"""Stages 4 and 6: the current meetings, their mode and spell, and every rule tried on them."""

from collections.abc import Iterator

import dagster as dg

from assets.deliveries import NightParam, register
from assets.law import law
from assets.metadata import Made, column_schema, table_metadata
from assets.records import spells
from pipelines import stages
from pipelines.contracts import tables


@dg.asset(deps=[register], group_name="meetings", kinds={"python"})
def modes(night: NightParam) -> Made:
    """The contact mode of every way of writing it that was delivered."""
    return dg.MaterializeResult(metadata={"dagster/row_count": stages.read_modes(night.engine)})


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            contract.name,
            deps=[modes, spells, law],
            group_name="meetings",
            kinds={"duckdb"},
            description=description,
            metadata={"dagster/column_schema": column_schema(contract)},
        )
        for contract, description in (
            (tables.MEETINGS, "The current meetings, judged by every rule of every regime."),
            (tables.UNMATCHED_WORDS, "Words that no list knew, so that the lists can grow."),
        )
    ],
)
def meetings(night: NightParam) -> Iterator[Made]:
    """Judges every meeting in one pass."""
    stages.publish_meetings(night.engine, night.show)
    yield table_metadata(night.engine, tables.MEETINGS)
    yield table_metadata(night.engine, tables.UNMATCHED_WORDS)
