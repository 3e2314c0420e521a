"""What Dagster is told of the jobs beside their steps."""

from pipelines.definitions import defs


def test_a_night_that_is_run_again_begins_from_the_beginning():
    """Dagster would go on from the step that failed, and the tables before it are gone."""
    assert defs.resolve_job_def("nightly").tags["dagster/retry_strategy"] == "ALL_STEPS"
