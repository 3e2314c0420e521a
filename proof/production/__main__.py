"""The production drill: nights through a daemon on PostgreSQL, killed, cut off and restored.

    python -m proof.production

Kept in proof/results/production.json; exit 1 where a step did not come out as promised.
"""

from __future__ import annotations

import signal
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Final

from proof.production.drill import Step, drill
from proof.record import Proof, Table, keep

_DONE: Final = """A site in small, with a real PostgreSQL server on loopback,
`production/dagster.yaml` as it stands (dagster-postgres {version}), and the daemon started as its
systemd unit starts it. Nights were put in the queue as the schedule does. Promised: a night whose
process dies is failed and run again without a hand; after a power cut too, because the daemon's
unit first fails what was left as started; and a restored backup makes its publication again, row
for row."""
_NOT: Final = """Not tried: systemd itself (the units pass `systemd-analyze verify`), Kubernetes,
a failing disk, PostgreSQL on another machine or failing midway, and a process that hangs (it is
failed after `max_runtime_seconds`)."""


def main() -> None:
    """Runs the drill and keeps what came of it."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started is stopped
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # PostgreSQL may run as another user
        steps = [_shown(step) for step in drill(Path(folder))]
    rows = [
        (step.tried, "yes" if step.held else "NO", step.seen, round(step.seconds)) for step in steps
    ]
    keep(
        Proof(
            name="production",
            title="Production: PostgreSQL, kills, a power cut, a restore",
            command="make production",
            says=[_DONE.format(version=version("dagster-postgres")), _NOT],
            tables=[Table("The drill", ("tried", "held", "seen", "seconds"), rows)],
        )
    )
    if not all(step.held for step in steps):
        raise SystemExit("A step did not hold.")


def _shown(step: Step) -> Step:
    print(f"{'held' if step.held else 'DID NOT HOLD'}: {step.tried}: {step.seen}", flush=True)
    return step


if __name__ == "__main__":
    main()
