"""The code location: assets, checks, job, schedule and sensor put together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import dagster as dg

from assets import (
    alerts,
    counts,
    deliveries,
    extracts,
    history,
    law,
    meetings,
    publication,
    receipts,
    records,
    report,
    requirements,
    told,
)
from checks.asset_checks import table_checks
from pipelines.contracts.tables import TABLES
from pipelines.jobs import nightly, resend
from pipelines.night import Night, open_night
from pipelines.progress import Show, show_nothing
from pipelines.schedules import nightly_schedule
from pipelines.sensors import deliveries_arrived, messages_waiting, night_blocked
from pipelines.settings import Home, find_counter, find_home


def build_definitions(home: Home | None = None, show: Show = show_nothing) -> dg.Definitions:
    """The code location for a home; without one, it is found when a run begins."""

    @dg.resource(
        config_schema={
            "as_of": dg.Field(str, is_required=False, description="ÅÅÅÅ-MM-DD"),
            "engine": dg.Field(str, is_required=False, description="duckdb eller spark"),
            "master": dg.Field(str, is_required=False, description="Sparks master"),
        },
        description="En nats arbejdsplads: mapper, motor og hvad der er fundet",
    )
    def night(context: dg.InitResourceContext) -> Iterator[Night]:
        asked = context.resource_config or {}
        day = date.fromisoformat(asked["as_of"]) if "as_of" in asked else None
        counter = find_counter(asked.get("engine"), asked.get("master"))
        with open_night(home or find_home(), day, show, counter) as opened:
            yield opened

    return dg.Definitions(
        assets=dg.load_assets_from_modules(
            [
                *(deliveries, records, law, meetings, counts, requirements, alerts, publication),
                *(history, receipts, extracts, report, told),
            ]
        ),
        asset_checks=[table_checks(contract) for contract in TABLES],
        jobs=[nightly, resend],
        schedules=[nightly_schedule],
        sensors=[deliveries_arrived, messages_waiting, night_blocked],
        resources={"night": night},
        executor=dg.in_process_executor,
    )


defs = build_definitions()
