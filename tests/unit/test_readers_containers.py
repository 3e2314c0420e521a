"""Names, sizes, gzip and zip: what is opened, and what is refused before it is read."""

import gzip
import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from pipelines.deliveries import limits
from pipelines.deliveries.opening import open_delivery
from pipelines.deliveries.unreadable import Unreadable

HEADER = b"samtale_id;cpr;samtaletype;start;status\n"
MEETINGS = HEADER + b"1;0101901234;7;2024-01-02;afholdt\n"
SPELLS = b"forloeb_id;cpr;maalgruppe;start\n1;0101901234;DP;2024-01-02\n"

Deliver = Callable[..., Path]


def ids(path: Path) -> list[str]:
    return pl.concat(open_delivery(path).frames)["samtale_id"].to_list()


def refusal(path: Path) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        list(open_delivery(path).frames)
    return caught.value


def meeting(number: int) -> bytes:
    return HEADER + f"{number};0101901234;7;2024-01-02;afholdt\n".encode()


@pytest.fixture
def zipped(tmp_path: Path):
    def write(members: dict[str, bytes], name: str = "levering.zip") -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, content in members.items():
                archive.writestr(member, content)
        return path

    return write


@pytest.mark.parametrize("name", ["a.csv", "a.TXT", "a.tsv", "a.b.c.Csv", ".x.csv", "a.csv.GZ"])
def test_the_ending_decides_the_container(tmp_path: Path, name: str):
    path = tmp_path / name
    path.write_bytes(gzip.compress(MEETINGS) if name.endswith("GZ") else MEETINGS)
    assert ids(path) == ["1"]


@pytest.mark.parametrize(
    "name", ["a", "csv", "a.xls", "a.csv.bz2", "a.zip.gz", "a.csv.gz.gz", "a.pdf", "a.csv ", "a."]
)
def test_other_endings_are_kind_unknown(tmp_path: Path, name: str):
    path = tmp_path / name
    path.write_bytes(MEETINGS)
    assert refusal(path).reason == "kind_unknown"


@pytest.mark.parametrize(
    "name",
    [
        "*.csv",
        "?.csv",
        "[ab].csv",
        "=cmd|x.csv",
        "-rf.csv",
        "a'b\"c.csv",
        "a\nb.csv",
        "a\u202evsc.csv",
        "{0}%s$HOME.csv",
        "https:__x.csv",
        "æ" * 120 + ".csv",
    ],
)
def test_names_are_data(tmp_path: Path, name: str):
    (tmp_path / "a.csv").write_bytes(meeting(1) + b"2;;;;\n")
    path = tmp_path / name
    path.write_bytes(meeting(3))
    assert ids(path) == ["3"]


@pytest.mark.parametrize("suffix", ["parquet", "xlsx", "json", "ndjson", "xml"])
def test_a_pattern_as_name_reads_no_other_file(tmp_path: Path, suffix: str):
    frame = {"samtale_id": ["1"], "cpr": ["2"], "samtaletype": ["3"], "start": ["4"]}
    pl.DataFrame({**frame, "status": ["5"]}).write_parquet(tmp_path / f"a.{suffix}")
    path = tmp_path / f"*.{suffix}"
    path.write_bytes(b"")
    assert refusal(path).reason in {"empty_file", "corrupt_file"}


def test_what_is_no_file_is_refused(tmp_path: Path):
    (tmp_path / "folder.csv").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")
    for name in ("folder.csv", "pipe.csv", "missing.csv"):
        assert refusal(tmp_path / name).reason == "corrupt_file"


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path):
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.truncate(10 << 30)
    assert refusal(path).reason == "too_large"


def test_gzip_of_several_parts_is_read_whole(tmp_path: Path):
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(meeting(1)) + gzip.compress(b"2;;;;\n"))
    assert ids(path) == ["1", "2"]


@pytest.mark.parametrize(
    "content",
    [
        gzip.compress(MEETINGS)[:-4],
        gzip.compress(MEETINGS)[:20],
        gzip.compress(MEETINGS) + b"rest",
        MEETINGS,
        gzip.compress(MEETINGS)[:10] + b"\xff" * 30,
    ],
    ids=["no end", "cut", "something after", "not gzip", "damaged"],
)
def test_broken_gzip_is_corrupt(tmp_path: Path, content: bytes):
    path = tmp_path / "a.csv.gz"
    path.write_bytes(content)
    assert refusal(path).reason == "corrupt_file"


def test_gzip_of_nothing_is_empty(tmp_path: Path):
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b""))
    assert refusal(path).reason == "empty_file"


def test_a_bomb_is_stopped_while_it_unpacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(MEETINGS + b"\n" * 3_000_000))
    assert ids(path) == ["1"]
    monkeypatch.setattr(limits, "RATIO_FREE", 1_000_000)
    assert refusal(path).reason == "too_large"
    monkeypatch.setattr(limits, "RATIO_FREE", 10_000_000)
    monkeypatch.setattr(limits, "MAX_UNPACKED", 2_000_000)
    assert refusal(path).reason == "too_large"


def test_the_bytes_of_a_member_count_once_though_it_is_read_twice(
    zipped: Deliver, monkeypatch: pytest.MonkeyPatch
):
    content = meeting(1) * 1000
    path = zipped({"a.csv.gz": gzip.compress(content), "b.csv": content})
    monkeypatch.setattr(limits, "MAX_UNPACKED", 2 * len(content))
    assert len(ids(path)) == 2 * 1999
    monkeypatch.setattr(limits, "MAX_UNPACKED", 2 * len(content) - 1)
    assert refusal(path).reason == "too_large"


