"""Workbooks looked through before they are parsed.

The parser lays a sheet out as a full rectangle and copies a shared text into every cell that
refers to it. Two cells far apart, or one long text used often, would take all memory and end the
process without an exception. So the rectangle and the texts are measured first, on the very bytes
that the parser gets.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812 - it is an exception

import polars as pl

from pipelines.deliveries import limits
from pipelines.deliveries.unreadable import Unreadable
from pipelines.deliveries.zips import damaged, open_member, open_zip

_OLE = b"\xd0\xcf\x11\xe0"  # older Excel, and how Excel wraps a workbook with a password
_PARTS = (".xml", ".rels")
_SHARED_TEXTS = "sharedstrings.xml"

_PIECE = 8 << 20  # bytes of a sheet looked through at a time
_STORED = 32 << 20  # bytes of a workbook that need not be packed again

_CELL = r"""[<:]c(?:\s(?:[^<>"']|"[^"]*"|'[^']*')*)?>"""
_COLUMN = r"""\sr\s*=\s*["']([A-Za-z]+)[0-9]+["']"""
_LINE = r"""\sr\s*=\s*["'][A-Za-z]+([0-9]+)["']"""
_SHARED = r"""\st\s*=\s*["']s["']"""
_CELL_START = re.compile(rb"[<:]c[\s>]")
_ROW_START = re.compile(rb"[<:]row[\s>]")
_ROW_NUMBER = re.compile(rb"""[<:]row\s[^<>]*?\br\s*=\s*["']([0-9]+)""")
_SHARED_NUMBER = re.compile(rb"""\st\s*=\s*["']s["'][^<>]*>\s*<[^<>]*>\s*([0-9]+)""")
_SHARED_TEXT_END = re.compile(rb"</[^<>]*\bsi\s*>")


@dataclass(slots=True)
class _Extent:
    """How far the filled cells of a sheet reach, and how many there are."""

    rows: int = 0
    columns: int = 0
    cells: int = 0
    placeless: int = 0  # cells that do not say where they stand
    shared: int = 0  # cells that refer to a shared text


def repack(file: IO[bytes]) -> BytesIO:
    """The workbook again, with only the parts that hold cells, each of them measured.

    Raises Unreadable: corrupt_file, too_large.
    """
    if file.read(len(_OLE)) == _OLE:
        raise Unreadable(
            "corrupt_file",
            "Arbejdsbogen har adgangskode eller er i et ældre Excel-format; "
            "gem den som xlsx uden adgangskode.",
        )
    packed = file.seek(0, 2)
    repacked = BytesIO()
    text_lengths: list[int] = []
    with open_zip(file) as archive, ZipFile(repacked, "w", compresslevel=1) as copy:
        parts = {part.filename: part for part in archive.infolist()}
        parts = {name: part for name, part in parts.items() if name.lower().endswith(_PARTS)}
        unpacked = sum(part.file_size for part in parts.values())
        limits.refuse_bomb(packed, unpacked, limits.MAX_WHOLE)
        for name in sorted(parts, key=_shared_texts_first):
            try:
                with open_member(archive, parts[name]) as member:
                    part = member.read()
            except (BadZipFile, ZlibError, EOFError):
                raise damaged() from None
            if b"\0" in part:  # another encoding than the one that is measured here
                raise damaged()
            if name.lower().endswith(_SHARED_TEXTS):
                text_lengths = [len(text) for text in _SHARED_TEXT_END.split(part)]
            else:
                _refuse_large_sheet(part, text_lengths)
            copy.writestr(name, part, ZIP_STORED if unpacked <= _STORED else ZIP_DEFLATED)
    repacked.seek(0)
    return repacked


def _shared_texts_first(name: str) -> bool:
    return not name.lower().endswith(_SHARED_TEXTS)


def _refuse_large_sheet(sheet: bytes, text_lengths: list[int]) -> None:
    extent = _measure(sheet)
    if _rectangle(sheet, extent) > limits.MAX_SHEET_CELLS:
        raise Unreadable(
            "too_large",
            f"Et ark spænder over mere end {limits.MAX_SHEET_CELLS // 1_000_000} millioner celler; "
            "slet celler langt fra tabellen, eller send den som csv.",
        )
    if _text_bytes(sheet, extent.shared, text_lengths) > limits.MAX_SHEET_TEXT:
        raise Unreadable(
            "too_large",
            f"Teksterne i et ark fylder over {limits.MAX_SHEET_TEXT >> 20} MB; "
            "send tabellen som csv.",
        )


def _measure(sheet: bytes) -> _Extent:
    extent = _Extent()
    for piece in _pieces(sheet):
        tags = pl.Series([piece]).cast(pl.String).str.extract_all(_CELL).explode().drop_nulls()
        filled = tags.filter(~tags.str.ends_with("/>"))
        columns = filled.str.extract(_COLUMN)
        rows = filled.str.extract(_LINE).cast(pl.Int64)
        widths = (_column_number(letters) for letters in columns.unique().drop_nulls())
        extent.columns = max(extent.columns, *widths, 0)
        extent.rows = max(extent.rows, *rows.top_k(1).drop_nulls(), 0)
        extent.cells += filled.len()
        extent.placeless += columns.null_count()
        extent.shared += int(filled.str.contains(_SHARED).sum())
    return extent


def _pieces(sheet: bytes) -> Iterator[bytes]:
    """The sheet cut between tags. Raises Unreadable (too_large) on an endless tag."""
    start = 0
    while len(sheet) - start > _PIECE:
        end = sheet.rfind(b"<", start + 1, start + _PIECE)
        if end < 0:
            raise limits.too_long_line()
        yield sheet[start:end]
        start = end
    yield sheet[start:]


def _rectangle(sheet: bytes, extent: _Extent) -> int:
    """At most how many cells lie between the sheet's corner and its last row and column."""
    rows, columns = extent.rows, extent.columns
    if extent.placeless:  # such cells follow one after the other
        columns += max(_count(_CELL_START, row) for row in _ROW_START.split(sheet))
        rows += _count(_ROW_START, sheet)
        rows += max((int(number[1]) for number in _ROW_NUMBER.finditer(sheet)), default=0)
    return max(rows * columns, extent.cells)


def _text_bytes(sheet: bytes, shared: int, text_lengths: list[int]) -> int:
    """At most how many bytes the shared texts take, each copied as often as it is referred to."""
    longest = max(text_lengths, default=0)
    if shared * longest <= limits.MAX_SHEET_TEXT:
        return shared * longest
    uses = Counter(int(number[1]) for number in _SHARED_NUMBER.finditer(sheet))
    found = sum(
        times * text_lengths[number] for number, times in uses.items() if number < len(text_lengths)
    )
    return found + max(shared - uses.total(), 0) * longest


def _count(pattern: re.Pattern[bytes], text: bytes) -> int:
    return sum(1 for _ in pattern.finditer(text))


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
