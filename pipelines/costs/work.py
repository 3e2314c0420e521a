"""Hours and money of a number of meetings. Conversation and administration are never one number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.costs.model import Activity, End, Part, Standard

_HOUR = 60  # minutes
Meetings = Mapping[str, float]  # by mode (wording.MODES); negative where a scenario has fewer


@dataclass(frozen=True, slots=True)
class Work:
    """The work of some meetings.

    Hours, full-time years and DKK are of the middle minutes; `dkk_low` and `dkk_high` are the same
    hours at the low and the high price.
    """

    meetings: float
    conversation_hours: float
    administration_hours: float
    full_time_years: float
    dkk_low: float
    dkk_middle: float
    dkk_high: float

    @property
    def hours(self) -> float:
        """Conversation and administration together."""
        return self.conversation_hours + self.administration_hours


def work_of(meetings: Meetings, standard: Standard) -> Work:
    """The work of meetings by mode."""
    hours = [(one, hours_of(meetings, one)) for one in standard.activities]

    def of_part(part: Part) -> float:
        return sum(spent for one, spent in hours if one.part == part)

    def at_price(end: End) -> float:
        return sum(spent * standard.price_of(one).at(end) for one, spent in hours)

    return Work(
        meetings=sum(meetings.values()),
        conversation_hours=of_part("conversation"),
        administration_hours=of_part("administration"),
        full_time_years=sum(spent for _, spent in hours) / standard.hours_a_year.middle,
        dkk_low=at_price("low"),
        dkk_middle=at_price("middle"),
        dkk_high=at_price("high"),
    )


def hours_of(meetings: Meetings, activity: Activity) -> float:
    """The hours that meetings take of one activity, at its middle minutes."""
    times = sum(number for mode, number in meetings.items() if activity.is_of(mode))
    return times * activity.number * activity.minutes.middle / _HOUR