def test_members_are_read_in_name_order_and_rows_run_on(zipped: Deliver):
    path = zipped(
        {
            "b.csv": meeting(2).replace(b";", b","),
            "sub/c.csv.gz": gzip.compress(meeting(3)),
            "a.csv": meeting(1),
        }
    )
    opened = open_delivery(path)
    assert (opened.kind, opened.encoding, opened.separator) == ("meetings", "utf-8", ";")
    frame = pl.concat(opened.frames)
    assert frame["samtale_id"].to_list() == ["1", "2", "3"]
    assert frame["source_row"].to_list() == [1, 2, 3]


def test_members_may_lack_different_columns(zipped: Deliver):
    wide = b"samtale_id;cpr;samtaletype;start;status;slut\n2;;;;;x\n"
    frames = list(open_delivery(zipped({"a.csv": meeting(1), "b.csv": wide})).frames)
    assert ["slut" in frame.columns for frame in frames] == [False, True]


def test_what_is_hidden_arriving_or_a_folder_is_left_out(zipped: Deliver):
    junk = dict.fromkeys(
        [
            "__MACOSX/._a.csv",
            ".DS_Store",
            "sub/.x.csv",
            "b.csv.part",
            "c.TMP",
            "d.filepart",
            "sub/",
        ],
        b"\x00",
    )
    assert ids(zipped({**junk, "a.csv": meeting(1)})) == ["1"]
    assert refusal(zipped(junk)).reason == "empty_file"


def test_members_of_different_kinds_are_mixed(zipped: Deliver):
    error = refusal(zipped({"a.csv": MEETINGS, "b.csv": SPELLS}))
    assert error.reason == "mixed_kinds"
    assert "a.csv" in error.message_da
    assert "b.csv" in error.message_da


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("b.csv", b"", "empty_file"),
        ("b.csv", b"a;b\n1;2\n", "kind_unknown"),
        ("b.csv", b"samtale_id;cpr\n1;2\n", "header_incomplete"),
        ("b.csv", MEETINGS + b"\x00", "encoding_unknown"),
        ("b.csv.gz", b"x", "corrupt_file"),
        ("b.xlsx", b"x", "corrupt_file"),
        ("b.zip", b"x", "corrupt_file"),
        ("b.pdf", b"x", "kind_unknown"),
    ],
)
def test_an_unreadable_member_makes_the_zip_unreadable_by_name(
    zipped: Deliver, name: str, content: bytes, reason: str
):
    error = refusal(zipped({"a.csv": MEETINGS, name: content}))
    assert error.reason == reason
    assert name in error.message_da


def test_an_encrypted_member_is_corrupt(zipped: Deliver):
    path = zipped({"a.csv": MEETINGS})
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    error = refusal(path)
    assert error.reason == "corrupt_file"
    assert "adgangskode" in error.message_da


def test_other_ways_of_packing_are_corrupt(tmp_path: Path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.csv", MEETINGS)
    assert refusal(path).reason == "corrupt_file"


def test_a_damaged_zip_is_corrupt(zipped: Deliver):
    path = zipped({"a.csv": MEETINGS * 50})
    good = path.read_bytes()
    start = good.index(b"a.csv") + len(b"a.csv")
    for content in (
        b"",
        b"PK",
        good[:-30],
        good[100:],
        good[:start] + bytes(20) + good[start + 20 :],
        MEETINGS,
    ):
        path.write_bytes(content)
        assert refusal(path).reason == "corrupt_file"


def test_a_member_that_lies_about_its_size_is_corrupt(zipped: Deliver):
    path = zipped({"a.csv": MEETINGS * 1000})
    content = path.read_bytes()
    entry = content.index(b"PK\x01\x02")
    lie = (10).to_bytes(4, "little")
    path.write_bytes(content[: entry + 24] + lie + content[entry + 28 :])
    assert refusal(path).reason == "corrupt_file"


def test_too_many_members_or_too_long_a_list_of_them_is_too_large(
    zipped: Deliver, monkeypatch: pytest.MonkeyPatch
):
    path = zipped({f"{number:03}.csv": MEETINGS for number in range(20)})
    monkeypatch.setattr(limits, "MAX_MEMBERS", 19)
    assert refusal(path).reason == "too_large"
    monkeypatch.setattr(limits, "MAX_MEMBERS", 20)
    monkeypatch.setattr(limits, "MAX_DIRECTORY", 500)
    assert refusal(path).reason == "too_large"


def test_a_list_of_members_in_the_64_bit_form_is_measured_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "a.zip"
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 5)
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(20):
            archive.writestr(f"{number:03}.csv", meeting(number))
    assert b"PK\x06\x06" in path.read_bytes()
    assert len(ids(path)) == 20
    monkeypatch.setattr(limits, "MAX_DIRECTORY", 500)
    assert refusal(path).reason == "too_large"


def test_a_zip_bomb_is_refused_by_its_declared_size(
    zipped: Deliver, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(limits, "RATIO_FREE", 1_000_000)
    path = zipped({"a.csv": MEETINGS, "b.csv": HEADER + b" " * 2_000_000})
    assert refusal(path).reason == "too_large"


def test_typed_members_are_read_too(zipped: Deliver):
    content = io.BytesIO()
    columns = {"samtale_id": [2], "cpr": [101901234], "samtaletype": [7], "start": ["x"]}
    pl.DataFrame({**columns, "status": ["y"]}).write_parquet(content)
    path = zipped({"a.csv": meeting(1), "b.parquet": content.getvalue()})
    assert ids(path) == ["1", "2"]


def test_names_of_members_are_printed_as_one_safe_line(zipped: Deliver):
    error = refusal(zipped({"a\u202e\nb" + "x" * 200 + ".csv": b"\x00"}))
    assert error.message_da.isprintable()
    assert len(error.message_da) < 300
