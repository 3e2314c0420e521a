"""Runs the nightly job in this process, with its history kept in the home folder."""

from __future__ import annotations

import io
from contextlib import redirect_stderr
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, cast

import dagster as dg
import yaml
from dagster._core.instance.ref import InstanceRef

from pipelines.definitions import build_definitions
from pipelines.faults import machine_sentence
from pipelines.progress import Show
from pipelines.settings import Home

# Failures that explain themselves: their message is shown as it is.
_EXPLAINED: Final = (
    "NothingToCountError",
    "KeyProblemError",
    "HeldBackError",
    "LedgerError",
    "NightRunningError",
    "LawError",
    "DiskError",
    "EmptyLandingError",
    "IntakeError",
    "LakeDamagedError",
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a night went: published, or why not; and what to know of it (Danish sentences)."""

    published: bool
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def run_night(home: Home, as_of: date | None, show: Show) -> Outcome:
    """Runs every asset and check once; unless all checks pass, the old publication stands."""
    folder = dagster_folder(home)
    job = build_definitions(home, show).resolve_job_def("nightly")
    config = {
        "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
        "resources": {"night": {"config": {"as_of": as_of.isoformat()} if as_of else {}}},
    }
    ref = InstanceRef.from_dir(str(folder), overrides=_settings(folder))  # a file name is a glob
    # Dagster writes SQL with its parameters to standard error where its history cannot be kept.
    with dg.DagsterInstance.from_ref(ref) as instance, redirect_stderr(io.StringIO()):
        result = job.execute_in_process(run_config=config, instance=instance, raise_on_error=False)
    problems = () if result.success else tuple(_problems(result))
    return Outcome(result.success, problems, tuple(_notes(result)))


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


def _notes(result: dg.ExecuteInProcessResult) -> list[str]:
    """What the intake said of the landing folder and the key."""
    told = [
        event.step_materialization_data.materialization.metadata.get("notes")
        for event in result.get_asset_materialization_events()
    ]
    return [str(note) for notes in told if notes for note in cast("list[str]", notes.value)]


def _problems(result: dg.ExecuteInProcessResult) -> list[str]:
    problems = [
        f"Kontrollen «{check.check_name}» af tabellen {check.asset_key.to_user_string()} "
        "bestod ikke, så udgivelsen er holdt tilbage."
        for check in result.get_asset_check_evaluations()
        if not check.passed
    ]
    for event in result.all_events:
        data = event.event_specific_data
        error = getattr(data, "error", None)
        while error is not None:
            sentence = _explain(error.cls_name, error.message)
            if sentence and sentence not in problems:
                problems.append(sentence)
            error = error.cause
    return problems or ["Natten gik galt. Kør «samtaler ui», og se kørslen, hvor den stoppede."]


def _explain(name: str | None, message: str) -> str | None:
    if name in _EXPLAINED:
        return message.partition(": ")[2].strip()
    return machine_sentence(name or "", message)
