"""Which columns a header has, and which kind of delivery it announces."""

import pytest

from pipelines.deliveries.headers import KINDS, SYNONYMS, known_names, map_header
from pipelines.deliveries.unreadable import Unreadable

MEETINGS = ["samtale_id", "cpr", "samtaletype", "start", "status"]
SPELLS = ["forloeb_id", "cpr", "maalgruppe", "start"]
ABSENCES = ["cpr", "fravaerstype", "start"]


def refusal(names: list[str]) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        map_header(names)
    return caught.value


def header_with(column: str, written: str) -> list[str]:
    kind = next(kind for kind in KINDS if column in kind.columns)
    others = [name for name in kind.required if name != column]
    return [*others, written]


@pytest.mark.parametrize(
    ("names", "kind"), [(MEETINGS, "meetings"), (SPELLS, "spells"), (ABSENCES, "absences")]
)
def test_required_columns_alone_announce_the_kind(names: list[str], kind: str):
    header = map_header(names)
    assert header.kind == kind
    assert header.columns == dict(enumerate(names))
    assert header.width == len(names)


@pytest.mark.parametrize(
    ("column", "written"),
    [(column, written) for column, names in SYNONYMS.items() for written in (column, *names)],
)
def test_every_synonym_is_known(column: str, written: str):
    header = map_header(header_with(column, written))
    assert header.columns[max(header.columns)] == column


@pytest.mark.parametrize(
    ("written", "column"),
    [
        ("Samtale-ID", "samtale_id"),
        (" SAMTALE NR. ", "samtale_id"),
        ("\ufeffCPR-nr.", "cpr"),
        ('"cpr"', "cpr"),
        ("Aktør", "aktoer"),
        ("Bemærkning", "bemaerkning"),
        ("BEMAERKNING", "bemaerkning"),
        ("BemÃ¦rkning", "bemaerkning"),
        ("Bem\ufffdrkning", "bemaerkning"),
        ("Målgruppe", "maalgruppe"),
        ("MÃ¥lgruppekode", "maalgruppe"),
        ("forløbs-id", "forloeb_id"),
        ("Forløb.ID", "forloeb_id"),
        ("Fraværs type", "fravaerstype"),
        ("Fravær_type", "fravaerstype"),
        ("Kommunekode", "kommune"),
    ],
)
def test_case_marks_and_damaged_letters_are_forgiven(written: str, column: str):
    header = map_header(header_with(column, written))
    assert header.columns[max(header.columns)] == column


def test_moedeform_is_not_a_form():
    header = map_header([*MEETINGS, "mødeform", "moedeform"])
    assert "samtaleform" not in header.columns.values()


def test_order_is_free_and_unknown_columns_are_ignored():
    header = map_header(["Team", "status", "start", "", "samtaletype", "cpr", "samtale_id", ""])
    assert header.columns == {1: "status", 2: "start", 4: "samtaletype", 5: "cpr", 6: "samtale_id"}
    assert header.width == 7


def test_columns_of_another_kind_are_ignored_and_may_even_be_double():
    header = map_header([*SPELLS, "form", "kontaktform", "status"])
    assert header.kind == "spells"
    assert set(header.columns.values()) == {*SPELLS, "status"}


def test_of_several_complete_kinds_meetings_come_first():
    assert map_header([*ABSENCES, "forloeb_id", "maalgruppe"]).kind == "spells"
    assert map_header([*SPELLS, "fravaerstype", "samtale_id", "type", "status"]).kind == "meetings"


@pytest.mark.parametrize(
    ("names", "missing"),
    [
        (["samtale_id", "cpr", "samtaletype", "start"], ["status"]),
        (["samtaletype", "cpr", "status"], ["samtale_id", "start"]),
        (["forloeb_id", "start"], ["cpr", "maalgruppe"]),
        (["fravaerstype"], ["cpr", "start"]),
        # a list of meetings that also names the spell is no list of spells
        ([*SPELLS, "samtale_id", "samtaletype"], ["status"]),
    ],
)
def test_missing_columns_are_named(names: list[str], missing: list[str]):
    error = refusal(names)
    assert error.reason == "header_incomplete"
    assert all(column in error.message_da for column in missing)


@pytest.mark.parametrize("names", [[], ["", " "], ["cpr", "start", "status"], ["1", "0101901234"]])
def test_nothing_that_tells_the_kind_is_kind_unknown(names: list[str]):
    error = refusal(names)
    assert error.reason == "kind_unknown"
    assert "0101901234" not in error.message_da


def test_two_columns_of_one_meaning_are_named():
    error = refusal([*MEETINGS, "Samtaledato"])
    assert error.reason == "header_ambiguous"
    assert "start" in error.message_da
    assert "Samtaledato" in error.message_da


def test_the_same_column_twice_is_ambiguous():
    assert refusal([*MEETINGS, "cpr"]).reason == "header_ambiguous"


def test_names_in_messages_are_one_printable_line():
    error = refusal([*MEETINGS, "start\ndato"])
    assert error.reason == "header_ambiguous"
    assert "start?dato" in error.message_da


def test_too_many_columns_are_too_large():
    assert refusal([*MEETINGS, *(f"x{number}" for number in range(1000))]).reason == "too_large"


def test_known_names_counts_meanings_not_columns():
    assert known_names(["cpr", "CPR-nr", "Start", "noget andet", ""]) == 2
