"""Fails the runs that a power cut left as started, so that the daemon runs them again.

    python -m production.left_runs

Run it only where no run can be at work: before the daemon starts (samtaler-daemon.service), for
every run's process is the daemon's and ends with it. Dagster's own monitoring would find them only
by `max_runtime_seconds`, for its default launcher cannot ask after a process that is gone.
"""

from __future__ import annotations

import dagster as dg

_AT_WORK = [
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]


def main() -> None:
    """Fails them and names them."""
    with dg.DagsterInstance.get() as instance:
        for run in instance.get_runs(filters=dg.RunsFilter(statuses=_AT_WORK)):
            instance.report_run_failed(run, "Its process was gone when the daemon started.")
            print(f"Failed run {run.run_id}, left over from before.")


if __name__ == "__main__":
    main()
