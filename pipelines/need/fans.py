"""Fans: the bands that hold half, four fifths and nineteen twentieths of the draws."""

from __future__ import annotations

from typing import Final

import numpy as np

from pipelines.need.arrays import Bools, Floats

COVERS: Final = (0.5, 0.8, 0.95)


def bands(draws: Floats, cover: float) -> tuple[Floats, Floats]:
    """The lower and the upper edge over the first axis."""
    low, high = np.quantile(draws, [(1 - cover) / 2, (1 + cover) / 2], axis=0)
    return low, high


def covered(draws: Floats, actual: Floats, cover: float) -> Bools:
    """Whether what came lies in the band, its edges included."""
    low, high = bands(draws, cover)
    return (actual >= low) & (actual <= high)
