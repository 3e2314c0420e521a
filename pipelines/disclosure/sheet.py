"""The figures of the places that are protected together, and what is hidden of them so far."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from pipelines.disclosure.blocks import Cell, Part
from pipelines.disclosure.families import Family
from pipelines.disclosure.rules import Level, Rules

COUNTRY: Final = "DK"
TOTAL: Final = ("", "")
OUTCOME: Final = ("outcome", "")  # the two outcomes of a place, in all the ways they are counted
Key = tuple[str, str]  # grouping and category; TOTAL, OUTCOME, or for example ("mode", "phone")
Counted = tuple[int, int]  # value and persons
Figures = Mapping[str, Mapping[tuple[str, str, str], Counted]]  # place: measure, by, category
Hidden = dict[str, frozenset[Key]]  # place: what is hidden of it
_NOTHING: Final = (0, 0)


@dataclass(frozen=True, slots=True)
class Block:
    """The places that are protected together: a place's children, or the country alone."""

    level: Level
    parent: str  # "" for the country
    places: tuple[str, ...]


@dataclass(slots=True)
class Sheet:
    """The figures of one block, and what is hidden so far."""

    family: Family
    figures: Figures
    block: Block
    rules: Rules
    before: Hidden  # hidden at the last release, which stays hidden
    above: frozenset[Key]  # hidden of the parent
    hidden: dict[str, set[Key]] = field(default_factory=dict)

    def value(self, place: str, cell: tuple[str, str, str]) -> Counted:
        """Value and persons of a cell: measure, grouping and category."""
        return self.figures.get(place, {}).get(cell, _NOTHING)

    def was_hidden(self, keys: Iterable[Key]) -> set[Cell]:
        """The cells, of the places by the keys, that are hidden already."""
        keys = list(keys)
        return {
            (row, column)
            for row, place in enumerate(self.block.places)
            for column, key in enumerate(keys)
            if key in self.before.get(place, ())
        }

    def rows_hidden(self, key: Key) -> set[int]:
        """The places of which a key is hidden already."""
        return {row for row, _ in self.was_hidden((key,))}

    def hide(self, row: int, *keys: Key) -> None:
        """Hides keys of a place."""
        place = self.block.places[row]
        self.hidden.setdefault(place, set()).update(keys)

    def lines(self, pool: Collection[int]) -> list[tuple[int, ...]]:
        """The rows of a table: every place alone, those of the pool together as the last one.

        Of places whose margin is hidden a reader can compute the sum alone, so it stands as a row.
        """
        places = range(len(self.block.places))
        alone: list[tuple[int, ...]] = [(place,) for place in places if place not in pool]
        return [*alone, tuple(sorted(pool))] if pool else alone

    def part(self, lines: Sequence[tuple[int, ...]], cells: Sequence[tuple[str, str, str]]) -> Part:
        """The cells, measure by grouping and category, as a table of these lines."""
        counted = [
            [[self.value(self.block.places[place], cell) for place in line] for cell in cells]
            for line in lines
        ]
        return Part(
            values=tuple(tuple(sum(v for v, _ in cell) for cell in row) for row in counted),
            persons=tuple(tuple(sum(p for _, p in cell) for cell in row) for row in counted),
            live=tuple(self.value(COUNTRY, cell)[0] > 0 for cell in cells),
        )
