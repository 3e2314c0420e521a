"""Moments: a column is read as each of its texts alone would be, whatever stands beside it."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.deliveries import moments
from pipelines.deliveries.moments import read_moment, read_moments

DATE = st.sampled_from(["2022-03-04", "04-03-2022", "04.03.2022", "04/03/2022", "31-02-2022"])
TIME = st.sampled_from(["", " 09:30", "T09:30", " 09:30:59", " 09:30:60", " 24:00", "T09:30:00Z"])
ODD = st.sampled_from(["", "-", "01-01-1899", "+1-01-2022", " 1-01-2022", "01-01-+202", "1.1.2022"])
TEXTS = st.lists(st.none() | ODD | st.builds(str.__add__, DATE, TIME), max_size=30)


@settings(deadline=None)  # the first column read is slow
@given(TEXTS)
def test_a_column_is_read_as_its_texts_are_one_by_one(texts: list[str | None]):
    moments, timed = read_moments(pl.Series(texts, dtype=pl.String))
    assert moments.to_list() == [None if text is None else read_moment(text) for text in texts]
    assert timed.to_list() == [text is not None and len(text) > len("04-03-2022") for text in texts]


def test_impossible_dates_do_not_slow_the_dates_after_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each is written in a form that is tried; it must not be the next form that is tried too."""
    impossible = [f"31-02-2022 {minute:02}:00" for minute in range(24)]
    good = [f"2022-03-01 12:{minute:02}" for minute in range(60)]
    read_singly: list[str] = []

    def one_by_one(text: str) -> None:
        read_singly.append(text)

    monkeypatch.setattr(moments, "read_moment", one_by_one)
    read, _ = read_moments(pl.Series(impossible + good))
    assert read_singly == impossible
    assert read.null_count() == len(impossible)
