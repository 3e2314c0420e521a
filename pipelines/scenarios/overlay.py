"""A scenario as it is written: named changes of law and costs, each where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, ClassVar, Final, Literal

from pipelines.checked_yaml import DANISH, LinePlace, Words
from pipelines.contracts.model import Text
from pipelines.costs.model import CostChanges
from pipelines.law.values import FAMILIES

Deed = Literal["end", "replace", "add", "extend"]
# In this order changes are made, so that it does not matter in which order scenarios are named.
DEEDS: Final[tuple[Deed, ...]] = ("end", "replace", "add", "extend")


class ScenarioError(Exception):
    """A scenario cannot be used; the message names the line, the reason and the remedy (Danish)."""


@dataclass(frozen=True, slots=True)
class ScenarioPlace(LinePlace):
    """A place in a scenario's file."""

    words: ClassVar[Words] = {
        **DANISH,
        "rule": ("lovens regler har ingen, der hedder {rule}", "Skriv en af {known}, {or_family}"),
        "deed": ("ændringen siger ikke, hvad der sker", "Skriv end, replace, add eller extend"),
        "nothing": ("scenariet ændrer intet", "Tilføj changes, parameters eller combines"),
        "nested": ("{name} samler selv andre scenarier", "Nævn dem hver for sig"),
        "single": ("familien {family} har allerede en regel ({rule})", "Ændr den i stedet"),
        "family": ("{rule} hører til familien {family}", "Ret familien, eller udelad den"),
        "uncovered": ("{rule} gælder kun {days}", "Ret dagene, eller brug add for dem"),
        "no_list": ("kun lister kan udvides, og {key} er ingen", "Brug replace"),
        "contradiction": ("siger imod {other}", "Lad kun den ene stå"),
        "order": ("den sidste dag ligger før den første", "Byt om på dagene"),
        "overlap": (
            "overlapper udgaven fra {first}",
            "Brug replace for dage, som reglen allerede gælder",
        ),
        "gap": ("efterlader et hul efter {last}", "Sig med add, hvad der gælder i mellemtiden"),
        "ends": ("intet gælder efter {last}", "Kun krav kan slutte: brug replace, eller tilføj"),
        "unknown_then": ("ingen udgave er kendt", "Lad viden følge uden huller"),
        "late": ("begynder efter {first}", "Lad alle udgaver begynde samme dag"),
    }


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one rule, on the days from `first` to `last` (None: as long as it holds).

    `end`: a requirement holds no longer after `last`. `replace`: the named keys of the value.
    `add`: days that the rule did not cover, or a new rule of a `family`; keys that are not named
    follow the nearest version. `extend`: more items to the lists of the value.
    """

    deed: Deed
    rule: str
    first: date | None
    last: date | None
    value: Mapping[str, Any]
    family: str | None
    scenario: str
    label: Text
    reason: Text
    place: ScenarioPlace = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a scenario assumes beside the law: `costs`, by the keys of costs.yaml."""

    costs: CostChanges


@dataclass(frozen=True, slots=True)
class Assumed:
    """Costs that a scenario assumes, and where it says so."""

    costs: CostChanges
    place: ScenarioPlace = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Overlay:
    """A scenario: its name, what it is called, why one would ask, and what it changes."""

    name: str
    label: Text
    reason: Text
    changes: tuple[Change, ...]
    assumed: tuple[Assumed, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """The keys of a scenario's file, but for changes; `combines` names shipped scenarios."""

    scenario: str
    label: Text
    reason: Text
    combines: tuple[str, ...] = ()
    parameters: Parameters | None = None


@dataclass(frozen=True, slots=True)
class Days:
    """The keys of a change, its deed and value apart."""

    from_: date | None = None
    through: date | None = None
    family: Annotated[str, tuple(FAMILIES)] | None = None
