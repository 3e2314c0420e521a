"""Weeks as whole numbers: Mondays since that of 5 January 1970, as sql/need/ counts them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

FIRST_MONDAY: Final = date(1970, 1, 5)
YEAR: Final = 52  # weeks
QUARTER: Final = 13


def week_of(day: date) -> int:
    """The week that a day lies in."""
    return (day - FIRST_MONDAY).days // 7


def monday(week: int) -> date:
    """The first day of a week."""
    return FIRST_MONDAY + timedelta(weeks=week)


def month_of(week: int) -> int:
    """The month, 1 to 12, that most of the week lies in: its Thursday's."""
    return (monday(week) + timedelta(days=3)).month
