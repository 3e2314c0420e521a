"""`samtaler ui`: Dagster's web page of the asset graph, its checks and its runs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import click

from pipelines.cli.options import home_of, home_options

_WORKSPACE: Final = Path(__file__).resolve().parents[2] / "workspace.yaml"


@click.command(help="Åbn Dagsters webside på http://127.0.0.1:3000.")
@home_options
@click.option("--port", default=3000, show_default=True, help="Port på denne maskine.")
def ui(home: str | None, landing: str | None, port: int) -> None:
    """Runs until it is stopped; only this machine can reach it."""
    from pipelines.running import dagster_folder  # noqa: PLC0415 - Dagster takes seconds to import

    place = home_of(home, landing)
    folder = dagster_folder(place)
    command = [sys.executable, "-m", "dagster", "dev", "-w", str(_WORKSPACE), "-p", str(port)]
    here = {"DAGSTER_HOME": str(folder), "SAMTALER_HOME": str(place.root)}
    sys.exit(subprocess.call(command, env=os.environ | here))  # noqa: S603 - our own command
