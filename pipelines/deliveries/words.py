"""The word lists of words.yaml, and how a column of words becomes a column of codes."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Final

import polars as pl
import yaml

from pipelines.deliveries.distinct import distinct
from pipelines.modes.folding import WordList

_CODES_OF_OUR_OWN: Final = ("statuses", "actors")  # the field writes only the words


@cache
def code_finder(name: str) -> Callable[[str], str | None]:
    """The function that tells the code of a text by one list of words.yaml; None if unknown.

    Numbers must stand as they are (1.7 is not 17, 6.1 is not 6.10); words are forgiven case,
    spaces, punctuation and damaged æøå.
    """
    text = files("pipelines.deliveries").joinpath("words.yaml").read_text("utf-8")
    codes: dict[str, list[str]] = yaml.safe_load(text)[name]
    ours = codes if name in _CODES_OF_OUR_OWN else ()
    known = {
        word: code for code, words in codes.items() for word in (code, *words) if word not in ours
    }
    numbers = {word: code for word, code in known.items() if _is_number(word)}
    words = WordList({word: code for word, code in known.items() if not _is_number(word)})
    return lambda written: (numbers.get if _is_number(written) else words.find)(written)


def find_codes(texts: pl.Series, name: str) -> pl.Series:
    """The code of each text by one list of words.yaml; null where blank or unknown."""
    return map_distinct(texts, code_finder(name))


def map_distinct(column: pl.Series, read: Callable[[str], str | None]) -> pl.Series:
    """`read` of each text, called once for each distinct text; null for null."""
    occurring = distinct(column)
    return occurring.spread(pl.Series(map(read, occurring.texts), dtype=pl.String))


def _is_number(text: str) -> bool:
    return not any(letter.isalpha() for letter in text)
