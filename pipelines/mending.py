"""What would mend a meeting that is held but not recognised, by its reason (mending.yaml)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Annotated

import yaml

KINDS = ("register", "hold_again", "nothing")


@dataclass(frozen=True, slots=True)
class Mending:
    """`kind`: better registration, a meeting held again, or nothing; `ret`: what to do."""

    kind: Annotated[str, KINDS]
    ret: str


def mending_of(reason: str) -> Mending:
    """What would mend a meeting with this first reason; raises KeyError for another word."""
    return _mendings()[reason]


@cache
def _mendings() -> dict[str, Mending]:
    loaded = yaml.safe_load(files("pipelines").joinpath("mending.yaml").read_text("utf-8"))
    return {reason: Mending(**told) for reason, told in loaded.items()}
