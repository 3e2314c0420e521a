"""Workbooks that are not what they seem."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

from proof.hostile.bombs.bomb import MB, Bomb
from proof.hostile.bombs.packed import zipped
from proof.hostile.truth import draw
from proof.hostile.zeros import workbook


def workbooks() -> Iterator[Bomb]:
    """Xlsx."""
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
                file.write(b" " * MB)
            file.write(b"</sheetData>" + rest.partition(b"</sheetData>")[2])


def _shared_text(path: Path) -> None:
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 5000))
    _sheet(path, cells)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace(
        b"samtale_id", b"x" * MB, 1
    )
    path.write_bytes(zipped(parts))
