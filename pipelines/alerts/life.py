"""The life of an alert: new, ongoing, worse, resolved or silenced, from one night to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from pipelines.alerts.model import Alert, State
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
        _ended(
            alert,
            as_of,
            owner_of(rules[alert.rule], alert.municipality_code, alert.subject),
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
    reference = past.reference_value if past else None
    state = _state(past, is_worse=rule.is_worse(finding.value, reference))
    if silenced_until:
        state = "silenced"
    elif state in {"new", "worse"}:
        reference = finding.value
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
        state=state,
        reference_value=reference,
        owner=owner,
        silenced_until=silenced_until,
        message_da=message[0],
        message_en=message[1],
        fix_da=rule.fix_da,
    )


def _state(past: Alert | None, *, is_worse: bool) -> State:
    if past is None or (past.state == "silenced" and past.reference_value is None):
        return "new"  # what was silenced from the first was never told
    return "worse" if is_worse else "ongoing"


def _ended(alert: Alert, as_of: date, owner: str) -> Alert:
    """Found no more; what is still silenced keeps the day, for its end is not told either."""
    silenced_until = alert.silenced_until
    is_silenced = silenced_until is not None and silenced_until >= as_of
    return replace(
        alert,
        state="resolved",
        owner=owner,
        silenced_until=silenced_until if is_silenced else None,
    )
