"""The one way a delivery may fail at the door, and the guard that lets no other failure out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pipelines.contracts import codes

_SHOWN_LENGTH = 80


class Unreadable(Exception):  # noqa: N818 - the word of counting.md section 1
    """A delivered file that cannot be read at all.

    `reason` is one of `codes.UNREADABLE_REASONS`. `message_da` is one Danish sentence for the
    sender: what is wrong, where, and how to mend it. It never quotes a cell.
    """

    def __init__(self, reason: str, message_da: str) -> None:
        if reason not in codes.UNREADABLE_REASONS:
            raise ValueError(f"not a reason for an unreadable file: {reason}")
        super().__init__(reason, message_da)
        self.reason = reason
        self.message_da = message_da


def shown(name: str) -> str:
    """A name from a delivery, made safe to print: one line, no control or direction marks."""
    printable = "".join(letter if letter.isprintable() else "?" for letter in name)
    if len(printable) > _SHOWN_LENGTH:
        return printable[:_SHOWN_LENGTH] + "…"
    return printable


@contextmanager
def only_unreadable() -> Iterator[None]:
    """Turn whatever a library raises into `Unreadable`, without the library's own words.

    Those words may quote cells. Interruptions (of Python, of Dagster) pass through.
    """
    try:
        yield
    except Unreadable:
        raise
    except MemoryError:
        raise Unreadable(
            "too_large",
            "Filen fylder for meget i hukommelsen; del den i mindre filer og send dem igen.",
        ) from None
    except OSError:
        raise Unreadable(
            "corrupt_file", "Filen kunne ikke læses fra disken; send den igen."
        ) from None
    except BaseException as error:
        # A panic in a Rust library is no Exception, and its class cannot be imported everywhere.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise Unreadable(
                "corrupt_file",
                "Filen er beskadiget og kunne ikke læses; dan den igen og send den på ny.",
            ) from None
        raise


@contextmanager
def within(part_da: str) -> Iterator[None]:
    """Name the part of a file (a zip member, a sheet) that could not be read."""
    try:
        with only_unreadable():
            yield
    except Unreadable as error:
        raise Unreadable(error.reason, f"{part_da}: {error.message_da}") from None
