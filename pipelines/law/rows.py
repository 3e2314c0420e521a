"""The law as rows of the table `law`: one row per version, with half-open intervals."""

from __future__ import annotations

from dataclasses import asdict

from pipelines.law.loader import canonical_json
from pipelines.law.model import Law


def law_rows(law: Law) -> list[dict[str, object]]:
    """One row per version of a rule, by rule and first day; `value` is canonical JSON text."""
    return [
        {
            "rule": rule.rule,
            "rule_version": rule.version_id(version),
            "family": rule.family,
            "regime": ",".join(rule.regime),
            "valid_from": version.in_force_from,
            "valid_to": version.valid_to,
            "known_from": version.known_from,
            "known_to": version.known_to,
            "value": canonical_json(asdict(version.value)),
            "instrument": version.source.instrument,
            "provision": version.source.provision,
            "url": version.source.url,
            "grade": version.source.grade,
            "text_da": version.text.da,
            "text_en": version.text.en,
        }
        for _, rule in sorted(law.rules.items())
        for version in rule.versions
    ]
