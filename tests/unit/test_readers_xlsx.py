"""Workbooks: typed cells, titles, several sheets, and workbooks made to harm."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from pipelines.deliveries import limits
from pipelines.deliveries.opening import open_delivery
from pipelines.deliveries.unreadable import Unreadable

HEADER = ["samtale_id", "cpr", "samtaletype", "start", "status"]
MEETING = ["1", "0101901234", "7", "2024-01-02", "afholdt"]
SPELLS = ["forloeb_id", "cpr", "maalgruppe", "start"]
moment = dt.datetime.fromisoformat
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

Deliver = Callable[..., Path]


@pytest.fixture
def workbook(tmp_path: Path):
    def write(sheets: dict[str, list[list[object]]], hidden: tuple[str, ...] = ()) -> Path:
        path = tmp_path / "a.xlsx"
        with xlsxwriter.Workbook(path) as book:
            formats = {
                dt.date: book.add_format({"num_format": "dd-mm-yyyy"}),
                dt.datetime: book.add_format({"num_format": "dd-mm-yyyy hh:mm"}),
            }
            for name, rows in sheets.items():
                sheet = book.add_worksheet(name)
                if name in hidden:
                    sheet.hide()
                for line, row in enumerate(rows):
                    for column, value in enumerate(row):
                        sheet.write(line, column, value, formats.get(type(value)))
        return path

    return write


def read(path: Path) -> pl.DataFrame:
    return pl.concat(open_delivery(path).frames)


def refusal(path: Path) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        list(open_delivery(path).frames)
    return caught.value


def rewrite(path: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """The workbook with one part changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, change(content) if part == name else content)
    return path


def with_sheet(path: Path, rows: str) -> Path:
    """The workbook with other rows in its first sheet."""
    sheet = f'<?xml version="1.0"?><worksheet xmlns="{NAMESPACE}"><sheetData>{rows}</sheetData>'
    return rewrite(path, "xl/worksheets/sheet1.xml", lambda _: f"{sheet}</worksheet>".encode())


def inline(text: str, place: str = "") -> str:
    return f'<c {place} t="inlineStr"><is><t>{text}</t></is></c>'


def test_a_workbook_has_no_encoding_and_no_separator(workbook: Deliver):
    opened = open_delivery(workbook({"Ark1": [HEADER, MEETING]}))
    assert (opened.kind, opened.encoding, opened.separator) == ("meetings", None, None)
    assert pl.concat(opened.frames).row(0) == (*MEETING, False, 1)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (dt.date(2024, 1, 2), "2024-01-02"),
        (moment("2024-01-02"), "2024-01-02"),
        (moment("2024-01-02T09:05"), "2024-01-02T09:05:00"),
        (moment("2024-01-02T09:20:59.999600"), "2024-01-02T09:21:00"),
        (45293, "45293"),
        (True, "true"),
        (1.5, "1.5"),
        (" 02-01-2024 ", "02-01-2024"),
        ("", None),
        (None, None),
    ],
)
def test_cells_become_the_text_a_person_would_write(
    workbook: Deliver, value: object, text: str | None
):
    path = workbook({"Ark1": [HEADER, ["1", "", "", value, ""]]})
    assert read(path)["start"].to_list() == [text]


def test_times_made_by_adding_fractions_are_rounded_to_the_second(workbook: Deliver):
    tenths = [moment("2024-01-02") + dt.timedelta(minutes=6 * step) for step in range(1, 240)]
    path = workbook({"Ark1": [HEADER, *(["1", "", "", tenth, ""] for tenth in tenths)]})
    assert read(path)["start"].to_list() == [tenth.isoformat() for tenth in tenths]


def test_nine_digit_numbers_are_cpr_numbers_without_their_zero(workbook: Deliver):
    rows = [[str(row), cpr, "", "", ""] for row, cpr in enumerate((101901234, "101901234", 311299))]
    assert read(workbook({"Ark1": [HEADER, *rows]}))["cpr"].to_list() == [
        "0101901234",
        "101901234",
        "311299",
    ]


