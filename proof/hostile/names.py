"""File names that are patterns, paths, formulas and commands, beside files they must not reach."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator
from typing import Final

from proof.hostile.cut import files_of
from proof.hostile.judging import Case
from proof.hostile.truth import draw, table

_STEMS: Final = (
    *("*", "?", "[a-z]", "**", "{a,b}", "~", "-rf", "--help", "=cmd|'C calc'!A0", "@SUM(1)"),
    *("$(touch x)", "`touch x`", "; drop table meetings", "' or 1=1 --", '"', "%2e%2e%2f", "a\nb"),
    *(
        "a\tb",
        "a\rb",
        "\u202egnp",
        "a\u0000b".replace("\0", "\x01"),
        "æøå",
        "æøå".encode("cp1252").decode("utf-8", "surrogateescape"),
    ),
    *(
        "con",
        "nul",
        "a" * 240,
        ".." + "a",
        "...",
        " ",
        "a ",
        "file:..",
        "http:..a",
        "s3:..a",
        "<a>",
    ),
    *("a.csv.gz.exe", "a&b", "a|b", "a#b", "a%sb", "{0}", "{}", "\\..\\a", "a;b", "a'b"),
)
_MEMBERS: Final = (
    "../a.csv",
    "/etc/a.csv",
    "..\\a.csv",
    "C:\\a.csv",
    "*.csv",
    "a/../../b.csv",
    "=a.csv",
)


def names(chance: random.Random) -> Iterator[Case]:
    """Each name in a folder where other deliveries lie; and as the name of a member of a zip."""
    for stem in _STEMS:
        for ending in ("csv", "parquet", "xlsx"):
            rows = draw(chance, 4)
            content = files_of(rows)[f"a.{ending}"]
            yield Case("names", f"{stem!r}.{ending}"[:40], content, rows, f"{stem}.{ending}")
    for member in _MEMBERS:
        rows = draw(chance, 4)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr(member, table(rows))
        yield Case("names", f"{member} in a zip", packed.getvalue(), rows, "a.zip")
