"""The life of an alert: new, ongoing, worse, resolved or silenced, from one night to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from pipelines.alerts.model import Alert
from pipelines.alerts.rules import AlertRule


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of a rule's question: what is wrong tonight, without a past."""

    rule: str
    municipality_code: str | None
    target_group: str | None
    subject: str | None
    period: date | None
    value: float | None
    threshold: float | None
    cases: int | None

    @property
    def alert_id(self) -> str:
        """What makes it the same alert from night to night."""
        parts = (self.rule, self.municipality_code, self.target_group, self.subject)
        return "/".join(part or "" for part in parts).rstrip("/")


Words = Callable[[Finding], tuple[str, str]]  # the message in Danish and in English
OwnerOf = Callable[[AlertRule, str | None, str | None], str]  # of rule, municipality and subject
SilencedUntil = Callable[[Finding], date | None]


def alerts_of(
    findings: Iterable[Finding],
    before: Iterable[Alert],
    as_of: date,
    rules: Mapping[str, AlertRule],
    words: Words,
    owner_of: OwnerOf,
    silenced_until: SilencedUntil,
) -> list[Alert]:
    """Tonight's alerts, by id: what is found, and what was open before and is found no more.

    `before` is the latest that is known of each alert. Pure: the same arguments, the same alerts.
    """
    open_before = {alert.alert_id: alert for alert in before if alert.state != "resolved"}
    found = {finding.alert_id: finding for finding in findings}
    tonight = [
        _standing(
            finding,
            open_before.get(alert_id),
            as_of,
            rules[finding.rule],
            words(finding),
            owner_of(rules[finding.rule], finding.municipality_code, finding.subject),
            silenced_until(finding),
        )
        for alert_id, finding in found.items()
    ]
    ended = [
        replace(
            alert,
            state="resolved",
            owner=owner_of(rules[alert.rule], alert.municipality_code, alert.subject),
            silenced_until=None,
        )
        for alert_id, alert in open_before.items()
        if alert_id not in found and alert.rule in rules  # a rule taken away ends in silence
    ]
    return sorted([*tonight, *ended], key=lambda alert: alert.alert_id)


def _standing(
    finding: Finding,
    past: Alert | None,
    as_of: date,
    rule: AlertRule,
    message: tuple[str, str],
    owner: str,
    silenced_until: date | None,
) -> Alert:
    is_worse = past is not None and rule.is_worse(finding.value, past.reference_value)
    return Alert(
        alert_id=finding.alert_id,
        rule=finding.rule,
        municipality_code=finding.municipality_code,
        target_group=finding.target_group,
        subject=finding.subject,
        period=finding.period,
        value=finding.value,
        threshold=finding.threshold,
        cases=finding.cases,
        since=past.since if past else as_of,
        state="silenced" if silenced_until else _state(past, is_worse=is_worse),
        reference_value=(
            finding.value
            if past is None or (is_worse and not silenced_until)
            else past.reference_value
        ),
        owner=owner,
        silenced_until=silenced_until,
        message_da=message[0],
        message_en=message[1],
        fix_da=rule.fix_da,
    )


def _state(past: Alert | None, *, is_worse: bool) -> Literal["new", "ongoing", "worse"]:
    if past is None:
        return "new"
    return "worse" if is_worse else "ongoing"