def test_a_target_group_in_a_number_cell_may_be_two_groups(workbook: Deliver):
    groups = [6.1, 6.2, 2.11, 2.1, "6.1", "6.10", 6]
    rows = [[str(row), "", group, ""] for row, group in enumerate(groups)]
    assert read(workbook({"Ark1": [SPELLS, *rows]}))["maalgruppe"].to_list() == [
        "6.1 (talcelle)",
        "6.2",
        "2.11",
        "2.1",
        "6.1",
        "6.10",
        "6",
    ]


def test_titles_above_the_header_are_skipped(workbook: Deliver):
    titles = [["Samtaler i kommunen", None, "Status"], [], ["Type", "Alle"]]
    path = workbook({"Ark1": [*titles, ["", *HEADER], [], ["", *MEETING], [""], ["", *MEETING]]})
    frame = read(path)
    assert frame["source_row"].to_list() == [1, 2]
    assert frame.row(0)[:5] == tuple(MEETING)


def test_a_header_below_the_titles_is_not_found(workbook: Deliver):
    rows: list[list[object]] = [["titel"]] * 20
    assert refusal(workbook({"Ark1": [*rows, HEADER, MEETING]})).reason == "kind_unknown"


def test_cells_beyond_the_header_make_a_row_too_long(workbook: Deliver):
    path = workbook({"Ark1": [HEADER, [*MEETING, "x"], [*MEETING, " "], MEETING]})
    assert read(path)["row_too_long"].to_list() == [True, False, False]


def test_sheets_with_a_header_are_read_in_order_and_others_left_out(workbook: Deliver):
    path = workbook(
        {
            "Forside": [["Velkommen"]],
            "2024": [HEADER, MEETING],
            "Skjult": [SPELLS, ["1"]],
            "Tom": [],
            "2023": [["udtræk"], HEADER[::-1], MEETING[::-1], MEETING[::-1]],
        },
        hidden=("Skjult",),
    )
    frame = pl.concat(open_delivery(path).frames, how="diagonal")
    assert frame["source_row"].to_list() == [1, 2, 3]
    assert frame["cpr"].unique().to_list() == ["0101901234"]


def test_sheets_of_different_kinds_are_mixed(workbook: Deliver):
    error = refusal(workbook({"A": [HEADER, MEETING], "B": [SPELLS, ["1"]]}))
    assert error.reason == "mixed_kinds"
    assert "B" in error.message_da


def test_a_sheet_that_lacks_a_column_is_named(workbook: Deliver):
    error = refusal(workbook({"A": [HEADER, MEETING], "Ark B": [HEADER[:-1], MEETING]}))
    assert error.reason == "header_incomplete"
    assert "Ark B" in error.message_da


def test_no_header_no_rows_no_cells(workbook: Deliver):
    assert refusal(workbook({"A": [["a", "b"], ["1", "2"]]})).reason == "kind_unknown"
    assert refusal(workbook({"A": []})).reason == "empty_file"
    assert list(open_delivery(workbook({"A": [HEADER]})).frames) == []


def test_frames_are_bounded_and_chunks_change_nothing(
    workbook: Deliver, monkeypatch: pytest.MonkeyPatch
):
    path = workbook({"A": [HEADER, *([str(row), *MEETING[1:]] for row in range(25))]})
    whole = read(path)
    monkeypatch.setattr(limits, "FRAME_ROWS", 4)
    frames = list(open_delivery(path).frames)
    assert max(frame.height for frame in frames) == 4
    assert pl.concat(frames).equals(whole)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        b"samtale_id;cpr",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    ],
    ids=["nothing", "begun", "text", "password"],
)
def test_what_is_no_workbook_is_corrupt(tmp_path: Path, content: bytes):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert refusal(path).reason == "corrupt_file"


