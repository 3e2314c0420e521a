"""Text tables: csv, txt and tsv, whatever separates their columns."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import polars as pl

from pipelines.deliveries import limits
from pipelines.deliveries.containers import Source
from pipelines.deliveries.encodings import read_text
from pipelines.deliveries.frames import BLANKS, TOO_LONG, pad_numeric_cpr, tidy
from pipelines.deliveries.headers import HeaderMap, known_names, map_header
from pipelines.deliveries.lines import CELL_END, ROW_END, read_pieces
from pipelines.deliveries.opened import Opened
from pipelines.deliveries.quotes import Unquoter, read_first_record, take_quotes_off
from pipelines.deliveries.unreadable import Unreadable

SEPARATORS = (";", ",", "\t", "|")

_FILLED = re.compile(rb"[^\s;,|]")
_BLANK_LINES = re.compile(rb"[\s;,|]*\n")
_SEPARATOR_LINE = re.compile(rb'"?sep=.?"?[\s;,|]*\n', re.IGNORECASE)  # Excel's own first line

# Most texts hold no blank but spaces, so it pays to look whether there is anything to strip. The
# last bytes of the other blanks are those of hardly any letter.
_MARKS = {b'"', *(blank.encode()[-1:] for blank in BLANKS)} - {b" ", b"\n"}
_SPACE_AT_END = pl.any_horizontal(
    (pl.col(pl.String).str.starts_with(" ") | pl.col(pl.String).str.ends_with(" ")).any()
)


@dataclass(frozen=True, slots=True)
class _Header:
    """A header as it was found: its separator and names, and how much of the text it took."""

    separator: str
    names: list[str]
    lines: int
    length: int  # bytes


def open_text(source: Source) -> Opened:
    """A text table. Raises Unreadable, at once or while its frames are read."""
    text = read_text(source)
    pieces = read_pieces(text)
    start, line = _skip_blank_lines(pieces)
    header = _find_header(start)
    columns = map_header(header.names)
    rows = chain([start[header.length :]], pieces)
    frames = _frames(rows, header.separator, columns, line + header.lines)
    return Opened(columns.kind, text.encoding, header.separator, pad_numeric_cpr(frames))


def _frames(
    pieces: Iterator[bytes], separator: str, header: HeaderMap, line: int
) -> Iterator[pl.DataFrame]:
    columns = {str(position): name for position, name in header.columns.items()}
    unquoter = Unquoter(pieces, separator, line)
    for piece in pieces:
        unread = piece
        while unread:
            cells = _split(unread, separator, header.width)
            if cells is None:
                table, unread = unquoter.unquote(unread)
                cells = _split_plain(table.encode(), CELL_END, ROW_END, header.width)
                is_bare = False
            else:
                unquoter.line += cells.height
                is_bare = _is_bare(unread, separator, cells)
                unread = b""
            yield tidy(cells, columns, surplus=str(header.width), is_bare=is_bare)


def _split(piece: bytes, separator: str, width: int) -> pl.DataFrame | None:
    """Cells of whole lines as _split_plain gives them; None where quotes hold parts of a line."""
    if b'"' not in piece:
        return _split_plain(piece, separator, "\n", width)
    try:
        torn = _read_csv(piece, separator, "\n", width, truncate=False)
    except pl.exceptions.ComputeError:
        return None
    return take_quotes_off(torn)


def _split_plain(table: bytes, cell_end: str, row_end: str, width: int) -> pl.DataFrame:
    """Cells of a table without quotes, in text columns `0`, `1`, …, one of them surplus.

    There is a row for every line, blank ones too. Where some line has more than one surplus cell,
    `row_too_long` says which have something in them.
    """
    try:
        return _read_csv(table, cell_end, row_end, width, truncate=False)
    except pl.exceptions.ComputeError:  # some line has two cells too many, or more
        cells = _read_csv(table, cell_end, row_end, width, truncate=True)
        lines = table.decode().split(row_end)[: cells.height]
        too_long = [_is_too_long(line, cell_end, width) for line in lines]
        return cells.hstack([pl.Series(TOO_LONG, too_long, dtype=pl.Boolean)])


def _read_csv(
    table: bytes, cell_end: str, row_end: str, width: int, *, truncate: bool
) -> pl.DataFrame:
    """All as text, with one column more than the header; more cells are an error or cut off."""
    # With a header of our own, polars knows the columns, and never takes the first bytes of the
    # text for those of a compressed file.
    header = cell_end.join(map(str, range(width + 1)))
    return pl.read_csv(
        f"{header}{row_end}".encode() + table,
        separator=cell_end,
        eol_char=row_end,
        quote_char=None,
        infer_schema=False,
        truncate_ragged_lines=truncate,
    )


def _is_bare(piece: bytes, separator: str, cells: pl.DataFrame) -> bool:
    """Whether the cells that a piece was split into need no stripping: only if it is cheap to tell.

    Spaces are looked for at the ends of cells, quotes and other blanks anywhere.
    """
    marks = _MARKS - {separator.encode()}
    return not (any(mark in piece for mark in marks) or cells.select(_SPACE_AT_END).item())


def _is_too_long(line: str, cell_end: str, width: int) -> bool:
    if line.count(cell_end) < width:
        return False
    return any(cell.strip(BLANKS) for cell in line.split(cell_end)[width:])


def _find_header(start: bytes) -> _Header:
    """The header with the separator that yields most known names, or else most columns."""
    if not start:
        raise Unreadable("empty_file", "Filen er tom; send en fil med overskrift og rækker.")
    note = _SEPARATOR_LINE.match(start)
    skipped = note.end() if note else 0
    head = start[skipped : skipped + limits.MAX_LINE]
    if b'"' not in (first := head[: head.find(b"\n") + 1]):
        head = first or head
    text = head.decode(errors="ignore")
    headers = []
    for separator in SEPARATORS:
        try:
            names, lines = read_first_record(text, separator)
        except csv.Error:
            continue
        headers.append((known_names(names), len(names), separator, names, lines))
    if not headers:
        raise Unreadable(
            "corrupt_file",
            "Overskriften kan ikke læses; ret citationstegnene i filens første linje.",
        )
    _, _, separator, names, lines = max(headers, key=lambda found: found[:2])
    length = skipped
    for _ in range(lines):
        length = start.find(b"\n", length) + 1 or len(start)
    return _Header(separator, names, lines + bool(note), length)


def _skip_blank_lines(pieces: Iterator[bytes]) -> tuple[bytes, int]:
    """The first piece from its first line that is not blank, and that line's number."""
    line = 1
    for piece in pieces:
        blank = _BLANK_LINES.match(piece)
        skipped = blank.end() if blank else 0
        line += piece.count(b"\n", 0, skipped)
        if _FILLED.search(piece, skipped):
            return piece[skipped:], line
    return b"", line
