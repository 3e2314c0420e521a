"""The contact mode that a form field names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from pipelines.modes.folding import fold, word_key
from pipelines.modes.vocabulary import Mode, load_vocabulary

FormEvidence: TypeAlias = Literal["code", "word", "none"]

_CODE: Final = re.compile(r"0*([1-9][0-9]*)(?:[.,]0*)?", re.ASCII)
_TOKEN: Final = re.compile(r"[\w?]+(?:[-_.][\w?]+)*")
_JOINT: Final = re.compile(r"[-_.]")
_LONGEST_PHRASE: Final = 4  # tokens: "møde direkte på arbejde"
_LONGEST_FORM: Final = 500  # characters; a form field that is longer was filled with something else


@dataclass(frozen=True, slots=True)
class FormReading:
    """What one form value says."""

    mode: Mode
    evidence: FormEvidence
    remark_may_decide: bool
    unmatched: bool
    """Whether the value is to be listed, because words in it decided nothing."""


NOTHING_SAID: Final = FormReading("unknown", "none", remark_may_decide=True, unmatched=False)
NO_KNOWN_WORD: Final = FormReading("unknown", "none", remark_may_decide=True, unmatched=True)
SEVERAL_MODES: Final = FormReading("unknown", "none", remark_may_decide=False, unmatched=True)


def read_form(form: str | None) -> FormReading:
    """The mode that `form`, one value of the form field, names. Never raises.

    A code or a listed word decides; so does a longer value that names exactly one mode.
    Source of the codes: DFDG InterviewContactTypeIdentifier, order of BEK 442/2023 § 27 nr. 10;
    that code 4 (digitalt) is a video meeting is an assumption.
    """
    vocabulary = load_vocabulary()
    text = fold(form or "")[:_LONGEST_FORM]
    if not word_key(text):
        return NOTHING_SAID
    code = _CODE.fullmatch(text)
    if code and (coded := vocabulary.codes.get(code[1])):
        return _reading(coded, "code")
    if word := vocabulary.words.find(text):
        return _reading(word, "word")
    return _read_longer(text)


def _read_longer(text: str) -> FormReading:
    named = set(_named_modes(text))
    modes = named - {"unknown"}
    if len(modes) > 1:
        return SEVERAL_MODES
    if not modes or _is_negated(text):
        return NO_KNOWN_WORD
    return _reading(modes.pop(), "word")


def _reading(mode: Mode, evidence: FormEvidence) -> FormReading:
    if mode == "unknown":
        return NOTHING_SAID
    return FormReading(mode, evidence, remark_may_decide=False, unmatched=False)


def _named_modes(text: str) -> Iterator[Mode]:
    """The modes that `text` names, longest phrases first, each word used once."""
    vocabulary = load_vocabulary()
    tokens = _TOKEN.findall(text)
    place = 0
    while place < len(tokens):
        for length in range(min(_LONGEST_PHRASE, len(tokens) - place), 0, -1):
            phrase = " ".join(tokens[place : place + length])
            if vocabulary.not_a_mode.find(phrase):
                break
            if mode := vocabulary.words.find(phrase):
                yield mode
                break
        else:
            yield from _joined_modes(tokens[place])
            length = 1
        place += length


def _joined_modes(token: str) -> Iterator[Mode]:
    """The modes in `2-telefonisk` or `teams-telefon`, but none in `mail-adresse`.

    In a compound the last part says what it is, so a part counts only where all after it are known.
    """
    vocabulary = load_vocabulary()
    for part in reversed(_JOINT.split(token)):
        if mode := vocabulary.words.find(part):
            yield mode
        elif not (part.isdecimal() or vocabulary.meeting_nouns.find(part)):
            return


def _is_negated(text: str) -> bool:
    negations = load_vocabulary().negations
    parts = (part for token in _TOKEN.findall(text) for part in _JOINT.split(token))
    return any(negations.find(part) for part in parts)
