"""What a night reads of the program itself, read once before nights are forked."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from importlib import import_module

from assets import law
from pipelines.alerts.rules import alert_rules
from pipelines.law.loader import load_law
from proof.faults.stage import program_version


def warm_up(modules: Iterable[str]) -> None:
    """Imports what a night imports late, and reads the law and the rules of alerts.

    Nothing of a home: that every night reads for itself.
    """
    for module in modules:
        with suppress(Exception):  # some may not be imported by themselves
            import_module(module)
    alert_rules()
    program_version()
    written = load_law()
    setattr(law, "load_law", lambda: written)  # noqa: B010 - the asset's own name for it
