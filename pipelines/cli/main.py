"""The command `samtaler` (interface.md section 1)."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from typing import NoReturn

import click

from pipelines.cli.alerts import alerts
from pipelines.cli.audit import audit
from pipelines.cli.capacity import capacity
from pipelines.cli.demo import demo
from pipelines.cli.erase import erase
from pipelines.cli.explain import explain
from pipelines.cli.nightly import nightly
from pipelines.cli.options import say
from pipelines.cli.precheck import precheck
from pipelines.cli.scenario import scenario
from pipelines.cli.ui import ui
from pipelines.cli.verify import verify
from pipelines.faults import sentence


@click.group(
    help="Samtaleregnskab: afholdte og medregnede jobsamtaler, og hvorfor de to er forskellige.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="samtaleregnskab")
def samtaler() -> None:
    """Group of the commands below."""


for command in (
    *(demo, nightly, precheck, audit, explain, alerts, verify, erase),
    *(scenario, capacity, ui),
):
    samtaler.add_command(command)


def main() -> NoReturn:
    """Runs the command and ends the process at once.

    At an ordinary exit DuckDB's Python binding prints a page about its own leaked objects, which
    no clerk can use; everything of ours is closed and flushed by then. A defect of ours ends in a
    sentence too: a traceback helps no clerk, and its words may quote a delivery.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal of few letters shows «?», not an error
            stream.reconfigure(errors="replace")
    code: int | str | None = 0
    try:
        samtaler()
    except SystemExit as ended:
        code = ended.code
    except Exception as error:  # noqa: BLE001 - the last resort
        say(sentence(error))
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))


if __name__ == "__main__":
    main()
