"""A column of texts as the few that occur in it, so that each is read once however often it stands.

A file repeats its days, words, codes and citizens; its ids and some of its moments it does not.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True)
class Distinct:
    """`texts` are the texts that occur, each once; `places` says for each row which it is."""

    texts: pl.Series
    places: pl.Series

    def spread(self, values: pl.Series) -> pl.Series:
        """A value for each row, from one for each of `texts`; null where the text is null."""
        if self.texts.is_empty():
            return values.clear(len(self.places))
        return values.gather(self.places)


def distinct(column: pl.Series) -> Distinct:
    """The texts of a column, in the order in which they come."""
    # Categories of this column alone are numbered as they come, in one pass, and forgotten with it.
    coded = column.cast(pl.Categorical(pl.Categories.random()))
    texts = coded.unique(maintain_order=True).drop_nulls().cast(pl.String)
    return Distinct(texts, coded.to_physical())
