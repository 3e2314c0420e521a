"""What encoding a text is in, told by strict decoding alone, and the same text as UTF-8.

Fixed order: byte order mark, strict UTF-8, strict Windows-1252 that reads like Danish. A DOS or
Macintosh text also decodes as Windows-1252, but its æ, ø and å come out as marks inside words.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipelines.deliveries.containers import Source
from pipelines.deliveries.unreadable import Unreadable

_UNDEFINED = (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")  # in Windows-1252
_LETTER = rb"[A-Za-z\xc0-\xd6\xd8-\xf6\xf8-\xff]"
_SMALL = rb"[a-z\xdf-\xf6\xf8-\xff]"
# DOS (437, 850, 865) writes å æ ø é ä as 86 91 9B 82 84, Macintosh å æ ø as 8C BE BF; in
# Windows-1252 these are a dagger, quotation marks, OE, three quarters, a turned question mark.
# After Ã (C3) they are neither: there they are æøå encoded twice, which headers and words forgive.
_MARKS = (b"\x86", b"\x91", b"\x9b", b"\x82", b"\x84", b"\x8c", b"\xbe", b"\xbf")
_STRANGE = re.compile(
    rb"%(letter)b(?<!\xc3)[\x86\x9b\x8c\xbe\xbf]"
    rb"|%(small)b[\x82\x84\x91](?=%(small)b)"
    rb"|(?<![\w\xc0-\xff])[\x86\x8c\xbe\xbf](?=%(small)b)" % {b"letter": _LETTER, b"small": _SMALL}
)
_NATURAL = "æøåÆØÅéöä".encode("cp1252")
_NATURAL_TO_STRANGE = 20  # a true Windows-1252 text may hold some damaged words


@dataclass(frozen=True, slots=True)
class Text:
    """A source whose encoding is known: utf-8, utf-16 or windows-1252."""

    source: Source
    encoding: str

    def blocks(self, size: int | None = None) -> Iterator[bytes]:
        """The text from its start as UTF-8 without byte order mark, in blocks."""
        blocks = self.source.blocks(size)
        if self.encoding == "utf-8":
            return _without_mark(blocks)
        return _recoded(blocks, "utf-16" if self.encoding == "utf-16" else "cp1252")


def read_text(source: Source) -> Text:
    """Tell a text's encoding by decoding all of it. Raises Unreadable: encoding_unknown."""
    start = next(source.blocks(len(codecs.BOM_UTF8)), b"")
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        is_readable = _decodes(source.blocks(), "utf-16")
        encoding = "utf-16"
    elif _decodes(source.blocks(), "utf-8"):
        is_readable, encoding = True, "utf-8"
    else:
        is_readable = not start.startswith(codecs.BOM_UTF8) and _reads_like_danish(source.blocks())
        encoding = "windows-1252"
    if not is_readable:
        raise Unreadable(
            "encoding_unknown",
            "Filens tegnsæt kunne ikke genkendes; gem filen som UTF-8, og send den igen.",
        )
    return Text(source, encoding)


def _decodes(blocks: Iterable[bytes], encoding: str) -> bool:
    """Whether all of it decodes, with no NUL in it."""
    decoder = codecs.getincrementaldecoder(encoding)()
    nul = "\0"
    try:
        for block in blocks:
            if nul in decoder.decode(block):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _reads_like_danish(blocks: Iterable[bytes]) -> bool:
    strange = natural = 0
    for block in blocks:
        if any(mark in block for mark in (*_UNDEFINED, b"\0")):
            return False
        natural += len(block) - len(block.translate(None, _NATURAL))
        if any(mark in block for mark in _MARKS):
            strange += sum(1 for _ in _STRANGE.finditer(block))
    return strange * _NATURAL_TO_STRANGE <= natural


def _without_mark(blocks: Iterable[bytes]) -> Iterator[bytes]:
    iterator = iter(blocks)
    yield next(iterator, b"").removeprefix(codecs.BOM_UTF8)
    yield from iterator


def _recoded(blocks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)()
    for block in blocks:
        yield decoder.decode(block).encode()
