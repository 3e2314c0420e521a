"""The rules of what is hidden, read from rules.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

Level = Literal["country", "region", "municipality"]
Stage = Literal["running", "provisional", "revised", "final"]


@dataclass(frozen=True, slots=True)
class FirstRelease:
    """Days after the end of a month before its figures are shown, by level."""

    country: int
    region: int
    municipality: int


@dataclass(frozen=True, slots=True)
class Rules:
    """What is hidden, and when a month is first shown and settled (rules.yaml says why).

    Raises ValueError where the numbers protect nothing or contradict each other.
    """

    persons: int
    width: int
    first_release_days: FirstRelease
    revised_days: int
    final_days: int

    def __post_init__(self) -> None:
        first = self.first_release_days
        if min(self.persons, self.width) < 1:
            raise ValueError("persons and width must be at least 1")
        if not 0 <= first.country <= first.region <= first.municipality:
            raise ValueError("a level is released no earlier than the level above it")
        if not 0 <= self.revised_days <= self.final_days:
            raise ValueError("a month is revised before it is final")

    def is_released(self, level: Level, last_day: date, as_of: date) -> bool:
        """Whether a period is shown at a level, and what is hidden of it settled.

        The country also shows the month that runs; what is hidden of that is not settled.
        """
        days: int = getattr(self.first_release_days, level)
        return as_of >= last_day + timedelta(days=days)

    def stage(self, last_day: date, as_of: date) -> Stage:
        """How settled the figures of a period that ends on a day are."""
        age = (as_of - last_day).days
        if age < 0:
            return "running"
        if age < self.revised_days:
            return "provisional"
        return "revised" if age < self.final_days else "final"


@cache
def load_rules() -> Rules:
    """The rules of rules.yaml. Raises TypeError or ValueError where they are not whole."""
    written = yaml.safe_load(
        files("pipelines.disclosure").joinpath("rules.yaml").read_text("utf-8")
    )
    return Rules(**{**written, "first_release_days": FirstRelease(**written["first_release_days"])})
