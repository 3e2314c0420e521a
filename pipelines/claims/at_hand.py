"""What the data at hand hold of the things that claims speak of: plain numbers, or None."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

COUNTRY_A_YEAR: Final = 2_500_000  # meetings held in Denmark in 2019, by KL
CLOSED_FROM: Final = date(2020, 3, 12)
CLOSED_TO: Final = date(2020, 5, 26)
CLOSED_DAYS: Final = (CLOSED_TO - CLOSED_FROM).days + 1
YEAR: Final = 365  # days


@dataclass(frozen=True, slots=True)
class Sum:
    """A number counted over whole months, and how many days they have."""

    value: int
    days: int


@dataclass(frozen=True, slots=True)
class AtHand:
    """Public figures of the country, unless it says otherwise; None is not held or not public.

    `normal` is held before the closure, at most twelve months of it; `closure` is held in March to
    May 2020, and `suspended` those whose first reason is the suspension.
    """

    normal: Sum | None = None
    closure: Sum | None = None
    suspended: int | None = None
    copenhagen_before: int | None = None  # held in the second half of 2019
    copenhagen_after: int | None = None  # and of 2020
    insured_due: int | None = None  # requirements of dagpenge, due in whole years of 2021-2023
    insured_met: int | None = None
    job_centre_owes: int | None = None  # meetings in six months, by the law of 2020

    @property
    def scale(self) -> float | None:
        """What counted numbers are multiplied by to be those of a country of 2.5 million a year."""
        if self.normal is None or not self.normal.value:
            return None
        return COUNTRY_A_YEAR / (self.normal.value / self.normal.days * YEAR)

    def scaled(self, number: float | None) -> float | None:
        """A counted number brought up to the country."""
        return None if number is None or self.scale is None else number * self.scale

    @property
    def expected_in_closure(self) -> float | None:
        """What March to May 2020 would have held at the pace before."""
        if self.normal is None or self.closure is None:
            return None
        return self.normal.value / self.normal.days * self.closure.days
