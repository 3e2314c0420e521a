"""The standard-cost table: activities, their minutes and prices, each with the range it lies in."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise
from math import isfinite
from typing import Annotated, Final, Literal

from pipelines import wording
from pipelines.contracts.model import Text

Part = Literal["conversation", "administration"]
End = Literal["low", "middle", "high"]
PARTS: Final[tuple[Part, ...]] = ("conversation", "administration")
ENDS: Final[tuple[End, ...]] = ("low", "middle", "high")
MODES: Final = tuple(wording.MODES)
_YEARS: Final = range(1990, 2101)
_LONGEST: Final = 40  # signs of a label: what a chart has room for
_MOST: Final = 1_000_000  # of minutes, kroner or hours a year: more is a slip of the hand


@dataclass(frozen=True, slots=True)
class Range:
    """An assumption: its middle, and the lowest and highest it may be."""

    low: float
    middle: float
    high: float

    def __post_init__(self) -> None:
        numbers = self.low, self.middle, self.high
        if not all(isfinite(number) and 0 <= number <= _MOST for number in numbers):
            raise ValueError("et tal skal ligge fra 0 til 1.000.000")
        if any(first > second for first, second in pairwise(numbers)):
            raise ValueError("low må ikke være over middle, og middle ikke over high")

    def at(self, end: End) -> float:
        """The number at one end, or in the middle."""
        return {"low": self.low, "middle": self.middle, "high": self.high}[end]

    def only(self, end: End) -> Range:
        """The range drawn together to the number at one end."""
        return Range(*[self.at(end)] * 3)


@dataclass(frozen=True, slots=True)
class Activity:
    """Work that meetings of some modes take: minutes each time, and how many times a meeting.

    Without `modes` it is work of every meeting; without a price of its own it costs the table's.
    """

    activity: str  # its name, unique
    label: Text
    part: Annotated[str, PARTS]
    minutes: Range
    number: float = 1.0
    modes: tuple[Annotated[str, MODES], ...] | None = None
    hourly_cost_dkk: Range | None = None

    def __post_init__(self) -> None:
        if not isfinite(self.number) or not 0 < self.number <= _MOST:
            raise ValueError("number skal være over 0")
        for text in (self.label.da, self.label.en):
            if not text.strip() or not text.isprintable() or len(text) > _LONGEST:
                raise ValueError(f"label skal være én linje på højst {_LONGEST} tegn")
        if self.modes == ():
            raise ValueError("modes må ikke være tom; udelad den, hvis alle former er med")

    def is_of(self, mode: str) -> bool:
        """Whether a meeting of that mode takes this work."""
        return self.modes is None or mode in self.modes


@dataclass(frozen=True, slots=True)
class Standard:
    """The standard-cost table. Money is in DKK of `price_year`."""

    price_year: int
    hourly_cost_dkk: Range
    hours_a_year: Range  # of one full-time employee
    activities: tuple[Activity, ...]

    def __post_init__(self) -> None:
        if self.price_year not in _YEARS:
            raise ValueError("price_year skal være et årstal fra 1990 til 2100")
        if self.hours_a_year.low <= 0:
            raise ValueError("hours_a_year skal være over 0")
        for one, other in combinations(self.activities, 2):
            if one.activity == other.activity or one.label == other.label:
                raise ValueError(f"aktiviteten {other.activity} eller dens label står to gange")
        for part in PARTS:
            for mode in MODES:
                if not any(one.part == part and one.is_of(mode) for one in self.activities):
                    raise ValueError(f"ingen aktivitet er {part} for formen {mode}")

    def price_of(self, activity: Activity) -> Range:
        """What an hour of the activity costs."""
        return activity.hourly_cost_dkk or self.hourly_cost_dkk


@dataclass(frozen=True, slots=True)
class CostChanges:
    """What differs from a table: the keys of costs.yaml, each of which may be left out.

    A new price needs its price year.
    """

    price_year: int | None = None
    hourly_cost_dkk: Range | None = None
    hours_a_year: Range | None = None
    activities: tuple[Activity, ...] | None = None

    def __post_init__(self) -> None:
        if (self.price_year is None) != (self.hourly_cost_dkk is None):
            raise ValueError("price_year og hourly_cost_dkk skal stå sammen")
