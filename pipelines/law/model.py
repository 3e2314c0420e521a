"""The law as the rest of the project sees it: rules, their dated versions, and the legal order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, NamedTuple

from pipelines.contracts import codes
from pipelines.contracts.model import Text
from pipelines.law.errors import LawError, LawNotEncoded
from pipelines.law.values import FAMILIES, Value

# Families whose rules may be several at once, and (requirements only) may end without a successor:
# a spell owes what was in force on its first day, so a repealed requirement needs no empty version.
SEVERAL_RULES = frozenset({"requirement", "clock_pause"})
MAY_END = frozenset({"requirement"})


class Step(NamedTuple):
    """One rule of a regime: the reason it gives, and the family of law that holds it."""

    reason: str
    family: str


_DUTY = (
    Step("wrong_type", "accepted_types"),
    Step("no_spell", "no_spell"),
    Step("wrong_actor", "responsible_actor"),
    Step("suspended", "suspension"),
    Step("mode_unknown", "mode_unknown"),
    Step("mode_not_accepted", "accepted_modes"),
    Step("duplicate", "duplicate"),
)
# The rules of each regime in legal order (counting.md section 5).
LEGAL_ORDER: Mapping[str, tuple[Step, ...]] = {
    "held": (),
    "register": (Step("wrong_type", "register_types"), Step("wrong_actor", "register_actor")),
    "duty": _DUTY,
    "supervision": (*_DUTY[:4], Step("month_left_out", "month_left_out"), *_DUTY[4:]),
}


@dataclass(frozen=True, slots=True)
class Instrument:
    """A statute, order, consolidation or official text that rules rest on.

    What was not found is null, never guessed. `source` is the code of the page in the legal notes.
    """

    id: str
    kind: Annotated[
        str, ("law", "consolidation", "order", "notice", "guidance", "measure", "register", "bill")
    ]
    title: str
    number: str | None
    issued: date | None
    in_force: date | None
    url: str
    source: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a version comes from. Grade: A text read, B official explanation, C press, D assumed.

    `wording` gives the sense in a few words; only what stands in « » is quoted.
    """

    instrument: str
    provision: str
    url: str
    grade: Annotated[str, codes.GRADES]
    wording: str


@dataclass(frozen=True, slots=True)
class Version:
    """What a rule says in one stretch of time. Ends are inclusive; null is open."""

    in_force_from: date
    known_from: date
    value: Value
    text: Text
    source: Source
    verified_on: date
    in_force_through: date | None = None
    known_through: date | None = None
    note: str | None = None

    @property
    def valid_to(self) -> date | None:
        """The first day the version no longer holds (half-open end), or nothing."""
        return day_after(self.in_force_through)

    @property
    def known_to(self) -> date | None:
        """The first day it was no longer what was known (half-open end), or nothing."""
        return day_after(self.known_through)

    def holds_on(self, day: date) -> bool:
        """Whether the version is in force on the day."""
        return self.in_force_from <= day and (
            self.in_force_through is None or day <= self.in_force_through
        )

    def is_known_on(self, day: date) -> bool:
        """Whether the version is what was known on the day."""
        return self.known_from <= day and (self.known_through is None or day <= self.known_through)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of law and all its versions, earliest first."""

    rule: str
    family: Annotated[str, tuple(FAMILIES)]
    regime: tuple[Annotated[str, codes.REGIMES], ...]
    applies_by: Annotated[str, ("meeting_date", "spell_start", "day", "due_day", "month")]
    label: Text
    versions: tuple[Version, ...]

    @property
    def by_knowledge(self) -> bool:
        """Whether what was known decides too: some version was replaced by better knowledge.

        In every other rule `known_from` only tells when the text was issued.
        """
        return any(version.known_through is not None for version in self.versions)

    def version_id(self, version: Version) -> str:
        """The version's id: rule@first day, and /first day known where knowledge decides."""
        known = f"/{version.known_from}" if self.by_knowledge else ""
        return f"{self.rule}@{version.in_force_from}{known}"

    def version_on(self, day: date, known_on: date | None = None) -> Version:
        """The version in force on a day, as known on `known_on` (by default: today's knowledge).

        Raises LawNotEncoded for a day that no version covers.
        """
        known = known_on or date.max
        for version in self.versions:
            if version.holds_on(day) and (not self.by_knowledge or version.is_known_on(known)):
                return version
        raise LawNotEncoded(
            f"{self.rule} says nothing for {day} as known on {known}: its first version holds "
            f"from {self.versions[0].in_force_from}. Add a version that covers the day."
        )


@dataclass(frozen=True, slots=True)
class Law:
    """All rules by name, all instruments by id, and a hash of what they say."""

    rules: Mapping[str, Rule]
    instruments: Mapping[str, Instrument]
    content_hash: str

    def rule(self, name: str) -> Rule:
        """The rule of this name. Raises LawError where there is none."""
        if name not in self.rules:
            raise LawError(f"There is no rule {name}: add law/rules/{name}.yaml.")
        return self.rules[name]

    def only_rule(self, family: str) -> Rule:
        """The rule of a family that has one. Raises LawError where the law has none."""
        for rule in self.rules.values():
            if rule.family == family:
                return rule
        raise LawError(f"The law has no rule of the family {family}: add one in law/rules.")

    def version_on(self, rule: str, day: date, known_on: date | None = None) -> Version:
        """The version of a rule in force on a day (see Rule.version_on)."""
        return self.rule(rule).version_on(day, known_on)


def day_after(day: date | None) -> date | None:
    """From an inclusive end to a half-open one."""
    return None if day is None else day + timedelta(days=1)
