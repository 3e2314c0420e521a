"""The production drill, where PostgreSQL is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from proof.production.postgres import programs


@pytest.mark.slow
def test_production_survives_kills_a_power_cut_and_a_restore(tmp_path: Path):
    pytest.importorskip(
        "dagster_postgres", reason="the extra «production» is not installed (make setup-proof)"
    )
    if programs() is None:
        pytest.skip("PostgreSQL is not installed (Debian's package postgresql)")
    from proof.production.drill import drill  # noqa: PLC0415 - beside what may be missing

    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)  # PostgreSQL may run as another user
    steps = list(drill(tmp_path))
    assert [step for step in steps if not step.held] == []
    assert len(steps) == 6
