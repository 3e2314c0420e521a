"""Zip files opened with care: what they claim about themselves is checked before it is used."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from pipelines.deliveries import limits
from pipelines.deliveries.unreadable import Unreadable

_ENCRYPTED = 0x1
_END = b"PK\x05\x06"
_END_LENGTH = 22
_LONGEST_COMMENT = 0xFFFF
_LOCATOR_64 = b"PK\x06\x07"
_LOCATOR_64_LENGTH = 20
_END_64_LENGTH = 56


@contextmanager
def open_zip(file: IO[bytes]) -> Iterator[ZipFile]:
    """A zip whose table of contents is small enough to be read into memory.

    Raises Unreadable: corrupt_file, too_large.
    """
    if _directory_bytes(file) > limits.MAX_DIRECTORY:
        raise too_many_members()
    try:
        archive = ZipFile(file)
    except (BadZipFile, ValueError, EOFError):
        raise damaged() from None
    with archive:
        yield archive


@contextmanager
def open_member(archive: ZipFile, member: ZipInfo) -> Iterator[IO[bytes]]:
    """The unpacked bytes of a member: stored or deflated, not encrypted (else corrupt_file)."""
    if member.flag_bits & _ENCRYPTED:
        raise Unreadable(
            "corrupt_file", "Filen er beskyttet med adgangskode; send den uden adgangskode."
        )
    # Other methods let the sender choose how much memory unpacking takes.
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise Unreadable(
            "corrupt_file", "Filen er pakket med en metode, der ikke læses; brug almindelig zip."
        )
    try:
        opened = archive.open(member)
    except (BadZipFile, NotImplementedError):
        raise damaged() from None
    with opened:
        yield opened


def damaged() -> Unreadable:
    """The failure of a zip or workbook that does not hold together."""
    return Unreadable(
        "corrupt_file", "Filen er beskadiget eller ufuldstændig; dan den igen og send den på ny."
    )


def too_many_members() -> Unreadable:
    """The failure of a zip with more files in it than are read."""
    return Unreadable(
        "too_large", f"Zip-filen rummer over {limits.MAX_MEMBERS} filer; saml dem i færre filer."
    )


def _directory_bytes(file: IO[bytes]) -> int:
    """The size of the table of contents as the end of the file gives it (both forms of it)."""
    length = file.seek(0, 2)
    tail_length = min(length, _END_LENGTH + _LONGEST_COMMENT + _LOCATOR_64_LENGTH + _END_64_LENGTH)
    file.seek(length - tail_length)
    tail = file.read(tail_length)
    file.seek(0)
    end = tail.rfind(_END)
    if end < 0 or len(tail) < end + _END_LENGTH:
        raise damaged()
    (size,) = struct.unpack_from("<L", tail, end + 12)
    locator = end - _LOCATOR_64_LENGTH
    if locator >= _END_64_LENGTH and tail.startswith(_LOCATOR_64, locator):
        (size,) = struct.unpack_from("<Q", tail, locator - _END_64_LENGTH + 40)
    return int(size)
