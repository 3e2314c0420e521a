"""What a published table promises: its columns, their types and rules, and what one row is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Text:
    """The same sentence in Danish and in English."""

    da: str
    en: str


class Kind(StrEnum):
    """A column's type, as DuckDB names it."""

    TEXT = "VARCHAR"
    TEXTS = "VARCHAR[]"
    DAY = "DATE"
    MOMENT = "TIMESTAMP"
    COUNT = "BIGINT"
    SHARE = "DOUBLE"
    FLAG = "BOOLEAN"


class Rule(Protocol):
    """A promise about the values of one column.

    `expectation` names the Great Expectations class and its arguments; `spoil` gives a value
    that breaks the promise, so that a test can see the check fail.
    """

    @property
    def name(self) -> str: ...  # noqa: D102

    def expectation(self) -> tuple[str, dict[str, object]]: ...  # noqa: D102

    def spoil(self) -> object: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Required:
    """The column is never empty."""

    name: str = "required"

    def expectation(self) -> tuple[str, dict[str, object]]:
        """No row without a value."""
        return "ExpectColumnValuesToNotBeNull", {}

    def spoil(self) -> object:
        """An empty cell."""
        return None


@dataclass(frozen=True, slots=True)
class OneOf:
    """The column holds only these values (or nothing, unless it is also Required)."""

    values: tuple[str, ...]
    name: str = "one_of"

    def expectation(self) -> tuple[str, dict[str, object]]:
        """No value outside the list."""
        return "ExpectColumnValuesToBeInSet", {"value_set": list(self.values)}

    def spoil(self) -> object:
        """A word that is in no list."""
        return "ødelagt"


@dataclass(frozen=True, slots=True)
class Matches:
    """Every value has this form (a regular expression for the whole text)."""

    pattern: str
    name: str = "matches"

    def expectation(self) -> tuple[str, dict[str, object]]:
        """No value of another form."""
        return "ExpectColumnValuesToMatchRegex", {"regex": f"^(?:{self.pattern})$"}

    def spoil(self) -> object:
        """A text of another form."""
        return "ødelagt!"


@dataclass(frozen=True, slots=True)
class AtLeast:
    """No number is smaller than this."""

    least: int
    name: str = "at_least"

    def expectation(self) -> tuple[str, dict[str, object]]:
        """No smaller value."""
        return "ExpectColumnValuesToBeBetween", {"min_value": self.least}

    def spoil(self) -> object:
        """One less than allowed."""
        return self.least - 1


@dataclass(frozen=True, slots=True)
class Column:
    """One column: name, type, definition in both languages, unit, source and rules."""

    name: str
    kind: Kind
    text: Text
    unit: str = ""
    source: str = ""
    rules: tuple[Rule, ...] = ()
    stored_as: str = ""  # DuckDB's compression where one always fits best: spares trying them all

    @property
    def compression(self) -> str:
        """DuckDB's compression of the column; empty where DuckDB chooses."""
        if not self.stored_as and any(isinstance(rule, OneOf) for rule in self.rules):
            return "dictionary"
        return self.stored_as

    @property
    def comment(self) -> str:
        """The comment stored in the database: Danish | English | unit | source."""
        return f"{self.text.da} | {self.text.en} | {self.unit} | {self.source}"


@dataclass(frozen=True, slots=True)
class Table:
    """One published table: what a row is, the key that proves it, and its columns in order."""

    name: str
    row: Text
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    may_be_empty: bool = False
    is_view: bool = False  # a view's key follows from the tables below it

    @property
    def comment(self) -> str:
        """The comment stored in the database: what one row is, Danish | English."""
        return f"Én række er {self.row.da} | One row is {self.row.en}"

    def dictionary(self) -> list[dict[str, str]]:
        """What each column means, as the table `dictionary` says it."""
        return [
            {
                "table_name": self.name,
                "column_name": column.name,
                "type": str(column.kind),
                "unit": column.unit,
                "text_da": column.text.da,
                "text_en": column.text.en,
                "source": column.source,
            }
            for column in self.columns
        ]

    @property
    def column_names(self) -> tuple[str, ...]:
        """The columns' names in the order they are stored."""
        return tuple(column.name for column in self.columns)
