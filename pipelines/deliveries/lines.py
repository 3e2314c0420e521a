"""Text cut into pieces of whole lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipelines.deliveries import limits
from pipelines.deliveries.encodings import Text

CELL_END = "\x1f"
ROW_END = "\x1e"


def read_pieces(text: Text) -> Iterator[bytes]:
    """The text as UTF-8 in pieces of whole lines that end in LF.

    CELL_END and ROW_END do not occur in them. Raises Unreadable (too_large) on an endless line.
    """
    rest = b""
    for block in _plain_blocks(text.blocks()):
        end = block.rfind(b"\n") + 1
        if end:
            piece = rest + block[:end]
            _refuse_long_lines(piece)
            yield piece
            rest = block[end:]
        else:
            rest += block
        if len(rest) > limits.MAX_LINE:
            raise limits.too_long_line()
    if rest:
        yield rest


def _refuse_long_lines(piece: bytes) -> None:
    start = 0
    while len(piece) - start > limits.MAX_LINE:
        start = piece.rfind(b"\n", start, start + limits.MAX_LINE) + 1
        if not start:
            raise limits.too_long_line()


def _plain_blocks(blocks: Iterable[bytes]) -> Iterator[bytes]:
    held = b""
    for arrived in blocks:
        block = held + arrived
        held = b"\r" if block.endswith(b"\r") else b""  # perhaps half a CRLF
        yield _plain(block.removesuffix(held))
    if held:
        yield b"\n"


def _plain(block: bytes) -> bytes:
    for mark in (CELL_END, ROW_END):
        if mark.encode() in block:
            block = block.replace(mark.encode(), b" ")
    if b"\r" in block:
        block = block.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return block
