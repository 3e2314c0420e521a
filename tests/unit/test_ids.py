"""Ids that a spreadsheet has rounded: many would become one, and replace each other."""

import io
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from pipelines.precheck import Verdict, precheck_file

HEADER = ["samtale_id", "cpr", "samtaletype", "status", "start"]


def checked(tmp_path: Path, *ids: object) -> Verdict:
    """The verdict on a workbook of meetings with these ids."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        for at, meeting_id in enumerate(ids, start=1):
            sheet.write_row(at, 0, [meeting_id, "0101901234", "7", "afholdt", "2024-01-02"])
    path = tmp_path / "a.xlsx"
    path.write_bytes(content.getvalue())
    return precheck_file(path, "101", date(2024, 6, 3))


@pytest.mark.parametrize(
    "ids",
    [
        ("1.23457E+14", "1,23E+15", "4E+99", "1.23457e+16"),
        (12345678901234567, 12345678901234568, 1e15, 1e300),
    ],
)
def test_a_rounded_id_is_no_id(tmp_path: Path, ids: tuple[object, ...]):
    verdict = checked(tmp_path, *ids)
    assert (verdict.accepted, verdict.superseded, verdict.rejected) == (0, 0, 4)
    assert [fault.code for fault in verdict.faults] == ["id_missing"]


def test_other_ids_are_ids(tmp_path: Path):
    ids = ("12345678901234567", 123456789012345, "1E5", "E+14", "1.5", 7, "12E+14", "1E-05")
    assert checked(tmp_path, *ids).accepted == len(ids)
