"""Files made to harm: whatever they hold, they are refused, and little memory is used."""

import gzip
import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.contracts import codes
from pipelines.deliveries.opening import open_delivery
from pipelines.deliveries.unreadable import Unreadable, only_unreadable, within
from pipelines.precheck import precheck_apart

HEADER = ["samtale_id", "cpr", "samtaletype", "start", "status"]
MEETING = ["1", "0101901234", "7", "2024-01-02", "afholdt"]
TEXT = f"{';'.join(HEADER)}\n{';'.join(MEETING)}\n"


def outcome(path: Path) -> str | None:
    """The reason for which a file is refused; any other exception fails the test."""
    try:
        for _ in open_delivery(path).frames:
            pass
    except Unreadable as error:
        return "told" if MEETING[1] in error.message_da else error.reason
    return None


def workbook() -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, MEETING)
    return content.getvalue()


def parquet() -> bytes:
    content = io.BytesIO()
    pl.DataFrame([MEETING], schema=HEADER, orient="row").write_parquet(content)
    return content.getvalue()


def zipped() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", TEXT)
    return content.getvalue()


GOOD: dict[str, bytes] = {
    "csv": TEXT.encode(),
    "csv.gz": gzip.compress(TEXT.encode()),
    "zip": zipped(),
    "xlsx": workbook(),
    "parquet": parquet(),
    "json": b'[{"samtale_id": 1, "cpr": 2, "type": 3, "fra": 4, "status": 5}]',
    "ndjson": b'{"samtale_id": 1, "cpr": 2, "type": 3, "fra": 4, "status": 5}',
    "xml": b"<r><a><samtale_id>1</samtale_id><cpr/><type/><fra/><status/></a></r>",
}


@pytest.mark.parametrize("suffix", GOOD)
def test_the_good_files_are_read(tmp_path: Path, suffix: str):
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(GOOD[suffix])
    assert outcome(path) is None


@settings(max_examples=200, deadline=None)
@given(suffix=st.sampled_from(list(GOOD)), content=st.binary(max_size=400))
def test_any_bytes_are_refused_or_read(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, content: bytes
):
    path = tmp_path_factory.mktemp("any") / f"a.{suffix}"
    path.write_bytes(content)
    assert outcome(path) in codes.UNREADABLE_REASONS


# A damaged Parquet file can end the process: the proof of hostile deliveries tries those apart.
@settings(max_examples=400, deadline=None)
@given(suffix=st.sampled_from([name for name in GOOD if name != "parquet"]), data=st.data())
def test_any_damage_to_a_good_file_is_refused_or_read(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, data: st.DataObject
):
    content = bytearray(GOOD[suffix])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    end = data.draw(st.one_of(st.just(len(content)), st.integers(0, len(content))))
    path = tmp_path_factory.mktemp("damaged") / f"a.{suffix}"
    path.write_bytes(content[:end])
    assert outcome(path) in {None, *codes.UNREADABLE_REASONS}


def test_a_file_that_takes_its_reader_down_is_refused(tmp_path: Path):
    """One bit of a page says that 2^61 bytes of flags follow: Polars ends the process."""
    content = bytearray(GOOD["parquet"])
    content[163] = 119
    path = tmp_path / "a.parquet"
    path.write_bytes(content)
    verdict = precheck_apart(path, "101", date(2024, 6, 3))
    assert verdict.content.reason == "corrupt_file"
    assert "gå ned" in str(verdict.content.message_da)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (ValueError("0101901234"), "corrupt_file"),
        (RecursionError(), "corrupt_file"),
        (OSError("0101901234"), "corrupt_file"),
        (MemoryError(), "too_large"),
        (type("PanicException", (BaseException,), {})("0101901234"), "corrupt_file"),
        (Unreadable("empty_file", "Tom."), "empty_file"),
    ],
)
def test_whatever_a_library_raises_leaves_as_unreadable(error: BaseException, reason: str):
    with pytest.raises(Unreadable) as caught, only_unreadable():
        raise error
    assert caught.value.reason == reason
    assert "0101901234" not in caught.value.message_da
    with pytest.raises(Unreadable, match="Filen x: "), within("Filen x"):
        raise error


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, GeneratorExit])
def test_interruptions_pass(error: type[BaseException]):
    with pytest.raises(error), only_unreadable():
        raise error


