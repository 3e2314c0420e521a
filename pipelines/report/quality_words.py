"""The words of the quality page, kept as data in quality.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from pipelines.contracts.model import Text


@dataclass(frozen=True, slots=True)
class Section:
    """One concept of the metadata structure: its words, and the exhibits that bear them out."""

    id: str
    heading: Text
    text: tuple[Text, ...]
    exhibits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Caveat:
    """What a reader must know of some figures before using them."""

    id: str
    figures: Text
    text: Text


@dataclass(frozen=True, slots=True)
class QualityWords:
    """All of the file, in its order."""

    sections: tuple[Section, ...]
    caveats: tuple[Caveat, ...]


@cache
def quality_words() -> QualityWords:
    """The words as written. Raises TypeError or KeyError where the file has another shape."""
    written: dict[str, list[dict[str, Any]]] = yaml.safe_load(
        files("pipelines.report").joinpath("quality.yaml").read_text("utf-8")
    )
    return QualityWords(
        sections=tuple(
            Section(
                id=each["id"],
                heading=Text(**each["heading"]),
                text=tuple(Text(**paragraph) for paragraph in each["text"]),
                exhibits=tuple(each.get("exhibits", ())),
            )
            for each in written["sections"]
        ),
        caveats=tuple(
            Caveat(each["id"], Text(**each["figures"]), Text(**each["text"]))
            for each in written["caveats"]
        ),
    )
