"""The 98 municipalities: codes, regions, size, and a place on the tile map.

Sources of `municipalities.csv`: codes, names and regions are the official ones (DAGI, September
2021, CC BY 4.0, "Indeholder data fra Klimadatastyrelsen, DAGI"); `population` is Statistics
Denmark FOLK1A, first quarter 2021 (CC BY 4.0); `weight` is FOLK1A aged 16-66 in that quarter times
AUP02 full-time unemployed of the labour force, average of 2019 (CC BY 4.0). The tile positions are
the project's own. Christiansø (411) is no municipality and is left out.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality. `weight` is persons: roughly its unemployed in 2019."""

    code: str  # three digits
    name: str
    region_code: str
    region_name: str
    population: int
    weight: float
    tile_column: int  # 1 is furthest west
    tile_row: int  # 1 is furthest north


@cache
def municipalities() -> tuple[Municipality, ...]:
    """All 98 municipalities, by code."""
    text = (resources.files("pipelines") / "municipalities.csv").read_text(encoding="utf-8")
    return tuple(
        Municipality(
            code=row["code"],
            name=row["name"],
            region_code=row["region_code"],
            region_name=row["region_name"],
            population=int(row["population"]),
            weight=float(row["weight"]),
            tile_column=int(row["tile_column"]),
            tile_row=int(row["tile_row"]),
        )
        for row in csv.DictReader(text.splitlines())
    )
