"""Text with quotes (RFC 4180), rewritten so that a table without quotes can be split fast."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import polars as pl

from pipelines.deliveries import limits
from pipelines.deliveries.lines import CELL_END, ROW_END
from pipelines.deliveries.unreadable import Unreadable

_WHOLE = r'^"(?:[^"]|"")*"$'


def read_first_record(text: str, separator: str) -> tuple[list[str], int]:
    """The cells of the first record, and the number of lines it takes. Raises csv.Error."""
    csv.field_size_limit(limits.MAX_LINE)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    cells = next(reader, [])
    if reader.line_num > 1:
        next(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    return cells, reader.line_num


def take_quotes_off(cells: pl.DataFrame) -> pl.DataFrame | None:
    """Cells that were split without heed of quotes, with their quotes taken off.

    None where that cannot be: some cell opens a quote that does not close at the cell's end, so
    that a separator or a line end inside quotes has torn it.
    """
    texts = []
    for text in cells:
        quoted = text.str.starts_with('"')
        if not quoted.any():
            texts.append(text)
            continue
        if not text.filter(quoted).str.contains(_WHOLE).all():
            return None
        inner = (
            text.str.strip_prefix('"')
            .str.strip_suffix('"')
            .str.replace_all('""', '"', literal=True)
        )
        texts.append(inner.zip_with(quoted.fill_null(value=False), text))
    return pl.DataFrame(texts)


class Unquoter:
    """Takes the quotes off pieces of whole lines, record by record.

    Only records that hold a quote go through the csv module; what lies between is copied. A quote
    inside an unquoted cell is a character like any other. `line` is the number in the file of the
    next line to be read; whoever reads a piece without this class moves it on.
    """

    def __init__(self, pieces: Iterator[bytes], separator: str, line: int) -> None:
        csv.field_size_limit(limits.MAX_LINE)  # the csv module's own limit is shorter
        self.line = line
        self._pieces = pieces
        self._separator = separator
        self._text = ""
        self._at = 0
        self._record: list[str] = []
        self._length = 0
        self._is_cut = False
        self._reader = csv.reader(iter(self._next_line, ""), delimiter=separator)

    def unquote(self, piece: bytes) -> tuple[str, bytes]:
        """The piece's cells and rows in CELL_END and ROW_END, and what remains to be read.

        A quote that is open at the end of the piece draws on the pieces after it; what remains is
        the unread part of the last one drawn. Raises Unreadable (corrupt_file) with the line
        where a quote opens that never closes.
        """
        text = self._load(piece)
        parts: list[str] = []
        while self._text is text and (quote := text.find('"', self._at)) >= 0:
            record = text.rfind("\n", self._at, quote) + 1
            parts += (self._copied(max(record, self._at)), self._unquoted(), ROW_END)
        if self._text is text:
            parts.append(self._copied(len(text)))
        self.line += self._text.count("\n", 0, self._at)
        return "".join(parts), self._text[self._at :].encode()

    def _load(self, piece: bytes) -> str:
        self._text = piece.decode().replace("\r\n", "\n")
        self._at = 0
        return self._text

    def _copied(self, end: int) -> str:
        between = self._text[self._at : end]
        self._at = end
        return between.replace(self._separator, CELL_END).replace("\n", ROW_END)

    def _unquoted(self) -> str:
        opening = (self.line, self._text, self._at)
        self._record.clear()
        self._length = 0
        self._is_cut = False
        try:
            cells = next(self._reader)
            # A record of several lines may have swallowed other rows: here every quote must close
            # where a cell ends, which the csv module only demands when it is told to be strict.
            if len(self._record) > 1 or self._is_cut:
                list(csv.reader(self._record, delimiter=self._separator, strict=True))
        except csv.Error:
            line, text, at = opening
            raise _unclosed(line + text.count("\n", 0, at)) from None
        return CELL_END.join(cells)

    def _next_line(self) -> str:
        """The next line for the csv module; empty at the end of the file."""
        if self._at == len(self._text):
            self.line += self._text.count("\n")
            self._load(next(self._pieces, b""))
        end = self._text.find("\n", self._at) + 1 or len(self._text)
        line = self._text[self._at : end]
        self._at = end
        self._is_cut = not line
        self._record.append(line)
        self._length += len(line)
        if self._length > limits.MAX_LINE:
            raise csv.Error
        return line


def _unclosed(line: int) -> Unreadable:
    return Unreadable(
        "corrupt_file",
        f"Et citationstegn, der åbnes i linje {line}, lukkes ikke, hvor cellen slutter; "
        "ret citationstegnene i linjen.",
    )
