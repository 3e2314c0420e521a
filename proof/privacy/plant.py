"""Deliveries with invented CPR numbers in every format, column and name, however written."""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from xml.sax.saxutils import escape

import polars as pl
import xlsxwriter  # type: ignore[import-untyped]

MEETINGS: Final = (
    *("samtale_id", "cpr", "samtaletype", "samtaleform", "status", "start", "slut", "aktoer"),
    *("registreret", "indkaldt", "bemaerkning", "system", "kommune", "sagsbehandler"),
)
SPELLS: Final = ("forloeb_id", "cpr", "maalgruppe", "start", "slut", "note")
ABSENCES: Final = ("cpr", "fravaerstype", "start", "slut", "note")
Table = tuple[Sequence[str], list[list[str]]]


@dataclass(frozen=True, slots=True)
class Planted:
    """A file for landing/, and how many of the numbers were put into it."""

    code: str
    day: str
    name: str
    content: bytes
    what: str  # the format, for the table of the proof


def invent(count: int, seed: int = 7) -> list[str]:
    """Distinct numbers of ten digits that begin with a real date; a third of them with 0."""
    draw = random.Random(seed)
    found: dict[str, None] = {}
    while len(found) < count:
        born = date(1940, 1, 1) + timedelta(draw.randrange(24_000))
        found[f"{born:%d%m%y}{draw.randrange(1, 4000):04}"] = None
    return list(found)


def writings(number: str) -> tuple[str, ...]:
    """The ways a clerk writes it."""
    date_, rest = number[:6], number[6:]
    spaced = f"{number[:2]} {number[2:4]} {number[4:6]} {rest}"
    dotted = f"{number[:2]}.{number[2:4]}.{number[4:6]}-{rest}"
    return (
        *(number, f"{date_}-{rest}", f"{date_} {rest}", f"{date_} - {rest}", spaced, dotted),
        *(f"{date_}\u2013{rest}", f"{date_}_{rest}", number.lstrip("0")),
    )


