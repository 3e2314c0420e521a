"""The citizens who are erased, as keyed tombstones: `state/erased.txt` (docs/erasure.md)."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Final

from pipelines.deliveries.pseudonyms import KeyProblemError, key_identity, tombstone
from pipelines.placing import write_private
from pipelines.settings import Home

_PUT_OUT: Final = "-"
_CHECKED: Final = ":"
_IDENTITY: Final = re.compile("[0-9a-f]{64}")


def load_erased(home: Home, key: bytes) -> tuple[str, ...]:
    """The tombstones, oldest first; `-` for one that was put out by hand.

    Raises KeyProblemError where another key made them or the list is damaged. A file could then
    bring an erased citizen back unseen.
    """
    if not home.erased.exists():
        return ()
    identity, *lines = home.erased.read_bytes().decode("ascii", "replace").split("\n")
    stones = tuple(line.partition(_CHECKED)[0] for line in lines[:-1])
    if [*map(_line, stones), ""] != lines or not _IDENTITY.fullmatch(identity):
        raise KeyProblemError(
            f"Listen over slettede borgere ({home.erased}) er beskadiget, så slettede borgere "
            "kunne blive læst ind igen. Gendan den fra en sikkerhedskopi, og kør igen."
        )
    if identity != key_identity(key):
        raise KeyProblemError(
            f"Nøglen er en anden end den, listen over slettede borgere ({home.erased}) er skrevet "
            "med. Brug den gamle nøgle; ellers ville slettede borgere blive læst ind igen."
        )
    return stones


def bury(home: Home, key: bytes, pseudonym: str) -> int:
    """Adds a citizen, durably, and gives his number; one who is there already keeps his."""
    stones = load_erased(home, key)
    stone = tombstone(key, pseudonym)
    if stone not in stones:
        stones = (*stones, stone)
        write_private(home.erased, "\n".join((key_identity(key), *map(_line, stones), "")))
    return stones.index(stone) + 1


def _line(stone: str) -> str:
    """The stone and its own check: a line alone may be put out by hand."""
    if stone == _PUT_OUT:
        return stone
    return f"{stone}{_CHECKED}{sha256(stone.encode()).hexdigest()[:8]}"
