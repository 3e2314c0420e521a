"""What makes a row count after all, and what a steward is told of it (mending.yaml)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal

import yaml

Kind = Literal["register", "hold_again", "nothing"]
KINDS: Final[tuple[Kind, ...]] = ("register", "hold_again", "nothing")


@dataclass(frozen=True, slots=True)
class Mending:
    """What a letter says of one reason or one rejection code."""

    kind: Kind
    rows: str  # finishes the sentence "12 rækker …"
    hvorfor: str
    eksempel: str
    hvad: str = ""  # empty of a rejection: the publication says it
    ret: str = ""


@cache
def reasons() -> dict[str, Mending]:
    """By reason for not being recognised."""
    return _part("reasons")


@cache
def rejections() -> dict[str, Mending]:
    """By rejection code."""
    return _part("rejections")


def _part(name: str) -> dict[str, Mending]:
    text = files("pipelines").joinpath("mending.yaml").read_text("utf-8")
    return {code: Mending(**told) for code, told in yaml.safe_load(text)[name].items()}
