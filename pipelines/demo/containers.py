"""Tables to the bytes of a file, the same bytes every time."""

from __future__ import annotations

import gzip
import json
import re
import zipfile
from codecs import BOM_UTF8, BOM_UTF16_LE
from datetime import date, datetime
from io import BytesIO

import polars as pl
import xlsxwriter  # type: ignore[import-untyped]

from pipelines.demo.styles import Style

_FIXED = datetime(2019, 1, 1)  # noqa: DTZ001 - written into files that must not differ
_ZIP_TIME = (2019, 1, 1, 0, 0, 0)
_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_DATE = re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d)?")
_WIDTH_OF_CPR = 10


def write_table(table: pl.DataFrame, style: Style, name: str) -> tuple[str, bytes]:
    """The file name with its suffix, and the contents, of one table in a style."""
    match style.container:
        case "xlsx":
            content = _xlsx(table, style)
        case "json":
            content = _encoded(_json(table, style), style)
        case "ndjson" | "jsonl":
            content = table.write_ndjson().encode()
        case "parquet":
            content = _parquet(table)
        case "xml":
            content = _xml(table)
        case _:
            content = _encoded(_csv(table, style), style)
    return _packed(content, style, name)


def _packed(content: bytes, style: Style, name: str) -> tuple[str, bytes]:
    inside = name + style.suffix
    if style.packing == "gz":
        return inside, gzip.compress(content, compresslevel=6, mtime=0)
    if style.packing == "zip":
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(zipfile.ZipInfo(inside, _ZIP_TIME), content, zipfile.ZIP_DEFLATED)
        return f"{name}.zip", packed.getvalue()
    return inside, content


def _csv(table: pl.DataFrame, style: Style) -> str:
    return table.write_csv(
        separator=style.separator,
        line_terminator=style.newline,
        quote_style="always" if style.quoted else "necessary",
    )


def _encoded(text: str, style: Style) -> bytes:
    match style.encoding:
        case "utf-8":
            return text.encode()
        case "utf-8-sig":
            return BOM_UTF8 + text.encode()
        case "utf-16":
            return BOM_UTF16_LE + text.encode("utf-16-le")
        case "cp1252":
            return text.encode("cp1252")


def _json(table: pl.DataFrame, style: Style) -> str:
    rows = table.to_dicts()
    if style.cpr == "number":
        cpr = _cpr_column(table)
        for row in rows:
            row[cpr] = _number(row[cpr])
    return json.dumps(rows, ensure_ascii=False, indent=1)


def _parquet(table: pl.DataFrame) -> bytes:
    content = BytesIO()
    table.write_parquet(content, compression="zstd", compression_level=3)
    return content.getvalue()


def _xml(table: pl.DataFrame) -> bytes:
    cells = [
        pl.when(pl.col(name).is_null())
        .then(pl.lit(f"<{name}/>"))
        .otherwise(
            pl.lit(f"<{name}>")
            + pl.col(name).str.replace_many(list(_ESCAPED), list(_ESCAPED.values()))
            + pl.lit(f"</{name}>")
        )
        for name in table.columns
    ]
    rows = table.select(pl.concat_str(pl.lit("  <row>"), *cells, pl.lit("</row>"))).to_series()
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<rows xmlns="urn:samtaler:udtraek">\n'
    return (head + "\n".join(rows) + "\n</rows>\n").encode()


def _xlsx(table: pl.DataFrame, style: Style) -> bytes:
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    book.set_properties({"created": _FIXED})
    sheet = book.add_worksheet("Udtræk")
    day = book.add_format({"num_format": "dd-mm-yyyy"})
    moment = book.add_format({"num_format": "dd-mm-yyyy hh:mm"})
    cpr = _cpr_column(table) if style.cpr == "number" else None
    sheet.write_row(0, 0, table.columns)
    for column, name in enumerate(table.columns):
        for row, value in enumerate(table[name], start=1):
            cell = _number(value) if name == cpr else _dated(value, style)
            match cell:
                case None | "":
                    continue
                case int():
                    sheet.write_number(row, column, cell)
                case datetime():
                    sheet.write_datetime(row, column, cell, moment)
                case date():
                    sheet.write_datetime(row, column, cell, day)
                case _:
                    sheet.write_string(row, column, cell)
    book.close()
    return content.getvalue()


def _dated(value: str | None, style: Style) -> str | date | None:
    """A date written the plainest way as a date; what is none stays a text."""
    if value is None or not style.typed or not _DATE.fullmatch(value):
        return value
    return datetime.fromisoformat(value) if ":" in value else date.fromisoformat(value)


def _cpr_column(table: pl.DataFrame) -> str:
    return next(name for name in table.columns if "cpr" in name.lower() or "person" in name.lower())


def _number(cpr: str | None) -> int | str | None:
    """A CPR number as a number, which loses its leading zero; what is none stays a text."""
    is_number = cpr is not None and cpr.isdecimal() and cpr.strip("0") and len(cpr) == _WIDTH_OF_CPR
    return int(cpr) if cpr is not None and is_number else cpr
