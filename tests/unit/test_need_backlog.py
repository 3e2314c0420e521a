"""The backlog worked by hand: service in order, leaving, and the smallest capacity."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from pipelines.need import copenhagen
from pipelines.need.backlog import Queue, burn_down, draw_stays, form_queue, smallest_capacity
from pipelines.need.survival import LONGEST


def queue(*bands: tuple[int, float], stay: float = 1.0, weeks: int = 4) -> Queue:
    """One place: spells and what each lacks, the longest overdue first."""
    spells = np.array([[number for number, _ in bands]], dtype=np.int64)
    meetings = np.array([[lacking for _, lacking in bands]])
    return Queue(spells, meetings, np.full((1, len(bands), weeks), stay))


def test_nobody_leaves_by_hand():
    """Ten meetings, three a week: seven, four, one, none."""
    waits = queue((2, 2.0), (6, 1.0))
    course = burn_down(waits, draw_stays(waits, 1, 1), np.array([3.0]))
    assert course.waiting[:, 0, 0].tolist() == pytest.approx([10, 7, 4, 1, 0])
    assert course.served[:, 0, 0].tolist() == pytest.approx([0, 3, 6, 9, 10])
    assert not course.left.any()


def test_those_who_leave_first_by_hand():
    """Eight spells of one meeting; half leave a week (as drawn), then two are served."""
    waits = queue((8, 1.0), weeks=2)
    there = np.array([[[[8]]], [[[4]]], [[[2]]]])
    course = burn_down(waits, there, np.array([2.0]))
    # Week 1: four leave, two are served, two wait. Week 2: half of those leave, one is served.
    assert course.waiting[:, 0, 0].tolist() == pytest.approx([8, 2, 0])
    assert course.served[:, 0, 0].tolist() == pytest.approx([0, 2, 3])
    assert course.left[:, 0, 0].tolist() == pytest.approx([0, 4, 5])


def test_the_longest_overdue_are_served_first():
    """The new ones all leave while the old ones are served: the other order would serve more."""
    waits = queue((4, 1.0), (4, 1.0), weeks=2)
    there = np.array([[[[4, 4]]], [[[4, 4]]], [[[4, 0]]]])
    course = burn_down(waits, there, np.array([4.0]))
    assert course.served[:, 0, 0].tolist() == pytest.approx([0, 4, 4])
    assert course.left[:, 0, 0].tolist() == pytest.approx([0, 0, 4])


def test_waiting_served_and_left_are_all_there_were():
    waits = queue((30, 2.5), (50, 1.2), stay=0.9, weeks=10)
    course = burn_down(waits, draw_stays(waits, 100, 1), np.array([7.0]))
    assert course.waiting + course.served + course.left == pytest.approx(135)
    assert (course.left[-1] > 0).all()
    assert (np.diff(course.waiting, axis=0) <= 1e-9).all()


def test_without_service_the_share_that_stays_is_the_binomials():
    waits = queue((1000, 1.0), stay=0.9, weeks=5)
    course = burn_down(waits, draw_stays(waits, 400, 1), np.array([0.0]))
    assert course.waiting[-1].mean() == pytest.approx(1000 * 0.9**5, rel=0.01)
    assert course.waiting[-1].var() == pytest.approx(1000 * 0.9**5 * (1 - 0.9**5), rel=0.2)


def test_the_smallest_capacity_where_nobody_leaves_is_the_queue_by_the_weeks():
    waits = queue((2, 2.0), (7, 1.0))
    assert smallest_capacity(waits, draw_stays(waits, 5, 1)).tolist() == [3]  # 11 / 4


def test_one_less_does_not_do():
    waits = queue((30, 2.0), (40, 1.0), stay=0.95, weeks=10)
    there = draw_stays(waits, 200, 1)

    def cleared(capacity: int) -> float:
        waiting = burn_down(waits, there, np.array([float(capacity)])).waiting[-1]
        return float((waiting < 0.5).mean())

    [found] = smallest_capacity(waits, there).tolist()
    assert cleared(found) >= 0.8 > cleared(found - 1)
    assert found < 10, "some leave, so fewer are needed than are queued"


def test_an_empty_queue_needs_no_capacity():
    waits = queue((0, 0.0))
    assert smallest_capacity(waits, draw_stays(waits, 5, 1)).tolist() == [0]


def test_places_do_not_disturb_each_other():
    both = Queue(np.array([[6], [60]]), np.array([[2.0], [1.0]]), np.full((2, 1, 4), 1.0))
    assert smallest_capacity(both, draw_stays(both, 5, 1)).tolist() == [3, 15]


def test_a_queue_is_formed_by_how_long_overdue():
    rows = pl.DataFrame(
        {
            "place": ["101", "101", "147"],
            "target_group": ["DP", "SDP", "DP"],
            "started": [2800, 2800, 2700],
            "due": [2896, 2899, 2700],
            "spells": [2, 1, 5],
            "meetings": [6.0, 1.0, 5.0],
        }
    )
    rates = np.full((10, LONGEST + 1), 0.1)
    waits = form_queue(rows, ["101", "147"], rates, 2900, 3)
    # Bands of four weeks: 4 weeks overdue lies before 1 week, and a year and more comes first.
    assert waits.spells[0, -2:].tolist() == [2, 1]
    assert waits.meetings[0, -2:].tolist() == [3.0, 1.0]
    assert waits.spells[1, 0] == 5
    assert waits.stay[1, 0] == pytest.approx(np.exp(-0.1))
    assert waits.stay[0, 3] == pytest.approx(1.0)  # of nobody, all stay


def test_copenhagens_numbers():
    more, share = copenhagen.more_needed()
    assert (more, round(share, 3)) == (50_500, 0.369)
    assert copenhagen.lost_in_closure() == 56_587  # 137,000 x 76 / 184
    for part in copenhagen.SHARES.values():
        split = copenhagen.split(part)
        assert split.inflow + split.backlog == more
        assert 0 < split.owed_share < 1
    assert copenhagen.split(0.08).inflow == 16_000  # 50,000 x 8 % x 4
