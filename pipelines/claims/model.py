"""A public claim set beside our figures: who said it, what it means, how far off it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from pipelines.contracts.model import Text

Basis = Literal["counted", "arithmetic", "law"]
Unit = Literal["meetings", "hours", "dkk", "percent", "persons"]
Verdict = Literal["holds", "arithmetic", "partly", "fails", "untested"]
TOLERANCE: Final = 0.1  # claims are made in round numbers: so far off they still hold


@dataclass(frozen=True, slots=True)
class Finding:
    """One figure of ours. `value` is None where the data at hand do not hold it.

    `said` is what the claim says of the same thing, None where it says nothing. A percent is a
    number of percent, not a share.
    """

    id: str
    text: Text
    basis: Basis
    unit: Unit
    value: float | None
    said: float | None = None

    @property
    def difference(self) -> float | None:
        """Ours minus what was said."""
        return None if self.value is None or self.said is None else self.value - self.said

    @property
    def is_near(self) -> bool:
        """Whether ours is what was said, but for the roundness of what is said."""
        far = self.difference
        return far is not None and self.said is not None and abs(far) <= TOLERANCE * abs(self.said)


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim with our figures and the verdict they give."""

    id: str
    said: Text
    who: Text
    url: str | None
    definition: Text
    findings: tuple[Finding, ...]
    verdict: Verdict
    because: Text
