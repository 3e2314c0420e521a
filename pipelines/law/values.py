"""What a version of each family says: one frozen shape per family, so that a typo cannot load.

The shapes are flat and every key is always there: SQL reads them as JSON from the `law` table.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pipelines.contracts import codes

# Annotated text is held to the closed list beside it by the strict reader.
TypeCode = Annotated[str, codes.MEETING_TYPES]
GroupCode = Annotated[str, codes.TARGET_GROUPS]
GroupOrNone = Annotated[str, (*codes.TARGET_GROUPS, codes.NO_SPELL)]
ActorCode = Annotated[str, codes.ACTORS]
ModeCode = Annotated[str, codes.MODES]
RegionCode = Annotated[str, ("1081", "1082", "1083", "1084", "1085")]
AbsenceCode = Annotated[str, (*(str(code) for code in range(1, 12)), "mindre_intensiv")]
WindowUnit = Annotated[str, ("months", "weeks", "days_after")]


@dataclass(frozen=True, slots=True)
class AcceptedTypes:
    """Meeting types that can fulfil the duty, by target group; `none` is without a spell."""

    types: dict[GroupOrNone, tuple[TypeCode, ...]]

    def __post_init__(self) -> None:
        """Every group has its list."""
        absent = {*codes.TARGET_GROUPS, codes.NO_SPELL} - set(self.types)
        if absent:
            raise ValueError(f"types leaves out {', '.join(sorted(absent))}")


@dataclass(frozen=True, slots=True)
class RegisterTypes:
    """Meeting types in the register's measure by form, whatever the group."""

    types: tuple[TypeCode, ...]


@dataclass(frozen=True, slots=True)
class RegisterActor:
    """Actors whose meetings the register's measure leaves out."""

    left_out: tuple[ActorCode, ...]


@dataclass(frozen=True, slots=True)
class SpellRequired:
    """Whether a meeting must lie in a spell."""

    spell_required: bool


@dataclass(frozen=True, slots=True)
class ResponsibleActor:
    """Who must hold the meeting: `actor`, but the a-kasse in the first months of some groups.

    The a-kasse's time is the days before add_months(spell start, a_kasse_months).
    """

    actor: ActorCode
    a_kasse_groups: tuple[GroupCode, ...]
    a_kasse_months: int


@dataclass(frozen=True, slots=True)
class Suspension:
    """Whether the effort is suspended, so that no meeting of the day counts."""

    suspended: bool


@dataclass(frozen=True, slots=True)
class MonthLeftOut:
    """Whether the ministry's measure leaves the day out."""

    left_out: bool


@dataclass(frozen=True, slots=True)
class ModeRequired:
    """Whether the mode must be known."""

    mode_required: bool


@dataclass(frozen=True, slots=True)
class Grant:
    """These modes are accepted where every condition holds; a condition that is null asks nothing.

    `months_from`: from add_months(spell start, months_from) on. `summoned_before`: the summons
    is known and earlier. `after_in_person`: an earlier meeting of an accepted type was held in
    person in the same spell.
    """

    modes: tuple[ModeCode, ...]
    groups: tuple[GroupCode, ...] | None
    regions: tuple[RegionCode, ...] | None
    summoned_before: date | None
    months_from: int | None
    after_in_person: bool


@dataclass(frozen=True, slots=True)
class AcceptedModes:
    """A mode is accepted if any grant gives it.

    Where `needs_spell` is true the rule does not apply to a meeting without a spell, except that
    a mode no grant names is refused all the same.
    """

    needs_spell: bool
    grants: tuple[Grant, ...]


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Whether two meetings of one kind that start at the same minute count as one."""

    same_minute: bool


@dataclass(frozen=True, slots=True)
class Requirement:
    """How many meetings a spell owes, by whom, and in which window from its start s.

    months: add_months(s, window_from) to add_months(s, window_to) - 1 day; weeks: s to
    s + 7 * window_to - 1 days; days_after: s to s + window_to days. `share` is the share of
    spells that must be met where the municipality is judged as a whole.
    """

    groups: tuple[GroupCode, ...]
    actor: ActorCode
    required: int
    window_unit: WindowUnit
    window_from: int
    window_to: int
    share: float | None

    def __post_init__(self) -> None:
        """A window has a length, a number is positive, a share is a share."""
        if self.required < 1:
            raise ValueError("required must be at least 1")
        if not 0 <= self.window_from < self.window_to:
            raise ValueError("window_from must lie before window_to")
        if self.window_from and self.window_unit != "months":
            raise ValueError("only a window in months may begin later than the spell")
        if self.share is not None and not 0 < self.share <= 1:
            raise ValueError("share must lie between 0 and 1")


@dataclass(frozen=True, slots=True)
class ClockPause:
    """Whether a day stops the clock of these groups (null: everyone).

    Where `absence_types` names any, only the days of such an absence of the citizen pause.
    """

    paused: bool
    groups: tuple[GroupCode, ...] | None
    absence_types: tuple[AbsenceCode, ...]


@dataclass(frozen=True, slots=True)
class CatchUp:
    """The groups whose requirements that fell due unmet on such a day are still owed."""

    groups: tuple[GroupCode, ...]


@dataclass(frozen=True, slots=True)
class SupervisionThreshold:
    """When the ministry turns to a municipality.

    Contact is expected after `months_in_a_row` months in which, of at least `least_spells` spells
    that reached `window_months` months, a smaller share than `share` had `meetings` meetings.
    """

    window_months: int
    meetings: int
    share: float
    least_spells: int
    months_in_a_row: int


Value = (
    AcceptedTypes
    | RegisterTypes
    | RegisterActor
    | SpellRequired
    | ResponsibleActor
    | Suspension
    | MonthLeftOut
    | ModeRequired
    | AcceptedModes
    | Duplicate
    | Requirement
    | ClockPause
    | CatchUp
    | SupervisionThreshold
)

FAMILIES: dict[str, type[Value]] = {
    "accepted_types": AcceptedTypes,
    "no_spell": SpellRequired,
    "responsible_actor": ResponsibleActor,
    "suspension": Suspension,
    "month_left_out": MonthLeftOut,
    "mode_unknown": ModeRequired,
    "accepted_modes": AcceptedModes,
    "duplicate": Duplicate,
    "register_types": RegisterTypes,
    "register_actor": RegisterActor,
    "requirement": Requirement,
    "clock_pause": ClockPause,
    "catch_up": CatchUp,
    "supervision_threshold": SupervisionThreshold,
}
