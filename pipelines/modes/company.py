"""Who took part, as far as it tells whether a meeting was with the citizen."""

from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from pipelines.modes.remark_words import Role, Word

_PEOPLE: Final[frozenset[Role]] = frozenset(
    {"citizen", "interpreter", "companion", "and", "filler"}
)


def join_company(words: Sequence[Word]) -> list[Word]:
    """`words` with `med borger og mentor` as one word of the role `company`.

    `med tolk` is nothing, `med fokus` opens a matter, and `med fysisk fremmøde` names a mode. Any
    other `med` stays: the meeting was with somebody else.
    """
    joined: list[Word] = []
    place = 0
    while place < len(words):
        word = words[place]
        people = list(takewhile(lambda w: w.role in _PEOPLE, words[place + 1 :]))
        place += 1
        if word.role not in ("with", "to"):
            joined.append(word)
        elif any(person.role == "citizen" for person in people):
            joined.append(Word("company"))
            place += len(people)
        elif word.role == "with" and _is_interpreter(words[place : place + 2]):
            place += 1
        else:
            joined.append(_read_with(word, words[place:]))
    return joined


def _is_interpreter(following: Sequence[Word]) -> bool:
    """`tolk`, but not `tolk på telefon`: then the mode is only the interpreter's."""
    return (
        bool(following)
        and following[0].role == "interpreter"
        and not any(word.mode or word.role == "via" for word in following[1:])
    )


def _read_with(word: Word, following: Sequence[Word]) -> Word:
    if word.role != "with" or not following:
        return word
    if following[0].role == "topic":
        return Word("matter")
    return Word("via") if following[0].role in ("mode", "compound") else word
