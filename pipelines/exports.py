"""Files for people with a spreadsheet: workbooks and Danish CSV, in which no cell is a formula."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import polars as pl

from pipelines.placing import put_in_place

# What a spreadsheet may take for a formula (OWASP ASVS 1.2.10), also in full width.
_FORMULA: Final = r"^\s*[=+\-@\t\r＝＋－＠]"  # noqa: RUF001 - the full-width signs are meant
_DAY: Final = "dd-mm-yyyy"
_MOMENT: Final = "dd-mm-yyyy hh:mm"
_WIDEST: Final = 60  # characters of a column
_IN_MEMORY: Final = 10_000  # rows of a workbook that is put together in memory
_LOOKED_AT: Final = 1_000  # rows looked at to choose a column's width


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook: rows under Danish headings (column name to heading)."""

    name: str  # at most 31 characters
    rows: pl.DataFrame
    headings: Mapping[str, str] = field(default_factory=dict)


def neutral(texts: pl.Expr) -> pl.Expr:
    """Texts that a spreadsheet would run as a formula, with an apostrophe before them."""
    return texts.str.replace(_FORMULA, "'$0")


def write_csv(file: Path, rows: pl.DataFrame, headings: Mapping[str, str] | None = None) -> None:
    """CSV that Danish Excel opens by a double click.

    UTF-8 with a byte order mark, `;`, decimal comma, days as dd-mm-yyyy, lists joined by commas.
    """
    plain = rows.with_columns(pl.selectors.by_dtype(pl.List(pl.String)).list.join(", "))
    plain = plain.with_columns(neutral(pl.selectors.string()))
    with put_in_place(file) as fresh:
        plain.rename(dict(headings or {}), strict=False).write_csv(
            fresh,
            include_bom=True,
            separator=";",
            decimal_comma=True,
            date_format="%d-%m-%Y",
            datetime_format="%d-%m-%Y %H:%M",
            line_terminator="\r\n",
        )


def write_workbook(file: Path, about: Sequence[tuple[str, str]], sheets: Sequence[Sheet]) -> None:
    """An xlsx workbook: a sheet "Læs mig" with pairs of label and text, then the sheets.

    Texts are texts whatever they begin with, days are days, and headings stay in sight.
    """
    import xlsxwriter  # type: ignore[import-untyped]  # noqa: PLC0415

    rows = sum(sheet.rows.height for sheet in sheets)
    kept = "constant_memory" if rows > _IN_MEMORY else "in_memory"  # the former by temporary files
    with put_in_place(file) as fresh:
        book = xlsxwriter.Workbook(str(fresh), {kept: True})
        bold = book.add_format({"bold": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        page = book.add_worksheet("Læs mig")
        page.set_column(0, 0, 28, bold)
        page.set_column(1, 1, 100, wrapped)
        for line, (label, text) in enumerate(about):
            page.write_string(line, 0, label, bold)
            page.write_string(line, 1, text, wrapped)
        for sheet in sheets:
            _write_sheet(book, sheet)
        book.close()


def _write_sheet(book: Any, sheet: Sheet) -> None:  # noqa: ANN401 - xlsxwriter has no types
    page = book.add_worksheet(sheet.name)
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    formats = {
        date: book.add_format({"num_format": _DAY}),
        datetime: book.add_format({"num_format": _MOMENT}),
        str: book.add_format({"quote_prefix": True}),
    }
    rows = sheet.rows.with_columns(pl.selectors.by_dtype(pl.List(pl.String)).list.join(", "))
    names = [sheet.headings.get(name, name) for name in rows.columns]
    for column, name in enumerate(names):
        page.set_column(column, column, _width(name, rows.to_series(column)))
        page.write_string(0, column, name, head)
    page.freeze_panes(1, 0)
    for line, cells in enumerate(rows.iter_rows(), start=1):
        for column, cell in enumerate(cells):
            _write_cell(page, line, column, cell, formats)
    if rows.height:
        page.autofilter(0, 0, rows.height, len(names) - 1)


def _write_cell(page: Any, line: int, column: int, cell: object, formats: Any) -> None:  # noqa: ANN401
    match cell:
        case None:
            return
        case bool():
            page.write_string(line, column, "ja" if cell else "nej")
        case int() | float():
            page.write_number(line, column, cell)
        case datetime():
            page.write_datetime(line, column, cell, formats[datetime])
        case date():
            page.write_datetime(line, column, cell, formats[date])
        case _:
            page.write_string(line, column, str(cell), formats[str])


def _width(heading: str, values: pl.Series) -> int:
    longest = max((len(str(value)) for value in values.head(_LOOKED_AT)), default=0)
    return min(max(len(heading), longest, 10) + 2, _WIDEST)
