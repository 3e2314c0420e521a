"""XML: every child of the root is a row, and its children are the cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from defusedxml.common import DTDForbidden
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from pipelines.deliveries import limits
from pipelines.deliveries.containers import Source
from pipelines.deliveries.encodings import Text, read_text
from pipelines.deliveries.frames import pad_numeric_cpr
from pipelines.deliveries.named_rows import Row, open_named_rows
from pipelines.deliveries.opened import Opened
from pipelines.deliveries.unreadable import Unreadable

_ROW_DEPTH = 2
_CELL_DEPTH = 3


def open_xml(source: Source) -> Opened:
    """Namespaces and attributes are ignored; a DTD is refused (corrupt_file).

    Raises Unreadable, at once or while its frames are read.
    """
    text = read_text(source)
    opened = open_named_rows(text.encoding, lambda: _rows(text))
    return replace(opened, frames=pad_numeric_cpr(opened.frames))


def _rows(text: Text) -> Iterator[Row]:
    rows = _RowBuilder()
    # The bytes are UTF-8 by now, whatever the document says of itself.
    parser = DefusedXMLParser(target=rows, encoding="utf-8", forbid_dtd=True)
    silent = 0
    is_blank = True
    try:
        for block in text.blocks(limits.SMALL_BLOCK):
            is_blank = is_blank and not block.strip()
            if is_blank:
                continue
            seen = rows.seen
            parser.feed(block)
            silent = silent + len(block) if rows.seen == seen else 0
            if silent > limits.MAX_LINE:  # the parser is gathering one endless tag or comment
                raise limits.too_long_line()
            yield from rows.drain()
        if not is_blank:
            parser.close()
            yield from rows.drain()
    except DTDForbidden:
        raise Unreadable(
            "corrupt_file", "XML-filen har en DTD, og den læses ikke; send filen uden DOCTYPE."
        ) from None
    except ParseError as error:
        line, _ = error.position
        raise Unreadable(
            "corrupt_file", f"XML-filen er ikke velformet i linje {line}; ret den, og send igen."
        ) from None


class _RowBuilder:
    """What the parser reports, gathered into rows; nothing above a row is kept."""

    def __init__(self) -> None:
        self.seen = 0  # how much the parser has reported
        self._depth = 0
        self._rows: list[Row] = []
        self._row = Row()
        self._cell: list[str] = []
        self._length = 0

    def start(self, _tag: str, _attributes: dict[str, str]) -> None:
        self.seen += 1
        self._depth += 1
        if self._depth > limits.MAX_DEPTH:
            raise Unreadable(
                "corrupt_file",
                f"XML-filen har over {limits.MAX_DEPTH} niveauer; send rækker med celler i.",
            )
        if self._depth == _ROW_DEPTH:
            self._row = Row()
        elif self._depth == _CELL_DEPTH:
            self._cell = []
            self._length = 0

    def data(self, text: str) -> None:
        self.seen += 1
        if self._depth >= _CELL_DEPTH:
            self._cell.append(text)
            self._length += len(text)
            if self._length > limits.MAX_LINE:
                raise limits.too_long_line()

    def end(self, tag: str) -> None:
        self.seen += 1
        if self._depth == _CELL_DEPTH:
            name = tag.rpartition("}")[2]
            if name in self._row and name not in self._row.repeated:
                self._row.repeated = (*self._row.repeated, name)
            self._row[name] = "".join(self._cell)
            limits.refuse_columns(len(self._row))
        elif self._depth == _ROW_DEPTH:
            self._rows.append(self._row)
        self._depth -= 1

    def drain(self) -> list[Row]:
        """The rows finished since the last call."""
        rows, self._rows = self._rows, []
        return rows
