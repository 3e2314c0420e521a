"""The standard-cost table in force: the shipped one, with what the operator's file changes."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from pipelines.checked_yaml import Place, load_lines, read
from pipelines.costs.model import CostChanges, Standard

_UNUSED = "Rapporten regner med standardtallene."


class CostsError(Exception):
    """The operator's costs.yaml cannot be used; the message names the line and what to do."""


@cache
def shipped_costs() -> Standard:
    """The standard costs of standard.yaml. Raises CostsError where they are not whole."""
    with as_file(files("pipelines.costs") / "standard.yaml") as file:
        content, place = load_lines(file, CostsError)
    return read(Standard, content, place)


@dataclass(frozen=True, slots=True)
class Costs:
    """The table in force; `is_own` where the operator changed it, `trouble` where that failed."""

    standard: Standard = field(default_factory=shipped_costs)
    is_own: bool = False
    trouble: str | None = None  # in Danish, for the operator


def costs_in_force(file: Path) -> Costs:
    """The shipped costs, changed by costs.yaml where there is one; the shipped ones if it fails."""
    try:
        return Costs(read_costs(file), is_own=True)
    except FileNotFoundError:
        return Costs()
    except CostsError as error:
        return Costs(trouble=f"{error} {_UNUSED}")
    except OSError:
        return Costs(trouble=f"{file.name} kan ikke læses. Ret filens rettigheder. {_UNUSED}")


def read_costs(file: Path) -> Standard:
    """The shipped costs with the changes of the operator's file.

    Raises CostsError, with file and line, for anything that is not exactly right, and OSError where
    the file cannot be read.
    """
    content, place = load_lines(file, CostsError)
    if content is None:
        return shipped_costs()
    return with_changes(shipped_costs(), read(CostChanges, content, place), place)


def with_changes(standard: Standard, changes: CostChanges, place: Place) -> Standard:
    """The table with the changes made. Raises the place's error where they do not fit it."""
    for one in fields(changes):
        value = getattr(changes, one.name)
        try:
            standard = standard if value is None else replace(standard, **{one.name: value})
        except ValueError as error:
            raise place.at(one.name).wrong("refused", problem=error) from error
    return standard
