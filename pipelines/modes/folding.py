"""Compare Danish words as people and systems write them.

Forgiven: case, spaces, dots, hyphens and underscores, `ae` for æ, `oe` for ø, `aa` for å, and what
a wrong encoding does to æøå. Nothing else: a misspelt word is another word.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import product
from typing import Final, Generic, TypeVar

Value = TypeVar("Value")

DAMAGE: Final = "?"
"""Stands for a letter that was lost: an actual `?`, or U+FFFD."""

_LETTERS: Final = "æøåÆØÅäöüéÄÖÜÉ"
_LETTER_HALVES: Final = "\u00c2\u00c3\u00a5\u00a6\u00b8"  # what æøå look like, read wrongly once
_DASHES: Final = re.compile("[\u00ad\u2010-\u2015\u2212]")
_SPELLINGS: Final = (("ae", "æ"), ("oe", "ø"), ("aa", "å"))
_SEPARATORS: Final = re.compile(r"[\s._-]+")
_DAMAGE_RUN: Final = re.compile(r"\?+")
_DANISH_LETTER: Final = re.compile(r"[æøå]")
_DOUBLED_BEFORE_DAMAGE: Final = re.compile(r"(\w)\1(?=\?)")


def fold(text: str) -> str:
    """`text` in lower case, without double encoding, with single spaces and plain hyphens.

    Lost letters come out as `?`, two lost bytes as one. Letters that survived stay as written.
    """
    repaired = _repair(text) if not text.isascii() else text
    return " ".join(_DAMAGE_RUN.sub(DAMAGE, repaired.lower()).split())


def same_word(written: str, known: str) -> bool:
    """Whether `written` is the word `known`, all forgiven that this module forgives."""
    return WordList({known: True}).find(written) is not None


class WordList(Generic[Value]):
    """Known words and what they mean, found however they are spelt.

    Raises ValueError where two known words with different values would be the same word.
    """

    __slots__ = ("_by_key", "_cached_search", "_damaged")

    def __init__(self, words: Mapping[str, Value], cache_size: int = 4096) -> None:
        self._by_key: dict[str, Value] = {}
        self._damaged: dict[str, list[tuple[str, Value]]] = {}
        for word, value in words.items():
            key = word_key(word)
            if self._by_key.setdefault(key, value) != value:
                raise ValueError(f"two meanings of the word {word!r}")
            for intact, mask in _masks(key):
                self._damaged.setdefault(mask, []).append((intact, value))
        self._cached_search = lru_cache(maxsize=cache_size)(self._search)

    def find(self, text: str) -> Value | None:
        """The value of the known word that `text` is, or None. Never raises."""
        return self._cached_search(text)

    def _search(self, text: str) -> Value | None:
        key = word_key(text)
        if DAMAGE not in key or key in self._by_key:
            return self._by_key.get(key)
        meanings = [
            value
            for intact, value in self._damaged.get(_DANISH_LETTER.sub(DAMAGE, key), [])
            if all(letter in (DAMAGE, known) for letter, known in zip(key, intact, strict=True))
        ]
        unambiguous = meanings and all(value == meanings[0] for value in meanings)
        return meanings[0] if unambiguous else None


def word_key(text: str) -> str:
    """What two spellings of one word have in common; empty for blanks, dots and dashes alone."""
    return restore_letters(_SEPARATORS.sub("", fold(text)))


def restore_letters(folded: str) -> str:
    """`folded` with æ, ø and å for `ae`, `oe` and `aa`."""
    for digraph, letter in _SPELLINGS:
        folded = folded.replace(digraph, letter)
    return folded


def _masks(key: str) -> list[tuple[str, str]]:
    """The spellings of `key` that damage can be read back to, each with its æøå lost.

    Some exports lose the doubled consonant before the letter too: `frem?de` for fremmøde.
    """
    mask = _DANISH_LETTER.sub(DAMAGE, key)
    if mask == key:
        return []
    swallowed = [match.start() for match in _DOUBLED_BEFORE_DAMAGE.finditer(mask)]
    shorter = "".join(letter for place, letter in enumerate(key) if place not in swallowed)
    pairs = [(key, mask)]
    if swallowed:
        pairs.append((shorter, _DANISH_LETTER.sub(DAMAGE, shorter)))
    return pairs


def _repair(text: str) -> str:
    """`text` with double-encoded letters made whole, hyphens plain and lost letters as `?`."""
    pattern, letters = _double_encodings()
    for _ in range(2):  # some text went through the wrong encoding twice
        text = pattern.sub(lambda match: letters[match.group()], text)
    plain = _DASHES.sub("-", text).replace("\ufffd", DAMAGE).replace("\ufeff", "")
    return unicodedata.normalize("NFC", plain)


@cache
def _double_encodings() -> tuple[re.Pattern[str], dict[str, str]]:
    """Every letter as UTF-8 read in a one-byte encoding, also where it was lower-cased after."""
    letters: dict[str, str] = {}
    for letter, codec in product(_LETTERS + _LETTER_HALVES, ("cp1252", "latin-1")):
        utf8 = letter.encode()
        seen = utf8.decode(codec, errors="ignore")
        if len(seen) == len(utf8):  # cp1252 leaves five bytes undefined
            letters[seen] = letters[seen.lower()] = letter
    return re.compile("|".join(map(re.escape, sorted(letters, reverse=True)))), letters
