"""A remark, cut into sentences."""

import re
from typing import Final, NamedTuple

from pipelines.modes.remark_words import Lexicon, load_lexicon

# a dot before a digit is part of a date; a question mark before a letter is a lost letter
_TODAY: Final = re.compile(r"\bd\. ?d\b", re.IGNORECASE)  # d.d., this day
_STOP: Final = re.compile(r"(\.(?!\d)|[!;\n]|\?(?!\w))")


class Sentence(NamedTuple):
    """A sentence without its stop."""

    text: str
    is_question: bool


def split_sentences(remark: str) -> list[Sentence]:
    """The sentences of `remark`, in order, none of them blank. The dot of `tlf.` ends none."""
    lexicon = load_lexicon()
    pieces = _STOP.split(_TODAY.sub("dd", remark))
    sentences: list[Sentence] = []
    text = ""
    for place in range(0, len(pieces), 2):
        text += pieces[place]
        stop, rest = "".join(pieces[place + 1 : place + 2]), "".join(pieces[place + 2 : place + 3])
        if stop == "." and _is_abbreviated(text, rest, lexicon):
            text += " "
        elif text.strip():
            sentences.append(Sentence(text.strip(), stop == "?"))
            text = ""
    return sentences


def _is_abbreviated(text: str, rest: str, lexicon: Lexicon) -> bool:
    words = text.split()
    last = words[-1].lower() if words else ""
    if last in lexicon.abbreviations_before_object:
        return True
    goes_on = rest.strip() and not rest.lstrip()[0].isupper()
    return last in lexicon.abbreviations and bool(goes_on)
