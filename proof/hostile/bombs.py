"""Files made to take memory, time or other files: each is written where it is tried."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from proof.hostile.truth import COLUMNS, draw, table
from proof.hostile.zeros import workbook

CANARY: Final = "KANARIE-4712"  # in a file beside the delivery that XML is asked to fetch
_MB: Final = 1 << 20
_HEAD: Final = "samtale_id;cpr;samtaletype;start;status;bemaerkning\n"
_ROW: Final = "1;0101901234;7;2024-01-02;afholdt;"
_GOOD: Final = (_HEAD + _ROW + "\n").encode()


@dataclass(frozen=True, slots=True)
class Bomb:
    """A dangerous file; `rows` is how many rows must be accepted, None where it must be refused."""

    name: str
    file: str
    write: Callable[[Path], object]
    rows: int | None = None


def bombs() -> Iterator[Bomb]:
    """Every dangerous file but the large good ones."""
    yield from _packed()
    yield from _text()
    yield from _marked_up()
    yield from _workbooks()
    yield from _columnar()


def _packed() -> Iterator[Bomb]:
    yield Bomb("gzip, 2 GB of line ends", "a.csv.gz", lambda p: _gzip(p, b"\n" * _MB, 2000))
    yield Bomb(
        "gzip, 2 GB of one row", "a.csv.gz", lambda p: _gzip(p, f"{_ROW}\n".encode() * 20_000, 2800)
    )
    yield Bomb(
        "gzip in gzip", "a.csv.gz", lambda p: p.write_bytes(gzip.compress(gzip.compress(_GOOD)))
    )
    yield Bomb(
        "gzip without end", "a.csv.gz", lambda p: p.write_bytes(gzip.compress(_GOOD * 9999)[:-20])
    )
    yield Bomb("zip, 2.1 GB of zeros", "a.zip", lambda p: _zip(p, {"a.csv": b"\0" * _MB}, 2100))
    yield Bomb("zip in zip", "a.zip", lambda p: _zip(p, {"b.zip": _zipped({"a.csv": _GOOD})}))
    yield Bomb(
        "zip, 100,000 members",
        "a.zip",
        lambda p: _zip(p, {f"{n}.csv": _GOOD for n in range(100_000)}),
    )
    yield Bomb(
        "zip, 1,000 large members",
        "a.zip",
        lambda p: _zip(p, {f"{n}.csv": _GOOD + b"\n" * _MB for n in range(1000)}),
    )
    yield Bomb("zip that lies of its size", "a.zip", _lying_zip)
    yield Bomb(
        "zip packed by lzma",
        "a.zip",
        lambda p: _zip(p, {"a.csv": _GOOD + b"x" * _MB * 90}, method=zipfile.ZIP_LZMA),
    )
    yield Bomb("zip with a password's mark", "a.zip", _locked_zip)


def _text() -> Iterator[Bomb]:
    yield Bomb("10 GB, sparse, csv", "a.csv", _sparse)
    yield Bomb("10 GB, sparse, xlsx", "a.xlsx", _sparse)
    yield Bomb("10 GB, sparse, gzip", "a.csv.gz", _sparse)
    yield Bomb("10 GB, sparse, parquet", "a.parquet", _sparse)
    yield Bomb("1 GB, sparse, csv", "a.csv", lambda p: _sparse(p, 1 << 30))
    yield Bomb("1 GB, sparse, json", "a.json", lambda p: _sparse(p, 1 << 30))
    yield Bomb("a million columns", "a.csv", lambda p: p.write_text("a;" * 1_000_000 + "\n"))
    yield Bomb(
        "a million columns of known names",
        "a.csv",
        lambda p: p.write_text(_HEAD[:-1] + ";cpr" * 1_000_000),
    )
    yield Bomb(
        "a million cells in a row",
        "a.csv",
        lambda p: p.write_text(_HEAD + _ROW + "x;" * 500_000 + "\n" + _ROW + "\n"),
        1,  # the row after it
    )
    yield Bomb(
        "a cell of 50 MB", "a.csv", lambda p: p.write_text(_HEAD + _ROW + "x" * 50 * _MB + "\n")
    )
    yield Bomb(
        "a quoted cell of 50 MB",
        "a.csv",
        lambda p: p.write_text(_HEAD + _ROW + '"' + "x\n" * 25 * _MB + '"\n'),
    )
    yield Bomb(
        "a quote that never closes, 200 MB",
        "a.csv",
        lambda p: p.write_text(_HEAD + '"' + (_ROW + "x\n") * 5_000_000),
    )
    yield Bomb(
        "nothing but quotes, 100 MB", "a.csv", lambda p: p.write_text(_HEAD + '"' * 100 * _MB)
    )
    yield Bomb(
        "a quote in every row, one id, 100 MB",
        "a.csv",
        lambda p: p.write_text(_HEAD + (_ROW + '"a"";""b"\n') * 2_000_000),
        1,
    )
    yield Bomb("a header of 100 MB", "a.csv", lambda p: p.write_text("x" * 100 * _MB))


def _marked_up() -> Iterator[Bomb]:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    documents = {
        "a billion laughs": f'<!DOCTYPE r [<!ENTITY a0 "ha">{laughs}]><r>&a11;</r>',
        "a quadratic entity": (
            f'<!DOCTYPE r [<!ENTITY a "{"x" * 100_000}">]><r>{"&a;" * 50_000}</r>'
        ),
        "an entity of a file": (
            '<!DOCTYPE r [<!ENTITY a SYSTEM "secret.txt">]><r><a><cpr>&a;</cpr></a></r>'
        ),
        "an entity of an address": (
            '<!DOCTYPE r [<!ENTITY a SYSTEM "http://127.0.0.1:9/">]><r>&a;</r>'
        ),
        "a parameter entity": '<!DOCTYPE r [<!ENTITY % a SYSTEM "secret.txt"> %a;]><r/>',
        "a DTD elsewhere": '<!DOCTYPE r SYSTEM "secret.txt"><r/>',
        "an inclusion": (
            '<r xmlns:xi="http://www.w3.org/2001/XInclude">'
            '<xi:include href="secret.txt" parse="text"/></r>'
        ),
        "a style sheet": '<?xml-stylesheet href="secret.txt"?><r/>',
        "300,000 levels": "<a>" * 300_000,
        "a million columns": "<r><a>" + "".join(f"<c{n}/>" for n in range(1_000_000)) + "</a></r>",
        "an attribute of 50 MB": "<r a='" + "x" * 50 * _MB + "'/>",
        "a cell of 50 MB": "<r><a><cpr>" + "x" * 50 * _MB + "</cpr></a></r>",
        "a million attributes": "<r " + " ".join(f"a{n}=''" for n in range(1_000_000)) + "/>",
        "a comment of 100 MB": "<r><!--" + "x" * 100 * _MB + "--></r>",
        "ten million empty rows": "<r>" + "<a/>" * 10_000_000 + "</r>",
    }
    for name, document in documents.items():
        yield Bomb(f"XML, {name}", "a.xml", lambda p, d=document: p.write_text(d))  # type: ignore[misc]
    values = {
        "300,000 levels": "[" * 300_000,
        "300,000 levels of objects": '{"a":' * 300_000,
        "ten million empty lists": '[{"a":[' + "[]," * 10_000_000 + "[]]}]",
        "a number of 5,000,000 digits": "[" + "9" * 5_000_000 + "]",
        "a million columns": "[{" + ",".join(f'"c{n}":1' for n in range(1_000_000)) + "}]",
        "a text of 50 MB": '[{"cpr":"' + "x" * 50 * _MB + '"}]',
        "another column in every row": "["
        + ",".join(f'{{"c{n}":1}}' for n in range(500_000))
        + "]",
        "NaN": '[{"samtale_id":NaN}]',
        "infinity": '[{"samtale_id":1e999}]',
        "half a surrogate": (
            '[{"samtale_id":"\\ud800","cpr":"1","type":"7","fra":"x","status":"y"}]'
        ),
    }
    for name, value in values.items():
        yield Bomb(f"JSON, {name}", "a.json", lambda p, v=value: p.write_text(v))  # type: ignore[misc]


def _workbooks() -> Iterator[Bomb]:
    near = '<row r="1"><c r="A1"><v>1</v></c></row>'
    far = f'{near}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    yield Bomb("xlsx, 300 MB of blanks", "a.xlsx", lambda p: _sheet(p, "", 300))
    yield Bomb("xlsx, two cells far apart", "a.xlsx", lambda p: _sheet(p, far))
    yield Bomb(
        "xlsx, ten million cells",
        "a.xlsx",
        lambda p: _sheet(
            p, "".join(f'<row r="{n}">{"<c><v>1</v></c>" * 10}</row>' for n in range(1, 1_000_000))
        ),
    )
    yield Bomb("xlsx, a long text in every cell", "a.xlsx", _shared_text)
    yield Bomb(
        "xlsx, an entity of a file",
        "a.xlsx",
        lambda p: _sheet(
            p,
            '<row><c t="inlineStr"><is><t>&a;</t></is></c></row>',
            0,
            '<!DOCTYPE a [<!ENTITY a SYSTEM "secret.txt">]>',
        ),
    )


def _columnar() -> Iterator[Bomb]:
    meeting = dict(zip(COLUMNS, [*draw(random.Random(1), 1)[0].cells.values()], strict=True))
    yield Bomb(
        "parquet, 60 million equal rows",
        "a.parquet",
        lambda p: pl.select(
            pl.repeat(text, 60_000_000).alias(name) for name, text in meeting.items()
        ).write_parquet(p),
    )
    yield Bomb(
        "parquet, 20,000 columns",
        "a.parquet",
        lambda p: pl.DataFrame({f"c{n}": [1] for n in range(20_000)}).write_parquet(p),
    )
    yield Bomb(
        "parquet, a text of 200 MB",
        "a.parquet",
        lambda p: pl.DataFrame({**meeting, "bemaerkning": ["x" * 200 * _MB]}).write_parquet(p),
    )
    yield Bomb(
        "parquet in gzip, a text of 200 MB",
        "a.parquet.gz",
        lambda p: _gzipped(p, pl.DataFrame({**meeting, "bemaerkning": ["x" * 200 * _MB]})),
    )
    yield Bomb(
        "parquet, 1 MB in each of 3,000 rows",
        "a.parquet",
        lambda p: (
            pl.DataFrame(meeting)
            .select(pl.exclude("bemaerkning").repeat_by(3000).explode())
            .with_columns(bemaerkning=pl.lit("x" * (_MB - 1)))
            .write_parquet(p)
        ),
    )
    yield Bomb(
        "parquet, its end only",
        "a.parquet",
        lambda p: p.write_bytes(b"PAR1" + b"\xff\xff\xff\x7f" + b"PAR1"),
    )


def _gzipped(path: Path, frame: pl.DataFrame) -> None:
    content = io.BytesIO()
    frame.write_parquet(content)
    path.write_bytes(gzip.compress(content.getvalue(), 1))


def large_and_good() -> Iterator[Bomb]:
    """Files as large as is allowed, and good: they must be read, within the same memory."""
    yield Bomb("good: gzip of 1.9 GB", "a.csv.gz", lambda p: _good(p, 12_500_000), 12_500_000)
    yield Bomb(
        "every row rejected: csv of 500 MB", "a.csv", lambda p: _good(p, 3_300_000, bad=True), 0
    )
    yield Bomb("good: xlsx of 400,000 rows", "a.xlsx", _large_workbook, 400_000)


def _good(path: Path, rows: int, *, citizens: int = 0, bad: bool = False) -> None:
    head, _, body = table(draw(random.Random(7), 1000)).partition("\r\n")
    lines = [line.partition(";")[2] for line in body.splitlines()]
    if bad:
        lines = [f"x{line}" for line in lines]  # no CPR number begins so
    packs = path.suffix == ".gz"
    with gzip.open(path, "wt", 1) if packs else path.open("w") as file:
        file.write(f"{head}\n")
        for first in range(10_000_000, 10_000_000 + rows, 1000):
            if citizens:
                lines = [
                    f"{_citizen((first + n) % citizens)}{line[10:]}" for n, line in enumerate(lines)
                ]
            file.write("".join(f"{first + at};{line}\n" for at, line in enumerate(lines)))


def _citizen(number: int) -> str:
    """One of three million numbers with a real date."""
    born = f"{number % 28 + 1:02}{number // 28 % 12 + 1:02}{50 + number // 336 % 40}"
    return f"{born}{number // 13440:04}"


def _large_workbook(path: Path) -> None:
    rows = draw(random.Random(8), 20)
    many = [rows[number % 20].written(samtale_id=str(number + 1)) for number in range(400_000)]
    path.write_bytes(workbook(many, {}, {"constant_memory": False}))


def _gzip(path: Path, block: bytes, times: int) -> None:
    """Packed pieces one after the other are one gzip file."""
    path.write_bytes(gzip.compress(_HEAD.encode()) + gzip.compress(block) * times)


def _zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
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
    length = 300 * _MB
    content = _zipped({"a.csv": _GOOD + b"\n" * (length - len(_GOOD))})
    path.write_bytes(content.replace(length.to_bytes(4, "little"), (100).to_bytes(4, "little")))


def _locked_zip(path: Path) -> None:
    content = bytearray(_zipped({"a.csv": _GOOD}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)


def _sparse(path: Path, size: int = 10 << 30) -> None:
    with path.open("wb") as file:
        file.truncate(size)


def _sheet(path: Path, rows: str, filler: int = 0, prolog: str = "") -> None:
    """A workbook whose one sheet has these rows, and so many MB of blanks."""
    with zipfile.ZipFile(io.BytesIO(workbook(draw(random.Random(1), 1), {}, {}))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts.pop("xl/worksheets/sheet1.xml")
    start, _, rest = sheet.partition(b"<sheetData>")
    head, mark, tail = start.partition(b"?>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as file:
            file.write(head + mark + prolog.encode() + tail + b"<sheetData>" + rows.encode())
            for _ in range(filler):
                file.write(b" " * _MB)
            file.write(b"</sheetData>" + rest.partition(b"</sheetData>")[2])


def _shared_text(path: Path) -> None:
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 5000))
    _sheet(path, cells)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace(
        b"samtale_id", b"x" * _MB, 1
    )
    path.write_bytes(_zipped(parts))
