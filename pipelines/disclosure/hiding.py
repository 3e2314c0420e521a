"""What is hidden of one family in one month: the country, its regions, and their municipalities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipelines.disclosure.blocks import (
    CannotHideError,
    Cell,
    Part,
    hide_block,
    hide_columns,
    hide_totals,
    small_cells,
)
from pipelines.disclosure.families import Breakdown, Family
from pipelines.disclosure.rules import Rules
from pipelines.disclosure.sheet import (
    COUNTRY,
    OUTCOME,
    TOTAL,
    Block,
    Figures,
    Hidden,
    Key,
    Sheet,
)


def hide_family(
    family: Family,
    figures: Figures,
    block: Block,
    rules: Rules,
    *,
    before: Hidden,
    above: frozenset[Key],
    left_out: frozenset[str],
) -> Hidden:
    """The keys hidden of each place of a block.

    What adds up months is hidden where one of the months is: the rest a reader can add up himself.
    `above` is what is hidden of the parent; `left_out` are groupings not shown at all this month.
    Raises CannotHideError with the grouping's name where no block of a breakdown protects it.
    """
    sheet = Sheet(family, figures, block, rules, before, above)
    without_total = _hide_totals(sheet)
    without_outcome = _hide_outcomes(sheet, without_total) if family.outcomes else without_total
    for breakdown in family.breakdowns:
        if not breakdown.is_at(block.level):
            continue
        joined = family.parts_at(breakdown, block.level) == (family.total,)
        if family.adds_up(block.level, breakdown.by):
            _hide_again(sheet, breakdown)
        elif breakdown.by in left_out:
            _shut(sheet, breakdown, range(len(block.places)))
        else:
            _hide_breakdown(sheet, breakdown, without_total if joined else without_outcome)
        if breakdown.alone and block.level == "country":
            _hide_alone(sheet, breakdown)
    return {place: frozenset(keys) for place, keys in sheet.hidden.items()}


def _hide_totals(sheet: Sheet) -> set[int]:
    """Hides totals; gives the rows whose totals are hidden."""
    places, total = sheet.block.places, (sheet.family.total, *TOTAL)
    counted = [sheet.value(place, total) for place in places]
    small = {row for row, (_, persons) in enumerate(counted) if persons < sheet.rules.persons}
    small |= sheet.rows_hidden(TOTAL)
    if TOTAL in sheet.above:
        small = set(range(len(places)))
    if sheet.family.adds_up(sheet.block.level):
        hidden = sheet.rows_hidden(TOTAL)
    else:
        hidden = hide_totals(tuple(value for value, _ in counted), small, sheet.rules)
    for row in hidden:
        sheet.hide(row, TOTAL, *((OUTCOME,) if sheet.family.outcomes else ()))
    return hidden


def _hide_outcomes(sheet: Sheet, without_total: set[int]) -> set[int]:
    """Hides outcomes; gives the rows without them, those without a total among them."""
    family, places = sheet.family, sheet.block.places
    everyone = set(range(len(places)))
    if OUTCOME in sheet.above or without_total == everyone:
        rows = everyone
    elif family.adds_up(sheet.block.level):
        rows = sheet.rows_hidden(OUTCOME)
    else:
        ways = [TOTAL, *((family.ways_by, way) for way in family.ways)]
        lines = sheet.lines(without_total)
        parts = tuple(sheet.part(lines, [(o, *way) for o in family.outcomes]) for way in ways)
        start = small_cells(parts, sheet.rules)
        settled = sheet.rows_hidden(OUTCOME) - without_total
        start |= {(lines.index((row,)), 0) for row in settled}
        if sheet.block.level == "country":
            rows = {0} if start else set()
        else:
            rows = _places_of(hide_block(parts, start, set(), sheet.rules), lines)
    for row in rows:
        sheet.hide(row, OUTCOME)
    return rows | without_total


def _hide_again(sheet: Sheet, breakdown: Breakdown) -> None:
    """Hides what is hidden in one of the months that are added up."""
    keys = [(breakdown.by, category) for category in breakdown.categories]
    for row, column in sheet.was_hidden(keys):
        sheet.hide(row, keys[column])


def _hide_breakdown(sheet: Sheet, breakdown: Breakdown, pool: set[int]) -> None:
    """Hides cells of a breakdown; the places of the pool, whose margin is hidden, lose them all."""
    places, by = sheet.block.places, breakdown.by
    categories = breakdown.categories
    keys = [(by, category) for category in categories]
    shut = {column for column, key in enumerate(keys) if key in sheet.above}
    if pool == set(range(len(places))) or len(shut) == len(keys):
        _shut(sheet, breakdown, range(len(places)))
        return
    measures = sheet.family.parts_at(breakdown, sheet.block.level)
    while True:
        lines = sheet.lines(pool)
        tables = {
            measure: sheet.part(lines, [(measure, by, category) for category in categories])
            for measure in measures
        }
        parts = tuple(tables.values())
        start = small_cells(parts, sheet.rules)
        start |= {
            (lines.index((row,)), column)
            for row, column in sheet.was_hidden(keys)
            if row not in pool
        }
        if sheet.block.level == "country":
            shut = {column for _, column in start}
        columns = hide_columns(parts, shut, sheet.rules)
        try:
            block = hide_block(parts, start, columns, sheet.rules)
            exposed = _exposed(sheet, tables, pool, columns, block) if pool else set()
        except CannotHideError:
            raise CannotHideError(by) from None
        if not exposed:
            break
        pool = pool | exposed
    _shut(sheet, breakdown, pool)
    for row, line in enumerate(lines):
        for column, key in enumerate(keys):
            if column in columns or (row, column) in block:
                for place in line:
                    sheet.hide(place, key)


def _hide_alone(sheet: Sheet, breakdown: Breakdown) -> None:
    """Hides the part of a category that stands alone, where it or the rest of it is small."""
    few, [measure] = sheet.rules.persons, breakdown.parts
    hidden, before = sheet.hidden.get(COUNTRY, set()), sheet.before.get(COUNTRY, frozenset())
    for category in breakdown.categories:
        whole, _ = sheet.value(COUNTRY, (measure, breakdown.by, category))
        alone, persons = sheet.value(COUNTRY, (measure, breakdown.alone, category))
        key = (breakdown.alone, category)
        small = 0 < persons < few or 0 < whole - alone < few
        if small or key in before or (breakdown.by, category) in hidden:
            sheet.hide(0, key)


def _shut(sheet: Sheet, breakdown: Breakdown, rows: Iterable[int]) -> None:
    """Hides the whole breakdown of some places."""
    keys = [(breakdown.by, category) for category in breakdown.categories]
    for row in rows:
        sheet.hide(row, *keys)


def _places_of(block: set[Cell], lines: list[tuple[int, ...]]) -> set[int]:
    return {place for row, _ in block for place in lines[row]}


def _exposed(
    sheet: Sheet,
    parts: Mapping[str, Part],
    pool: set[int],
    columns: set[int],
    block: set[Cell],
) -> set[int]:
    """A place that must join the pool, because a shown sum of the pool would give a member away.

    A member's cell runs from what the others cannot hold of that sum up to the sum; a place holds
    at most its margin where that is shown, else its total, and where that too is hidden, all that
    the places without a total hold together.
    """
    for measure, part in parts.items():
        shown = [
            part.values[-1][column]
            for column, live in enumerate(part.live)
            if live and column not in columns and (len(part.values) - 1, column) not in block
        ]
        most, joint = _most(sheet, pool, measure)
        for place in pool:
            own = most.get(place, joint)
            others = sum(most.values()) - most.get(place, 0)
            if place in most or len(pool) - len(most) > 1:
                others += joint
            if any(min(s, own) - max(0, s - others) < sheet.rules.width for s in shown):
                return _smallest(sheet, pool)
    return set()


def _most(sheet: Sheet, pool: set[int], measure: str) -> tuple[dict[int, int], int]:
    """The most that each place may hold, and what those without a total hold together."""
    most, joint = dict[int, int](), 0
    for row in pool:
        place = sheet.block.places[row]
        hidden = sheet.hidden.get(place, set())
        margin = sheet.family.total if OUTCOME in hidden else measure
        value, _ = sheet.value(place, (margin, *TOTAL))
        if TOTAL in hidden:
            joint += value
        else:
            most[row] = value
    return most, joint


def _smallest(sheet: Sheet, pool: set[int]) -> set[int]:
    """The smallest place outside the pool. Raises CannotHideError where there is none."""
    places, total = sheet.block.places, (sheet.family.total, *TOTAL)
    left = [row for row in range(len(places)) if row not in pool]
    if not left:
        raise CannotHideError
    return {min(left, key=lambda row: (sheet.value(places[row], total)[0], row))}
