"""The contact mode that a free-text remark tells of."""

from functools import cache, lru_cache
from typing import Final, NamedTuple

import polars as pl

from pipelines.modes.clauses import split_clauses
from pipelines.modes.remark_rules import (
    Position,
    hint_of,
    is_blocked,
    is_neutral,
    names_meeting,
    read_clause,
)
from pipelines.modes.remark_words import load_lexicon
from pipelines.modes.sentences import split_sentences
from pipelines.modes.vocabulary import Mode, load_vocabulary

_LONGEST_READ: Final = 2000  # characters
_LONGEST_WORD: Final = 40  # characters
_SHORT_STEM: Final = 2  # letters: `pf` is looked for as a whole word, or every `opfølgning` has it


def read_remark(remark: str) -> Mode | None:
    """The mode in which `remark` says this meeting was held, or None. Never raises.

    Only the first 2,000 characters are read. Two modes are none.
    """
    text = remark[:_LONGEST_READ]
    if not load_lexicon().mentions_mode(text):
        return None
    if len(text) <= _LONGEST_WORD and (mode := load_vocabulary().words.find(text)):
        return mode
    modes, hinted = _read_sentences(text)
    return next(iter(modes)) if len(modes) == 1 and hinted <= modes else None


def read_remarks(remarks: pl.Series) -> pl.Series:
    """`read_remark` of each of `remarks`, null where it names no mode.

    Text in, text out, one for one. Only remarks that mention a mode are read, and remarks that
    differ in their digits alone are read once.
    """
    column = remarks.cast(pl.String).rename("remark")
    mentioning = column.filter(column.str.contains(_mention_pattern())).unique()
    alike = mentioning.str.slice(0, _LONGEST_READ).str.replace_all("[0-9]", "0")
    modes = {remark: read_remark(remark) for remark in alike.unique()}
    named = pl.DataFrame(
        {"remark": mentioning, "mode": [modes[remark] for remark in alike]},
        schema={"remark": pl.String, "mode": pl.String},
    ).drop_nulls()
    read = column.replace_strict(
        named["remark"], named["mode"], default=None, return_dtype=pl.String
    )
    return read.rename(remarks.name)


class _Heading(NamedTuple):
    """What the sentences so far leave open."""

    is_open: bool
    """Only neutral words so far."""
    has_meeting: bool
    """They name the meeting."""


def _read_sentences(text: str) -> tuple[set[Mode], set[Mode]]:
    """The modes that the remark says this meeting was held in, and those it may say so of."""
    lexicon = load_lexicon()
    reached = not lexicon.no_contact.search(text.lower())
    modes: set[Mode] = set()
    all_hinted: set[Mode] = set()
    heading = _Heading(is_open=True, has_meeting=False)
    sentences = split_sentences(text)
    for sentence, following in zip(sentences, [*sentences[1:], None], strict=True):
        if sentence.is_question:
            heading = _Heading(is_open=False, has_meeting=False)
        elif heading.is_open or lexicon.mentions_mode(sentence.text):
            before_number = following is not None and following.text[0].isdecimal()
            named, hinted, heading = _read_sentence(sentence.text, heading, before_number, reached)
            modes |= named
            all_hinted |= hinted
    return modes, all_hinted


@lru_cache(maxsize=1 << 14)
def _read_sentence(
    text: str, heading: _Heading, before_number: bool, reached: bool
) -> tuple[frozenset[Mode], frozenset[Mode], _Heading]:
    clauses = split_clauses(text)
    modes: set[Mode] = set()
    hinted: set[Mode] = set()
    in_heading, meeting_before = heading
    continues_meeting = False
    for clause, following in zip(clauses, [*clauses[1:], None], strict=True):
        numbered = following.words[0].role == "number" if following else before_number
        blocked_next = following is not None and is_blocked(following)
        if is_blocked(clause):
            in_heading = False
            if clause.words[0].role == "if" or clause.closed_by == ":":
                break  # what follows is said under a condition, or of the next time
            continue
        position = Position(
            in_heading, meeting_before, continues_meeting, numbered, blocked_next, reached
        )
        modes |= read_clause(clause, position)
        hinted |= hint_of(clause)
        in_heading = in_heading and is_neutral(clause)
        continues_meeting = in_heading and names_meeting(clause)
        meeting_before = meeting_before or continues_meeting
    return frozenset(modes), frozenset(hinted), _Heading(in_heading, meeting_before)


@cache
def _mention_pattern() -> str:
    """Regular expression of Polars that matches every remark which names a mode.

    Word boundaries are those of ASCII; with those of Unicode Polars is fifty times slower.
    """
    return "(?i)" + "|".join(
        rf"(?-u:\b){stem}(?-u:\b)" if len(stem) <= _SHORT_STEM else stem
        for stem in load_lexicon().mode_stems
    )
