"""The rules of what is hidden, read from rules.yaml."""

from __future__ import annotations

import calendar
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

    def is_released(self, level: Level, month: date, as_of: date) -> bool:
        """Whether a month is shown at a level; the country also shows the month that runs."""
        if level == "country":
            return True
        days: int = getattr(self.first_release_days, level)
        return as_of >= last_day(month) + timedelta(days=days)

    def is_settled(self, level: Level, month: date, as_of: date) -> bool:
        """Whether what is hidden of a released month stays as it is from that day on."""
        days: int = getattr(self.first_release_days, level)
        return as_of >= last_day(month) + timedelta(days=days)

    def stage(self, month: date, as_of: date) -> Stage:
        """How settled the figures of a month are on a day."""
        age = (as_of - last_day(month)).days
        if age < 0:
            return "running"
        if age < self.revised_days:
            return "provisional"
        return "revised" if age < self.final_days else "final"


def last_day(month: date) -> date:
    """The last day of a month."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


@cache
def load_rules() -> Rules:
    """The rules of rules.yaml. Raises TypeError or ValueError where they are not whole."""
    written = yaml.safe_load(files("pipelines.disclosure").joinpath("rules.yaml").read_text("utf-8"))
    return Rules(**{**written, "first_release_days": FirstRelease(**written["first_release_days"])})
