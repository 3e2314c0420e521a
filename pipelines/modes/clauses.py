"""A sentence, cut into clauses of words with roles."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pipelines.modes.folding import fold, restore_letters
from pipelines.modes.remark_words import Lexicon, Role, Word, load_lexicon

_TOKEN: Final = re.compile(r"\d+(?:[.:/-]\d+)*|[^\W_]+(?:[?-][^\W_]+)*|[,:()/-]")
_MARKS: Final = frozenset(",:()-")

_AND: Final = Word("and")
_SPLIT: Final = "&"
_BEGINS_CLAUSE: Final[frozenset[Role]] = frozenset(
    {
        *("blocker", "definite_meeting", "filler", "if"),
        *("held", "held_now", "talked", "attended", "came"),
    }
)


@dataclass(frozen=True, slots=True)
class Clause:
    """Words up to a mark, or to a word such as `men`."""

    words: tuple[Word, ...]
    closed_by: str
    """The first mark after it, `&` for a word that begins the next clause, empty for none."""


def split_clauses(sentence: str) -> list[Clause]:
    """The clauses of `sentence`, in order, none of them empty."""
    lexicon = load_lexicon()
    clauses: list[Clause] = []
    words: list[Word] = []
    for word in _cut(_tokens(sentence, lexicon), lexicon):
        if isinstance(word, Word):
            words.append(word)
        elif words:
            clauses.append(Clause(tuple(words), word))
            words = []
    return [*clauses, Clause(tuple(words), "")] if words else clauses


def _tokens(sentence: str, lexicon: Lexicon) -> list[str]:
    text = restore_letters(fold(sentence))
    for phrase in lexicon.phrases:
        if phrase.cue in text:
            text = phrase.find.sub(phrase.put, text)
    return _TOKEN.findall(text)


def _cut(tokens: Sequence[str], lexicon: Lexicon) -> Iterator[Word | str]:
    """Words, and a string wherever a clause ends."""
    for place, written in enumerate(tokens):
        if written in _MARKS:
            yield written
        elif written == "/":
            yield _AND
        else:
            word = lexicon.word(written)
            begins = word.role == "and" and _begins(tokens, place, lexicon)
            if begins or word.role in ("split", "if"):
                yield _SPLIT
            if not begins and word.role != "split":
                yield word


def _begins(tokens: Sequence[str], place: int, lexicon: Lexicon) -> bool:
    following = tokens[place + 1 : place + 2]
    return any(lexicon.word(token).role in _BEGINS_CLAUSE for token in following)
