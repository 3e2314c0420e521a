"""What the law asked for each spell, what came of it, and how municipalities did."""

from collections.abc import Iterator

import dagster as dg

from assets.deliveries import NightParam
from assets.metadata import Made, column_schema, markdown, table_metadata
from pipelines import stages
from pipelines.contracts import tables


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            contract.name,
            deps=[*deps],
            group_name="requirements",
            kinds={"duckdb"},
            description=description,
            metadata={"dagster/column_schema": column_schema(contract)},
        )
        for contract, deps, description in (
            (
                tables.REQUIREMENTS,
                ("meetings", "spells", "absences", "law"),
                "What the law asked for each spell: window, due day, meetings, status.",
            ),
            (
                tables.COMPLIANCE,
                ("requirements",),
                "Requirements due, met, missed, caught up and carried, by municipality and month.",
            ),
            (
                tables.SUPERVISION,
                ("meetings", "spells", "absences", "law"),
                "Months below the supervision threshold, and where contact is expected.",
            ),
        )
    ],
)
def requirements(night: NightParam) -> Iterator[Made]:
    """Lays every spell's windows over its recognised meetings."""
    stages.publish_requirements(night.engine)
    by_status = night.engine.rows(
        "select status, count(*), sum(shortfall) from next.requirements group by 1 order by 2 desc"
    )
    statuses = markdown(("status", "requirements", "meetings missing"), by_status)
    yield table_metadata(night.engine, tables.REQUIREMENTS, statuses=statuses)
    yield table_metadata(night.engine, tables.COMPLIANCE)
    expected = night.engine.rows(
        "select municipality_code, max(month), max(months_in_a_row) from next.supervision "
        "where contact_expected group by 1 order by 3 desc, 1 limit 20"
    )
    contact = markdown(("municipality", "latest month", "months in a row"), expected)
    yield table_metadata(night.engine, tables.SUPERVISION, contact_expected=contact)
