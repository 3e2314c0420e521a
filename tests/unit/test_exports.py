"""Files for spreadsheets: Danish to look at, and no cell that runs as a formula."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from pipelines.exports import Sheet, write_csv, write_workbook

HOSTILE = ["=1+1", "@x", "-2", "+45", "\t=1", " =1", "＝1", "'", "F1", None]  # noqa: RUF001 - full width is meant


def table() -> pl.DataFrame:
    size = len(HOSTILE)
    return pl.DataFrame(
        {
            "spell_id": HOSTILE,
            "meeting_id": HOSTILE[::-1],
            "due_on": [date(2024, 6, 3)] * size,
            "days_left": [-1] * size,
            "share": [0.5] * size,
            "modes": [["in_person", "phone"]] * size,
        }
    )


def test_a_csv_opens_in_danish_excel_and_runs_nothing(tmp_path: Path):
    file = tmp_path / "liste.csv"
    write_csv(file, table(), {"due_on": "Frist"})
    written = file.read_bytes()
    assert written.startswith(b"\xef\xbb\xbf")
    lines = written.decode("utf-8-sig").split("\r\n")
    assert lines[0] == "spell_id;meeting_id;Frist;days_left;share;modes"
    assert lines[1] == "'=1+1;;03-06-2024;-1;0,5;in_person, phone"
    cells = [line.split(";")[0] for line in lines[1:-1]]
    assert cells == ["'=1+1", "'@x", "'-2", "'+45", "'\t=1", "' =1", "'＝1", "'", "F1", ""]  # noqa: RUF001


@pytest.mark.parametrize("rows", [table(), table().clear()], ids=["rows", "no rows"])
def test_a_workbook_holds_texts_as_texts(tmp_path: Path, rows: pl.DataFrame):
    file = tmp_path / "liste.xlsx"
    write_workbook(file, [("Udgivelse", "=1+1")], [Sheet("Liste", rows, {"due_on": "Frist"})])
    book = CalamineWorkbook.from_path(str(file))
    assert book.sheet_names == ["Læs mig", "Liste"]
    head, *cells = book.get_sheet_by_name("Liste").to_python()
    assert head == ["spell_id", "meeting_id", "Frist", "days_left", "share", "modes"]
    assert [row[0] for row in cells] == [text or "" for text in HOSTILE][: len(cells)]
    assert len(cells) == rows.height
