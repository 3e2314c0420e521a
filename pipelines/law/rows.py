"""The law as rows of the table `law`, one per version with half-open intervals, and back again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from pipelines.checked_yaml import read
from pipelines.contracts.model import Text
from pipelines.law.loader import canonical_json
from pipelines.law.model import Law, Rule, Source, Version
from pipelines.law.reader import Place
from pipelines.law.values import FAMILIES


def law_rows(law: Law) -> list[dict[str, object]]:
    """One row per version of a rule, by rule and first day; `value` is canonical JSON text."""
    return [
        {
            "rule": rule.rule,
            "rule_version": rule.version_id(version),
            "family": rule.family,
            "regime": ",".join(rule.regime),
            "applies_by": rule.applies_by,
            "valid_from": version.in_force_from,
            "valid_to": version.valid_to,
            "known_from": version.known_from,
            "known_to": version.known_to,
            "value": canonical_json(asdict(version.value)),
            "instrument": version.source.instrument,
            "instrument_title": law.instruments[version.source.instrument].title,
            "provision": version.source.provision,
            "wording": version.source.wording,
            "url": version.source.url,
            "grade": version.source.grade,
            "label_da": rule.label.da,
            "label_en": rule.label.en,
            "text_da": version.text.da,
            "text_en": version.text.en,
            "verified_on": version.verified_on,
            "note": version.note,
        }
        for _, rule in sorted(law.rules.items())
        for version in rule.versions
    ]


def rows_known_on(rows: Iterable[dict[str, Any]], as_of: date) -> list[dict[str, Any]]:
    """The rows that count on a reporting day, with the time they were known taken off.

    Where knowledge decides (some version has a known_to), only what was known on the day. Two
    days with the same rows are counted under the same law, whatever was known between them.
    """
    listed = sorted(rows, key=lambda row: str(row["rule_version"]))
    by_knowledge = {row["rule"] for row in listed if row["known_to"] is not None}
    return [
        {**row, "known_from": date(1900, 1, 1), "known_to": None}
        for row in listed
        if row["rule"] not in by_knowledge
        or (row["known_from"] <= as_of and (row["known_to"] is None or as_of < row["known_to"]))
    ]


def law_of_rows(rows: Iterable[Mapping[str, Any]], content_hash: str) -> Law:
    """The law a publication was counted by, from its table `law`; instruments are not in it.

    Raises LawError where a value is not one of its family.
    """
    in_order = sorted(rows, key=lambda row: (row["rule"], row["valid_from"], row["known_from"]))
    rules = {
        name: _rule(list(versions))
        for name, versions in groupby(in_order, key=lambda row: str(row["rule"]))
    }
    return Law(rules, {}, content_hash)


def _rule(rows: list[Mapping[str, Any]]) -> Rule:
    first = rows[0]
    return Rule(
        rule=first["rule"],
        family=first["family"],
        regime=tuple(first["regime"].split(",")),
        applies_by=first["applies_by"],
        label=Text(first["label_da"], first["label_en"]),
        versions=tuple(_version(row) for row in rows),
    )


def _version(row: Mapping[str, Any]) -> Version:
    return Version(
        in_force_from=row["valid_from"],
        in_force_through=_day_before(row["valid_to"]),
        known_from=row["known_from"],
        known_through=_day_before(row["known_to"]),
        value=read(
            FAMILIES[row["family"]], json.loads(row["value"]), Place((row["rule_version"],))
        ),
        text=Text(row["text_da"], row["text_en"]),
        source=Source(
            row["instrument"], row["provision"], row["url"], row["grade"], row["wording"]
        ),
        verified_on=row["verified_on"],
        note=row["note"],
    )


def _day_before(end: date | None) -> date | None:
    """From a half-open end to an inclusive one."""
    return None if end is None else end - timedelta(days=1)
