"""CPR numbers, codes and ids that a spreadsheet has had its hands on."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any, Final

import polars as pl
import xlsxwriter  # type: ignore[import-untyped]

from proof.hostile.judging import Case
from proof.hostile.truth import COLUMNS, Meeting, cpr, draw, table

_CPR_FORMS: Final[dict[str, Callable[[str], str]]] = {
    "ten digits": str,
    "a hyphen": lambda number: f"{number[:6]}-{number[6:]}",
    "a blank": lambda number: f"{number[:6]} {number[6:]}",
    "zero lost": lambda number: number.lstrip("0"),
    "zero lost, hyphen": lambda number: f"{number[:6].lstrip('0')}-{number[6:]}",
    "as a float": lambda number: f"{int(number)}.0",
    "with a comma": lambda number: f"{int(number)},00",
    "in thousands": lambda number: f"{int(number):,}".replace(",", "."),
    "as a power": lambda number: f"{int(number):.5E}",
    "as a power with a comma": lambda number: f"{int(number):.2E}".replace(".", ","),
    "with an apostrophe": lambda number: f"'{number}",
    "as a formula": lambda number: f'="{number}"',
    "in hexadecimal": lambda number: hex(int(number)),
    "twelve digits": lambda number: f"{number[:4]}19{number[4:]}",
    "a dash of another kind": lambda number: f"{number[:6]}\u2013{number[6:]}",
    "masked": lambda number: f"{number[:6]}-xxxx",
    "the last digit lost": lambda number: number[:-1] if number[0] == "0" else number,
    "turned round": lambda number: number[::-1] if int(number[:-3:-1]) > 31 else number,
    "day and month turned": lambda number: (
        number[2:4] + number[:2] + number[4:] if int(number[:2]) > 12 else number
    ),
    "full-width digits": lambda number: "".join(chr(0xFF10 + int(digit)) for digit in number),
}


def leading_zeros(chance: random.Random) -> Iterator[Case]:
    """A column of numbers in each form: with zeros in it, and where every number lost its own."""
    for name, form in _CPR_FORMS.items():
        for _ in range(4):
            mixed = [_born(row, cpr(chance)) for row in draw(chance, 20)]
            written = [row.written(cpr=form(row.citizen)) for row in mixed]
            yield Case("leading zeros", name, table(written).encode(), mixed)
            late = [_born(row, cpr(chance, chance.randint(13, 28))) for row in draw(chance, 10)]
            early = [_born(row, cpr(chance, chance.randint(1, 9))) for row in draw(chance, 1)]
            half = [*(row.written(cpr=form(row.citizen)) for row in early), *late]
            yield Case("leading zeros", f"{name}, one row", table(half).encode(), [*early, *late])


def _born(row: Meeting, number: str) -> Meeting:
    return row.meaning(citizen=number).written(cpr=number)


def typed_cells(chance: random.Random) -> Iterator[Case]:
    """Workbooks, Parquet and JSON whose cells have types: numbers, dates, formulas, errors."""
    for _ in range(6):
        rows = draw(chance, 20)
        for name, values in {
            "text": {},
            "CPR as numbers": {"cpr": lambda row: int(row.citizen)},
            "ids as numbers": {"samtale_id": lambda row: int(row.id)},
            "dates as dates": {"start": lambda row: row.started_at},
            "all that can be": {
                "cpr": lambda row: float(row.citizen),
                "samtale_id": lambda row: float(row.id),
                "start": lambda row: row.started_at,
                "registreret": lambda row: row.registered_at,
                "indkaldt": lambda row: row.summoned_on,
            },
        }.items():
            for system, options in (("1900", {}), ("1904", {"date_1904": True})):
                book = workbook(rows, values, options)
                yield Case("typed cells", f"xlsx {system}, {name}", book, rows, "a.xlsx")
            yield Case("typed cells", f"parquet, {name}", parquet(rows, values), rows, "a.parquet")
        yield from _long_ids(chance)


def _long_ids(chance: random.Random) -> Iterator[Case]:
    """Ids of more digits than a spreadsheet keeps: it has changed them before we see them."""
    for digits in (15, 16, 17, 19):
        first = chance.randrange(10 ** (digits - 1), 9 * 10 ** (digits - 1))
        rows = [
            row.written(samtale_id=str(first + number))
            for number, row in enumerate(draw(chance, 12))
        ]
        numbers = {"samtale_id": lambda row: float(row.id)}
        book = workbook(rows, numbers, {})
        yield Case("typed cells", f"xlsx, ids of {digits} digits", book, rows, "a.xlsx")
        frame = parquet(rows, numbers)
        yield Case(
            "typed cells", f"parquet, float ids of {digits} digits", frame, rows, "a.parquet"
        )
        whole = parquet(rows, {"samtale_id": lambda row: int(row.id)})
        yield Case("typed cells", f"parquet, ids of {digits} digits", whole, rows, "a.parquet")
        power = [row.written(samtale_id=f"{float(row.id):.5E}") for row in rows]
        yield Case(
            "typed cells", f"csv, ids of {digits} digits as powers", table(power).encode(), rows
        )


Values = dict[str, Callable[[Meeting], Any]]


def workbook(rows: list[Meeting], values: Values, options: dict[str, Any]) -> bytes:
    """A workbook of the meetings; `values` gives the columns that are not text."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, **options}) as book:
        sheet = book.add_worksheet()
        moment = book.add_format({"num_format": "dd-mm-yyyy hh:mm"})
        sheet.write_row(0, 0, COLUMNS)
        for at, row in enumerate(rows, start=1):
            for place, column in enumerate(COLUMNS):
                value = values[column](row) if column in values else row.cells[column]
                if value is None or value == "":
                    continue
                if hasattr(value, "year"):
                    sheet.write_datetime(at, place, value, moment)
                elif isinstance(value, str):
                    sheet.write_string(at, place, value)
                else:
                    sheet.write_number(at, place, value)
    return content.getvalue()


def parquet(rows: list[Meeting], values: Values) -> bytes:
    """A Parquet file of the meetings, likewise."""
    columns = {
        column: [values[column](row) if column in values else row.cells[column] for row in rows]
        for column in COLUMNS
    }
    content = BytesIO()
    pl.DataFrame(columns, strict=False).write_parquet(content)
    return content.getvalue()
