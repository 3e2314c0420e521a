"""Wakes the night when deliveries have arrived."""

import hashlib

import dagster as dg

from pipelines.deliveries.landing import look_at
from pipelines.jobs import nightly
from pipelines.settings import find_home


@dg.sensor(
    name="deliveries_arrived",
    job=nightly,
    minimum_interval_seconds=60,
    description="Vækker natten, når der ligger nye filer i landing/",
)
def deliveries_arrived(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Asks for a run once the landing folder has changed and then stood still for one look.

    The cursor holds the last look and the one a run was asked for. The lake decides what is new;
    the sensor only wakes it.
    """
    seen = _signature()
    last_look, _, asked_for = (context.cursor or "").partition(" ")
    if seen == asked_for:
        return dg.SkipReason("Intet nyt i landing/.")
    if seen != last_look:
        context.update_cursor(f"{seen} {asked_for}")
        return dg.SkipReason("Filer er på vej; venter, til mappen er i ro.")
    context.update_cursor(f"{seen} {seen}")
    return dg.RunRequest(run_key=seen)


def _signature() -> str:
    digest = hashlib.sha256()
    for file in look_at(find_home().landing).files:
        facts = (file.municipality_code, file.delivered_on, file.file, file.size, file.modified_ns)
        digest.update(repr(facts).encode())
    return digest.hexdigest()
