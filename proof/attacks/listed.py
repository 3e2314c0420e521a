"""The attacks of attacks.yaml: one SQL statement (or a few in a row) each, by what it is after."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

LIST: Final = Path(__file__).parent / "attacks.yaml"
_LEVELS: Final = 20_000  # of an expression that a parser may follow too far down


@dataclass(frozen=True, slots=True)
class Attack:
    """One attack; `sql` names the places of an arena as `<secret>`, `<out>` and so on."""

    aim: str
    name: str
    sql: str

    def laid(self, places: dict[str, str]) -> str:
        """The statement, with the places of an arena."""
        sql = self.sql
        for place, text in places.items():
            sql = sql.replace(f"<{place}>", text)
        return sql.replace("<deeper>", "(" * _LEVELS + "select 1" + ")" * _LEVELS).replace(
            "<deep>", "(" * _LEVELS + "1" + ")" * _LEVELS
        )


def attacks() -> list[Attack]:
    """Every attack, in the order of the list."""
    listed = yaml.safe_load(LIST.read_text("utf-8"))
    return [Attack(aim, name, sql) for aim, named in listed.items() for name, sql in named.items()]
