"""YAML into frozen dataclasses, guided by their annotations: nothing guessed, nothing twice.

The law (in English) and the operator's files (in Danish, naming the line) are read by the same
rules; a `Place` gives them their language and their error.
"""

from __future__ import annotations

import keyword
import types
from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass, replace
from datetime import date, time
from pathlib import Path
from typing import (
    Annotated,
    Any,
    ClassVar,
    Final,
    Self,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

import yaml

T = TypeVar("T")
Words = Mapping[str, tuple[str, str]]  # what is wrong, and what to do

# What an operator wrote may be a secret, so only codes, days and times are quoted back.
DANISH: Final[Words] = {
    "keys": ("her skal stå nøgler med værdier", "Skriv linjer med «nøgle: værdi»"),
    "unknown": ("nøglen er ukendt", "Brug kun {known}"),
    "missing": ("{key} mangler", "Tilføj {key}"),
    "refused": ("{problem}", "Ret værdien"),
    "code": ("{raw!r} er ukendt", "Skriv en af {known}"),
    "list": ("her skal stå en liste", "Skriv den i [ ]"),
    "twice": ("noget står der to gange", "Skriv det én gang"),
    "text": ("her skal stå tekst", "Skriv den i anførselstegn"),
    "type": ("her skal stå {kind}", "Ret værdien"),
    "empty": ("her står intet", "Skriv en værdi"),
    "date": ("{raw!r} er ikke en dag", "Skriv en rigtig dag som åååå-mm-dd"),
    "time": ("{raw!r} er ikke et klokkeslæt", 'Skriv det i anførselstegn, fx "22:00"'),
}
_KINDS: Final = {
    "str": "tekst",
    "int": "et helt tal",
    "bool": "true eller false",
    "float": "et tal",
}


class StrictLoader(yaml.SafeLoader):
    """Refuses a key written twice and leaves dates as text, for the reader to check."""

    yaml_implicit_resolvers = {  # noqa: RUF012  the type is PyYAML's
        letter: [(tag, regexp) for tag, regexp in rules if tag != "tag:yaml.org,2002:timestamp"]
        for letter, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(
        self, node: yaml.MappingNode, deep: bool = False
    ) -> dict[Hashable, object]:
        """One entry per key; YAML itself would silently keep the last."""
        keys = [cast("Hashable", self.construct_object(key, deep=True)) for key, _ in node.value]
        for key, (written, _) in zip(keys, node.value, strict=True):
            if keys.count(key) > 1:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} is written twice", written.start_mark
                )
        return super().construct_mapping(node, deep=deep)


@dataclass(frozen=True, slots=True)
class Place(ABC):
    """Where something stands: the file, then the keys as far as known."""

    path: tuple[str, ...]
    words: ClassVar[Words]

    def at(self, part: str) -> Self:
        """The place one step further in."""
        return replace(self, path=(*self.path, part))

    @abstractmethod
    def error(self, problem: str, remedy: str) -> Exception:
        """The error to raise: where, what is wrong, and what to do."""

    def wrong(self, word: str, **facts: object) -> Exception:
        """The error for one of the `words`."""
        problem, remedy = (text.format(**facts) for text in self.words[word])
        return self.error(problem, remedy)


@dataclass(frozen=True, slots=True)
class LinePlace(Place):
    """A place in a file that an operator keeps: errors are Danish and name the line."""

    kind: type[Exception]
    lines: Mapping[tuple[str, ...], int] = field(repr=False)  # by path without the file
    words: ClassVar[Words] = DANISH

    def error(self, problem: str, remedy: str) -> Exception:
        """The operator's error."""
        where = ", ".join([self.named(), *self.path[1:]])
        return self.kind(f"{where}: {problem}. {remedy}.")

    def named(self) -> str:
        """The file and the line, in Danish."""
        file, *inside = self.path
        known = (tuple(inside[:end]) for end in range(len(inside), -1, -1))
        line = next((self.lines[path] for path in known if path in self.lines), 1)
        return f"{file}, linje {line}"


