"""Lays scenarios over the law: the same rules, with the named changes made and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, timedelta
from itertools import combinations
from typing import Any, Final

from pipelines.checked_yaml import read
from pipelines.law.loader import canonical_json, law_hash
from pipelines.law.model import SEVERAL_RULES, Instrument, Law, Rule, Source, Version
from pipelines.law.timeline import check_timeline
from pipelines.law.values import FAMILIES
from pipelines.scenarios.overlay import DEEDS, Change, Overlay

_DAY: Final = timedelta(days=1)


def lay_over(law: Law, overlays: Sequence[Overlay]) -> Law:
    """The law as it would be with the scenarios in force, whatever order they are named in.

    Every version they make rests on the scenario itself, with grade D. Raises ScenarioError where
    a change names no rule, leaves days without law, or says against another.
    """
    changes = _in_order(overlays)
    rules = dict(law.rules)
    verified_on = max(v.verified_on for rule in law.rules.values() for v in rule.versions)
    for change in changes:
        rule = _changed(change, rules, verified_on)
        rules.pop(change.rule, None)
        if rule.versions:  # a requirement that ends before it began is no rule any more
            rules[change.rule] = rule
    for change in changes:
        if change.rule in rules:
            check_timeline(rules[change.rule], change.place)
    instruments = {**law.instruments, **{_source(c).instrument: _instrument(c) for c in changes}}
    return Law(rules, instruments, law_hash(rules, instruments))


def _in_order(overlays: Sequence[Overlay]) -> list[Change]:
    """Each change once, in the order of deeds. Refuses two that cannot both be."""
    named = [change for overlay in overlays for change in overlay.changes]
    changes = [change for number, change in enumerate(named) if change not in named[:number]]
    for earlier, later in combinations(changes, 2):
        if _contradict(earlier, later):
            raise later.place.wrong("contradiction", other=earlier.place.named())
    return sorted(changes, key=lambda change: DEEDS.index(change.deed))


def _contradict(one: Change, other: Change) -> bool:
    if one.rule != other.rule or one.deed != other.deed:
        return False
    if one.deed == "end":
        return one.last != other.last
    overlap = (one.first or date.min) <= (other.last or date.max) and (other.first or date.min) <= (
        one.last or date.max
    )
    differ = any(one.value[key] != other.value[key] for key in one.value.keys() & other.value)
    return one.deed == "replace" and overlap and differ


def _changed(change: Change, rules: Mapping[str, Rule], verified_on: date) -> Rule:
    if change.deed == "add":
        return _with_days(change, rules, verified_on)
    if change.rule not in rules:
        known = ", ".join(sorted(rules))
        raise change.place.at(change.deed).wrong(
            "rule", rule=change.rule, known=known, or_family="eller tilføj den først med add"
        )
    rule = rules[change.rule]
    if change.deed == "end":
        kept = [part for v in rule.versions for part in [_cut(v, None, change.last)] if part]
        return replace(rule, versions=tuple(kept))
    _check_covered(rule, change)
    parts = [part for v in rule.versions for part in _parts(v, rule.family, change, verified_on)]
    return replace(rule, versions=tuple(parts))


def _check_covered(rule: Rule, change: Change) -> None:
    first, last = rule.versions[0].in_force_from, rule.versions[-1].in_force_through
    too_early = change.first is not None and change.first < first
    too_late = last is not None and max(change.first or first, change.last or first) > last
    if too_early or too_late:
        days = f"fra {first}" + (f" til og med {last}" if last else "")
        raise change.place.wrong("uncovered", rule=rule.rule, days=days)


def _parts(version: Version, family: str, change: Change, verified_on: date) -> Iterator[Version]:
    """The version before, on and after the days of the change, as far as there are any."""
    on = _cut(version, change.first, change.last)
    if on is None:
        yield version
        return
    if change.first and (before := _cut(version, None, change.first - _DAY)):
        yield before
    yield _made(on, family, change, verified_on)
    if change.last and (after := _cut(version, change.last + _DAY, None)):
        yield after


def _cut(version: Version, first: date | None, last: date | None) -> Version | None:
    """The version on the days from first to last only; None where it holds on none of them."""
    begin = max(first or date.min, version.in_force_from)
    end = min(last or date.max, version.in_force_through or date.max)
    if begin > end:
        return None
    return replace(version, in_force_from=begin, in_force_through=None if end == date.max else end)


def _made(version: Version, family: str, change: Change, verified_on: date) -> Version:
    """The version with the value, the source and the words of the change."""
    old = json.loads(canonical_json(asdict(version.value)))
    place = change.place.at("value")
    new = (
        _extended(old, change.value, change, "value")
        if change.deed == "extend"
        else {**old, **change.value}
    )
    return replace(
        version,
        value=read(FAMILIES[family], new, place),
        text=change.label,
        source=_source(change),
        verified_on=verified_on,
        note=None,
    )


def _extended(old: object, more: object, change: Change, key: str) -> Any:  # noqa: ANN401  JSON
    if isinstance(old, dict) and isinstance(more, Mapping):
        known = {name: _extended(old.get(name), item, change, name) for name, item in more.items()}
        return old | known
    if isinstance(old, list) and isinstance(more, list):
        return old + [item for item in more if item not in old]
    raise change.place.at("value").wrong("no_list", key=key)


def _with_days(change: Change, rules: Mapping[str, Rule], verified_on: date) -> Rule:
    """The rule with a version on days it did not cover; a new rule where there is none yet."""
    rule = rules.get(change.rule) or _new_rule(change, rules)
    if change.family not in {None, rule.family}:
        at = change.place.at("family")
        raise at.wrong("family", rule=rule.rule, family=rule.family)
    assert change.first is not None  # noqa: S101 - the reader asks for it
    if rule.versions:
        is_early = change.first < rule.versions[0].in_force_from
        near = rule.versions[0 if is_early else -1]
        bare = replace(near, in_force_from=change.first, in_force_through=change.last)
        made = _made(bare, rule.family, change, verified_on)
    else:
        made = Version(
            in_force_from=change.first,
            in_force_through=change.last,
            known_from=change.first,
            value=read(FAMILIES[rule.family], dict(change.value), change.place.at("value")),
            text=change.label,
            source=_source(change),
            verified_on=verified_on,
        )
    in_order = sorted((*rule.versions, made), key=lambda v: (v.in_force_from, v.known_from))
    return replace(rule, versions=tuple(in_order))


def _new_rule(change: Change, rules: Mapping[str, Rule]) -> Rule:
    like = next((rule for rule in rules.values() if rule.family == change.family), None)
    if change.family is None or like is None:
        known = ", ".join(sorted(rules))
        raise change.place.at(change.deed).wrong(
            "rule", rule=change.rule, known=known, or_family="eller giv den nye regels family"
        )
    if change.family not in SEVERAL_RULES:
        at = change.place.at("family")
        raise at.wrong("single", family=change.family, rule=like.rule)
    return Rule(change.rule, change.family, like.regime, like.applies_by, change.label, versions=())


def _source(change: Change) -> Source:
    _, where, number = change.place.path
    return Source(
        instrument=f"scenarie-{change.scenario}",
        provision=f"{where} {number}",
        url=f"law/scenarios/{change.scenario}.yaml",
        grade="D",
        wording=change.reason.da,
    )


def _instrument(change: Change) -> Instrument:
    return Instrument(
        id=_source(change).instrument,
        kind="scenario",
        title=f"SCENARIE: {change.label.da}",
        number=None,
        issued=None,
        in_force=None,
        url=_source(change).url,
        source=change.scenario,
    )
