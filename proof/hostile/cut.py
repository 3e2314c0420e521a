"""Files that were cut while they were sent: at every place, in every format."""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
from collections.abc import Iterator
from typing import Final

from proof.hostile.judging import Case
from proof.hostile.truth import COLUMNS, Meeting, draw, table
from proof.hostile.zeros import parquet, workbook

TEXTS: Final = ("a.csv", "a.txt")  # without anything around them that tells their end
_PLACES: Final = 60  # cuts of a file whose every byte is not tried


def files_of(rows: list[Meeting]) -> dict[str, bytes]:
    """The meetings in every format, by file name."""
    text = table(rows)
    records = [dict(row.cells) for row in rows]
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", text)
    cells = (
        "".join(f"<{name}>{_escaped(row.cells[name])}</{name}>" for name in COLUMNS) for row in rows
    )
    return {
        "a.csv": text.encode(),
        "a.txt": text.encode("utf-16"),
        "a.csv.gz": gzip.compress(text.encode(), mtime=0),
        "a.zip": zipped.getvalue(),
        "a.json": json.dumps(records, ensure_ascii=False).encode(),
        "a.ndjson": "".join(f"{json.dumps(row)}\n" for row in records).encode(),
        "a.xml": f"<rows>{''.join(f'<row>{cell}</row>' for cell in cells)}</rows>".encode(),
        "a.xlsx": workbook(rows, {}, {}),
        "a.parquet": parquet(rows, {}),
    }


def whole(chance: random.Random) -> Iterator[Case]:
    """The same meetings in every format."""
    for _ in range(10):
        rows = draw(chance, 20)
        for name, content in files_of(rows).items():
            yield Case("every format", name, content, rows, name)


def cut(chance: random.Random) -> Iterator[Case]:
    """Every format cut; text at the ends of rows and of cells, where a cut can be seen."""
    rows = draw(chance, 5)
    for name, content in files_of(rows).items():
        places = chance.sample(range(len(content)), _PLACES)
        for place in sorted(places):
            if name in TEXTS and in_open_cells(content, place, name):
                continue
            yield Case("cut while sent", name, content[:place], rows, name, is_cut=True)


def in_open_cells(content: bytes, place: int, name: str) -> bool:
    """Whether a cut leaves a row that has all it must have, the last of it perhaps cut short."""
    is_wide = name == TEXTS[1]
    text = content[: place - place % (1 + is_wide)].decode(
        "utf-16" if is_wide else "utf-8", "ignore"
    )
    return text.rpartition("\n")[2].count(";") >= COLUMNS.index("start")


def _escaped(cell: str) -> str:
    return cell.replace("&", "&amp;").replace("<", "&lt;")
