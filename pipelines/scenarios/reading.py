"""Finds and reads scenarios: shipped ones by name, others by path. Every fault names its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from pipelines.checked_yaml import load_lines, read
from pipelines.scenarios.overlay import (
    DEEDS,
    Assumed,
    Change,
    Days,
    Head,
    Overlay,
    ScenarioError,
    ScenarioPlace,
)

SHIPPED: Final = Path(__file__).parents[2] / "law" / "scenarios"
_NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")  # names a folder and the files in it


def shipped_scenarios() -> list[str]:
    """The names of the scenarios that come with the program."""
    return sorted(file.stem for file in SHIPPED.glob("*.yaml"))


def find_scenario(asked: str) -> Overlay:
    """The scenario of a shipped name or of a path. Raises ScenarioError where it cannot be used."""
    if asked in shipped_scenarios():
        return read_scenario(SHIPPED / f"{asked}.yaml")
    file = Path(asked)
    if not file.is_file():
        known = ", ".join(shipped_scenarios())
        raise ScenarioError(
            f"Der er intet scenarie {asked!r}. Skriv stien til en YAML-fil, eller en af {known}."
        )
    return read_scenario(file)


def read_scenario(file: Path) -> Overlay:
    """The scenario in a file. Raises ScenarioError, naming the line, for whatever is not right."""
    content, bare = load_lines(file, ScenarioError)
    place = ScenarioPlace(bare.path, bare.kind, bare.lines)
    raw = dict(content) if isinstance(content, Mapping) else content
    listed = raw.pop("changes", []) if isinstance(raw, dict) else []
    head = read(Head, raw, place)
    if not _NAME.fullmatch(head.scenario):
        at = place.at("scenario")
        raise at.error("navnet er ikke et mappenavn", "Brug små bogstaver a-z, cifre og bindestreg")
    parts = list(_combined(head, place.at("combines")))
    changes = [change for part in parts for change in part.changes]
    changes += _changes(listed, head, place.at("changes"))
    assumed = [one for part in parts for one in part.assumed]
    if head.parameters:
        assumed.append(Assumed(head.parameters.costs, place.at("parameters").at("costs")))
    if not changes and not assumed:
        raise place.wrong("nothing")
    return Overlay(head.scenario, head.label, head.reason, tuple(changes), tuple(assumed))


def _combined(head: Head, place: ScenarioPlace) -> Iterator[Overlay]:
    for number, name in enumerate(head.combines, start=1):
        here = place.at(str(number))
        if name not in shipped_scenarios():
            raise here.wrong("code", raw=name, known=", ".join(shipped_scenarios()))
        content, _ = load_lines(SHIPPED / f"{name}.yaml", ScenarioError)
        if isinstance(content, Mapping) and "combines" in content:
            raise here.wrong("nested", name=name)
        yield read_scenario(SHIPPED / f"{name}.yaml")


def _changes(listed: object, head: Head, place: ScenarioPlace) -> Iterator[Change]:
    if not isinstance(listed, list):
        raise place.wrong("list")
    for number, raw in enumerate(listed, start=1):
        yield _change(raw, head, place.at(str(number)))


def _change(raw: object, head: Head, place: ScenarioPlace) -> Change:
    if not isinstance(raw, Mapping):
        raise place.wrong("keys")
    named = [deed for deed in DEEDS if deed in raw]
    if len(named) != 1:
        raise place.wrong("deed")
    [deed] = named
    rest = {key: item for key, item in raw.items() if key not in {deed, "value"}}
    days = read(Days, rest, place)
    value = raw.get("value", {})
    if not isinstance(value, Mapping):
        raise place.at("value").wrong("keys")
    _check_keys(deed, raw, days, place)
    return Change(
        deed=deed,
        rule=_text(raw[deed], place.at(deed)),
        first=days.from_,
        last=days.through,
        value=dict(value),
        family=days.family,
        scenario=head.scenario,
        label=head.label,
        reason=head.reason,
        place=place,
    )


_NEEDED: Final = {"end": "through", "replace": "value", "add": "from", "extend": "value"}
_ALLOWED: Final = {
    "end": ("through",),
    "replace": ("from", "through", "value"),
    "add": ("from", "through", "value", "family"),
    "extend": ("from", "through", "value"),
}


def _check_keys(deed: str, raw: Mapping[str, Any], days: Days, place: ScenarioPlace) -> None:
    """Each deed has keys of its own; its days stand in order."""
    for key in raw:
        if key not in {deed, *_ALLOWED[deed]}:
            known = ", ".join((deed, *_ALLOWED[deed]))
            raise place.at(str(key)).wrong("unknown", key=key, known=known)
    if not raw.get(_NEEDED[deed]):
        raise place.wrong("missing", key=_NEEDED[deed])
    if days.from_ and days.through and days.through < days.from_:
        raise place.wrong("order")


def _text(raw: object, place: ScenarioPlace) -> str:
    if not isinstance(raw, str) or not raw:
        raise place.wrong("text")
    return raw