def meetings(numbers: Sequence[str], prefix: str) -> Table:
    """For each number a sound row, and one with the number in a column where it should not be."""
    rows = []
    for place, number in enumerate(numbers):
        ways = writings(number)
        for spoilt in (None, place % len(MEETINGS)):
            row = [
                *(f"{prefix}-{place}-{0 if spoilt is None else 1}", ways[place % 3], "7"),
                *("personligt", "afholdt", "2024-03-04 10:00", "", "jobcenter", "2024-03-05", ""),
                *(f"Borger {ways[place % len(ways)]} ringede fra Ågade", "Momentum", "", "AB"),
            ]
            if spoilt is not None:
                row[spoilt] = ways[(place // 3) % len(ways)]
                if spoilt in {0, 3, 7, 11}:
                    row[spoilt] = f"nr {row[spoilt]}" if place % 2 else row[spoilt]
            rows.append(row)
    return MEETINGS, rows


def spells(numbers: Sequence[str], prefix: str) -> Table:
    """A sound spell of each number, and one with the number in its id or another column."""
    rows = []
    for place, number in enumerate(numbers):
        ways = writings(number)
        rows.append([f"{prefix}-{place}x", ways[place % 2], "6.2", "2024-01-01", "", ways[3]])
        spoilt = [ways[place % len(ways)], number, "6.2", "2024-01-01", "", ""]
        spoilt[2 + place % 4] = ways[place % len(ways)] if place % 2 else spoilt[2 + place % 4]
        rows.append(spoilt)
    return SPELLS, rows


def absences(numbers: Sequence[str]) -> Table:
    """A sound absence of each number, and one with the number as its type."""
    rows = []
    for place, number in enumerate(numbers):
        ways = writings(number)
        rows.append([ways[place % 2], "8", "2024-02-01", "2024-02-09", ways[place % len(ways)]])
        rows.append([number, ways[place % len(ways)], "2024-02-01", "", ""])
    return ABSENCES, rows


def text(table: Table, separator: str = ";", encoding: str = "utf-8") -> bytes:
    """A text table."""
    header, rows = table
    lines = [separator.join(header), *(separator.join(row) for row in rows), ""]
    return "\r\n".join(lines).encode(encoding, "replace")


def xlsx(table: Table, *, numeric: bool = False) -> bytes:
    """A workbook; with `numeric` every bare number is a number cell and loses its zero."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate([list(table[0]), *table[1]]):
            for column, cell in enumerate(row):
                if numeric and cell.isascii() and cell.isdigit():
                    sheet.write_number(place, column, int(cell))
                else:
                    sheet.write_string(place, column, cell)
    return out.getvalue()


def parquet(table: Table, *, numeric: bool = False) -> bytes:
    """A Parquet file; with `numeric` the column of CPR numbers is of whole numbers."""
    frame = pl.DataFrame(table[1], schema=list(table[0]), orient="row")
    if numeric:
        frame = frame.with_columns(pl.col("cpr").str.replace_all(r"\D", "").cast(pl.Int64))
    out = io.BytesIO()
    frame.write_parquet(out)
    return out.getvalue()


def records(table: Table) -> list[dict[str, str]]:
    """Rows as objects."""
    return [dict(zip(table[0], row, strict=True)) for row in table[1]]


def xml(table: Table) -> bytes:
    """XML: a child of the root a row."""
    rows = "".join(
        f"<row>{''.join(f'<{name}>{escape(cell)}</{name}>' for name, cell in row.items())}</row>"
        for row in records(table)
    )
    return f"<?xml version='1.0' encoding='utf-8'?><rows>{rows}</rows>".encode()


def packed(name: str, content: bytes) -> bytes:
    """A zip with one member."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def deliveries(numbers: Sequence[str], day: str = "2024-06-03") -> Iterator[Planted]:
    """Every number in some file, spread over the formats; names and headers hold some too."""
    sound = list(_sound(numbers))
    for place, (name, content, what) in enumerate([*sound, *_names(numbers), *_broken(numbers)]):
        code = ("101", "147", "461", "751")[place % 4]
        yield Planted(code, day, name, content, what)


def _sound(numbers: Sequence[str]) -> Iterator[tuple[str, bytes, str]]:
    shares = [numbers[start::16] for start in range(16)]
    rows = [meetings(share, f"S{place}") for place, share in enumerate(shares)]
    yield "a.csv", text(rows[0]), "csv, UTF-8, ;"
    yield "b.csv", text(rows[1], ",", "utf-8-sig"), "csv, UTF-8 with BOM, comma"
    yield "c.txt", text(rows[2], "\t", "utf-16"), "csv, UTF-16, tab"
    yield "d.csv", text(rows[3], "|", "cp1252"), "csv, Windows-1252, |"
    yield "e.json", json.dumps(records(rows[4])).encode(), "json"
    yield "f.ndjson", "\n".join(map(json.dumps, records(rows[5]))).encode(), "ndjson"
    yield "g.xml", xml(rows[6]), "xml"
    yield "h.xlsx", xlsx(rows[7]), "xlsx, text cells"
    yield "i.xlsx", xlsx(rows[8], numeric=True), "xlsx, number cells"
    yield "j.parquet", parquet(rows[9]), "parquet, texts"
    yield "k.parquet", parquet(rows[10], numeric=True), "parquet, whole numbers"
    yield "l.csv.gz", gzip.compress(text(rows[11])), "csv.gz"
    yield "m.zip", packed("indhold.csv", text(rows[12])), "zip"
    lost = [[c.lstrip("0") if c.isdigit() else c for c in row] for row in rows[13][1]]
    yield (
        "n.csv",
        text((MEETINGS, [[r[0], r[1].replace("-", ""), *r[2:]] for r in lost])),
        "csv, zero lost",
    )
    yield "o.csv", text(spells(shares[14], "F14")), "csv of spells"
    yield "p.xlsx", xlsx(absences(shares[15])), "xlsx of absences"
    yield "q.csv", text(spells(numbers[::3], "F")), "csv of spells"
    swapped = [[row[1], row[0], *row[2:]] for row in meetings(numbers[1::9], "Y")[1]]
    yield "r.csv", text((MEETINGS, swapped)), "csv, id and CPR number swapped"


def _names(numbers: Sequence[str]) -> Iterator[tuple[str, bytes, str]]:
    for place, way in enumerate(writings(numbers[0]) + writings(numbers[5])):
        table = meetings(numbers[place : place + 1], f"N{place}")
        yield f"borger {way} {place}.csv", text(table), "file names"
        yield f"{place}.zip", packed(f"{way}/{way}.csv", text(table)), "names in a zip"
    for place, number in enumerate(numbers[20:26]):
        way = writings(number)[place]
        header, rows = meetings([number], f"H{place}")
        yield f"h{place}.csv", text(((*header[:-1], way), rows)), "header names, extra column"
        yield f"i{place}.csv", text(((way, *header[1:]), rows)), "header names, column missing"
        both = (*header[:-1], f"samtale.{header[1]} {way}")
        yield (
            f"j{place}.csv",
            text(((*both, way, way), [[*row, "", ""] for row in rows])),
            "headers twice",
        )
        yield (
            f"k{place}.csv",
            text((tuple(writings(number)), [list(writings(number))])),
            "no header",
        )


def _broken(numbers: Sequence[str]) -> Iterator[tuple[str, bytes, str]]:
    table = meetings(numbers[40:60], "B")
    yield "broken.xlsx", xlsx(table)[:-200], "broken files"
    yield "broken.zip", packed("x.csv", text(table))[:-30], "broken files"
    yield "broken.csv.gz", gzip.compress(text(table))[:-20], "broken files"
    yield "broken.parquet", parquet(table)[:-50], "broken files"
    yield "broken.json", json.dumps(records(table)).encode()[:-40], "broken files"
    yield (
        "broken.ndjson",
        b"\n".join(b'{"cpr": %d' % int(one) for one in numbers[40:60]),
        "broken files",
    )
    yield "broken.xml", xml(table)[:-60], "broken files"
    entity = f'<!DOCTYPE r [<!ENTITY c "{numbers[41]}">]><r><a>&c;</a></r>'
    yield "entity.xml", entity.encode(), "broken files"
    yield "quotes.csv", text(table).replace(b"Borger", b'"Borger'), "broken files"
    yield "nul.csv", text(table).replace(b"Borger", b"\x00\x00Borger"), "broken files"
    yield "bytes.csv", text(table).replace(b"Borger", b"\xff\xfe\x81"), "broken files"
    yield "wide.csv", text(table).replace(b";7;", b";7;;;;;;;;;;;;;;;;;;7;"), "broken files"
    yield "named.csv", b"", "broken files"
    yield "number.csv", numbers[42].encode(), "broken files"
