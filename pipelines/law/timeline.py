"""Whether the versions of a rule cover time once and only once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from pipelines.checked_yaml import Place
from pipelines.law.model import MAY_END, Rule, Version, day_after


def check_timeline(rule: Rule, place: Place) -> None:
    """Refuse gaps and overlaps between versions, and a last version that ends.

    Where knowledge decides, the valid time must be covered once for each stretch of knowledge.
    Raises the place's error, naming the version.
    """
    for version in rule.versions:
        _check_order(version, _place(place, version))
    if not rule.by_knowledge:
        _check_stretch(rule, rule.versions, place)
        return
    for known_on in _turns_of_knowledge(rule.versions):
        known = [version for version in rule.versions if version.is_known_on(known_on)]
        stretch = place.at(f"as known on {known_on}")
        if not known:
            raise stretch.wrong("unknown_then")
        if known[0].in_force_from != rule.versions[0].in_force_from:
            first = rule.versions[0].in_force_from
            raise _place(stretch, known[0]).wrong("late", first=first)
        _check_stretch(rule, known, stretch)


def _check_order(version: Version, place: Place) -> None:
    through, known_through = version.in_force_through, version.known_through
    if through is not None and through < version.in_force_from:
        raise place.wrong("order", end="in_force_through", start="in_force_from")
    if known_through is not None and known_through < version.known_from:
        raise place.wrong("order", end="known_through", start="known_from")


def _check_stretch(rule: Rule, versions: Sequence[Version], place: Place) -> None:
    """The versions, by first day, follow each other day by day; the last is open."""
    for earlier, later in pairwise(versions):
        here = _place(place, later)
        if earlier.in_force_through is None or later.in_force_from <= earlier.in_force_through:
            raise here.wrong("overlap", first=earlier.in_force_from, later=later.in_force_from)
        if later.in_force_from != day_after(earlier.in_force_through):
            raise here.wrong("gap", last=earlier.in_force_through)
    last = versions[-1]
    if last.in_force_through is not None and rule.family not in MAY_END:
        raise _place(place, last).wrong("ends", last=last.in_force_through)


def _turns_of_knowledge(versions: Sequence[Version]) -> list[date]:
    """Every day on which what was known may have changed, the last open stretch included."""
    starts = {version.known_from for version in versions}
    ends = {end for version in versions if (end := version.known_to) is not None}
    return sorted(starts | ends)


def _place(place: Place, version: Version) -> Place:
    return place.at(f"version {version.in_force_from}")
