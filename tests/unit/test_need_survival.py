"""The life table: the textbook's product limit, left truncation, and sums of exit rates."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from scipy import stats

from pipelines.need.survival import (
    GROUP_NUMBERS,
    LONGEST,
    common_movement,
    exit_rates,
    exits_ahead,
    make_life_table,
)

DP = GROUP_NUMBERS["DP"]
FIRST = 2600


def spells(*rows: tuple[int, int | None, int], group: str = "DP") -> pl.DataFrame:
    """Weeks of starting and ending from FIRST on (None: still running), and how many."""
    return pl.DataFrame(
        {
            "target_group": [group] * len(rows),
            "started": [FIRST + started for started, _, _ in rows],
            "ended": [None if ended is None else FIRST + ended for _, ended, _ in rows],
            "spells": [number for *_, number in rows],
        },
        schema_overrides={"ended": pl.Int64},
    )


def steady(share: float, weeks: int, starts: int = 1000) -> pl.DataFrame:
    """Every week the same number start, and the same share of those there end."""
    rows: list[tuple[int, int | None, int]] = []
    for start in range(weeks):
        there = starts
        for week in range(start, weeks):
            ending = round(there * share)
            rows.append((start, week, ending))
            there -= ending
        rows.append((start, None, there))
    return spells(*rows)


def test_a_small_table_by_hand():
    """Two start in week 0: one ends in week 1. One starts in week 1 and ends in it."""
    table = make_life_table(spells((0, 1, 1), (0, None, 1), (1, 1, 1)), FIRST, FIRST + 2)
    assert table.at_risk[DP, :3].tolist() == [[2, 1, 0], [0, 2, 0], [0, 0, 1]]
    assert table.ended[DP, :3].tolist() == [[0, 1, 0], [0, 1, 0], [0, 0, 0]]
    assert not table.at_risk[:DP].any()


def test_the_product_limit_is_kaplan_and_meiers():
    random = np.random.default_rng(6)
    lasts = random.geometric(0.08, 400) - 1
    seen = random.integers(5, 60, 400)  # weeks until looked at
    ended = lasts < seen
    rows = [
        (59 - int(s), 59 - int(s) + int(t) if e else None, 1)
        for s, t, e in zip(seen, lasts, ended, strict=True)
    ]
    at_risk, exits = make_life_table(spells(*rows), FIRST, FIRST + 59).between(FIRST, FIRST + 59)
    ours = np.cumprod(1 - exits[DP] / np.maximum(at_risk[DP], 1))
    data = stats.CensoredData(uncensored=lasts[ended], right=seen[~ended])
    theirs = stats.ecdf(data).sf.evaluate(np.arange(60))
    # A spell censored in a week is at risk in it for both.
    assert ours[:60] == pytest.approx(theirs)


def test_spells_older_than_the_deliveries_enter_at_the_age_they_have():
    """Those of them that had ended before are not known, and must not make survival too long."""
    table = make_life_table(spells((-30, 1, 4), (-400, None, 2)), FIRST, FIRST + 2)
    assert table.at_risk[DP, 30].tolist() == [4, 0, 0]
    assert table.at_risk[DP, 31].tolist() == [0, 4, 0]
    assert table.ended[DP, 31].tolist() == [0, 4, 0]
    assert table.at_risk[DP, LONGEST].tolist() == [2, 2, 2]


def test_a_steady_share_gives_a_steady_rate():
    table = make_life_table(steady(0.05, 60, 10_000), FIRST, FIRST + 59)
    rates = exit_rates(table, FIRST + 59)
    assert rates[DP, :40] == pytest.approx(-np.log(0.95), rel=0.01)


def test_a_group_without_spells_borrows_from_all():
    table = make_life_table(steady(0.05, 60, 10_000), FIRST, FIRST + 59)
    rates = exit_rates(table, FIRST + 59)
    assert rates[GROUP_NUMBERS["REV"], 10] == pytest.approx(-np.log(0.95), rel=0.01)


def test_exits_ahead_add_up_to_the_middle_of_the_last_week():
    rates = np.tile(np.arange(LONGEST + 1) / 1000, (10, 1))
    ages = [(0, 0), (2, 4), (LONGEST + 9, LONGEST + 11)]
    first, last = (np.array(x) for x in zip(*ages, strict=True))
    top = LONGEST / 1000
    found = exits_ahead(rates, np.zeros(3, dtype=np.int64), first, last)
    assert found == pytest.approx([0, 0.002 + 0.003 + 0.004 / 2, 2.5 * top])


def test_chance_is_no_common_movement_but_a_halving_is():
    calm = make_life_table(steady(0.05, 120), FIRST, FIRST + 119)
    assert common_movement(calm, exit_rates(calm, FIRST + 119), FIRST + 119) < 0.02
    closed = [
        (start, ended if ended < 90 or start % 2 else None, number)
        for start, ended, number in steady(0.05, 120)
        .select(pl.col("started") - FIRST, pl.col("ended") - FIRST, "spells")
        .drop_nulls()
        .iter_rows()
    ]
    moved = make_life_table(spells(*closed), FIRST, FIRST + 119)
    assert common_movement(moved, exit_rates(moved, FIRST + 119), FIRST + 119) > 0.1


def test_one_quarter_does_not_move():
    table = make_life_table(steady(0.05, 14), FIRST, FIRST + 13)
    assert common_movement(table, exit_rates(table, FIRST + 13), FIRST + 13) == 0