def test_a_damaged_workbook_is_corrupt(workbook: Deliver):
    path = workbook({"A": [HEADER, *[MEETING] * 100]})
    good = path.read_bytes()
    for content in (good[:-50], good[200:], good[: len(good) // 2], good[:600] + good[700:]):
        path.write_bytes(content)
        assert refusal(path).reason == "corrupt_file"
    path.write_bytes(good)
    assert refusal(rewrite(path, "xl/workbook.xml", lambda _: b"<")).reason == "corrupt_file"
    path.write_bytes(good)
    part = "xl/worksheets/sheet1.xml"
    assert refusal(rewrite(path, part, lambda part: part[: len(part) // 2])).reason in {
        "corrupt_file",
        "kind_unknown",
        "empty_file",
    }


@pytest.mark.parametrize(
    "rows",
    [
        '<row><c r="A1"><v>1</v></c></row><row><c r="XFD1048576"><v>1</v></c></row>',
        "<row><c r='A1'><v>1</v></c></row><row><c  s='1'  r = 'xfd1048576'><v>1</v></c></row>",
        '<row><c r="A1"><v>1</v></c><c r="XFD1048576" x="/>"><v>1</v></c></row>',
        '<row r="1048576">' + "<c><v>1</v></c>" * 20 + '</row><row><c r="A1"><v>1</v></c></row>',
        '<row r="9"><c r="A1"><v>1</v></c><c r="ZZZZZZZ1"><v>1</v></c></row>',
    ],
)
def test_cells_far_apart_are_refused_before_they_take_all_memory(workbook: Deliver, rows: str):
    assert refusal(with_sheet(workbook({"A": [HEADER]}), rows)).reason == "too_large"


def test_empty_cells_far_away_do_no_harm(workbook: Deliver):
    path = workbook({"A": [HEADER, MEETING]})
    far = b'<row r="1048576" hidden="1"><c r="XFD1048576" s="1"/></row></sheetData>'
    part = "xl/worksheets/sheet1.xml"
    assert read(rewrite(path, part, lambda sheet: sheet.replace(b"</sheetData>", far))).height == 1


def test_cells_that_do_not_say_where_they_stand_are_read(workbook: Deliver):
    rows = "".join(f"<row>{''.join(map(inline, row))}</row>" for row in (HEADER, MEETING, MEETING))
    assert read(with_sheet(workbook({"A": [HEADER]}), rows)).height == 2


def test_a_long_text_used_often_is_refused(workbook: Deliver, monkeypatch: pytest.MonkeyPatch):
    path = workbook({"A": [HEADER, *(["x" * 10_000, *MEETING[1:]] for _ in range(100))]})
    assert read(path).height == 100
    monkeypatch.setattr(limits, "MAX_SHEET_TEXT", 500_000)
    assert refusal(path).reason == "too_large"


def test_a_long_text_used_once_is_read(workbook: Deliver, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "MAX_SHEET_TEXT", 500_000)
    path = workbook({"A": [HEADER, ["x" * 10_000, *MEETING[1:]], *[MEETING] * 99]})
    assert read(path).height == 100


def test_a_workbook_bomb_is_refused_by_its_declared_size(
    workbook: Deliver, monkeypatch: pytest.MonkeyPatch
):
    path = workbook({"A": [HEADER, MEETING]})
    part = "xl/worksheets/sheet1.xml"
    rewrite(
        path, part, lambda sheet: sheet.replace(b"</sheetData>", b" " * 3_000_000 + b"</sheetData>")
    )
    assert read(path).height == 1
    monkeypatch.setattr(limits, "RATIO_FREE", 1_000_000)
    monkeypatch.setattr(limits, "MAX_RATIO", 20)
    assert refusal(path).reason == "too_large"


def test_a_sheet_in_another_encoding_is_not_let_past_the_guard(workbook: Deliver):
    path = workbook({"A": [HEADER, MEETING]})
    part = "xl/worksheets/sheet1.xml"
    assert refusal(rewrite(path, part, lambda sheet: sheet.decode().encode("utf-16"))).reason == (
        "corrupt_file"
    )


def test_a_workbook_inside_gzip_and_zip(workbook: Deliver, tmp_path: Path):
    content = workbook({"A": [HEADER, MEETING]}).read_bytes()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("b.xlsx", content)
    (tmp_path / "b.zip").write_bytes(packed.getvalue())
    assert read(tmp_path / "b.zip").height == 1
