"""The citizens who are erased, as keyed tombstones: `state/erased.txt` (docs/erasure.md)."""

from __future__ import annotations

from pipelines.deliveries.pseudonyms import KeyProblemError, key_identity, tombstone
from pipelines.exports import write_private
from pipelines.settings import Home


def load_erased(home: Home, key: bytes) -> tuple[str, ...]:
    """The tombstones, oldest first. Raises KeyProblemError where another key made them.

    Without the key that made them, a file could bring an erased citizen back unseen.
    """
    if not home.erased.exists():
        return ()
    identity, *stones = home.erased.read_text("ascii").split()
    if identity != key_identity(key):
        raise KeyProblemError(
            f"Nøglen er en anden end den, listen over slettede borgere ({home.erased}) er skrevet "
            "med. Brug den gamle nøgle; ellers ville slettede borgere blive læst ind igen."
        )
    return tuple(stones)


def bury(home: Home, key: bytes, pseudonym: str) -> int:
    """Adds a citizen, durably, and gives his number; one who is there already keeps his."""
    stones = load_erased(home, key)
    stone = tombstone(key, pseudonym)
    if stone not in stones:
        stones = (*stones, stone)
        write_private(home.erased, "\n".join((key_identity(key), *stones, "")))
    return stones.index(stone) + 1
