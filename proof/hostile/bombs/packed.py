"""Archives that unpack to far more than they are."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from proof.hostile.bombs.bomb import HEAD, MB, ROW, Bomb

_GOOD: Final = (HEAD + ROW + "\n").encode()


def packed() -> Iterator[Bomb]:
    """Gzip and zip."""
    yield Bomb("gzip, 2 GB of line ends", "a.csv.gz", lambda p: _gzip(p, b"\n" * MB, 2000))
    yield Bomb(
        "gzip, 2 GB of one row", "a.csv.gz", lambda p: _gzip(p, f"{ROW}\n".encode() * 20_000, 2800)
    )
    yield Bomb(
        "gzip in gzip", "a.csv.gz", lambda p: p.write_bytes(gzip.compress(gzip.compress(_GOOD)))
    )
    yield Bomb(
        "gzip without end", "a.csv.gz", lambda p: p.write_bytes(gzip.compress(_GOOD * 9999)[:-20])
    )
    yield Bomb("zip, 2.1 GB of zeros", "a.zip", lambda p: _zip(p, {"a.csv": b"\0" * MB}, 2100))
    yield Bomb("zip in zip", "a.zip", lambda p: _zip(p, {"b.zip": zipped({"a.csv": _GOOD})}))
    yield Bomb(
        "zip, 100,000 members",
        "a.zip",
        lambda p: _zip(p, {f"{n}.csv": _GOOD for n in range(100_000)}),
    )
    yield Bomb(
        "zip, 1,000 large members",
        "a.zip",
        lambda p: _zip(p, {f"{n}.csv": _GOOD + b"\n" * MB for n in range(1000)}),
    )
    yield Bomb("zip that lies of its size", "a.zip", _lying_zip)
    yield Bomb(
        "zip packed by lzma",
        "a.zip",
        lambda p: _zip(p, {"a.csv": _GOOD + b"x" * MB * 90}, method=zipfile.ZIP_LZMA),
    )
    yield Bomb("zip with a password's mark", "a.zip", _locked_zip)


def _gzip(path: Path, block: bytes, times: int) -> None:
    """Packed pieces one after the other are one gzip file."""
    path.write_bytes(gzip.compress(HEAD.encode()) + gzip.compress(block) * times)


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The bytes of a zip with these members."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return content.getvalue()


def _zip(
    path: Path, members: dict[str, bytes], times: int = 1, method: int = zipfile.ZIP_DEFLATED
) -> None:
    with zipfile.ZipFile(path, "w", method, compresslevel=1) as archive:
        for name, member in members.items():
            with archive.open(name, "w", force_zip64=True) as file:
                for _ in range(times):
                    file.write(member)


def _lying_zip(path: Path) -> None:
    """Says everywhere that 100 bytes come out of what is 300 MB."""
    length = 300 * MB
    content = zipped({"a.csv": _GOOD + b"\n" * (length - len(_GOOD))})
    path.write_bytes(content.replace(length.to_bytes(4, "little"), (100).to_bytes(4, "little")))


def _locked_zip(path: Path) -> None:
    content = bytearray(zipped({"a.csv": _GOOD}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
