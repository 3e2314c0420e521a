"""Builds frozen dataclasses from parsed YAML, guided by their annotations, and forgives nothing."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from typing import Annotated, Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from pipelines.law.errors import LawError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the law something stands: the file, then rule, version and key as far as known."""

    path: tuple[str, ...]

    def at(self, part: str) -> Place:
        """The place one step further in."""
        return Place((*self.path, part))

    def error(self, problem: str, remedy: str) -> LawError:
        """The error to raise: where, what is wrong, and what to do."""
        return LawError(f"{', '.join(self.path)}: {problem}. {remedy}.")


def read(kind: type[T], raw: object, place: Place, **kinds: type[Any]) -> T:
    """A `kind` (a dataclass) from a mapping with exactly its keys.

    `kinds` replaces the annotation of a key, where it depends on what was read before.
    Raises LawError for an unknown or missing key, a value of another type, or one that the
    dataclass itself refuses.
    """
    if not isinstance(raw, Mapping):
        raise place.error(f"should be keys with values, not {raw!r}", "Write key: value lines")
    hints = get_type_hints(kind, include_extras=True) | kinds
    known = fields(cast("Any", kind))
    unknown = [str(key) for key in raw if key not in hints]
    if unknown:
        raise place.error(
            f"unknown key {unknown[0]}", f"Use only {', '.join(field.name for field in known)}"
        )
    needed = [field.name for field in known if field.default is MISSING]
    missing = [name for name in needed if name not in raw]
    if missing:
        raise place.error(f"{missing[0]} is missing", f"Add {missing[0]}")
    values = {key: _read_any(hints[key], value, place.at(key)) for key, value in raw.items()}
    try:
        return kind(**values)
    except ValueError as error:
        raise place.error(str(error), "Mend the value") from error


def _read_any(hint: Any, raw: object, place: Place) -> Any:  # noqa: ANN401  any annotation
    """A value of the annotated type: text, flag, number, date, list, mapping or dataclass."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _read_code(inner[1], _read_any(inner[0], raw, place), place)
    if origin in {Union, types.UnionType}:
        (plain,) = (part for part in inner if part is not type(None))
        return None if raw is None else _read_any(plain, raw, place)
    if origin is tuple:
        return _read_list(inner[0], raw, place)
    if origin is dict:
        return _read_mapping(inner, raw, place)
    if is_dataclass(hint):
        return read(cast("type[Any]", hint), raw, place)
    return _read_plain(hint, raw, place)


def _read_code(allowed: tuple[str, ...], value: str, place: Place) -> str:
    if value not in allowed:
        raise place.error(f"{value!r} is not known", f"Write one of {', '.join(allowed)}")
    return value


def _read_list(hint: object, raw: object, place: Place) -> tuple[Any, ...]:
    if not isinstance(raw, list):
        raise place.error(f"should be a list, not {raw!r}", "Write it in [ ]")
    items = tuple(
        _read_any(hint, item, place.at(str(number))) for number, item in enumerate(raw, start=1)
    )
    if any(items.count(item) > 1 for item in items):
        raise place.error("names something twice", "Name it once")
    return items


def _read_mapping(inner: tuple[Any, Any], raw: object, place: Place) -> dict[Any, Any]:
    if not isinstance(raw, Mapping):
        raise place.error(f"should be keys with values, not {raw!r}", "Write key: value lines")
    return {
        _read_any(inner[0], key, place.at(str(key))): _read_any(inner[1], item, place.at(str(key)))
        for key, item in raw.items()
    }


def _read_plain(hint: type[Any], raw: object, place: Place) -> object:
    if hint is date:
        return _read_date(raw, place)
    # A flag is a whole number to Python, and a whole number may stand for a fraction.
    if hint is float and isinstance(raw, int) and not isinstance(raw, bool):
        return float(raw)
    if type(raw) is not hint:
        remedy = "Write it in quotes" if hint is str and raw is not None else "Mend the value"
        raise place.error(f"should be of type {hint.__name__}, not {raw!r}", remedy)
    if raw == "":
        raise place.error("is empty", "Write what it says")
    return raw


def _read_date(raw: object, place: Place) -> date:
    """A day written yyyy-mm-dd, and no other way."""
    try:
        day = date.fromisoformat(str(raw))
    except ValueError:
        day = None
    if day is None or day.isoformat() != raw:
        raise place.error(f"{raw!r} is not a date", "Write a real day as yyyy-mm-dd")
    return day
