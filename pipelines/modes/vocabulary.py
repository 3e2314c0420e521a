"""The codes and words of each contact mode, as `vocabulary.yaml` lists them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any, Final, Literal, NamedTuple, TypeAlias

import yaml

from pipelines.modes.folding import WordList

Mode: TypeAlias = Literal["in_person", "phone", "virtual", "written", "unknown"]
"""How citizen and case worker met (BEK 442 of 26.05.2023 § 27 nr. 10, in five groups)."""

MODES: Final[tuple[Mode, ...]] = ("in_person", "phone", "virtual", "written", "unknown")


class ModeWord(NamedTuple):
    """A word and the mode it names; a compound (`telefonsamtale`) names a meeting too."""

    word: str
    mode: Mode
    is_compound: bool


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the words of a form field mean."""

    codes: Mapping[str, Mode]
    words: WordList[Mode]
    meeting_nouns: WordList[bool]
    not_a_mode: WordList[bool]
    negations: WordList[bool]


@cache
def load_vocabulary() -> Vocabulary:
    """The vocabulary shipped with the package.

    Raises ValueError where a word stands under two modes.
    """
    listed = _read_list()
    words: dict[str, Mode] = {}
    for entry in list_mode_words():
        if words.setdefault(entry.word, entry.mode) != entry.mode:
            raise ValueError(f"the word {entry.word!r} stands under two modes")
    return Vocabulary(
        codes={str(code): mode for mode in MODES for code in listed["modes"][mode]["codes"]},
        words=WordList(words),
        meeting_nouns=_set_of(listed["meeting_nouns"]),
        not_a_mode=_set_of(listed["not_a_mode"]),
        negations=_set_of(listed["negations"]),
    )


def list_mode_words() -> Iterator[ModeWord]:
    """Every listed word with its mode, compounds last."""
    listed = _read_list()
    for mode in MODES:
        entry = listed["modes"][mode]
        for word in [*entry["words"], *entry["also"]]:
            yield ModeWord(word, mode, is_compound=False)
    for mode in MODES:
        for stem, noun in product(listed["modes"][mode]["stems"], listed["meeting_nouns"]):
            yield ModeWord(f"{stem} {noun}", mode, is_compound=True)


@cache
def _read_list() -> dict[str, Any]:
    text = files(__package__).joinpath("vocabulary.yaml").read_text("utf-8")
    listed: dict[str, Any] = yaml.safe_load(text)
    return listed


def _set_of(words: list[str]) -> WordList[bool]:
    return WordList(dict.fromkeys(words, True))
