"""The rules of the published law in the order a reader meets them, each with its versions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from pipelines.contracts.model import Text

# A chapter: its name, and the families of rules in it (pipelines/law/values.py).
CHAPTERS: Final = (
    (
        "medregnes",
        Text("Hvilke samtaler medregnes", "Which meetings are recognised"),
        (
            "accepted_types",
            "no_spell",
            "responsible_actor",
            "suspension",
            "mode_unknown",
            "accepted_modes",
            "duplicate",
        ),
    ),
    ("krav", Text("Hvad et forløb skal have", "What a spell is owed"), ("requirement",)),
    (
        "frister",
        Text(
            "Frister, der står stille, og krav, der indhentes", "Clocks that stop, and catching up"
        ),
        ("clock_pause", "catch_up"),
    ),
    (
        "tilsyn",
        Text("Tilsynet med kommunerne", "The supervision of municipalities"),
        ("month_left_out", "supervision_threshold"),
    ),
    (
        "maaling",
        Text("Jobindsats' måling efter form", "The register's measure by mode"),
        ("register_types", "register_actor"),
    ),
)
APPLIES_BY: Final = {
    "meeting_date": Text("samtalens dag", "the day of the meeting"),
    "spell_start": Text("forløbets første dag", "the first day of the spell"),
    "due_day": Text("dagen, kravet forfaldt", "the day the requirement fell due"),
    "day": Text("hver enkelt dag", "each single day"),
    "month": Text("måneden", "the month"),
}
GRADES: Final = {
    "A": Text("lovteksten er læst", "the text of the law was read"),
    "B": Text("en officiel forklaring er læst", "an official explanation was read"),
    "C": Text("omtalt i presse eller anden kilde", "reported by the press or another source"),
    "D": Text("antaget; ingen tekst er læst", "assumed; no text was read"),
}
ALWAYS: Final = date(1900, 1, 1)  # what has held for as long as anything is counted


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule with its versions, the newest first; each a row of the table `law`."""

    rule: str
    label: Text
    regimes: tuple[str, ...]
    applies_by: str
    versions: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """Rules that answer one question."""

    id: str
    heading: Text
    rules: tuple[Rule, ...]


def chapters(law: pl.DataFrame) -> tuple[Chapter, ...]:
    """The whole law. Raises ValueError where a rule belongs to no chapter."""
    families = [family for _, _, of in CHAPTERS for family in of]
    if left_out := set(law["family"]) - set(families):
        raise ValueError(f"The law page has no chapter for {', '.join(sorted(left_out))}")
    return tuple(Chapter(name, heading, tuple(_rules(law, of))) for name, heading, of in CHAPTERS)


def _rules(law: pl.DataFrame, families: Iterable[str]) -> Iterable[Rule]:
    for family in families:
        of_family = law.filter(pl.col("family") == family)
        for rule in sorted(set(of_family["rule"])):
            versions = of_family.filter(pl.col("rule") == rule).sort(
                "known_from", "valid_from", descending=True
            )
            rows = tuple(versions.iter_rows(named=True))
            yield Rule(
                rule,
                Text(rows[0]["label_da"], rows[0]["label_en"]),
                tuple(rows[0]["regime"].split(",")),
                rows[0]["applies_by"],
                rows,
            )
