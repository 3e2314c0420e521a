"""Stages 6 and 8: the four regimes, and the sums over their rows. Nothing else counts."""

from collections.abc import Iterator

import dagster as dg

from assets.deliveries import NightParam
from assets.metadata import Made, column_schema, markdown, spec, table_metadata
from pipelines import stages
from pipelines.contracts import tables


@dg.asset(**spec(tables.EVALUATIONS, "counts"), deps=["meetings"])
def evaluations(night: NightParam) -> Made:
    """The held meetings in the four regimes, with every rule they do not meet."""
    stages.publish_evaluations(night.engine)
    return table_metadata(night.engine, tables.EVALUATIONS)


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            contract.name,
            deps=[evaluations],
            group_name="counts",
            kinds={"duckdb"},
            description=description,
            metadata={"dagster/column_schema": column_schema(contract)},
        )
        for contract, description in (
            (tables.COUNTS, "Held, recognised and gap by month, municipality, group and mode."),
            (tables.REASONS, "Why the gap: meetings by the first rule they do not meet."),
        )
    ],
)
def counts(night: NightParam) -> Iterator[Made]:
    """Sums the evaluations."""
    stages.publish_counts(night.engine)
    national = night.engine.rows(
        "select regime, sum(held), sum(recognised), sum(gap) from next.counts group by 1 order by 1"
    )
    gap = next((int(str(row[3])) for row in national if row[0] == "duty"), 0)
    table = markdown(("regime", "held", "recognised", "gap"), national)
    yield table_metadata(night.engine, tables.COUNTS, gap=gap, national=table)
    why = night.engine.rows(
        "select reason, sum(not_recognised), sum(sole) from next.reasons "
        "where regime = 'duty' group by 1 order by 2 desc"
    )
    table = markdown(("reason (duty)", "first", "only"), why)
    yield table_metadata(night.engine, tables.REASONS, why=table)
