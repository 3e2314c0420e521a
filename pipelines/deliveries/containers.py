"""Streams of bytes out of a delivery: the file itself, gzip, or the members of a zip.

A file's name is data: it decides the container by its ending and is opened by this module only.
"""

from __future__ import annotations

import gzip
import stat
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipInfo

from pipelines.deliveries import limits
from pipelines.deliveries.unreadable import Unreadable
from pipelines.deliveries.zips import damaged, open_member, open_zip, too_many_members

TEXT_TABLES = ("csv", "txt", "tsv")
FORMATS = (*TEXT_TABLES, "xlsx", "json", "ndjson", "jsonl", "parquet", "xml")
_ARRIVING = (".part", ".tmp", ".filepart")


@dataclass(slots=True)
class Source:
    """One delivered table as a stream of bytes that can be read more than once."""

    format: str  # one of FORMATS
    open: Callable[[], AbstractContextManager[IO[bytes]]]
    meter: limits.Meter | None  # None where the bytes lie on disk as they are
    _counted: int = field(default=0, init=False)

    def blocks(self, size: int | None = None) -> Iterator[bytes]:
        """The content from its start, in blocks of `size` bytes; only the last may be shorter.

        Raises Unreadable: corrupt_file, too_large.
        """
        size = limits.BLOCK if size is None else size
        done = 0
        with self.open() as stream:
            while block := _read_full(stream, size):
                done += len(block)
                if self.meter is not None and done > self._counted:
                    self.meter.count(done - self._counted)
                    self._counted = done
                yield block

    @contextmanager
    def whole(self) -> Iterator[IO[bytes]]:
        """The content as a file that can be sought in: the one on disk, or unpacked in memory."""
        if self.meter is None:
            with self.open() as stream:
                yield stream
            return
        content = BytesIO()
        for block in self.blocks(limits.SMALL_BLOCK):
            content.write(block)
            limits.refuse_unpacked(content.tell(), limits.MAX_WHOLE)
        content.seek(0)
        yield content


def is_zip(name: str) -> bool:
    """Whether a file of this name holds several tables."""
    return name.lower().endswith(".zip")


def open_file(path: Path) -> Source:
    """The one table in a file that is not a zip. Raises Unreadable: kind_unknown."""
    format_, is_gzip = _format_of(path.name)
    if not is_gzip:
        return Source(format_, lambda: path.open("rb"), None)
    return Source(format_, lambda: _unzipped(path.open("rb")), meter_of(path))


def list_members(path: Path) -> list[ZipInfo]:
    """The files in a zip in name order, without folders and what is hidden or still arriving.

    Raises Unreadable: corrupt_file, too_large, empty_file.
    """
    with path.open("rb") as file, open_zip(file) as archive:
        members = [member for member in archive.infolist() if _is_delivered(member)]
    if not members:
        raise Unreadable("empty_file", "Zip-filen er tom; læg filerne i den, og send den igen.")
    if len(members) > limits.MAX_MEMBERS:
        raise too_many_members()
    limits.refuse_bomb(
        path.stat().st_size, sum(member.file_size for member in members), limits.MAX_UNPACKED
    )
    return sorted(members, key=lambda member: member.filename)


def open_zipped(path: Path, member: ZipInfo, meter: limits.Meter) -> Source:
    """The table in a member of a zip. Raises Unreadable: kind_unknown, corrupt_file."""
    if is_zip(member.filename):
        raise Unreadable(
            "corrupt_file", "En zip-fil i en zip-fil læses ikke; læg filerne direkte i én zip."
        )
    format_, is_gzip = _format_of(member.filename)
    return Source(format_, _member_opener(path, member, is_gzip), meter)


def meter_of(path: Path) -> limits.Meter:
    """One meter for all that is unpacked from a file."""
    return limits.Meter(path.stat().st_size)


def refuse_oversize(path: Path) -> None:
    """Look at a file before anything of it is read. Raises Unreadable: too_large, corrupt_file."""
    facts = path.stat()
    if not stat.S_ISREG(facts.st_mode):
        raise Unreadable("corrupt_file", "Leverancen er ikke en almindelig fil; send en fil.")
    if facts.st_size > limits.LARGEST_FILE:
        raise Unreadable(
            "too_large",
            f"Filen fylder over {limits.LARGEST_FILE >> 30} GB; del den i mindre filer.",
        )


def _format_of(name: str) -> tuple[str, bool]:
    """The format a name ends in, and whether it is gzipped. Raises Unreadable: kind_unknown."""
    lowered = name.lower()
    stem = lowered.removesuffix(".gz")
    format_ = stem.rpartition(".")[2] if "." in stem else ""
    if format_ not in FORMATS:
        raise Unreadable(
            "kind_unknown",
            f"Filtypen læses ikke; send en af typerne {', '.join(FORMATS)}, evt. som gz eller zip.",
        )
    return format_, stem != lowered


def _is_delivered(member: ZipInfo) -> bool:
    name = member.filename.rpartition("/")[2]
    return not (
        member.is_dir()
        or name.startswith(".")
        or name.lower().endswith(_ARRIVING)
        or member.filename.startswith("__MACOSX/")
    )


def _member_opener(
    path: Path, member: ZipInfo, is_gzip: bool
) -> Callable[[], AbstractContextManager[IO[bytes]]]:
    @contextmanager
    def open_it() -> Iterator[IO[bytes]]:
        with (
            path.open("rb") as file,
            open_zip(file) as archive,
            open_member(archive, member) as unpacked,
        ):
            if is_gzip:
                with _unzipped(unpacked) as inner:
                    yield inner
            else:
                yield unpacked

    return open_it


@contextmanager
def _unzipped(packed: IO[bytes]) -> Iterator[IO[bytes]]:
    with packed, BufferedReader(gzip.GzipFile(fileobj=packed, mode="rb")) as stream:
        yield stream


def _read_full(stream: IO[bytes], size: int) -> bytes:
    """Up to `size` bytes, fewer only at the end; a broken container is corrupt_file."""
    parts: list[bytes] = []
    missing = size
    try:
        while missing and (part := stream.read(missing)):
            parts.append(part)
            missing -= len(part)
    except BadZipFile:
        raise damaged() from None
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise Unreadable(
            "corrupt_file",
            "Den pakkede fil er beskadiget eller ufuldstændig; pak den igen, og send den på ny.",
        ) from None
    return parts[0] if len(parts) == 1 else b"".join(parts)
