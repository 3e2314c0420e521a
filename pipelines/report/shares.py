"""Shares with the interval that chance alone allows, and what they say about a line."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Final, Literal

Verdict = Literal["below", "uncertain", "above"]
Z: Final = NormalDist().inv_cdf(0.975)  # 95 %, both sides
LINE: Final = 0.8  # the share of requirements met that the report compares with


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole`: the share and its Wilson interval, all from 0 to 1."""

    part: int
    whole: int
    share: float
    low: float
    high: float

    def verdict(self, line: float) -> Verdict:
        """Whether the whole interval lies below or above a line; otherwise chance may decide."""
        if self.high < line:
            return "below"
        return "above" if self.low >= line else "uncertain"


def share_of(part: int | None, whole: int | None) -> Share | None:
    """The share with its 95 % Wilson score interval (E. B. Wilson, JASA 22, 1927, 209-212).

    None where either number is not public, or where there is nothing to take a share of.
    Raises ValueError where the part is not between 0 and the whole.
    """
    if part is None or not whole:
        return None
    if not 0 <= part <= whole:
        raise ValueError(f"{part} is no part of {whole}")
    share = part / whole
    spread = Z**2 / whole
    middle = (share + spread / 2) / (1 + spread)
    half = Z / (1 + spread) * sqrt(share * (1 - share) / whole + spread / (4 * whole))
    return Share(part, whole, share, max(middle - half, 0.0), min(middle + half, 1.0))
