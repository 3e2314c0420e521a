"""The stage that asks every alert rule of the night's tables and publishes what it finds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

import polars as pl

from pipelines.alerts.life import Finding, alerts_of
from pipelines.alerts.model import Alert
from pipelines.alerts.routes import Routes
from pipelines.alerts.rules import BLOCKED, AlertRule, alert_rules
from pipelines.alerts.words import Names
from pipelines.contracts import tables
from pipelines.contracts.model import Text
from pipelines.engine import Engine

_SYSTEMS: Final = "system_field_empty"


def publish_alerts(
    engine: Engine,
    as_of: date,
    before: Iterable[Alert],
    routes: Routes,
) -> list[Alert]:
    """The table `alerts`; `before` is the latest that is known of each alert."""
    rules = alert_rules()
    names = names_of(engine)
    found = find(engine)
    alerts = alerts_of(
        found,
        before,
        as_of,
        rules,
        lambda finding: names.message(finding, rules[finding.rule]),
        lambda rule, code, subject: routes.owner_of(rule.rule, code, rule.system(subject)),
        lambda finding: _silenced_until(finding, routes, as_of),
    )
    columns = tables.ALERTS.column_names
    rows = [{name: getattr(alert, name) for name in columns} for alert in alerts]
    empty = pl.DataFrame(schema=columns)
    frame = pl.DataFrame(rows, infer_schema_length=None) if rows else empty
    engine.publish_frame(tables.ALERTS, frame)
    return alerts


def find(engine: Engine) -> list[Finding]:
    """Every rule asked of the tables in `next`; needs the scratch tables of the law and `night`.

    What several rules look at comes first: how far each municipality's deliveries reach, and the
    source systems at fault, which explain gaps and rejections of their municipalities.
    """
    rules = alert_rules()
    engine.scratch("delivered_through", "alerts/delivered_through")
    engine.scratch("systems_at_fault", "alerts/systems_at_fault", rules[_SYSTEMS].parameters)
    return [
        Finding(rule=rule.rule, **row)
        for rule in rules.values()
        if rule.rule != BLOCKED
        for row in _answer(engine, rule).to_dicts()
    ]


def _silenced_until(finding: Finding, routes: Routes, day: date) -> date | None:
    silence = routes.silenced(
        finding.rule, finding.municipality_code, finding.target_group, finding.subject, day
    )
    return silence.until if silence else None


def _answer(engine: Engine, rule: AlertRule) -> pl.DataFrame:
    lines = {} if rule.rule == _SYSTEMS else rule.parameters  # those were the scratch table's
    return engine.frame(f"alerts/{rule.rule}", lines)


def names_of(engine: Engine) -> Names:
    """What municipalities, rules of law and their versions are called in `next`."""
    places = engine.rows("select municipality_code, name from next.municipalities")
    law = engine.rows("select rule, rule_version, label_da, label_en from next.law")
    labels = {str(rule): Text(str(da), str(en)) for rule, _, da, en in law}
    versions = {
        str(version): Text(f"{da} ({version})", f"{en} ({version})") for _, version, da, en in law
    }
    return Names({str(code): str(name) for code, name in places}, labels | versions)
