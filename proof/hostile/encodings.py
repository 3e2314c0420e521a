"""Danish text in every encoding that a Danish system has written, and in what damages it."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Final

from proof.hostile.judging import Case
from proof.hostile.truth import draw, table

# Danish code pages that Python lacks, as the page it has and the letters that stand elsewhere.
_EBCDIC_DK: Final = str.maketrans("æøåÆØÅ", "{¦}#@$")
_SEVEN_BITS_DK: Final = str.maketrans("æøåÆØÅ", "{|}[\\]")

_CODECS: Final = (
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp1252"),
    *("latin-1", "iso8859_15", "iso8859_4", "iso8859_9", "iso8859_10", "iso8859_13", "iso8859_14"),
    *("cp1250", "cp1254", "cp1257", "cp437", "cp850", "cp858", "cp861", "cp865", "mac_roman"),
    *("mac_iceland", "hp_roman8", "cp037", "cp500", "cp1140"),
)
# In which Ø is other letters or signs of good ASCII or Windows-1252, or cannot be written at all.
UNSEEN: Final = ("utf-7", "ISO 646-DK (DS 2089)", "hp_roman8", "cp1250", "cp437")
ENCODERS: Final[dict[str, Callable[[str], bytes]]] = {
    **{codec: lambda text, codec=codec: text.encode(codec, "replace") for codec in _CODECS},  # type: ignore[misc]
    "EBCDIC 277 (Danish)": lambda text: text.translate(_EBCDIC_DK).encode("cp037", "replace"),
    "ISO 646-DK (DS 2089)": lambda text: text.translate(_SEVEN_BITS_DK).encode("ascii", "replace"),
}


def encodings(chance: random.Random) -> Iterator[Case]:
    """Every encoder over files with many Danish letters, few, and Danish letters in the ids."""
    for name, encode in ENCODERS.items():
        for separator in (";", "\t"):
            rows = draw(chance, 20)
            text = table(rows, separator=separator)
            yield Case("encodings", f"{name}, many letters", encode(text), rows)
        words = {"samtaletype": "7", "samtaleform": "2", "status": "afholdt", "aktoer": "jobcenter"}
        facts = {"type": "7", "mode": "phone", "status": "held", "actor": "municipality"}
        plain = [row.written(**words, bemaerkning="").meaning(**facts) for row in draw(chance, 6)]
        one = [*plain[:5], plain[5].written(status="Gennemført")]
        yield Case("encodings", f"{name}, one letter", encode(table(one)), one)
        if name not in UNSEEN:
            named = draw(chance, 20, prefix="SØ")
            yield Case("encodings", f"{name}, letters in ids", encode(table(named)), named)


def _seen_as(codec: str) -> Callable[[str], str]:
    return lambda text: text.encode("utf-8").decode(codec, "replace")


_DAMAGES: Final[dict[str, Callable[[str], str]]] = {
    "UTF-8 seen as Windows-1252": _seen_as("cp1252"),
    "UTF-8 seen as Latin-1": _seen_as("latin-1"),
    "UTF-8 seen as Macintosh": _seen_as("mac_roman"),
    "UTF-8 seen as DOS 850": _seen_as("cp850"),
    "UTF-8 seen as DOS 865": _seen_as("cp865"),
    "twice over": lambda text: _seen_as("cp1252")(_seen_as("cp1252")(text)),
    "Windows-1252 seen as DOS 850": lambda t: t.encode("cp1252", "replace").decode("cp850"),
    "DOS 865 seen as Windows-1252": lambda t: t.encode("cp865", "replace").decode(
        "cp1252", "replace"
    ),
    "letters lost to ?": lambda text: text.encode("ascii", "replace").decode(),
    "letters lost to U+FFFD": lambda t: t.encode("cp1252", "replace").decode("utf-8", "replace"),
    "letters dropped": lambda text: text.encode("ascii", "ignore").decode(),
    "letters apart from their rings (NFD)": lambda text: unicodedata.normalize("NFD", text),
    "compatible forms (NFKC)": lambda text: unicodedata.normalize("NFKC", text),
    "as ae, oe, aa": lambda t: (
        t.replace("æ", "ae").replace("ø", "oe").replace("å", "aa").replace("Ø", "Oe")
    ),
    "as o with stroke, German": lambda text: text.translate(str.maketrans("æøåØ", "äöaÖ")),
    "as HTML": lambda text: text.encode("ascii", "xmlcharrefreplace").decode().replace(";", ""),
    "as \\u escapes": lambda text: text.encode("ascii", "backslashreplace").decode(),
    "hard blanks": lambda text: text.replace(" ", "\u00a0"),
    "soft hyphens": lambda text: text.replace("ss", "s\u00ads"),
    "invisible blanks": lambda text: text.replace("t", "t\u200b"),
    "a byte order mark in every row": lambda text: text.replace("\r\n", "\r\n\ufeff"),
    "in capitals": str.upper,
    "Cyrillic lookalikes": lambda text: text.translate(str.maketrans("aeo", "\u0430\u0435\u043e")),
    "full-width digits": lambda t: t.translate({48 + n: 0xFF10 + n for n in range(10)}),
    "Arabic digits": lambda text: text.translate({48 + n: 0x660 + n for n in range(10)}),
    "right-to-left marks": lambda text: text.replace(";", "\u200f;"),
}


def mojibake(chance: random.Random) -> Iterator[Case]:
    """Text that was damaged before it was written, as UTF-8 and where it fits as Windows-1252."""
    for name, damage in _DAMAGES.items():
        for _ in range(3):
            rows = draw(chance, 20)
            text = damage(table(rows))
            yield Case("mojibake", name, text.encode("utf-8", "surrogatepass"), rows)
            with suppress(UnicodeEncodeError):
                yield Case("mojibake", f"{name}, cp1252", text.encode("cp1252"), rows)
