"""Small counts of rows are hidden, and so is what they could be worked out from."""

from __future__ import annotations

import polars as pl

from pipelines.report.hiding import hide_small


def told(*counts: int, within: bool = True) -> list[int | None]:
    rows = pl.DataFrame({"month": ["a"] * len(counts), "rows": counts})
    hidden = hide_small(rows, "rows", ["month"] if within else [])
    shown = (hidden["status"] == "shown").to_list()
    assert shown == [value is not None for value in hidden["rows"]]
    return hidden["rows"].to_list()


def test_one_to_four_are_hidden_and_nothing_is_told_as_nothing():
    assert told(0, 1, 4, 5, 100, within=False) == [0, None, None, 5, 100]


def test_a_single_hidden_count_takes_the_next_smallest_with_it():
    assert told(0, 3, 70, 20) == [0, None, 70, None]


def test_two_hidden_counts_guard_each_other():
    assert told(2, 4, 70, 20) == [None, None, 70, 20]


def test_two_that_are_few_together_need_a_third():
    assert told(1, 2, 70, 20) == [None, None, 70, None]


def test_a_lone_count_is_hidden_alone():
    assert told(3, 0) == [None, 0]


def test_each_sum_is_guarded_on_its_own():
    rows = pl.DataFrame({"month": ["a", "a", "b", "b"], "rows": [1, 9, 8, 7]})
    assert hide_small(rows, "rows", ["month"])["rows"].to_list() == [None, None, 8, 7]


def test_a_small_change_down_is_as_small_as_one_up():
    assert told(-3, -500, 12) == [None, -500, None]
