"""YAML files that an operator keeps, read strictly: a refusal names file and line, in Danish.

A value stays the text that was written, so that codes keep their zeros and no word turns into a
flag. A key written twice, an unknown one and a missing one are refused.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

_NULL = "tag:yaml.org,2002:null"


class OperatorYamlError(Exception):
    """A file as written cannot be used; the message is for the operator."""


@dataclass(frozen=True, slots=True)
class Part:
    """A value somewhere in a file; `name` is the key it stands under, `mark` is where that is."""

    file: str
    name: str
    node: yaml.Node
    mark: yaml.Mark

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written after the key."""
        return self.node.tag == _NULL or self.node.value == ""

    def error(self, problem: str) -> OperatorYamlError:
        """The error to raise; `problem` is a Danish sentence that says what to do."""
        return _error(self.file, self.mark, problem)

    def parts(self) -> dict[str, Part]:
        """The values by key. Raises OperatorYamlError for anything but keys, each written once."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.error(f"«{self.name}» skal have linjer med «nøgle: værdi» under sig.")
        found: dict[str, Part] = {}
        for key, value in self.node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _error(self.file, key.start_mark, "En nøgle skal være ét ord.")
            if key.value in found:
                problem = f"«{key.value}» står to gange. Slet den ene."
                raise _error(self.file, key.start_mark, problem)
            found[key.value] = Part(self.file, key.value, value, key.start_mark)
        return found

    def record(self, needed: Collection[str], optional: Collection[str] = ()) -> dict[str, Part]:
        """The values by key, with all the needed keys and none that is not known."""
        found = self.parts()
        known = (*needed, *optional)
        for name, part in found.items():
            if name not in known:
                raise part.error(f"«{name}» kendes ikke. Brug {', '.join(known)}.")
        for name in needed:
            if name not in found:
                raise self.error(f"«{name}» mangler under «{self.name}». Tilføj den.")
        return found

    def text(self) -> str:
        """The text written. Raises OperatorYamlError where it is blank or no text."""
        if not isinstance(self.node, yaml.ScalarNode):
            raise self.error(f"«{self.name}» skal være en tekst.")
        if self.is_blank or not self.node.value.strip():
            raise self.error(f"«{self.name}» er tom. Skriv, hvad der gælder.")
        return str(self.node.value).strip()

    def day(self) -> date:
        """The day written as yyyy-mm-dd, and no other way."""
        written = self.text()
        try:
            day = date.fromisoformat(written)
        except ValueError:
            day = None
        if day is None or day.isoformat() != written:
            raise self.error(f"«{self.name}» er ikke en dag. Skriv den som ÅÅÅÅ-MM-DD.")
        return day


def read_operator_yaml(file: Path) -> Part | None:
    """The content of a file; nothing where it is not there or says nothing.

    Raises OperatorYamlError where it cannot be read or is not YAML.
    """
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise OperatorYamlError(f"{file.name} kan ikke læses. Ret filens rettigheder.") from error
    try:
        node = yaml.compose(content, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        raise _error(file.name, error.problem_mark, _NOT_YAML) from error
    except yaml.YAMLError as error:
        raise OperatorYamlError(f"{file.name}: Filen er ikke tekst i UTF-8. Gem den så.") from error
    return None if node is None else Part(file.name, file.name, node, node.start_mark)


_NOT_YAML = "Det er ikke gyldig YAML. Se efter indrykning, kolon og anførselstegn."


def _error(file: str, mark: yaml.Mark | None, problem: str) -> OperatorYamlError:
    where = f", linje {mark.line + 1}" if mark else ""
    return OperatorYamlError(f"{file}{where}: {problem}")
