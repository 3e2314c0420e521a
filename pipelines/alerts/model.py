"""An alert: one thing that is wrong, whose it is to mend, and where it is in its life."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

State = Literal["new", "ongoing", "worse", "resolved", "silenced"]


@dataclass(frozen=True, slots=True)
class Alert:
    """One row of the table `alerts`; it names no person.

    What is wrong is known by rule, municipality, target group and subject: its life goes on while
    `period`, `value` and `threshold` move. `subject` tells apart what a rule finds several of in
    one municipality (a requirement, a source system, a law version); it may be empty.
    """

    alert_id: str  # rule/municipality/group/subject
    rule: str
    municipality_code: str | None
    target_group: str | None
    subject: str | None
    period: date | None  # first day of the month the value speaks of
    value: float | None
    threshold: float | None
    cases: int | None  # how many meetings, requirements, rows or days the value stands for
    since: date  # reporting day on which it was first seen
    state: State
    reference_value: float | None  # the value when it was last new or worse
    owner: str  # whose it is to mend: an owner of alerts.yaml
    silenced_until: date | None
    message_da: str
    message_en: str
    fix_da: str  # what to do
