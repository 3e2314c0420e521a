"""What a public table hides, case by case."""

from __future__ import annotations

from datetime import date
from itertools import product

import polars as pl
import pytest

from pipelines.disclosure.blocks import (
    CannotHideError,
    Part,
    hide_block,
    hide_columns,
    hide_totals,
    small_cells,
)
from pipelines.disclosure.release import Places, release
from pipelines.disclosure.rules import FirstRelease, Rules, load_rules

RULES = load_rules()
PLACES = Places({"1084": ("101", "147", "151"), "1085": ("253", "259", "265")})
MARCH = date(2024, 3, 1)


def part(*rows: tuple[int, ...], live: tuple[bool, ...] | None = None) -> Part:
    """A table in which every meeting has its own person."""
    return Part(rows, rows, live or (True,) * len(rows[0]))


def cells(*counted: tuple[str, str, str, str, int], month: date = MARCH) -> pl.DataFrame:
    """Exact cells of municipalities with their sums; every meeting has its own person."""
    above = {code: region for region, codes in PLACES.regions.items() for code in codes}
    sums: dict[tuple[str, str, str, str, str], int] = {}
    for place, measure, by, category, value in counted:
        for level, where in (
            ("municipality", place),
            ("region", above[place]),
            ("country", "DK"),
        ):
            key = (level, where, measure, by, category)
            sums[key] = sums.get(key, 0) + value
    return pl.DataFrame(
        [("meetings", month, *key, value, value) for key, value in sums.items()],
        schema={
            "family": pl.String, "month": pl.Date, "level": pl.String, "place": pl.String,
            "measure": pl.String, "by": pl.String, "category": pl.String,
            "value": pl.Int64, "persons": pl.Int64,
        },
        orient="row",
    )  # fmt: skip


def held(**recognised_and_gap: tuple[int, int]) -> pl.DataFrame:
    """Cells of held, recognised and gap by municipality, `k101=(recognised, gap)`."""
    counted = []
    for name, (recognised, gap) in recognised_and_gap.items():
        parts = (("held", recognised + gap), ("recognised", recognised), ("gap", gap))
        counted += [(name[1:], measure, "", "", value) for measure, value in parts if value]
    return cells(*counted)


def shown(figures: pl.DataFrame, place: str, measure: str) -> int | str:
    [(value, status)] = (
        figures.filter(place=place, measure=measure, by="").select("value", "status").iter_rows()
    )
    return value if status == "shown" else status


def test_a_total_is_hidden_with_another_so_that_their_sum_tells_neither() -> None:
    assert hide_totals((3, 40, 12), {0}, RULES) == {0, 2}
    assert hide_totals((40, 40, 12), set(), RULES) == set()


def test_two_small_totals_need_a_third_where_their_sum_is_small_too() -> None:
    assert hide_totals((1, 2, 12, 30), {0, 1}, RULES) == {0, 1, 2}


def test_a_small_cell_takes_a_block_of_four_with_it() -> None:
    table = part((30, 2, 40), (50, 60, 70), (80, 9, 90))
    block = hide_block((table,), {(0, 1)}, set(), RULES)
    assert len({row for row, _ in block}) == 2
    assert len({column for _, column in block}) == 2
    assert (0, 1) in block


def test_every_hidden_small_cell_has_a_wide_range() -> None:
    """Held against the ranges found by trying all tables with the same margins."""
    table = part((6, 2), (7, 5))
    block = hide_block((table,), {(0, 1)}, set(), RULES)
    assert block == set(product(range(2), range(2)))
    possible = [x for x in range(9) if min(x, 8 - x, 7 - x, 5 + x) >= 0]  # of the cell of two
    assert max(possible) - min(possible) >= RULES.width


def test_a_column_nobody_in_the_country_stands_in_is_shown_as_zero() -> None:
    table = part((30, 0), (50, 0), live=(True, False))
    assert small_cells((table,), RULES) == set()


def test_hidden_columns_grow_until_every_row_is_wide_enough() -> None:
    table = part((3, 0, 9, 40), (2, 30, 9, 40))
    assert hide_columns((table,), {0}, RULES) == {0, 2}


def test_parts_that_lie_over_each_other_are_hidden_together() -> None:
    recognised, gap = part((30, 40), (50, 60)), part((2, 9), (8, 9))
    block = hide_block((recognised, gap), small_cells((recognised, gap), RULES), set(), RULES)
    assert block == set(product(range(2), range(2)))


def test_a_table_too_small_to_hide_in_is_given_up() -> None:
    with pytest.raises(CannotHideError):
        hide_block((part((4, 1)),), {(0, 1)}, set(), RULES)


def test_the_gap_of_few_hides_what_is_recognised_too() -> None:
    figures = release(
        held(k101=(90, 30), k147=(40, 2), k151=(50, 20), k253=(60, 30), k259=(70, 9), k265=(80, 8)),
        PLACES, RULES, date(2024, 6, 1),
    )  # fmt: skip
    assert shown(figures, "147", "held") == 42
    assert shown(figures, "147", "gap") == shown(figures, "147", "recognised") == "hidden"
    assert shown(figures, "151", "gap") == "hidden"  # else the region's would give it away
    assert shown(figures, "101", "gap") == 30
    assert shown(figures, "1084", "gap") == 52
    assert shown(figures, "253", "gap") == 30


