"""The stage that asks every alert rule of the night's tables and publishes what it finds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import polars as pl

from pipelines.alerts.life import Finding, OwnerOf, SilencedUntil, alerts_of
from pipelines.alerts.model import Alert
from pipelines.alerts.rules import BLOCKED, AlertRule, alert_rules
from pipelines.alerts.words import Names
from pipelines.contracts import tables
from pipelines.contracts.model import Text
from pipelines.engine import Engine, read_sql


def publish_alerts(
    engine: Engine,
    as_of: date,
    before: Iterable[Alert],
    owner_of: OwnerOf,
    silenced_until: SilencedUntil,
) -> list[Alert]:
    """The table `alerts`; `before` is the latest that is known of each alert."""
    rules = alert_rules()
    names = _names(engine)
    found = find(engine)
    alerts = alerts_of(
        found,
        before,
        as_of,
        rules,
        lambda finding: names.message(finding, rules[finding.rule]),
        owner_of,
        silenced_until,
    )
    columns = tables.ALERTS.column_names
    rows = [{name: getattr(alert, name) for name in columns} for alert in alerts]
    empty = pl.DataFrame(schema=columns)
    frame = pl.DataFrame(rows, infer_schema_length=None) if rows else empty
    engine.publish_frame(tables.ALERTS, frame)
    return alerts


def find(engine: Engine) -> list[Finding]:
    """Every rule asked of the tables in `next`; needs the scratch tables of the law and `night`.

    Which source systems are at fault is asked first: they explain gaps of their municipalities.
    """
    rules = alert_rules()
    systems = rules["system_field_empty"].parameters
    engine.scratch("systems_at_fault", "alerts/systems_at_fault", systems)
    return [
        Finding(rule=rule.rule, **row)
        for rule in rules.values()
        if rule.rule != BLOCKED
        for row in engine.frame(f"alerts/{rule.rule}", _asked(engine, rule)).to_dicts()
    ]


def _asked(engine: Engine, rule: AlertRule) -> dict[str, float]:
    """The parameters that the rule's own question takes."""
    [question] = engine.connection.extract_statements(read_sql(f"alerts/{rule.rule}"))
    return {name: rule.parameters[name] for name in question.named_parameters}


def _names(engine: Engine) -> Names:
    places = engine.rows("select municipality_code, name from next.municipalities")
    labels = engine.rows("select distinct rule, label_da, label_en from next.law")
    return Names(
        {str(code): str(name) for code, name in places},
        {str(rule): Text(str(da), str(en)) for rule, da, en in labels},
    )
