"""What is wrong tonight, whose it is to mend, and since when."""

import dagster as dg

from assets.deliveries import NightParam
from assets.metadata import Made, markdown, spec, table_metadata
from pipelines.alerts.telling import bearings
from pipelines.alerts.watch import publish_alerts
from pipelines.contracts import tables
from pipelines.publishing import identify


@dg.asset(
    **spec(tables.ALERTS, "told"),
    deps=["compliance", "supervision", "counts", "deliveries", "source_systems", "law"],
)
def alerts(night: NightParam) -> Made:
    """Every alert rule asked of tonight's tables, set against what was known before."""
    as_of = night.basis.as_of
    publication_id = identify(night.engine, as_of, night.law_hash)
    known = bearings(night.home, publication_id, as_of)
    publish_alerts(night.engine, as_of, known.before, known.routes)
    states = night.engine.rows(
        "select rule || ' ' || state, count(*) from next.alerts group by 1 order by 1"
    )
    return table_metadata(night.engine, tables.ALERTS, states=markdown(("alert", "number"), states))
