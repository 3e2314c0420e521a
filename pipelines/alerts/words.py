"""The words of an alert, in Danish and in English; no person is named, and none can be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pipelines.alerts.life import Finding
from pipelines.alerts.rules import AlertRule
from pipelines.contracts.model import Text
from pipelines.wording import TARGET_GROUPS, month_of, number, percent, written_day

_NOTHING: Final = Text("", "")
_FILES: Final = {
    "files": Text("filer", "files"),
    "meetings": Text("samtaler", "meetings"),
    "spells": Text("forløb", "spells"),
}
_ENGLISH_SIGNS: Final = str.maketrans(".,", ",.")


@dataclass(frozen=True, slots=True)
class Names:
    """What codes are called: municipalities by code, and subjects by rule of law or its version."""

    municipalities: Mapping[str, str]
    law: Mapping[str, Text]

    def message(self, finding: Finding, rule: AlertRule) -> tuple[str, str]:
        """The rule's message about one finding, in Danish and in English."""
        told = {
            "who": self._who(finding),
            "subject": self._subject(finding.subject or ""),
            "month": month_of(finding.period) if finding.period else _NOTHING,
            "day": _day(finding),
            "value": _written(finding.value, rule.unit),
            "threshold": _written(finding.threshold, rule.unit),
            "cases": _written(finding.cases, "count"),
        }
        return (
            rule.message.da.format(**{name: text.da for name, text in told.items()}),
            rule.message.en.format(**{name: text.en for name, text in told.items()}),
        )

    def _who(self, finding: Finding) -> Text:
        """The municipality, and the target group where it is about one."""
        code = finding.municipality_code or ""
        place = self.municipalities.get(code, code)
        group = TARGET_GROUPS.get(finding.target_group or "")
        return Text(f"{place}, {group.da}", f"{place}, {group.en}") if group else Text(place, place)

    def _subject(self, subject: str) -> Text:
        return _FILES.get(subject) or self.law.get(subject) or Text(subject, subject)


def _day(finding: Finding) -> Text:
    if finding.period is None:
        return _NOTHING
    return Text(written_day(finding.period), f"{finding.period}")


def _written(value: float | None, unit: str) -> Text:
    if value is None:
        return _NOTHING
    danish = percent(value) if unit == "share" else number(value)
    return Text(danish, danish.translate(_ENGLISH_SIGNS).replace(" %", "%"))
