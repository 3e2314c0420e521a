"""A column as its distinct texts: what is read once stands in every row that says it."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.deliveries.distinct import distinct

COLUMNS = st.lists(st.lists(st.none() | st.text(max_size=3), max_size=8), min_size=1, max_size=3)


@settings(deadline=None)  # the first column read is slow
@given(COLUMNS)
def test_spreading_the_texts_gives_the_column(chunks: list[list[str | None]]):
    column = pl.concat(pl.Series("word", chunk, dtype=pl.String) for chunk in chunks)
    occurring = distinct(column)
    assert occurring.spread(occurring.texts).to_list() == column.to_list()
    assert sorted(occurring.texts) == sorted(column.drop_nulls().unique())


@pytest.mark.parametrize("texts", [[], [None, None], ["a", None, "b", "a"]])
def test_a_blank_has_no_value(texts: list[str | None]):
    occurring = distinct(pl.Series(texts, dtype=pl.String))
    lengths = occurring.spread(occurring.texts.str.len_bytes())
    assert lengths.to_list() == [text and len(text) for text in texts]
