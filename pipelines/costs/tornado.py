"""Which assumption matters most: each over its range, the others at their middle."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from pipelines.contracts.model import Text
from pipelines.costs.model import Activity, Range, Standard
from pipelines.costs.work import Meetings, work_of

Unit = Literal["minutes", "dkk_an_hour"]
_PRICE: Final = Text("Timepris", "Price of an hour")


@dataclass(frozen=True, slots=True)
class Swing:
    """One assumption over its range, and the DKK of all the meetings at both of its ends."""

    label: Text
    unit: Unit
    range: Range
    dkk_low: float
    dkk_high: float

    @property
    def width(self) -> float:
        """How far it moves the sum."""
        return abs(self.dkk_high - self.dkk_low)


@dataclass(frozen=True, slots=True)
class _Assumption:
    label: Text
    unit: Unit
    range: Range
    with_range: Callable[[Range], Standard]


def swings(meetings: Meetings, standard: Standard) -> tuple[Swing, ...]:
    """The assumptions that move the sum, the one that moves it furthest first."""
    found = [
        Swing(
            one.label,
            one.unit,
            one.range,
            *(
                work_of(meetings, one.with_range(one.range.only(end))).dkk_middle
                for end in ("low", "high")
            ),
        )
        for one in _assumptions(standard)
    ]
    return tuple(sorted((it for it in found if it.width), key=lambda it: -it.width))


def _assumptions(standard: Standard) -> Iterator[_Assumption]:
    yield _Assumption(
        _PRICE,
        "dkk_an_hour",
        standard.hourly_cost_dkk,
        lambda price: replace(standard, hourly_cost_dkk=price),
    )
    for one in standard.activities:
        yield _Assumption(one.label, "minutes", one.minutes, _minutes_of(standard, one))
        if own := one.hourly_cost_dkk:
            label = Text(f"{_PRICE.da}: {one.label.da}", f"{_PRICE.en}: {one.label.en}")
            yield _Assumption(label, "dkk_an_hour", own, _price_of(standard, one))


def _minutes_of(standard: Standard, activity: Activity) -> Callable[[Range], Standard]:
    return lambda minutes: _with(standard, activity, replace(activity, minutes=minutes))


def _price_of(standard: Standard, activity: Activity) -> Callable[[Range], Standard]:
    return lambda price: _with(standard, activity, replace(activity, hourly_cost_dkk=price))


def _with(standard: Standard, old: Activity, new: Activity) -> Standard:
    activities = tuple(new if one == old else one for one in standard.activities)
    return replace(standard, activities=activities)