def test_only_known_reasons_exist():
    with pytest.raises(ValueError, match="not a reason"):
        Unreadable("broken", "Itu.")


def gzip_bomb(path: Path) -> None:
    with gzip.open(path, "wb") as file:
        file.write(TEXT.encode())
        for _ in range(200):
            file.write(b"\n" * 1_000_000)


def workbook_with(path: Path, rows: str, filler: int = 0) -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD["xlsx"])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    start, _, rest = parts["xl/worksheets/sheet1.xml"].partition(b"<sheetData>")
    end = rest.partition(b"</sheetData>")[2]
    sheet = start + b"<sheetData>" + rows.encode() + b" " * filler + b"</sheetData>" + end
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else part)


def far_cells(path: Path) -> None:
    far = '<c r="XFD1048576"><v>1</v></c>'
    workbook_with(path, f'<row><c r="A1"><v>1</v></c></row><row>{far}</row>')


def full_sheet(path: Path) -> None:
    cells = "".join(f'<c r="{letter}#"><v>{letter!r:>9}</v></c>' for letter in "ABCDEFGHIJ")
    rows = (f"<row>{cells.replace('#', str(row))}</row>" for row in range(1, 300_000))
    workbook_with(path, "".join(rows).replace("'", "1").replace("1A1", "111"))


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(10 << 30)


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
BOMBS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "bomb.csv.gz": ("too_large", gzip_bomb),
    "bomb.xlsx": ("too_large", lambda path: workbook_with(path, "", 300_000_000)),
    "far.xlsx": ("too_large", far_cells),
    "full.xlsx": ("kind_unknown", full_sheet),
    "sparse.csv": ("too_large", sparse),
    "line.csv": ("too_large", lambda path: path.write_text(TEXT + "x" * 50_000_000)),
    "columns.csv": ("too_large", lambda path: path.write_text("a;" * 1_000_000)),
    "quote.csv": ("corrupt_file", lambda path: path.write_text(TEXT + '"' + TEXT * 500_000)),
    "laughs.xml": (
        "corrupt_file",
        lambda path: path.write_text(f'<!DOCTYPE r [<!ENTITY a0 "ha">{LAUGHS}]><r>&a9;</r>'),
    ),
    "levels.xml": ("corrupt_file", lambda path: path.write_text("<a>" * 300_000)),
    "attribute.xml": ("too_large", lambda path: path.write_text("<r a='" + "x" * 50_000_000)),
    "levels.json": ("corrupt_file", lambda path: path.write_text("[" * 300_000)),
    "nested.json": (
        "corrupt_file",
        lambda path: path.write_text('[{"a":[' + "[]," * 10_000_000 + "[]]}]"),
    ),
    "digits.json": ("corrupt_file", lambda path: path.write_text("[" + "9" * 5_000_000 + "]")),
}
MEASURE = """
import sys
from pathlib import Path
from pipelines.contracts import codes
from pipelines.deliveries.opening import open_delivery
from pipelines.deliveries.unreadable import Unreadable
try:
    for _ in open_delivery(Path(sys.argv[1])).frames:
        pass
except Unreadable as error:
    sys.stdout.write(error.reason)
facts = Path("/proc/self/status").read_text().split()
sys.stdout.write(f" {int(facts[facts.index('VmHWM:') + 1]) // 1024}")
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is told by Linux")
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_within_little_memory(tmp_path: Path, name: str):
    reason, write = BOMBS[name]
    write(tmp_path / name)
    command = [sys.executable, "-c", MEASURE, str(tmp_path / name)]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    told, megabytes = found.stdout.split()
    assert told == reason
    assert int(megabytes) < 600
