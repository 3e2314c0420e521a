"""The words of an alert, in Danish and in English; no person is named, and none can be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pipelines.alerts.life import Finding
from pipelines.alerts.rules import AlertRule
from pipelines.contracts.model import Text
from pipelines.wording import TARGET_GROUPS, month_of, number, percent

_NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Names:
    """What codes are called: municipalities by code, and subjects (requirements) by id."""

    municipalities: Mapping[str, str]
    subjects: Mapping[str, Text]

    def message(self, finding: Finding, rule: AlertRule) -> tuple[str, str]:
        """The rule's message about one finding, in Danish and in English."""
        write = percent if rule.unit == "share" else number
        code, subject = finding.municipality_code or "", finding.subject or ""
        group = TARGET_GROUPS.get(finding.target_group or "", _NOTHING)
        named = self.subjects.get(subject, Text(subject, subject))
        month = month_of(finding.period) if finding.period else _NOTHING

        def fill(language: Callable[[Text], str]) -> str:
            return language(rule.message).format(
                municipality=self.municipalities.get(code, code),
                group=language(group),
                subject=language(named),
                month=language(month),
                value=_written(finding.value, write),
                threshold=_written(finding.threshold, write),
                cases=_written(finding.cases, number),
            )

        return fill(lambda text: text.da), fill(lambda text: text.en)


def _written(value: float | None, write: Callable[[float], str]) -> str:
    return "" if value is None else write(value)
