"""Reads the folder `law/` into a Law, and refuses whatever is not exactly right."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.checked_yaml import read
from pipelines.law.errors import LawError
from pipelines.law.model import SEVERAL_RULES, Instrument, Law, Rule, Version
from pipelines.law.reader import Place
from pipelines.law.timeline import check_timeline
from pipelines.law.values import FAMILIES
from pipelines.law.yaml_text import load_yaml


def load_law(folder: Path | None = None) -> Law:
    """The law written in a folder (by default the one beside the packages).

    Expects `instruments.yaml` and one file per rule in `rules/`. Raises LawError, naming file,
    rule and version, for anything unknown, missing, double, undated, unsourced or out of order.
    """
    root = folder or Path(__file__).parents[2] / "law"
    instruments = _read_instruments(root / "instruments.yaml")
    rules: dict[str, Rule] = {}
    for path in sorted((root / "rules").glob("[!.]*")):
        rule = _read_rule(path, instruments)
        _check_alone(rule, rules.values(), Place((path.name,)))
        rules[rule.rule] = rule
    if not rules:
        raise LawError(f"{root.name}/rules: there is no rule. Add one file per rule.")
    return Law(rules, instruments, law_hash(rules, instruments))


def canonical_json(value: object) -> str:
    """One and the same text for one and the same content: keys sorted, days as yyyy-mm-dd."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=date.isoformat
    )


@dataclass(frozen=True, slots=True)
class _InstrumentsFile:
    """The only key of `instruments.yaml`."""

    instruments: tuple[Instrument, ...]


def _read_instruments(path: Path) -> dict[str, Instrument]:
    place = Place((path.name,))
    if not path.is_file():
        raise place.error("the file is not there", "Add it, with every statute and order")
    listed = read(_InstrumentsFile, load_yaml(path, path.name), place).instruments
    instruments = {instrument.id: instrument for instrument in listed}
    if len(instruments) < len(listed):
        ids = [instrument.id for instrument in listed]
        twice = next(name for name in ids if ids.count(name) > 1)
        raise place.error(f"the instrument {twice} is listed twice", "List it once")
    for instrument in listed:
        _check_url(instrument.url, place.at(instrument.id))
    return instruments


def _read_rule(path: Path, instruments: Mapping[str, Instrument]) -> Rule:
    place = Place((path.name,))
    if path.suffix != ".yaml":
        raise place.error("not a rule", "Let rules/ hold nothing but one .yaml file per rule")
    raw = load_yaml(path, path.name)
    if not isinstance(raw, Mapping) or not isinstance(raw.get("versions"), list):
        raise place.error("a rule has a list of versions", "Add versions: with at least one")
    # Read without versions first: the family says what a version's value looks like.
    bare = read(Rule, {**raw, "versions": []}, place)
    place = place.at(f"rule {bare.rule}")
    if bare.rule != path.stem:
        raise place.error("the file has another name than its rule", f"Call it {bare.rule}.yaml")
    if not raw["versions"] or not bare.regime:
        raise place.error("a rule needs a regime and a version", "Add them")
    versions = [
        _read_version(item, FAMILIES[bare.family], instruments, place.at(f"version {number}"))
        for number, item in enumerate(raw["versions"], start=1)
    ]
    in_order = sorted(versions, key=lambda version: (version.in_force_from, version.known_from))
    rule = replace(bare, versions=tuple(in_order))
    check_timeline(rule, place)
    return rule


def _read_version(
    raw: object, value_kind: type[Any], instruments: Mapping[str, Instrument], place: Place
) -> Version:
    if isinstance(raw, Mapping) and "in_force_from" in raw:
        place = Place((*place.path[:-1], f"version {raw['in_force_from']}"))
    version = read(Version, raw, place, value=value_kind)
    if version.source.instrument not in instruments:
        raise place.error(
            f"the instrument {version.source.instrument} is unknown",
            "List it in instruments.yaml, or mend its id",
        )
    _check_url(version.source.url, place)
    return version


def _check_url(url: str, place: Place) -> None:
    if not url.startswith(("https://", "http://")):
        raise place.error(f"{url!r} is not a web address", "Write the address of the page read")


def _check_alone(rule: Rule, others: Iterable[Rule], place: Place) -> None:
    """Two rules of one family would both decide the same meeting, so most families have one."""
    if rule.family in SEVERAL_RULES:
        return
    for other in others:
        if other.family == rule.family:
            raise place.at(f"rule {rule.rule}").error(
                f"the family {rule.family} already has the rule {other.rule}",
                "Put the versions into one rule",
            )


def law_hash(rules: Mapping[str, Rule], instruments: Mapping[str, Instrument]) -> str:
    """A hash of what rules and instruments say, whatever the files look like."""
    content = {
        "instruments": {name: asdict(instrument) for name, instrument in instruments.items()},
        "rules": {name: asdict(rule) for name, rule in rules.items()},
    }
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()
