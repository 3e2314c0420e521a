"""What one clause says of how this meeting was held.

A clause is read from its beginning, as long as its words are known. It names a mode where the words
so read say that the meeting was held so, or where it is a heading. It says nothing where any of its
words is a blocker (not, next time, wishes, somebody else), and nothing where the reading ends at an
unknown word: `samtalen i Jysk blev holdt virtuelt` ends at Jysk.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from pipelines.modes.clauses import Clause
from pipelines.modes.company import join_company
from pipelines.modes.remark_words import PLACES, Role, Word
from pipelines.modes.vocabulary import Mode

_MEETINGS: Final[frozenset[Role]] = frozenset({"meeting", "definite_meeting", "compound"})
_HEADING: Final[frozenset[Role]] = frozenset(
    {*_MEETINGS, *PLACES, "mode", "sent", "filler", "via", "company"}
)
_NEUTRAL: Final[frozenset[Role]] = frozenset(
    {"meeting", "definite_meeting", "held", "filler", "via", "company", "number"}
)
_SAYING_HELD: Final[frozenset[Role]] = frozenset(
    {"held", "held_now", "changed", "talked", "attended", "came", "appeared"}
)
_READABLE: Final[frozenset[Role]] = _HEADING | _SAYING_HELD | frozenset({"citizen", "to"})
_LONGEST_REASON: Final = 3  # words: "pga. smitte i familien"

# What may follow a reading in the same clause; None is its end.
_AFTER_COMING: Final[frozenset[Role | None]] = frozenset({None, "reason", "and"})
_AFTER_TALKING: Final = _AFTER_COMING | {"discussed"}
_AFTER_ATTENDING: Final = _AFTER_TALKING | {"after"}


@dataclass(frozen=True, slots=True)
class Position:
    """Where a clause stands in its remark."""

    in_heading: bool
    """Only neutral words stand before it."""
    meeting_before: bool
    """The heading has named the meeting already: a second one is a plan."""
    continues_meeting: bool
    """The clause just before it, in the same sentence, named it: `Jobsamtale, fysisk`."""
    before_number: bool
    """A number follows: `Tlf: 12 34 56 78`."""
    before_blocked: bool
    """A blocked clause follows: `Telefonmøde, borger kunne ikke tale`."""
    reached: bool
    """The remark does not say that nobody answered or came."""


def is_blocked(clause: Clause) -> bool:
    """Whether the clause tells of another time, another meeting, a wish, or of nothing held."""
    words = join_company(_before_reason(clause.words))
    return any(word.role in ("blocker", "if", "with") for word in words)


def is_neutral(clause: Clause) -> bool:
    """Whether the clause only says that there was a meeting, and names no mode."""
    return all(word.role in _NEUTRAL for word in join_company(clause.words))


def names_meeting(clause: Clause) -> bool:
    """Whether a word of the clause is a meeting."""
    return any(word.role in _MEETINGS for word in clause.words)


def hint_of(clause: Clause) -> set[Mode]:
    """The modes of a clause that speaks of holding, readable or not: `men vi holdt den på Teams`.

    They decide nothing, but what names another mode than they do is not to be trusted.
    """
    if not any(word.role in ("held", "held_now", "changed") for word in clause.words):
        return set()
    return {word.mode for word in clause.words if word.mode and word.role not in PLACES}


def read_clause(clause: Clause, position: Position) -> set[Mode]:
    """The modes that an unblocked clause says this meeting was held in; two are a contradiction."""
    words = _after_change(_drop_reason(join_company(clause.words)))
    body = list(takewhile(lambda word: word.role != "matter", words))
    head = list(takewhile(lambda word: word.role in _READABLE, body))
    following = body[len(head)].role if len(body) > len(head) else None
    says_how = (
        _is_heading(words, clause, position)
        or _is_held(head, following, clause, position)
        or (position.reached and _is_met(head, following))
        or (_is_held_now(head, position) and following in (None, "reason"))
    )
    # a place is where the meeting was only as far as the clause was read: `da han er syg i hjemmet`
    named = [*head, *(word for word in body if word.role not in PLACES)]
    return {word.mode for word in named if word.mode} if says_how else set()


def _is_heading(words: Sequence[Word], clause: Clause, position: Position) -> bool:
    """`Telefonmøde`, `Jobsamtale på Teams`, `Tlf. opfølgning med borger`."""
    heading = list(takewhile(lambda word: word.role != "matter", words))
    has_matter = len(heading) < len(words)
    roles = {word.role for word in heading}
    opens = position.in_heading and position.reached and not position.before_blocked
    named = _names_mode([w for w in heading if w.role not in PLACES or "company" in roles])
    if not (opens and named and roles <= _HEADING) or ("sent" in roles and has_matter):
        return False
    if roles & _MEETINGS:
        contact_with_citizen = "company" in roles and not has_matter
        return (_has_meeting(heading) or contact_with_citizen) and not position.meeting_before
    if position.continues_meeting:
        return clause.closed_by != ":"
    return _is_bare_heading(heading, clause, position)


def _is_bare_heading(words: Sequence[Word], clause: Clause, position: Position) -> bool:
    """`Telefonisk`, `Via Teams`, `Fysisk fremmøde`, but not `Fysisk`, `Tlf: 12 34 56 78`."""
    named = [word for word in words if word.mode]
    prepared = any(word.role == "via" for word in words) or len(named) > 1
    alone = clause.closed_by == "" and not position.before_number
    if any(word.mode == "written" for word in named):
        return False
    return prepared or (alone and not named[0].is_vague)


def _is_held(
    head: Sequence[Word], following: Role | None, clause: Clause, position: Position
) -> bool:
    """`Samtalen blev holdt telefonisk`, `Afholdt over Teams`, `Ændret til Teams`."""
    roles = {word.role for word in head}
    if "to" in roles or not roles & {"held", "changed"} or not _names_mode(head):
        return False
    if following == "other" or ("changed" in roles and following not in _AFTER_COMING):
        return False
    subject = _subject(head)
    if _has_meeting(head):
        return subject is None or subject.role != "citizen"
    implied = subject in (Word("held"), Word("changed")) and clause.closed_by != ":"
    return implied and position.in_heading and not roles & {*_MEETINGS, "elsewhere"}


def _is_held_now(head: Sequence[Word], position: Position) -> bool:
    """`Samtalen foregår telefonisk`: this one, where it opens the remark."""
    roles = {word.role for word in head}
    return position.in_heading and {"held_now", "definite_meeting"} <= roles and _names_mode(head)


def _is_met(head: Sequence[Word], following: Role | None) -> bool:
    """`Talt med borger i telefon`, `Borger deltog via Teams`, `Mødte personligt op`."""
    roles = {word.role for word in head}
    written = any(word.mode == "written" for word in head)
    if not _names_mode(head) or written or "elsewhere" in roles:
        return False
    subject = _subject(head)
    by_citizen = subject is not None and subject.role == "citizen"
    attended = by_citizen and "attended" in roles and following in _AFTER_ATTENDING
    came = bool(roles & {"came", "appeared"}) and following in _AFTER_COMING
    talked = "talked" in roles and "company" in roles and not (by_citizen or "to" in roles)
    return attended or came or (talked and following in _AFTER_TALKING)


def _has_meeting(words: Sequence[Word]) -> bool:
    """Whether a meeting is named; a contact or a call may be with anybody and is none."""
    return any(word.role in _MEETINGS and not word.is_vague for word in words)


def _names_mode(words: Sequence[Word]) -> bool:
    """Whether a mode is named; a letter or mail only with a preposition before it."""
    return any(
        word.mode and (word.role != "sent" or (before.role == "via" and not before.is_vague))
        for before, word in zip([Word("other"), *words], words, strict=False)
    )


def _subject(words: Sequence[Word]) -> Word | None:
    return next((word for word in words if word.role != "filler"), None)


def _before_reason(words: Sequence[Word]) -> Sequence[Word]:
    """`words` up to the reason why the meeting was held as it was: it may hold any word."""
    for place, word in enumerate(words):
        told = words[:place]
        if word.role == "reason" and any(w.role == "held" for w in told) and _names_mode(told):
            return told
    return words


def _drop_reason(words: Sequence[Word]) -> Sequence[Word]:
    """`words` without `pga. corona` at their beginning."""
    if not words or words[0].role != "reason":
        return words
    reason = list(takewhile(lambda word: word.role in ("other", "number"), words[1:]))
    return words[1 + min(len(reason), _LONGEST_REASON) :]


def _after_change(words: Sequence[Word]) -> Sequence[Word]:
    """`words` from `ændret til` on, where a meeting was changed: what it was is no matter."""
    for place, word in enumerate(words):
        if word.role == "changed":
            return words[place:]
        if word.role not in _READABLE:
            break
    return words
