"""Which cells of one table are hidden: whole blocks, whose cells nobody can narrow down.

A table is the children of one place (rows) by the categories of one breakdown (columns). All its
margins are known to a reader: the row totals are shown beside it, the column totals are the
parent's own cells. Hiding exactly the cells of some rows in some columns, a block, leaves the
reader with the margins of that block alone, and then the range of each hidden cell is known in
closed form (Fréchet 1951, Hoeffding 1940): with row sum r, column sum c and block sum n it runs
from max(0, r + c - n) to min(r, c). A block is grown, a row or a column at a time, until that range
is wide enough wherever few persons stand behind a cell. No range has to be searched for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from pipelines.disclosure.rules import Rules

Cell = tuple[int, int]  # row, column


class CannotHideError(Exception):
    """No block protects the cells of this table; its breakdown must be left out."""


@dataclass(frozen=True, slots=True)
class Part:
    """One measure as a table: `values` and `persons` by row and column.

    Parts that lie over each other (recognised and gap by mode) have the same cells hidden.
    `live` columns are those in which anybody in the country stands: a column that is empty
    everywhere, as what the law rules out is, says nothing of anyone and is shown as zero.
    """

    values: tuple[tuple[int, ...], ...]
    persons: tuple[tuple[int, ...], ...]
    live: tuple[bool, ...]

    def is_small(self, row: int, column: int, rules: Rules) -> bool:
        """Whether too few persons stand behind the cell."""
        return self.live[column] and self.persons[row][column] < rules.persons

    def total(self, rows: Iterable[int], columns: Collection[int]) -> int:
        """The sum over some rows and columns."""
        return sum(self.values[row][column] for row in rows for column in columns)


def small_cells(parts: tuple[Part, ...], rules: Rules) -> set[Cell]:
    """The cells with too few persons in any of the parts."""
    return {
        (row, column)
        for part in parts
        for row in range(len(part.values))
        for column in range(len(part.live))
        if part.is_small(row, column, rules)
    }


def hide_columns(parts: tuple[Part, ...], start: Collection[int], rules: Rules) -> set[int]:
    """The columns hidden in every row, so that no row's own total gives one of them away.

    Nothing is taken to be known of the sums of these columns, so a cell runs from zero to the sum
    of its row's hidden cells; columns are added, the smallest first, until that is wide enough.
    """
    hidden = set(start)
    while True:
        short = next((part for part in parts if _is_short(part, hidden, rules)), None)
        if short is None:
            return hidden
        rows = range(len(short.values))
        left = [column for column, live in enumerate(short.live) if live and column not in hidden]
        hidden.add(min(left, key=lambda column: (short.total(rows, (column,)), column)))


def _is_short(part: Part, hidden: set[int], rules: Rules) -> bool:
    live = [column for column, live in enumerate(part.live) if live]
    shut = [column for column in live if column in hidden]
    if not shut or len(shut) == len(live):
        return False  # nothing of this part is hidden, or all of it
    return len(shut) == 1 or any(sum(row[c] for c in shut) < rules.width for row in part.values)


def hide_block(
    parts: tuple[Part, ...], start: set[Cell], shut: set[int], rules: Rules
) -> set[Cell]:
    """The block of rows and columns that hides the cells of `start`, outside the columns `shut`.

    Raises CannotHideError where the whole table would not be enough.
    """
    start = {(row, column) for row, column in start if column not in shut}
    if not start:
        return set()
    rows = {row for row, _ in start}
    columns = {column for _, column in start}
    others = [column for column in range(len(parts[0].live)) if column not in shut]
    while True:
        fault = next((f for part in parts if (f := _fault(part, rows, columns, rules))), None)
        if fault is None:
            return {(row, column) for row in rows for column in columns}
        _grow(fault, rows, columns, others)


@dataclass(frozen=True, slots=True)
class _Fault:
    """A hidden cell whose range is too narrow, and which margin makes it so."""

    part: Part
    row: int
    column: int
    needs_row: bool
    missing: int


def _fault(part: Part, rows: set[int], columns: set[int], rules: Rules) -> _Fault | None:
    row_sums = {row: part.total((row,), columns) for row in rows}
    column_sums = {column: part.total(rows, (column,)) for column in columns if part.live[column]}
    whole = sum(row_sums.values())
    for row, r in row_sums.items():
        for column, c in column_sums.items():
            if not part.is_small(row, column, rules):
                continue
            width = min(r, c) - max(0, r + c - whole)
            if width < rules.width:
                # The range is the least of c, r, the other rows' sum and the other columns' sum.
                margins = ((c, True), (whole - r, True), (r, False), (whole - c, False))
                needs_row = min(margins, key=lambda margin: margin[0])[1]
                return _Fault(part, row, column, needs_row, rules.width - width)
    return None


def _grow(fault: _Fault, rows: set[int], columns: set[int], others: list[int]) -> None:
    """Adds the smallest row or column that mends the fault, else the largest."""
    part = fault.part
    free_rows = [row for row in range(len(part.values)) if row not in rows]
    free_columns = [column for column in others if column not in columns and part.live[column]]
    if free_rows and (fault.needs_row or not free_columns):
        by_row = {row: part.values[row][fault.column] for row in free_rows}
        rows.add(_choose(by_row, fault.missing))
    elif free_columns:
        by_column = {column: part.values[fault.row][column] for column in free_columns}
        columns.add(_choose(by_column, fault.missing))
    else:
        raise CannotHideError


def _choose(values: dict[int, int], missing: int) -> int:
    enough = [place for place, value in values.items() if value >= missing]
    if enough:
        return min(enough, key=lambda place: (values[place], place))
    return max(values, key=lambda place: (values[place], -place))


def hide_totals(values: tuple[int, ...], small: set[int], rules: Rules) -> set[int]:
    """The rows whose own total is hidden; of them a reader knows only the sum.

    Rows are added, the smallest first, until there are two and their sum is wide enough.
    """
    hidden = set(small)
    left = sorted(
        set(range(len(values))) - hidden, key=lambda row: (values[row], row), reverse=True
    )
    while hidden and left:
        if len(hidden) > 1 and sum(values[row] for row in hidden) >= rules.width:
            break
        hidden.add(left.pop())
    return hidden
