"""Worklists are switched on by a file that is exactly right; anything else names its line."""

from datetime import date
from pathlib import Path

import pytest

from pipelines.extracts.choices import Choice, ExtractChoiceError, load_choices

COPENHAGEN = """\
municipalities:
  "101":
    legal_basis: Aftale om databehandling
    decided_by: Jobcenterchefen
    decided_on: 2026-11-01
    stops_on: 2027-11-01
"""
REFUSALS = {
    "an unknown municipality": (('"101"', '"999"'), 2, "ingen kommune med den kode"),
    "a letter for a digit": (('"101"', '"1O1"'), 2, "Skriv de tre cifre"),
    "a code without quotes": (('"101"', "101"), 2, "Skriv den i anførselstegn"),
    "a missing field": (("    decided_by: Jobcenterchefen\n", ""), 2, "decided_by mangler"),
    "an unknown field": (("stops_on", "stop_on"), 6, "stop_on: nøglen er ukendt"),
    "another key at the top": (("municipalities", "kommuner"), 1, "kommuner: nøglen er ukendt"),
    "an empty text": (("Jobcenterchefen", '""'), 4, "her står intet"),
    "nothing written": ((" Aftale om databehandling", ""), 3, "her skal stå tekst"),
    "blanks only": (("Jobcenterchefen", '"  "'), 2, "må ikke være blanke"),
    "a list for a text": (("Jobcenterchefen", "[a]"), 4, "her skal stå tekst"),
    "a day that is none": (("2026-11-01", "2026-11-31"), 5, "er ikke en dag"),
    "a day written otherwise": (("2026-11-01", "1-11-2026"), 5, "åååå-mm-dd"),
    "an end before the start": (("2027-11-01", "2026-11-01"), 2, "efter decided_on"),
    "a key written twice": (("    stops_on: 2027-11-01", "    decided_by: X"), 4, "to gange"),
    "a municipality without fields": (('"101"', '"147": ja\n  "101"'), 2, "nøgler med værdier"),
    "broken YAML": (("Jobcenterchefen", '"Jobcenter'), 7, "kan ikke læses som YAML"),
    "a list at the top": (("municipalities:\n", "- a\n"), 2, "kan ikke læses som YAML"),
    "a text alone": ((COPENHAGEN, "ja\n"), 1, "nøgler med værdier"),
}


def written(folder: Path, text: str) -> Path:
    file = folder / "extracts.yaml"
    file.write_text(text, "utf-8")
    return file


def test_a_choice_is_read_as_written(tmp_path: Path):
    choices = load_choices(written(tmp_path, COPENHAGEN))
    assert choices == {
        "101": Choice(
            "Aftale om databehandling", "Jobcenterchefen", date(2026, 11, 1), date(2027, 11, 1)
        )
    }
    assert choices["101"].holds_on(date(2027, 10, 31))
    assert not choices["101"].holds_on(date(2027, 11, 1))


def test_a_choice_without_an_end_holds_on(tmp_path: Path):
    open_ended = COPENHAGEN.replace("    stops_on: 2027-11-01\n", "")
    assert load_choices(written(tmp_path, open_ended))["101"].holds_on(date(9999, 12, 31))


@pytest.mark.parametrize("text", ["", "# slået fra\n", "municipalities:\n", "municipalities: {}\n"])
def test_nothing_is_on_where_the_file_says_nothing(tmp_path: Path, text: str):
    assert load_choices(tmp_path / "extracts.yaml") == {}
    assert load_choices(written(tmp_path, text)) == {}


@pytest.mark.parametrize(("edit", "line", "says"), REFUSALS.values(), ids=REFUSALS)
def test_a_file_that_is_not_right_is_refused_by_its_line(
    tmp_path: Path, edit: tuple[str, str], line: int, says: str
):
    spoiled = COPENHAGEN.replace(*edit)
    assert spoiled != COPENHAGEN
    with pytest.raises(ExtractChoiceError) as refused:
        load_choices(written(tmp_path, spoiled))
    assert str(refused.value).startswith(f"extracts.yaml, linje {line}")
    assert says in str(refused.value)
    assert str(refused.value).endswith("Arbejdslisterne er ikke rørt i nat.")


def test_a_file_in_another_encoding_or_none_at_all_is_refused(tmp_path: Path):
    file = tmp_path / "extracts.yaml"
    file.write_bytes(COPENHAGEN.replace("Aftale", "Hjælp").encode("cp1252"))
    with pytest.raises(ExtractChoiceError, match="kan ikke læses som YAML"):
        load_choices(file)
    with pytest.raises(ExtractChoiceError, match="kan ikke læses"):
        load_choices(tmp_path)
