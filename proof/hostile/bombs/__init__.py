"""Files made to take memory, time or other files: each is written where it is tried."""

from __future__ import annotations

from collections.abc import Iterator

from proof.hostile.bombs.bomb import Bomb
from proof.hostile.bombs.columnar import columnar
from proof.hostile.bombs.marked_up import marked_up
from proof.hostile.bombs.packed import packed
from proof.hostile.bombs.text import text
from proof.hostile.bombs.workbooks import workbooks


def bombs() -> Iterator[Bomb]:
    """Every dangerous file but the large good ones."""
    for some in (packed, text, marked_up, workbooks, columnar):
        yield from some()
