"""What the country, a region and a municipality are called."""

from __future__ import annotations

from functools import cache

from pipelines.contracts.model import Text
from pipelines.disclosure.sheet import COUNTRY
from pipelines.municipalities import municipalities
from pipelines.report.figures import region_of


@cache
def place_names() -> dict[str, Text]:
    """Every code with its name: DK, the regions and the municipalities."""
    names = {COUNTRY: Text("Hele landet", "Denmark")}
    for it in municipalities():
        names[it.code] = Text(it.name, it.name)
        region = it.region_name.removeprefix("Region ")
        names[it.region_code] = Text(f"Region {region}", f"Region {region}")
    return names


def compared_with(municipality: str) -> tuple[str, str, str]:
    """The codes a municipality's page compares: itself, its region, the country."""
    return municipality, region_of(municipality), COUNTRY


def alphabetical(name: str) -> str:
    """A key to sort Danish names by: æ, ø and å come last."""
    return name.lower().translate(str.maketrans("æøå", "{|}"))
