"""Forgets old runs and their events, which Dagster never does by itself.

    python -m production.forget_runs [--days 180]

Publications, ledger and letters are not Dagster's, and stay.
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime, timedelta

import dagster as dg

_ENDED = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]


def main() -> None:
    """Deletes ended runs that began before the days."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=180)
    before = datetime.now(UTC) - timedelta(days=parser.parse_args().days)
    with dg.DagsterInstance.get() as instance:
        old = instance.get_runs(filters=dg.RunsFilter(statuses=_ENDED, created_before=before))
        for run in old:
            instance.delete_run(run.run_id)
    print(f"Forgot {len(old)} runs from before {before:%Y-%m-%d}.")


if __name__ == "__main__":
    main()
