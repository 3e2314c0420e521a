"""The forecast against closed forms and small countries worked by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest

from pipelines.need import forecast
from pipelines.need.fans import bands, covered
from pipelines.need.forecast import (
    Ahead,
    Expected,
    OnHand,
    expected_need,
    look_ahead,
    look_at_hand,
    simulate,
)
from pipelines.need.inflow import Inflow, expect_inflow, weekly
from pipelines.need.survival import GROUP_NUMBERS, LONGEST
from pipelines.need.weeks import YEAR, monday, month_of, week_of

ORIGIN = 2900
PLACES = ["101", "147"]
NOBODY = Expected({}, 0.0, 0.0)
HALF_AN_EXIT = np.full((10, LONGEST + 1), np.log(2))  # half of those there leave in a week


def on_hand(*rows: tuple[str, int, int, int, int]) -> pl.DataFrame:
    """Place, week of starting and week due after the origin, meetings required, requirements."""
    return pl.DataFrame(
        {
            "place": [place for place, *_ in rows],
            "target_group": ["DP"] * len(rows),
            "started": [ORIGIN + started for _, started, *_ in rows],
            "due": [ORIGIN + due for _, _, due, *_ in rows],
            "required": [required for *_, required, _ in rows],
            "requirements": [number for *_, number in rows],
        }
    )


def test_a_week_is_its_monday():
    assert monday(week_of(monday(ORIGIN))) == monday(ORIGIN)
    assert week_of(monday(ORIGIN + 1)) - week_of(monday(ORIGIN)) == 1
    assert month_of(week_of(date(2020, 12, 31))) == 12
    assert month_of(week_of(date(2021, 1, 3))) == 12, "its Thursday lies in December"


def test_need_on_hand_by_hand():
    """Half leave a week: of ten due in the first, ten times 2^-0.5 stay to its middle."""
    rows = on_hand(("101", -20, 1, 4, 10), ("101", -20, 2, 1, 8), ("147", -5, 2, 3, 2))
    hand = look_at_hand(rows, PLACES, HALF_AN_EXIT, ORIGIN, 2)
    need = expected_need(Ahead(2, 2, hand, NOBODY, 0.0))
    stay = [2**-0.5, 2**-1.5]
    assert need == pytest.approx(np.array([[40 * stay[0], 8 * stay[1]], [0, 6 * stay[1]]]))


def test_what_is_due_beyond_the_weeks_is_left_out():
    hand = look_at_hand(on_hand(("101", -20, 3, 4, 10)), PLACES, HALF_AN_EXIT, ORIGIN, 2)
    need = expected_need(Ahead(2, 2, hand, NOBODY, 0.0))
    assert not need.any()
    assert not simulate(Ahead(2, 2, hand, NOBODY, 0.0), 3, 1).any()


def test_need_of_those_to_come_by_hand():
    """Six start a week; what is due a week after is owed by those who stay a week and a half."""
    level = np.zeros((2, 10))
    level[0, GROUP_NUMBERS["KTH_JP"]] = 6
    inflow = Inflow(level, np.ones(12), 0.0, 0.0)
    owed = pl.DataFrame(
        {
            "started": [ORIGIN, ORIGIN + 1, ORIGIN + 2, ORIGIN + 3],
            "target_group": ["KTH_JP"] * 4,
            "required": [2] * 4,
            "due": [ORIGIN + 1, ORIGIN + 2, ORIGIN + 3, ORIGIN + 4],
        }
    )
    expected = look_ahead(owed, inflow, HALF_AN_EXIT, ORIGIN, 3)
    assert list(expected.number) == [2]
    # The first row's spells run already, the last one's are due too late.
    assert expected.number[2][0] == pytest.approx([0, 6 * 2**-1.5, 6 * 2**-1.5])
    assert not expected.number[2][1].any()


def one_cell(number: int, stay: float, required: int) -> OnHand:
    one = np.array([0], dtype=np.int64)
    return OnHand(one, one, one + required, one + number, np.array([-np.log(stay)]))


def test_draws_have_the_binomials_mean_and_variance():
    drawn = simulate(Ahead(1, 1, one_cell(50, 0.3, 4), NOBODY, 0.0), 20_000, 1).ravel()
    assert drawn.mean() == pytest.approx(4 * 50 * 0.3, rel=0.01)
    assert drawn.var() == pytest.approx(16 * 50 * 0.3 * 0.7, rel=0.04)


def test_arrivals_have_the_poissons_variance_and_more_where_weeks_are_restless():
    nobody = OnHand(*(np.array([], dtype=np.int64) for _ in range(4)), np.array([]))
    arrivals = {4: np.array([[10.0]])}
    calm = simulate(Ahead(1, 1, nobody, Expected(arrivals, 0.0, 0.0), 0.0), 20_000, 1)
    restless = simulate(Ahead(1, 1, nobody, Expected(arrivals, 0.2, 0.0), 0.0), 20_000, 1)
    assert calm.mean() == pytest.approx(40, rel=0.01)
    assert calm.var() == pytest.approx(16 * 10, rel=0.04)
    assert restless.var() == pytest.approx(16 * (10 + 0.2 * 100), rel=0.06)


def test_a_common_movement_makes_the_fan_wider():
    calm, moved = (
        simulate(Ahead(1, 1, one_cell(5000, 0.3, 1), NOBODY, movement), 2000, 1).std()
        for movement in (0.0, 0.1)
    )
    assert moved > 3 * calm


def test_the_same_seed_draws_the_same():
    ahead = Ahead(1, 1, one_cell(50, 0.3, 4), Expected({1: np.array([[3.0]])}, 0.1, 0.1), 0.1)
    assert (simulate(ahead, 50, 7) == simulate(ahead, 50, 7)).all()
    assert (simulate(ahead, 50, 7) != simulate(ahead, 50, 8)).any()


def test_parts_lose_nothing(monkeypatch: pytest.MonkeyPatch):
    rows = on_hand(*((p, -n, d, 2, 3) for p in PLACES for d in (1, 2, 3) for n in (1, 2, 3)))
    hand = look_at_hand(rows, PLACES, np.zeros((10, LONGEST + 1)), ORIGIN, 3)
    for most in (1, 8, 20, 10_000):
        monkeypatch.setattr(forecast, "_AT_A_TIME", most)
        drawn = simulate(Ahead(2, 3, hand, NOBODY, 0.0), 2, 1)
        assert (drawn == 18).all(), most


def test_the_season_and_the_level_are_told_apart():
    """Twice as many start in January; half as many as before start lately."""
    first = week_of(monday(ORIGIN))
    weeks = range(first, first + 3 * YEAR)
    country = np.array([200.0 if month_of(week) == 1 else 100.0 for week in weeks])
    country[-26:] /= 2
    counts = np.zeros((1, 10, len(country)))
    counts[0, 0] = country
    inflow = expect_inflow(counts, first)
    expected = inflow.level[0, 0] * inflow.factors(weeks[-26:])
    assert expected.sum() == pytest.approx(country[-26:].sum())
    assert inflow.season[0] > 1.7 * np.median(inflow.season)
    assert inflow.movement > 0.05


def test_a_season_takes_two_years():
    with pytest.raises(ValueError, match="two years"):
        expect_inflow(np.ones((1, 10, 2 * YEAR - 1)), ORIGIN)


def test_steady_weeks_by_chance_alone_are_not_restless():
    counts = np.random.default_rng(1).poisson(40.0, (1, 10, 4 * YEAR)).astype(np.float64)
    inflow = expect_inflow(counts, ORIGIN)
    assert inflow.restless < 0.002
    assert inflow.movement < 0.03


def test_a_country_in_which_nobody_starts_expects_nobody():
    inflow = expect_inflow(np.zeros((1, 10, 2 * YEAR)), ORIGIN)
    assert not inflow.level.any()
    assert (inflow.restless, inflow.movement) == (0, 0)


def test_a_month_in_which_nobody_ever_starts_is_none_of_the_level():
    weeks = range(ORIGIN, ORIGIN + 2 * YEAR)
    counts = np.zeros((1, 10, 2 * YEAR))
    counts[0, 0] = [0.0 if month_of(week) == 7 else 100.0 for week in weeks]
    inflow = expect_inflow(counts, ORIGIN)
    assert inflow.season[6] == 0
    assert inflow.level[0, 0] * inflow.season.max() == pytest.approx(100, rel=0.02)


def test_weekly_counts_lie_where_they_belong():
    starts = pl.DataFrame(
        {
            "place": ["147", "147", "999"],
            "target_group": ["SDP", "SDP", "SDP"],
            "week": [ORIGIN + 1, ORIGIN + 9, ORIGIN],
            "spells": [5, 7, 9],
        }
    )
    counts = weekly(starts, PLACES, ORIGIN, ORIGIN + 2)
    assert counts[1, GROUP_NUMBERS["SDP"]].tolist() == [0, 5, 0]
    assert counts.sum() == 5


def test_bands_cover_what_they_say():
    drawn = np.arange(1, 101, dtype=np.float64)[:, None]
    low, high = bands(drawn, 0.8)
    assert (low[0], high[0]) == pytest.approx((10.9, 90.1))
    for cover in (0.5, 0.8, 0.95):
        shares = [covered(drawn, value, cover).item() for value in drawn]
        assert np.mean(shares) == pytest.approx(cover, abs=0.011)
