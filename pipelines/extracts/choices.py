"""Which municipalities have their worklists switched on, and on what legal basis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipelines.checked_yaml import load_lines, read
from pipelines.municipalities import municipalities

_UNTOUCHED = "Arbejdslisterne er ikke rørt i nat."


class ExtractChoiceError(Exception):
    """The file of choices cannot be used; the message is for the operator."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A municipality's decision to have worklists; `stops_on` is the first day without them."""

    legal_basis: str
    decided_by: str  # a role, no name
    decided_on: date
    stops_on: date | None = None

    def __post_init__(self) -> None:
        if not self.legal_basis.strip() or not self.decided_by.strip():
            raise ValueError("legal_basis og decided_by må ikke være blanke")
        if self.stops_on is not None and self.stops_on <= self.decided_on:
            raise ValueError("stops_on skal ligge efter decided_on")

    def holds_on(self, day: date) -> bool:
        """Whether the worklists are on that day."""
        return self.stops_on is None or day < self.stops_on


@dataclass(frozen=True, slots=True)
class _ChoicesFile:
    """The only key of `extracts.yaml`: the choices by municipality."""

    municipalities: dict[str, Choice] | None


def load_choices(file: Path) -> Mapping[str, Choice]:
    """The choices of extracts.yaml, by municipality; none where it is missing or says nothing.

    Raises ExtractChoiceError, with file and line, for anything that is not exactly right.
    """
    try:
        return _read(file)
    except FileNotFoundError:
        return {}
    except ExtractChoiceError as error:
        raise ExtractChoiceError(f"{error} {_UNTOUCHED}") from None
    except OSError as error:
        problem = f"{file.name} kan ikke læses. Ret filens rettigheder. {_UNTOUCHED}"
        raise ExtractChoiceError(problem) from error


def _read(file: Path) -> Mapping[str, Choice]:
    content, place = load_lines(file, ExtractChoiceError)
    if content is None:
        return {}
    choices = read(_ChoicesFile, content, place).municipalities or {}
    known = {municipality.code for municipality in municipalities()}
    for code in choices:
        if code not in known:
            where = place.at("municipalities").at(code)
            raise where.error("der er ingen kommune med den kode", "Skriv de tre cifre, fx 147")
    return choices
