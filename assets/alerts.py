"""What is wrong tonight, whose it is to mend, and since when."""

import dagster as dg

from assets.deliveries import NightParam
from assets.metadata import Made, markdown, spec, table_metadata
from pipelines.alerts.watch import publish_alerts
from pipelines.contracts import tables


@dg.asset(
    **spec(tables.ALERTS, "told"),
    deps=["compliance", "supervision", "counts", "deliveries", "source_systems", "law"],
)
def alerts(night: NightParam) -> Made:
    """Every alert rule asked of tonight's tables, set against what was known before."""
    publish_alerts(night.engine, night.basis.as_of, (), lambda *_: "kl", lambda _: None)
    states = night.engine.rows(
        "select rule || ' ' || state, count(*) from next.alerts group by 1 order by 1"
    )
    return table_metadata(night.engine, tables.ALERTS, states=markdown(("alert", "number"), states))
