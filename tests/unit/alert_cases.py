"""Alerts, routes and nights for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pipelines.alerts.digests import Night
from pipelines.alerts.model import Alert, State
from pipelines.alerts.routes import Owner, Quiet, Route, Routes

DAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)  # 05:00 in Copenhagen
HOUR = timedelta(hours=1)
RULES = ("gap_above_history", "delivery_missing", "law_unverified")
ROUTES = Routes(
    default_owner="kl",
    routes={"a": Route("json://127.0.0.1:1/a"), "b": Route("json://127.0.0.1:1/b")},
    owners={
        "kl": Owner("KL's datateam", ("a", "b")),
        "kbh": Owner("Københavns Kommune", ("b",), municipalities=("101",)),
        "x": Owner("Leverandør X", ("a",), systems=("Momentum",)),
    },
    link="https://rapport.example.dk/",
)


def alert(
    code: str | None = "101",
    rule: str = "gap_above_history",
    state: State = "new",
    owner: str = "kl",
    since: date = DAY,
    value: float | None = 1.0,
    subject: str | None = None,
) -> Alert:
    return Alert(
        alert_id=f"{rule}/{code or ''}//{subject or ''}",
        rule=rule,
        municipality_code=code,
        target_group=None,
        subject=subject,
        period=date(2026, 10, 1),
        value=value,
        threshold=0.5,
        cases=12,
        since=since,
        state=state,
        owner=owner,
        silenced_until=None,
        message_da=f"Kommune {code}: gabet er {value}.",
        message_en=f"Municipality {code}: the gap is {value}.",
        fix_da="Se på samtaleformerne.",
    )


def night(number: int = 0) -> Night:
    day = DAY + timedelta(days=number)
    return Night(f"{day}-{number:04}", day, 97, 98, day - timedelta(days=1))


def with_owner(code: str, of: Routes = ROUTES, **changes: object) -> Routes:
    """The routes with one owner changed."""
    owner = replace(of.owners[code], **changes)  # type: ignore[arg-type]
    return replace(of, owners={**of.owners, code: owner})


def quiet(begins: str, ends: str) -> Quiet:
    return Quiet(datetime.strptime(begins, "%H:%M").time(), datetime.strptime(ends, "%H:%M").time())  # noqa: DTZ007


def database(folder: Path) -> Path:
    return folder / "state" / "alerts.db"
