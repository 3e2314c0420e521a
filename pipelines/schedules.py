"""When the night runs by itself."""

import dagster as dg

from pipelines.jobs import nightly

# 04:30 exists exactly once on every day: both clock changes fall between 02:00 and 03:00.
nightly_schedule = dg.ScheduleDefinition(
    name="nightly_0430",
    job=nightly,
    cron_schedule="30 4 * * *",
    execution_timezone="Europe/Copenhagen",
    description="Hver nat kl. 04.30 dansk tid",
)
