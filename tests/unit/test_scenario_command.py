"""`samtaler scenario` ends with a plain sentence where there is nothing it can count."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from pipelines.cli.main import samtaler


def run(home: Path, *arguments: str) -> tuple[int, str]:
    ran = CliRunner().invoke(samtaler, ["scenario", "--home", str(home), *arguments])
    return ran.exit_code, ran.stderr


@pytest.mark.parametrize("arguments", [(), ("both", "--plan", "law")])
def test_it_asks_for_scenarios_or_a_plan(arguments: tuple[str, ...], tmp_path: Path):
    code, said = run(tmp_path, *arguments)
    assert code == 2
    assert "enten --plan eller mindst ét scenarie" in said
    assert "phone-and-video-count" in said


def test_there_must_be_a_publication(tmp_path: Path):
    code, said = run(tmp_path, "both")
    assert code == 1
    assert "Der er ingen udgivelse at regne på" in said


def test_a_bad_file_is_refused_first(tmp_path: Path):
    file = tmp_path / "proeve.yaml"
    file.write_text("scenario: proeve\nlabel: Prøve\n", encoding="utf-8")
    code, said = run(tmp_path, str(file))
    assert code == 2
    assert "proeve.yaml, linje 1: reason mangler. Tilføj reason." in said
