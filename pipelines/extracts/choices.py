"""Which municipalities have their worklists switched on, and on what legal basis."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipelines.municipalities import municipalities
from pipelines.operator_yaml import OperatorYamlError, Part, read_operator_yaml

_UNTOUCHED = "Arbejdslisterne er ikke rørt i nat."


class ExtractChoiceError(Exception):
    """The file of choices cannot be used; the message is for the operator."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A municipality's decision to have worklists; `stops_on` is the first day without them."""

    municipality_code: str
    legal_basis: str
    decided_by: str  # a role, no name
    decided_on: date
    stops_on: date | None

    def holds_on(self, day: date) -> bool:
        """Whether the worklists are on that day."""
        return self.stops_on is None or day < self.stops_on


def load_choices(file: Path) -> tuple[Choice, ...]:
    """The choices of extracts.yaml; none where the file is missing or says nothing.

    Raises ExtractChoiceError, with file and line, for anything that is not exactly right.
    """
    try:
        content = read_operator_yaml(file)
        if content is None or content.is_blank:
            return ()
        listed = content.record(("municipalities",))["municipalities"]
        parts = {} if listed.is_blank else listed.parts()
        return tuple(_read_choice(part) for part in parts.values())
    except OperatorYamlError as error:
        raise ExtractChoiceError(f"{error} {_UNTOUCHED}") from error


def _read_choice(part: Part) -> Choice:
    _check_code(part, (municipality.code for municipality in municipalities()))
    written = part.record(("legal_basis", "decided_by", "decided_on"), ("stops_on",))
    decided_on = written["decided_on"].day()
    stops_on = written["stops_on"].day() if "stops_on" in written else None
    if stops_on is not None and stops_on <= decided_on:
        raise written["stops_on"].error("«stops_on» skal ligge efter «decided_on». Ret dagene.")
    return Choice(
        part.name,
        written["legal_basis"].text(),
        written["decided_by"].text(),
        decided_on,
        stops_on,
    )


def _check_code(part: Part, known: Iterable[str]) -> None:
    if part.name not in known:
        raise part.error(f"Der er ingen kommune {part.name}. Skriv kommunens tre cifre, fx 147.")
