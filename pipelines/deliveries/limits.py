"""How large a delivery may be, and in how large bites it is read.

The limits are set so that reading stays well under 1 GB of memory whatever a file holds.
"""

from __future__ import annotations

from pipelines.deliveries.unreadable import Unreadable

LARGEST_FILE = 1 << 30  # bytes on disk
MAX_UNPACKED = 2 << 30  # bytes of text, NDJSON, JSON or XML out of a container
MAX_WHOLE = 256 << 20  # bytes, unpacked, of what must be held whole: a workbook, packed Parquet
MAX_RATIO = 200  # unpacked to packed
RATIO_FREE = 50 << 20  # bytes that may be unpacked before the ratio is looked at
MAX_DIRECTORY = 4 << 20  # bytes of a zip's table of contents
MAX_MEMBERS = 1_000  # files in a zip
MAX_COLUMNS = 1_000
MAX_LINE = 1 << 20  # bytes of a line, a record or a cell
MAX_DEPTH = 64  # levels of XML
MAX_PARQUET_ROWS = 50_000_000
MAX_SHEET_CELLS = 5_000_000  # cells of a sheet's rectangle, filled or not
MAX_SHEET_TEXT = 256 << 20  # bytes of a sheet's texts, each counted as often as it is used

BLOCK = 8 << 20  # bytes read at a time, which also make one frame of a text table
SMALL_BLOCK = 1 << 20  # bytes read at a time where a parser keeps its own state
FRAME_ROWS = 50_000  # rows of a frame read row by row
FRAME_CELLS = 4_000_000  # cells of a frame read column by column
DATE_SAMPLE = 1_000  # rows that tell whether day and month are turned round
CPR_SAMPLE = 1_000  # rows that decide whether a text column of CPR numbers is numeric


class Meter:
    """Counts what comes out of a container and stops a bomb before it fills the memory."""

    def __init__(self, packed: int) -> None:
        self._packed = packed
        self._unpacked = 0

    def count(self, unpacked: int) -> None:
        """Add unpacked bytes; raises Unreadable (too_large) over the limit or the ratio."""
        self._unpacked += unpacked
        refuse_bomb(self._packed, self._unpacked, MAX_UNPACKED)


def refuse_unpacked(unpacked: int, limit: int) -> None:
    """Raise Unreadable (too_large) where a content has more bytes than the limit."""
    if unpacked > limit:
        raise Unreadable(
            "too_large", f"Filen fylder udpakket over {limit >> 20} MB; del den i mindre filer."
        )


def refuse_bomb(packed: int, unpacked: int, limit: int) -> None:
    """Raise Unreadable (too_large) where so few bytes unpack to so many."""
    refuse_unpacked(unpacked, limit)
    if unpacked > RATIO_FREE and unpacked > MAX_RATIO * packed:
        raise Unreadable(
            "too_large",
            f"Filen er pakket mere end {MAX_RATIO} gange sammen og pakkes ikke ud; "
            "send den uden komprimering.",
        )


def refuse_columns(count: int) -> None:
    """Raise Unreadable (too_large) where a header has more columns than any table here."""
    if count > MAX_COLUMNS:
        raise Unreadable(
            "too_large",
            f"Overskriften har over {MAX_COLUMNS} kolonner; send kun de kolonner, der er aftalt.",
        )


def too_long_line() -> Unreadable:
    """The failure of a line or cell that does not end."""
    return Unreadable(
        "too_large",
        f"En linje eller celle er længere end {MAX_LINE >> 20} MB; "
        "ret linjeskift og citationstegn i filen.",
    )
