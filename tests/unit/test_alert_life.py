"""An alert's life from night to night: new, ongoing, worse, resolved, silenced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.alerts.life import Finding, alerts_of
from pipelines.alerts.model import Alert
from pipelines.alerts.rules import AlertRule, alert_rules

RULES = alert_rules()
FIRST = date(2026, 10, 1)


def late(days: float, code: str = "101") -> Finding:
    """A delivery that is late by so many days; it is worse from seven days more."""
    return Finding("delivery_late", code, None, "meetings", None, days, 45.0, int(days))


def night(
    findings: Iterable[Finding],
    before: Iterable[Alert] = (),
    as_of: date = FIRST,
    rules: Mapping[str, AlertRule] = RULES,
    silenced: date | None = None,
) -> list[Alert]:
    return alerts_of(
        findings,
        before,
        as_of,
        rules,
        lambda finding: (f"{finding.value}", f"{finding.value}"),
        lambda rule, code, _: f"{rule.owner} {code or ''}".strip(),
        lambda _: silenced if silenced and silenced >= as_of else None,
    )


def lived(*nights: float | None, silenced: Mapping[int, date] | None = None) -> list[Alert]:
    """One late delivery through some nights; None where it is not found."""
    told: list[Alert] = []
    known: list[Alert] = []
    for number, days in enumerate(nights):
        findings = [] if days is None else [late(days)]
        until = (silenced or {}).get(number)
        found = night(findings, known, FIRST + timedelta(number), silenced=until)
        known = found or known
        told += found
    return told


def states(alerts: Iterable[Alert]) -> list[str]:
    return [alert.state for alert in alerts]


def test_what_is_found_for_the_first_time_is_new() -> None:
    [alert] = night([late(50)])
    assert (alert.state, alert.since, alert.reference_value) == ("new", FIRST, 50)
    assert (alert.alert_id, alert.owner) == ("delivery_late/101//meetings", "municipality 101")
    assert alert.fix_da == RULES["delivery_late"].fix_da


def test_what_is_found_again_is_ongoing_and_keeps_its_first_day() -> None:
    alerts = lived(50, 51, 52)
    assert states(alerts) == ["new", "ongoing", "ongoing"]
    assert {alert.since for alert in alerts} == {FIRST}
    assert [alert.value for alert in alerts] == [50, 51, 52]
    assert [alert.reference_value for alert in alerts] == [50, 50, 50]


def test_worse_is_measured_from_what_was_last_told() -> None:
    alerts = lived(50, 53, 56, 57, 58, 64)
    assert states(alerts) == ["new", "ongoing", "ongoing", "worse", "ongoing", "worse"]
    assert [alert.reference_value for alert in alerts] == [50, 50, 50, 57, 57, 64]


def test_what_is_found_no_more_is_resolved_once() -> None:
    alerts = lived(50, None, None)
    assert states(alerts) == ["new", "resolved"]
    assert alerts[1].value == 50, "the value it last had"


def test_what_comes_back_is_new_with_a_new_first_day() -> None:
    alerts = lived(50, None, 60)
    assert states(alerts) == ["new", "resolved", "new"]
    assert [alert.since for alert in alerts] == [FIRST, FIRST, FIRST + timedelta(2)]
    assert alerts[-1].reference_value == 60


def test_a_silenced_alert_goes_on_and_is_told_if_it_was_worse_meanwhile() -> None:
    until = FIRST + timedelta(2)
    alerts = lived(50, 60, 61, 62, 63, silenced={1: until, 2: until, 3: until})
    assert states(alerts) == ["new", "silenced", "silenced", "worse", "ongoing"]
    assert [alert.silenced_until for alert in alerts] == [None, until, until, None, None]
    assert [alert.reference_value for alert in alerts] == [50, 50, 50, 62, 62]


def test_what_was_silenced_from_the_first_is_new_when_the_silence_ends() -> None:
    alerts = lived(50, 51, 52, 53, silenced={0: FIRST, 1: FIRST + timedelta(1)})
    assert states(alerts) == ["silenced", "silenced", "new", "ongoing"]
    assert [alert.reference_value for alert in alerts] == [None, None, 52, 52]
    assert {alert.since for alert in alerts} == {FIRST}


def test_what_ends_while_it_is_silenced_ends_silently() -> None:
    until = FIRST + timedelta(9)
    assert lived(50, None, silenced={0: until})[-1].silenced_until == until
    assert lived(50, None, silenced={0: FIRST})[-1].silenced_until is None


def test_a_rule_that_is_taken_away_takes_its_alerts_along() -> None:
    others = {name: rule for name, rule in RULES.items() if name != "delivery_late"}
    assert night([], night([late(50)]), FIRST + timedelta(1), others) == []


def test_a_new_owner_gets_what_is_open_and_what_ends() -> None:
    [alert] = night([late(50)])
    moved = replace(alert, owner="somebody else")
    assert [again.owner for again in night([late(50)], [moved])] == ["municipality 101"]
    assert [again.owner for again in night([], [moved])] == ["municipality 101"]


@pytest.mark.parametrize(
    ("rule", "reference", "value", "worse"),
    [
        ("share_below_line", 0.30, 0.25, True),  # 0.30 - 0.25 is a little less than 0.05 in binary
        ("share_below_line", 0.30, 0.26, False),
        ("share_below_line", 0.30, 0.90, False),
        ("newly_missed", 4, 14, True),  # by ten
        ("newly_missed", 4, 13, False),
        ("newly_missed", 400, 499, False),  # by a quarter, where that is more than ten
        ("newly_missed", 400, 500, True),
        ("supervision_months", 1, 2, True),
        ("law_unverified", 181, 900, False),  # never
        ("supervision_months", None, 2, False),
    ],
)
def test_how_far_a_value_must_move_to_be_told_again(
    rule: str, reference: float | None, value: float, *, worse: bool
) -> None:
    assert RULES[rule].is_worse(value, reference) is worse


FINDINGS = st.dictionaries(
    st.tuples(
        st.sampled_from(["delivery_late", "share_below_line", "law_unverified"]),
        st.sampled_from(["101", "751"]),
        st.sampled_from([None, "SDP"]),
    ),
    st.floats(0, 100, allow_nan=False),
    max_size=6,
).map(
    lambda drawn: [
        Finding(rule, code, group, None, None, value, 1.0, 1)
        for (rule, code, group), value in drawn.items()
    ]
)
SILENCES = st.none() | st.integers(0, 5).map(lambda days: FIRST + timedelta(days))


@given(st.lists(FINDINGS, max_size=5), SILENCES)
def test_an_alert_is_open_exactly_while_it_is_found(
    nights: list[list[Finding]], silenced: date | None
) -> None:
    known: dict[str, Alert] = {}
    for number, findings in enumerate(nights):
        day = FIRST + timedelta(number)
        was_open = {name: alert for name, alert in known.items() if alert.state != "resolved"}
        alerts = night(findings, known.values(), day, silenced=silenced)
        now_open = {alert.alert_id: alert for alert in alerts if alert.state != "resolved"}
        ended = {alert.alert_id for alert in alerts if alert.state == "resolved"}
        assert set(now_open) == {finding.alert_id for finding in findings}
        assert ended == set(was_open) - set(now_open)
        for name, alert in now_open.items():
            past = was_open.get(name)
            assert alert.since == (past.since if past else day), "since never moves while open"
            assert (alert.state == "silenced") == (alert.silenced_until is not None)
            if alert.state in {"new", "worse"}:
                assert alert.reference_value == alert.value
            else:
                assert alert.reference_value == (past.reference_value if past else None)
        known |= {alert.alert_id: alert for alert in alerts}


@given(FINDINGS, FINDINGS, SILENCES)
def test_the_same_data_again_changes_nothing_but_new_and_worse_to_ongoing(
    first: list[Finding], second: list[Finding], silenced: date | None
) -> None:
    once = night(second, night(first, silenced=silenced), silenced=silenced)
    again = night(second, once, silenced=silenced)
    calm = [
        replace(alert, state="ongoing") if alert.state in {"new", "worse"} else alert
        for alert in once
        if alert.state != "resolved"
    ]
    assert again == calm
    assert night(second, again, silenced=silenced) == again


@given(FINDINGS, FINDINGS.flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_the_order_of_findings_never_matters(
    before: list[Finding], found: tuple[list[Finding], list[Finding]]
) -> None:
    known = night(before)
    assert night(found[0], known) == night(found[1], reversed(known))
