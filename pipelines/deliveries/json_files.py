"""JSON and NDJSON: one object a row, whose keys are the header."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.deliveries import limits
from pipelines.deliveries.containers import Source
from pipelines.deliveries.encodings import Text, read_text
from pipelines.deliveries.headers import announces_kind
from pipelines.deliveries.json_window import BrokenJsonError, Window, parse_value
from pipelines.deliveries.lines import read_pieces
from pipelines.deliveries.named_rows import Row, open_named_rows
from pipelines.deliveries.opened import Opened
from pipelines.deliveries.unreadable import Unreadable


def open_json(source: Source) -> Opened:
    """An array of objects, an object that holds one such array, or objects one after another.

    Raises Unreadable, at once or while its frames are read.
    """
    text = read_text(source)
    return open_named_rows(text.encoding, lambda: _rows(text))


def open_json_lines(source: Source) -> Opened:
    """An object a line. Raises Unreadable, at once or while its frames are read."""
    text = read_text(source)
    return open_named_rows(text.encoding, lambda: _rows_of_lines(text))


def _rows_of_lines(text: Text) -> Iterator[Row]:
    number = 0
    for piece in read_pieces(text):
        for line in piece.decode().removesuffix("\n").split("\n"):
            number += 1
            if not line.strip():
                continue
            try:
                row = parse_value(line)
            except BrokenJsonError:
                row = None
            if not isinstance(row, Row):
                raise Unreadable(
                    "corrupt_file", f"Linje {number} er ikke et JSON-objekt; ret eller slet linjen."
                )
            yield row


def _rows(text: Text) -> Iterator[Row]:
    window = Window(text.blocks(limits.SMALL_BLOCK))
    number = 0
    try:
        for value in _values(window):
            number += 1
            yield _row(value)
        window.end()
    except BrokenJsonError:
        raise Unreadable(
            "corrupt_file",
            f"Filen kan ikke læses som JSON efter række {number}; "
            "send en liste af objekter, eller brug ndjson.",
        ) from None


def _values(window: Window) -> Iterator[object]:
    if window.take("["):
        yield from _elements(window)
        return
    if not window.peek():
        return
    try:
        first = window.value()
    except BrokenJsonError:  # more than a row: an object around the rows, or no JSON at all
        yield from _members(window)
        return
    if not window.peek():
        yield from _inside(first)
        return
    yield first
    while window.peek():
        yield window.value()


def _row(value: object) -> Row:
    if not isinstance(value, Row):
        raise BrokenJsonError
    return value


def _elements(window: Window) -> Iterator[object]:
    """The elements of an array whose bracket has been taken."""
    if window.take("]"):
        return
    yield window.value()
    while window.take(","):
        yield window.value()
    if not window.take("]"):
        raise BrokenJsonError


def _members(window: Window) -> Iterator[object]:
    """The rows in the one array of objects of an object too large to be held."""
    if not window.take("{"):
        raise BrokenJsonError
    arrays = 0
    while True:
        if not isinstance(window.value(), str) or not window.take(":"):
            raise BrokenJsonError
        if window.take("["):
            holds_rows = window.peek() == "{"
            arrays += holds_rows
            if arrays > 1:
                raise _several_arrays()
            for element in _elements(window):
                if holds_rows:
                    yield element
        else:
            window.value()
        if not window.take(","):
            break
    if not window.take("}"):
        raise BrokenJsonError


def _inside(value: object) -> list[object]:
    """The rows of a file that is one value: in its one array of objects, or the value itself."""
    if not isinstance(value, Row) or announces_kind(list(value)):
        return [value]
    arrays = [
        array
        for array in value.values()
        if isinstance(array, list) and all(isinstance(element, Row) for element in array)
    ]
    if len(arrays) > 1:
        arrays = [array for array in arrays if array]
    if len(arrays) > 1:
        raise _several_arrays()
    return arrays[0] if arrays else [value]


def _several_arrays() -> Unreadable:
    return Unreadable(
        "kind_unknown", "Filen rummer flere lister af rækker; send én liste i hver fil."
    )
