"""What stands where a CPR number stood is itself nothing like one."""

from __future__ import annotations

import re

import polars as pl

from pipelines.deliveries.pseudonyms import Pseudonyms

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
