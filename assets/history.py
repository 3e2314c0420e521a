"""What moved since the publication before and why, and every publication so far."""

from collections.abc import Iterator

import dagster as dg

from assets.deliveries import NightParam
from assets.metadata import Made, column_schema, markdown, spec, table_metadata
from pipelines.changes import publish_changes
from pipelines.code_version import code_version
from pipelines.contracts import tables
from pipelines.history import ledger_facts, publish_history
from pipelines.vintages import publication_of


@dg.asset(**spec(tables.CHANGES, "history"), deps=["counts", "meetings", "deliveries", "law"])
def changes(night: NightParam) -> Made:
    """Held and recognised set against the publication before: new rows, corrections, law, code."""
    publish_changes(
        night.engine,
        night.lake,
        night.basis,
        code_version("counting"),
        night.before,
        night.home.state / "scratch",
    )
    moved = night.engine.rows(
        "select cause, sum(held), sum(recognised) from next.changes "
        "where regime = 'duty' group by 1 order by 1"
    )
    return table_metadata(
        night.engine, tables.CHANGES, moved=markdown(("cause (duty)", "held", "recognised"), moved)
    )


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            contract.name,
            deps=["publication", "changes"],
            group_name="history",
            kinds={"duckdb"},
            description=description,
            metadata={"dagster/column_schema": column_schema(contract)},
        )
        for contract, description in (
            (tables.HISTORY, "Every publication, what it rests on, and why its figures moved."),
            (tables.REVISIONS, "Each month's figures in every publication: the triangle."),
        )
    ],
)
def history(night: NightParam) -> Iterator[Made]:
    """The ledger so far, and tonight."""
    if night.publication is None:
        raise dg.Failure("publication has not run in this night", allow_retries=False)
    previous_id = publication_of(night.before) if night.before else None
    night.facts = ledger_facts(night.engine, night.publication, previous_id, night.ledger)
    publish_history(night.engine, night.ledger, night.facts)
    yield table_metadata(night.engine, tables.HISTORY)
    yield table_metadata(night.engine, tables.REVISIONS)
