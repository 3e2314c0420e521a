"""The faults other than kills, each tried once and remembered."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from proof.faults.campaign import Campaign
from proof.faults.cases import Case
from proof.faults.clock import moved_clocks
from proof.faults.company import held_open, two_nights
from proof.faults.damage import damages
from proof.faults.room import full_disks, memory_caps
from proof.faults.stage import Stage


def try_others(stage: Stage, campaign: Campaign, until: float, work: Path) -> None:
    """Tries what was not tried before, until the time is over."""
    known = {(tried.fault, tried.way, tried.where) for tried in campaign.tried()}
    for case in _cases(stage, work):
        if case.name in known:
            continue
        if time.monotonic() > until:
            return
        came = case.work()
        campaign.add(case.tried(came))
        print(*case.name, "→", came.came, *came.violations, sep=" | ", flush=True)


def _cases(stage: Stage, work: Path) -> Iterator[Case]:
    """Some of each in turn, so that a campaign that is cut short has tried every kind."""
    faults = (damages, full_disks, memory_caps, moved_clocks, held_open, two_nights)
    for turn in zip_longest(*(some(stage, work) for some in faults)):
        yield from (case for case in turn if case is not None)
