"""Months as their first days: steps, and the twelve months up to one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

_QUARTER: Final = 3  # months


def month_after(month: date, steps: int = 1) -> date:
    """The month so many steps later; earlier where steps are negative."""
    number = month.year * 12 + month.month - 1 + steps
    return date(number // 12, number % 12 + 1, 1)


def months_to(last: date, how_many: int) -> tuple[date, ...]:
    """So many months in a row, the last of them included."""
    return tuple(month_after(last, step - how_many + 1) for step in range(how_many))


def months_between(first: date, last: date) -> tuple[date, ...]:
    """Every month from the first to the last, both included."""
    return months_to(last, (last.year - first.year) * 12 + last.month - first.month + 1)


def quarters_between(first: date, last: date) -> tuple[date, ...]:
    """Every quarter by its first day, from the first to the last, both included."""
    return months_between(first, last)[::_QUARTER]


def months_of(quarters: Sequence[date]) -> tuple[date, ...]:
    """The months of quarters in a row; none of none."""
    return months_between(quarters[0], month_after(quarters[-1], _QUARTER - 1)) if quarters else ()