def load_lines(file: Path, kind: type[Exception]) -> tuple[object, LinePlace]:
    """The content of an operator's YAML file, and its place, from which errors name lines.

    Raises `kind` where it is no YAML, and OSError where it cannot be read.
    """
    written = file.read_bytes()
    try:
        loader = StrictLoader(written)
        node = loader.get_single_node()
        content = loader.construct_document(node) if node else None
    except yaml.YAMLError as error:
        # The error's own words would quote the line, and an address in it may hold a password.
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        twice = "written twice" in str(getattr(error, "problem", ""))
        problem = "nøglen står der to gange" if twice else "linjen kan ikke læses som YAML"
        raise kind(f"{file.name}, linje {line}: {problem}. Ret filen.") from None
    return content, LinePlace((file.name,), kind, dict(_lines(node, ())))


def _lines(node: yaml.Node | None, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], int]]:
    """The line of everything in a document, by its path; items of a list are numbered from 1."""
    parts: list[tuple[str, yaml.Node, yaml.Node]] = []
    if isinstance(node, yaml.MappingNode):
        parts = [(str(key.value), key, value) for key, value in node.value]
    elif isinstance(node, yaml.SequenceNode):
        parts = [(str(number), item, item) for number, item in enumerate(node.value, start=1)]
    for name, begun, value in parts:
        yield (*path, name), begun.start_mark.line + 1
        yield from _lines(value, (*path, name))


def read(kind: type[T], raw: object, place: Place, **kinds: type[Any]) -> T:
    """A `kind` (a dataclass) from a mapping with exactly its keys.

    `kinds` replaces the annotation of a key, where it depends on what was read before. A key that
    Python keeps for itself (`from`) is the field with `_` after it. Raises the place's error for
    an unknown or missing key, a value of another type, or one that the dataclass itself refuses.
    """
    if not isinstance(raw, Mapping):
        raise place.wrong("keys", raw=raw)
    hints = get_type_hints(kind, include_extras=True) | kinds
    known = {_key(item.name): item for item in fields(cast("Any", kind))}
    for key in raw:
        if key not in known:
            raise place.at(str(key)).wrong("unknown", key=key, known=", ".join(known))
    for key, item in known.items():
        if item.default is MISSING and key not in raw:
            raise place.wrong("missing", key=key)
    values = {
        known[key].name: _read_any(hints[known[key].name], value, place.at(key))
        for key, value in raw.items()
    }
    try:
        return kind(**values)
    except ValueError as error:
        raise place.wrong("refused", problem=error) from error


def _key(name: str) -> str:
    bare = name.removesuffix("_")
    return bare if keyword.iskeyword(bare) else name


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
        raise place.wrong("code", raw=value, known=", ".join(allowed))
    return value


def _read_list(hint: object, raw: object, place: Place) -> tuple[Any, ...]:
    if not isinstance(raw, list):
        raise place.wrong("list", raw=raw)
    items = tuple(
        _read_any(hint, item, place.at(str(number))) for number, item in enumerate(raw, start=1)
    )
    if any(items.count(item) > 1 for item in items):
        raise place.wrong("twice")
    return items


def _read_mapping(inner: tuple[Any, Any], raw: object, place: Place) -> dict[Any, Any]:
    if not isinstance(raw, Mapping):
        raise place.wrong("keys", raw=raw)
    return {
        _read_any(inner[0], key, place.at(str(key))): _read_any(inner[1], item, place.at(str(key)))
        for key, item in raw.items()
    }


def _read_plain(hint: type[Any], raw: object, place: Place) -> object:
    if hint is date:
        return _read_date(raw, place)
    if hint is time:
        return _read_time(raw, place)
    # A flag is a whole number to Python, and a whole number may stand for a fraction.
    if hint is float and isinstance(raw, int) and not isinstance(raw, bool):
        return float(raw)
    if type(raw) is not hint:
        word = "text" if hint is str and raw is not None else "type"
        raise place.wrong(word, raw=raw, name=hint.__name__, kind=_KINDS.get(hint.__name__))
    if raw == "":
        raise place.wrong("empty")
    return raw


def _read_date(raw: object, place: Place) -> date:
    """A day written yyyy-mm-dd, and no other way."""
    try:
        day = date.fromisoformat(str(raw))
    except ValueError:
        day = None
    if day is None or day.isoformat() != raw:
        raise place.wrong("date", raw=raw)
    return day


def _read_time(raw: object, place: Place) -> time:
    """A time of day written hh:mm in quotes (without them YAML makes it a number)."""
    try:
        moment = time.fromisoformat(str(raw))
    except ValueError:
        moment = None
    if moment is None or f"{moment:%H:%M}" != raw:
        raise place.wrong("time", raw=raw)
    return moment
