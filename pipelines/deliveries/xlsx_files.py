"""Excel workbooks: each visible sheet with a known header is a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import polars as pl
from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from pipelines.deliveries import limits
from pipelines.deliveries.cells import is_blank, text_frame
from pipelines.deliveries.containers import Source
from pipelines.deliveries.headers import HeaderMap, announces_kind, known_names, map_header
from pipelines.deliveries.opened import Opened
from pipelines.deliveries.unreadable import Unreadable, shown, within
from pipelines.deliveries.workbook_guard import repack

_TITLE_ROWS = 20  # a header is looked for in so many rows


def open_workbook(source: Source) -> Iterator[tuple[str, Opened]]:
    """The tables of a workbook in sheet order, each with the sheet's name in Danish.

    Raises Unreadable: corrupt_file, too_large, empty_file, kind_unknown, and as map_header.
    """
    with source.whole() as file:
        workbook = CalamineWorkbook.from_filelike(repack(file))
    is_empty = True
    tables = 0
    for index, sheet in enumerate(workbook.sheets_metadata):
        if sheet.visible != SheetVisibleEnum.Visible or sheet.typ != SheetTypeEnum.WorkSheet:
            continue
        name = f"Arket “{shown(sheet.name)}”"
        with within(name):
            cells = workbook.get_sheet_by_index(index)
            is_empty = is_empty and cells.height == 0
            table = _open_sheet(cells)
        if table is not None:
            tables += 1
            yield name, table
    if is_empty:
        raise Unreadable("empty_file", "Arbejdsbogen er tom; send en med overskrift og rækker.")
    if not tables:
        raise Unreadable(
            "kind_unknown",
            "Intet synligt ark har en kendt overskrift i de første "
            f"{_TITLE_ROWS} rækker; brug de aftalte kolonnenavne.",
        )


def _open_sheet(sheet: CalamineSheet) -> Opened | None:
    """The sheet's table, or None where no row looks like a header."""
    candidates = [
        ["" if is_blank(cell) else str(cell) for cell in row]
        for row in islice(sheet.iter_rows(), _TITLE_ROWS)
    ]
    names = max(candidates, key=known_names, default=[])
    if not announces_kind(names):
        return None
    header = map_header(names)
    rows = islice(sheet.iter_rows(), candidates.index(names) + 1, None)
    return Opened(header.kind, None, None, _frames(rows, header))


def _frames(rows: Iterable[Sequence[object]], header: HeaderMap) -> Iterator[pl.DataFrame]:
    remaining = iter(rows)
    while chunk := list(islice(remaining, limits.FRAME_ROWS)):
        too_long = [not all(map(is_blank, row[header.width :])) for row in chunk]
        yield text_frame([dict(enumerate(row)) for row in chunk], header.columns, too_long)
