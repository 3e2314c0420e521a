"""What wakes a job: deliveries that have arrived, and messages that are due; and a night's end."""

import hashlib

import dagster as dg

from pipelines.alerts.telling import local_now, messages_due, tell_blocked
from pipelines.deliveries.landing import look_at
from pipelines.jobs import nightly, resend
from pipelines.outcome import outcome_of
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


@dg.sensor(
    name="messages_due",
    job=resend,
    minimum_interval_seconds=60,
    description="Sender beskeder, der venter på en server eller på, at stille timer slutter",
)
def messages_waiting(_context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Asks for a round of sending where a message is due."""
    if messages_due(find_home(), local_now()):
        return dg.RunRequest()
    return dg.SkipReason("Ingen besked venter.")


@dg.run_failure_sensor(
    name="night_blocked",
    monitored_jobs=[nightly],
    description="Giver besked, når en nat ikke udgav noget",
)
def night_blocked(context: dg.RunFailureSensorContext) -> None:
    """Tells of a night that published nothing, also where its own process told nothing."""
    entries = context.instance.all_logs(context.dagster_run.run_id)
    outcome = outcome_of([entry.dagster_event for entry in entries if entry.dagster_event])
    if outcome.blocked:
        tell_blocked(find_home(), outcome.problems, local_now())


def _signature() -> str:
    digest = hashlib.sha256()
    for file in look_at(find_home().landing).files:
        facts = (file.municipality_code, file.delivered_on, file.file, file.size, file.modified_ns)
        digest.update(repr(facts).encode())
    return digest.hexdigest()