def test_hidden_is_never_zero_and_nothing_counted_in_the_closure_is() -> None:
    closure = held(k101=(0, 90), k147=(0, 40), k151=(0, 2), k253=(0, 60), k259=(0, 70))
    figures = release(closure, PLACES, RULES, date(2024, 6, 1))
    assert shown(figures, "DK", "recognised") == 0
    assert shown(figures, "101", "recognised") == 0
    assert shown(figures, "151", "held") == "hidden"
    assert shown(figures, "265", "held") == "hidden"
    assert figures.filter(status="hidden")["value"].null_count() == (
        figures.filter(status="hidden").height
    )


def test_municipalities_wait_for_their_first_release() -> None:
    figures = release(held(k101=(90, 30), k253=(60, 30)), PLACES, RULES, date(2024, 4, 20))
    assert set(figures["level"]) == {"country"}
    assert set(figures["stage"]) == {"provisional"}


@pytest.mark.parametrize(
    ("as_of", "stage"),
    [
        (date(2024, 3, 30), "running"),
        (date(2024, 3, 31), "provisional"),
        (date(2024, 5, 4), "provisional"),
        (date(2024, 5, 5), "revised"),
        (date(2024, 10, 26), "revised"),
        (date(2024, 10, 27), "final"),
    ],
)
def test_a_month_is_provisional_then_revised_then_final(as_of: date, stage: str) -> None:
    assert RULES.stage(date(2024, 3, 31), as_of) == stage


_SETTLED = {"k101": (90, 30), "k147": (40, 2), "k151": (50, 20), "k253": (60, 30)}
_SETTLED |= {"k259": (70, 9), "k265": (80, 8)}


def test_what_was_hidden_stays_hidden_when_it_has_grown() -> None:
    first = release(held(**_SETTLED), PLACES, RULES, date(2024, 6, 1))
    grown = held(**{**_SETTLED, "k147": (44, 11)})
    later = release(grown, PLACES, RULES, date(2024, 6, 2), first)
    assert shown(later, "147", "gap") == "hidden"
    assert shown(later, "147", "held") == 55
    assert shown(release(grown, PLACES, RULES, date(2024, 6, 2)), "147", "gap") == 11


def test_what_other_figures_of_the_same_meetings_hide_is_hidden_too() -> None:
    baseline = release(held(**_SETTLED), PLACES, RULES, date(2024, 6, 1))
    all_count = held(**{name: (sum(parts) - 9, 9) for name, parts in _SETTLED.items()})
    alone = release(all_count, PLACES, RULES, date(2024, 6, 1))
    beside = release(all_count, PLACES, RULES, date(2024, 6, 1), hides_too=baseline)
    assert shown(alone, "147", "gap") == 9
    assert shown(beside, "147", "gap") == "hidden"
    assert shown(beside, "101", "gap") == 9


def test_figures_stand_where_newer_ones_would_change_what_is_hidden() -> None:
    """A cell once shown falls below five: to hide it now would tell what it was worth hiding."""
    first = release(held(**_SETTLED), PLACES, RULES, date(2024, 6, 1))
    corrected = held(**{**_SETTLED, "k253": (60, 31), "k265": (80, 4)})
    later = release(corrected, PLACES, RULES, date(2024, 6, 2), first)
    assert shown(later, "265", "gap") == 8
    assert shown(later, "253", "gap") == 30  # its whole region stands
    assert shown(later, "1085", "gap") == 44  # above, nothing had to be hidden
    assert set(later.filter(place="253")["as_of"]) == {date(2024, 6, 1)}
    assert set(later.filter(place="101")["as_of"]) == {date(2024, 6, 2)}


def test_the_running_month_is_settled_only_when_it_is_over() -> None:
    early = release(held(k101=(2, 1)), PLACES, RULES, date(2024, 3, 2))
    assert shown(early, "DK", "held") == "hidden"
    over = release(held(k101=(90, 30)), PLACES, RULES, date(2024, 4, 1), early)
    assert shown(over, "DK", "held") == 120


def test_the_order_of_the_cells_does_not_matter() -> None:
    exact = held(**_SETTLED)
    one = release(exact, PLACES, RULES, date(2024, 6, 1))
    other = release(exact.sample(fraction=1, shuffle=True, seed=3), PLACES, RULES, date(2024, 6, 1))
    assert one.equals(other)


@pytest.mark.parametrize(
    "wrong",
    [
        {"persons": 0},
        {"width": 0},
        {"first_release_days": FirstRelease(10, 5, 35)},
        {"revised_days": 300},
    ],
)
def test_rules_that_protect_nothing_are_refused(wrong: dict[str, object]) -> None:
    right = {
        "persons": 5,
        "width": 5,
        "first_release_days": FirstRelease(0, 35, 35),
        "revised_days": 35,
        "final_days": 210,
    }
    with pytest.raises(ValueError, match=r"must|before|earlier"):
        Rules(**{**right, **wrong})  # type: ignore[arg-type]
