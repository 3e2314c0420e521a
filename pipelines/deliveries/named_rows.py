"""Rows that name their own cells (JSON, NDJSON, XML): the header is all names in the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

import polars as pl

from pipelines.deliveries import limits
from pipelines.deliveries.cells import text_frame
from pipelines.deliveries.headers import ambiguous, map_header
from pipelines.deliveries.opened import Opened
from pipelines.deliveries.unreadable import Unreadable


class Row(dict[str, object]):
    """A row by name of cell; `repeated` are the names that it had more than once."""

    repeated: tuple[str, ...] = ()


def open_named_rows(encoding: str, read: Callable[[], Iterator[Row]]) -> Opened:
    """A table of named rows. `read` gives the rows from the start each time it is called.

    The rows are read twice, since a column may first appear in the last row.
    Raises Unreadable: what `read` raises, empty_file, and as map_header.
    """
    names: dict[str, None] = {}
    repeated: dict[str, None] = {}
    for row in read():
        names.update(dict.fromkeys(row))
        repeated.update(dict.fromkeys(row.repeated))
        limits.refuse_columns(len(names))
    if not names:
        raise Unreadable("empty_file", "Filen har ingen rækker; send en fil med rækker.")
    header = map_header(list(names))
    columns = {name: header.columns[at] for at, name in enumerate(names) if at in header.columns}
    for name in repeated:
        if name in columns:
            raise ambiguous(columns[name], name, name)
    return Opened(header.kind, encoding, None, _frames(read(), columns))


def _frames(rows: Iterator[Row], columns: dict[str, str]) -> Iterator[pl.DataFrame]:
    while chunk := list(islice(rows, limits.FRAME_ROWS)):
        yield text_frame(chunk, columns)
