"""Separators, quotes and line ends where they do harm."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator
from typing import Final

from proof.hostile.judging import Case
from proof.hostile.truth import COLUMNS, Meeting, draw, table

# Remarks that decide no mode; each goes through the writers below.
_TRAPS: Final = (
    *('Sagde "ja"', '"', '""', '"""', '"x', 'x"', '";"', "a;b", "a;b;c;d;e;f;g;h;i;j;k;l;m"),
    *("linje et\nlinje to", "linje et\r\nlinje to", "linje et\rlinje to", "\n", "\n\n\nx", "a\tb"),
    *("a|b", "a,b", "'a;b'", "\\", '\\"', 'a\\";b', "a\\nb", "\\;", "\x0b\x0c", "\x1c\x1d\x1e\x1f"),
    *("\x85", "\u2028\u2029", "=1+1", "+45 12345678", "-", "@x", "=cmd|' /C calc'!A0", "'=1"),
    *("\x00", "\ufeff", "\x1a", "sep=;", "#", "--", "<b>", "&amp;", "%0A", "x" * 40_000, "\u202e"),
    *('1";"2";"3', '"\n"', 'x"\n"y;', '";\n";', "\ud7ff\U0010ffff", "NULL", "nan", "None", "\\N"),
)


def _plain(rows: list[Meeting], separator: str, end: str) -> str:
    """Joined without any quotes, as careless programs do."""
    lines = [COLUMNS, *([row.cells[column] for column in COLUMNS] for row in rows)]
    return end.join(separator.join(line) for line in lines) + end


def _backslashed(rows: list[Meeting], separator: str, end: str) -> str:
    """Quotes inside quotes escaped with a backslash, as databases do."""
    lines = [list(COLUMNS), *([row.cells[column] for column in COLUMNS] for row in rows)]
    quoted = (['"' + cell.replace('"', '\\"') + '"' for cell in line] for line in lines)
    return end.join(separator.join(line) for line in quoted) + end


def _undoubled(rows: list[Meeting], separator: str, end: str) -> str:
    """Quoted, but quotes inside left single."""
    lines = [list(COLUMNS), *([row.cells[column] for column in COLUMNS] for row in rows)]
    return end.join(separator.join(f'"{cell}"' for cell in line) for line in lines) + end


_WRITERS: Final[dict[str, Callable[[list[Meeting], str, str], str]]] = {
    "as RFC 4180": lambda rows, sep, end: table(rows, separator=sep, end=end),
    "all quoted": lambda rows, sep, end: table(rows, separator=sep, end=end, quoting=csv.QUOTE_ALL),
    "unquoted": _plain,
    "backslashes": _backslashed,
    "single quotes inside": _undoubled,
}


def quotes(chance: random.Random) -> Iterator[Case]:
    """Every trap in a remark, through every writer."""
    for trap in _TRAPS:
        for name, write in _WRITERS.items():
            separator = chance.choice((";", ",", "\t", "|"))
            end = chance.choice(("\r\n", "\n", "\r"))
            rows = draw(chance, 7)
            at = next((at for at, row in enumerate(rows) if row.cells["samtaleform"]), 0)
            rows[at] = rows[at].written(samtaleform="2", bemaerkning=trap).meaning(mode="phone")
            text = write(rows, separator, end)
            yield Case("quotes and line ends", f"{name}: {trap[:20]!r}", text.encode(), rows)


def lines(chance: random.Random) -> Iterator[Case]:
    """Blank lines, notes above the header, ends that differ, and cells too few or too many."""
    for _ in range(10):
        rows = draw(chance, 12)
        text = table(rows)
        head, *body = text.split("\r\n")[:-1]
        shapes = {
            "no end of the last line": text.removesuffix("\r\n"),
            "blank lines": "\r\n\r\n".join([head, *body]),
            "lines of separators": ("\r\n" + ";" * 11 + "\r\n").join([head, *body]),
            "blank lines above": "\r\n;;;\r\n\r\n" + text,
            "Excel's sep": "sep=;\r\n" + text,
            "a title above": "Udtræk af samtaler\r\n" + text,
            "mixed ends": "".join(
                line + chance.choice(("\n", "\r\n", "\r")) for line in (head, *body)
            ),
            "header twice": "\r\n".join([head, *body[:6], head, *body[6:], ""]),
            "a total below": text + "I alt;;;;;12;;;;;;\r\n",
            "a separator at the end of rows": "\r\n".join([head, *(f"{line};" for line in body)]),
            "a cell too many": "\r\n".join([head, *(f"{line};x" for line in body)]),
            "a cell too few": "\r\n".join([head, *(line.rpartition(";")[0] for line in body)]),
            "a cell shifted in": "\r\n".join([head, *(f"x;{line}" for line in body)]),
            "a cell shifted out": "\r\n".join([head, *(line.partition(";")[2] for line in body)]),
            "two files in one": text + text,
            "DOS end of file": text + "\x1a",
            "NUL at the end": text + "\0" * 512,
            "decimal comma of columns": text.replace(";", ","),
        }
        for name, shape in shapes.items():
            meant = [row.written(system="") for row in rows] if name == "a cell too few" else rows
            yield Case("lines", name, shape.encode(), meant)
