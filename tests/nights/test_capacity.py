"""`samtaler capacity`: another day, another certainty, and plain refusals."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipelines.cli.main import samtaler
from pipelines.need import way_out
from pipelines.need.way_out import way_out_by
from pipelines.settings import Home

pytestmark = pytest.mark.slow


def run(home: Home | Path, *arguments: str) -> tuple[int, str]:
    root = home.root if isinstance(home, Home) else home
    ran = CliRunner().invoke(samtaler, ["capacity", "--home", str(root), *arguments])
    return ran.exit_code, ran.stdout + ran.stderr


def test_a_later_day_and_a_lower_certainty_ask_for_less(demo_night: Home):
    soon, weeks = way_out_by(demo_night, date(2024, 7, 31), 0.8)
    late, longer = way_out_by(demo_night, date(2025, 4, 30), 0.8)
    surer, _ = way_out_by(demo_night, date(2024, 7, 31), 0.99)
    assert weeks < longer
    assert soon.owed.tolist() == late.owed.tolist()
    assert (soon.capacity >= late.capacity).all()
    assert soon.capacity.sum() > late.capacity.sum()
    assert (surer.capacity >= soon.capacity).all()
    for way, number in ((soon, weeks), (late, longer)):
        assert (way.capacity * number >= way.owed - way.alone.left[-1].max(axis=0) - 1).all()
        assert ((way.served.waiting[-1] < 0.5).mean(axis=0) >= 0.8).all()


def test_the_command_tells_one_municipality_or_all(demo_night: Home):
    way, weeks = way_out_by(demo_night, date(2024, 12, 31), 0.8)
    code, said = run(demo_night, "--by", "2024-12-31")
    assert code == 0
    assert f"efter {weeks} uger med mindst 80 %" in said
    assert "må ikke offentliggøres" in said
    [total] = [line.split() for line in said.splitlines() if line.strip().startswith("I alt")]
    assert int(total[-1].replace(".", "")) == way.capacity.sum()
    code, said = run(demo_night, "--by", "2024-12-31", "--municipality", "101", "--sure", "95")
    assert code == 0
    assert "101 København" in said
    assert "I alt" not in said


def test_it_refuses_in_plain_words(
    demo_night: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    assert run(demo_night, "--by", "2024-03-31") == (
        1,
        "Dagen skal ligge fra 1 til 104 uger efter opgørelsen. Ret --by.\n",
    )
    code, said = run(demo_night, "--by", "2024-12-31", "--municipality", "999")
    assert (code, said) == (2, "Der er ingen kommune 999. Skriv kommunens tre cifre.\n")
    code, said = run(tmp_path, "--by", "2024-12-31")
    assert code == 1
    assert "Der er ingen udgivelse" in said
    monkeypatch.setattr(way_out, "YEAR", 10_000)
    code, said = run(demo_night, "--by", "2024-12-31")
    assert code == 1
    assert "Der er ikke et års historie" in said
