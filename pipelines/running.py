"""Runs the nightly job in this process, with its history kept in the home folder."""

from __future__ import annotations

import io
from contextlib import redirect_stderr
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import dagster as dg
import yaml
from dagster._core.instance.ref import InstanceRef

from pipelines.alerts.telling import local_now, tell_blocked
from pipelines.definitions import build_definitions
from pipelines.outcome import Outcome, outcome_of
from pipelines.progress import Show
from pipelines.settings import Counter, Home


def run_night(
    home: Home, as_of: date | None, show: Show, counter: Counter | None = None
) -> Outcome:
    """Runs every asset and check once; unless all checks pass, the old publication stands.

    Where it does, those who must know are told, outside Dagster's run.
    """
    folder = dagster_folder(home)
    job = build_definitions(home, show).resolve_job_def("nightly")
    asked = {"as_of": as_of.isoformat()} if as_of else {}
    asked |= asdict(counter) if counter else {}
    config = {
        "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
        "resources": {"night": {"config": asked}},
    }
    ref = InstanceRef.from_dir(str(folder), overrides=_settings(folder))  # a file name is a glob
    # Dagster writes SQL with its parameters to standard error where its history cannot be kept.
    with dg.DagsterInstance.from_ref(ref) as instance, redirect_stderr(io.StringIO()):
        result = job.execute_in_process(run_config=config, instance=instance, raise_on_error=False)
    outcome = outcome_of(result.all_events)
    if not outcome.blocked:
        return outcome
    told = tell_blocked(home, outcome.problems, local_now())
    return replace(outcome, notes=(*outcome.notes, *told.notes))


def dagster_folder(home: Home) -> Path:
    """Where Dagster keeps its runs for a home, with its settings written there."""
    folder = home.state / "dagster"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dagster.yaml").write_text(yaml.safe_dump(_settings(folder)))
    return folder


def _settings(folder: Path) -> dict[str, object]:
    """Nothing told to others, and no copies of what steps print: each would be two processes."""
    return {
        "telemetry": {"enabled": False},
        "nux": {"enabled": False},
        "storage": {"sqlite": {"base_dir": str(folder)}},
        "compute_logs": {
            "module": "dagster._core.storage.noop_compute_log_manager",
            "class": "NoOpComputeLogManager",
        },
    }
