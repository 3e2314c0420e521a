"""The command `samtaler` (interface.md section 1)."""

from __future__ import annotations

import click

from pipelines.cli.audit import audit
from pipelines.cli.demo import demo
from pipelines.cli.nightly import nightly
from pipelines.cli.precheck import precheck
from pipelines.cli.ui import ui


@click.group(
    help="Samtaleregnskab: afholdte og medregnede jobsamtaler, og hvorfor de to er forskellige.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="samtaleregnskab")
def main() -> None:
    """Group of the commands below."""


for command in (demo, nightly, precheck, audit, ui):
    main.add_command(command)
if __name__ == "__main__":
    main()
