"""What stands where a CPR number stood is itself nothing like one."""

from __future__ import annotations

import re

import polars as pl

from pipelines.deliveries.pseudonyms import ERASED, Pseudonyms, tombstone
from pipelines.deliveries.rows import parse_rows

CITIZENS = [f"{number % 28 + 1:02}0260{number:04}" for number in range(3000)]
IDS = [f"F{cpr}" for cpr in CITIZENS]


def test_marks_have_no_digits_that_could_form_a_cpr_number() -> None:
    hidden = Pseudonyms(b"k" * 32).hide_all(pl.Series(IDS)).to_list()
    assert not [mark for mark in hidden if re.search(r"\d", mark)]


def test_each_citizen_has_a_mark_of_its_own_the_same_in_every_text() -> None:
    hidden = Pseudonyms(b"k" * 32)
    marks = {hidden.hide(cpr) for cpr in CITIZENS}
    assert len(marks) == len(CITIZENS)
    assert hidden.hide(f"sag {CITIZENS[0][:6]}-{CITIZENS[0][6:]}") == (
        f"sag {hidden.hide(CITIZENS[0])}"
    )


def test_a_hidden_text_hidden_again_stays_as_it_is() -> None:
    pseudonyms = Pseudonyms(b"k" * 32)
    once = pseudonyms.hide_all(pl.Series(IDS))
    assert pseudonyms.hide_all(once).to_list() == once.to_list()


def test_a_number_is_found_however_its_parts_are_set_apart() -> None:
    hidden = Pseudonyms(b"k" * 32)
    mark = hidden.hide("0101901234")
    ways = ("010190-1234", "010190 1234", "01 01 90 1234", "01.01.90-1234", "010190 - 1234")
    more = ("010190\u20131234", "010190_1234", "01/01/90 1234", "010190\u00a01234")
    assert {hidden.hide(f"sag {way}.") for way in (*ways, *more)} == {f"sag {mark}."}


def test_a_lost_zero_is_seen_in_the_id_of_its_own_row_and_in_words() -> None:
    hidden = Pseudonyms(b"k" * 32)
    mark = hidden.hide("0101901234")
    ids = pl.Series(["F101901234", "F101901234", "202611001", None])
    cprs = pl.Series(["010190-1234", "0202852345", "0202611001", "0101901234"])
    assert hidden.hide_own(ids, cprs).to_list() == [
        f"F{mark}",
        "F101901234",
        hidden.hide("0202611001"),
        None,
    ]
    assert hidden.hide_own(pl.Series(["202611001"]), pl.Series(["0101901234"])).to_list() == [
        "202611001"
    ]
    assert hidden.hide_in_words("liste 101901234.csv") == f"liste {mark}.csv"
    assert hidden.hide_in_words("liste 991901234.csv") == "liste 991901234.csv"


def test_an_erased_citizen_has_no_key_and_a_mark_of_nobody() -> None:
    key = b"k" * 32
    stone = tombstone(key, Pseudonyms(key).pseudonym("0202852345"))
    pseudonyms = Pseudonyms(key, ("-", stone))
    known, erased, unknown, invalid = pseudonyms.citizens(
        pl.Series(["0101901234", "020285-2345", "0000000000", "9999999999"])
    )
    assert known == Pseudonyms(key).pseudonym("0101901234")
    assert (erased, unknown, invalid) == (ERASED, "", None)
    assert pseudonyms.hide("liste 0202852345") == "liste cpr-slettet-2"
    assert stone != tombstone(b"j" * 32, Pseudonyms(key).pseudonym("0202852345"))


def test_rows_of_an_erased_citizen_are_counted_and_nothing_else() -> None:
    key = b"k" * 32
    texts = pl.DataFrame(
        {
            "cpr": ["0101901234", "0202852345", "0202852345"],
            "fravaerstype": ["8", "8", "tja"],
            "start": ["2024-01-01"] * 3,
            "slut": ["2024-01-02"] * 3,
            "municipality_code": ["101"] * 3,
            "delivery_key": [5, 5, 6],
            "source_row": [1, 2, 1],
            "row_too_long": [False] * 3,
        }
    ).with_columns(delivered_on=pl.date(2024, 6, 1))
    stone = tombstone(key, Pseudonyms(key).pseudonym("0202852345"))
    parsed = parse_rows(texts, "absences", Pseudonyms(key, (stone,)))
    assert parsed.rows["source_row"].to_list() == [1]
    assert parsed.rejections.is_empty()
    assert dict(parsed.erased.iter_rows()) == {5: 1, 6: 1}
