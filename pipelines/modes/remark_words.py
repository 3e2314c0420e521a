"""The role of each word of a remark, as `remarks.yaml` and `vocabulary.yaml` list them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal, NamedTuple, TypeAlias, get_args

import yaml

from pipelines.modes.folding import DAMAGE, WordList, word_key
from pipelines.modes.vocabulary import Mode, list_mode_words

Role: TypeAlias = Literal[
    "meeting",  # samtale
    "definite_meeting",  # samtalen
    "compound",  # telefonsamtale
    "mode",  # telefonisk
    "sent",  # mail: a mode only after a preposition
    "appeared",  # fremmødt: came, and in person
    "held",  # afholdt
    "held_now",  # afholdes
    "changed",  # ændret til
    "talked",  # talt
    "attended",  # deltog
    "came",  # mødte
    "office",  # på jobcentret
    "elsewhere",  # på arbejdspladsen
    "citizen",
    "interpreter",
    "companion",  # bisidder
    "company",  # med borger, made of the roles around it
    "with",
    "to",
    "via",
    "and",
    "filler",
    "reason",  # pga.
    "discussed",  # drøftet
    "after",  # efter: another time or place, or only the circumstances
    "matter",  # om: what follows is what was talked about
    "topic",  # (med) fokus
    "split",  # men, da: a clause begins
    "if",
    "blocker",  # not, next time, wishes: the clause says nothing of this meeting
    "number",
    "other",
]


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a remark: its role, and the mode it names if any."""

    role: Role
    mode: Mode | None = None
    is_vague: bool = False
    """Whether the bare word may be about something else: `fysisk: ondt i ryggen`, `opkald`."""


PLACES: Final[frozenset[Role]] = frozenset({"office", "elsewhere"})
"""Where citizen and case worker met in person; the phrases of `remarks.yaml` make these words."""

OTHER: Final = Word("other")
NUMBER: Final = Word("number")


class Phrase(NamedTuple):
    """Several words rewritten as one, or as nothing."""

    cue: str
    """The text holds this wherever the phrase is; looked for first, because that is fast."""
    find: re.Pattern[str]
    put: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that the reader of remarks knows of Danish."""

    abbreviations: frozenset[str]
    """Their dot ends no sentence unless a capital letter follows."""
    abbreviations_before_object: frozenset[str]
    """Their dot never ends a sentence."""
    phrases: tuple[Phrase, ...]
    no_contact: re.Pattern[str]
    mode_stems: tuple[str, ...]
    """Of every word that names a mode, the part that damage leaves alone."""
    words: Mapping[str, Word]
    damaged: WordList[Word]

    def mentions_mode(self, text: str) -> bool:
        """Whether `text` may hold a word that names a mode."""
        lowered = text.lower()
        return any(stem in lowered for stem in self.mode_stems)

    def word(self, written: str) -> Word:
        """The role of one folded word, æøå restored."""
        if written[0].isdecimal():
            return NUMBER
        if DAMAGE in written:
            return self.damaged.find(written) or OTHER
        return self.words.get(written.replace("-", ""), OTHER)


@cache
def load_lexicon() -> Lexicon:
    """The lexicon shipped with the package. Raises ValueError where a word has two roles."""
    listed = yaml.safe_load(files(__package__).joinpath("remarks.yaml").read_text("utf-8"))
    words = _roles(listed)
    return Lexicon(
        abbreviations=frozenset(listed["abbreviations"]["anywhere"]),
        abbreviations_before_object=frozenset(listed["abbreviations"]["before_object"]),
        phrases=tuple(Phrase(cue, re.compile(find), put) for cue, find, put in listed["phrases"]),
        no_contact=re.compile("|".join(listed["no_contact"])),
        mode_stems=_mode_stems(words, listed["place_stems"]),
        words=words,
        damaged=WordList(words),
    )


def _roles(listed: Mapping[str, Any]) -> dict[str, Word]:
    """The role of each word, by its key."""
    sent, vague = set(listed["needs_preposition"]), set(listed["vague"])
    vague_meetings = tuple(listed["vague_meetings"])
    vague_plain = {*vague_meetings, *listed["vague_prepositions"], *listed["vague_held"]}
    words: dict[str, Word] = {}
    for word, mode, is_compound in list_mode_words():
        if mode != "unknown" and (is_compound or " " not in word):
            role: Role = "compound" if is_compound else "sent" if word in sent else "mode"
            is_vague = word in vague or (is_compound and word.endswith(vague_meetings))
            words[word_key(word)] = Word(role, mode, is_vague)
    for mode, compounds in listed["compounds"].items():
        for word in compounds:
            words[word_key(word)] = Word("compound", mode, word.endswith(vague_meetings))
    words.update({word_key(word): Word("appeared", "in_person") for word in listed["appeared"]})
    for role in get_args(Role):
        place: Mode | None = "in_person" if role in PLACES else None
        for word in listed["words"].get(role, []):
            plain = Word(role, place, word in vague_plain)
            if words.setdefault(word_key(word), plain) != plain:
                raise ValueError(f"the word {word!r} has two roles")
    return words


def _mode_stems(words: Mapping[str, Word], place_stems: list[str]) -> tuple[str, ...]:
    """The beginnings of the words that name a mode, up to a letter that damage may change."""
    named = [key for key, word in words.items() if word.mode and word.role not in PLACES]
    safe = [re.sub(r"(\w)\1(?=[æøå])", r"\1", key) for key in named]
    stems = {re.split("[^a-z]", key, maxsplit=1)[0] for key in safe} | set(place_stems)
    return tuple(sorted(s for s in stems if not any(other in s for other in stems - {s})))
