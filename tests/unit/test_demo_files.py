from collections import Counter
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile, ZipFile

import pytest

from pipelines.demo.plan import SILENT, plan_senders
from pipelines.demo.write import DemoSummary, write_demo
from pipelines.municipalities import municipalities

FIRST, LAST = date(2026, 3, 1), date(2026, 11, 20)
Progress = Callable[[int, int], None]


class Written(NamedTuple):
    landing: Path
    summary: DemoSummary
    progress: list[tuple[int, int]]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    landing = tmp_path_factory.mktemp("demo") / "landing"
    heard: list[tuple[int, int]] = []
    summary = write_short(landing, progress=lambda done, total: heard.append((done, total)))
    return Written(landing, summary, heard)


def write_short(landing: Path, seed: int = 1, progress: Progress | None = None) -> DemoSummary:
    return write_demo(landing, 2_500, FIRST, LAST, seed, progress)


def files_of(landing: Path) -> list[Path]:
    return sorted(path for path in landing.rglob("*") if path.is_file())


def tree_hash(landing: Path) -> str:
    digest = sha256()
    for path in files_of(landing):
        digest.update(path.relative_to(landing).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"meetings": 0}, "at least 1"),
        ({"first": date(2026, 1, 2), "last": date(2026, 1, 1)}, "before the first"),
    ],
)
def test_senseless_arguments_are_refused(tmp_path: Path, options: dict[str, Any], says: str):
    with pytest.raises(ValueError, match=says):
        write_demo(tmp_path, **options)


def test_a_landing_folder_with_files_is_left_alone(tmp_path: Path):
    (tmp_path / "101").mkdir()
    (tmp_path / "101" / "real.csv").write_text("cpr")
    with pytest.raises(ValueError, match="already holds files"):
        write_demo(tmp_path)
    assert [path.name for path in files_of(tmp_path)] == ["real.csv"]


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(written: Written, tmp_path: Path):
    write_short(tmp_path / "again")
    assert tree_hash(tmp_path / "again") == tree_hash(written.landing)
    one, other = (plan_senders(100, LAST, LAST, seed) for seed in (1, 2))
    assert one["key"][0] != other["key"][0]


def test_all_municipalities_but_one_deliver(written: Written):
    folders = {path.name for path in written.landing.iterdir() if any(path.iterdir())}
    assert folders == {town.code for town in municipalities()} - {SILENT}
    days = {path.parent.name for path in files_of(written.landing)}
    assert max(days) == LAST.isoformat()


def test_the_summary_is_what_was_written(written: Written):
    files = files_of(written.landing)
    summary = written.summary
    assert summary.files == len(files)
    assert summary.bytes == sum(path.stat().st_size for path in files)
    assert summary.meetings == pytest.approx(2_500, rel=0.2)
    assert min(summary.spells, summary.absences, summary.faulty_rows) > 0
    assert written.progress[-1] == (97, 97)


def test_every_container_and_packing_occurs(written: Written):
    names = [path.name for path in files_of(written.landing)]
    suffixes = {name.split(".", 1)[1].removesuffix(".part") for name in names}
    assert suffixes >= {"csv", "txt", "tsv", "xlsx", "json", "ndjson", "parquet", "xml", "zip"}
    assert suffixes >= {"csv.gz", "jsonl.gz", "xml.gz"}
    assert sum(name.endswith(".part") for name in names) == 1


def test_every_encoding_and_separator_occurs(written: Written):
    texts = [
        path.read_bytes()
        for path in files_of(written.landing)
        if path.name.startswith(("samtaler", "Samtaler"))
        and path.suffix in {".csv", ".txt", ".tsv"}
    ]
    encodings = Counter(encoding_of(text) for text in texts)
    assert set(encodings) == {"utf-8", "utf-8-sig", "utf-16", "cp1252"}
    headers = [text.decode(encoding_of(text)).splitlines()[0] for text in texts]
    assert {mark for header in headers for mark in ";,\t|" if header.count(mark) > 4} == set(
        ";,\t|"
    )
    assert any(b"\r\n" in text for text in texts)
    windows = b"".join(text for text in texts if encoding_of(text) == "cp1252")
    assert any(0x80 <= byte <= 0x9F for byte in windows)  # where Latin-1 would not do


def encoding_of(content: bytes) -> str:
    if content.startswith(b"\xff\xfe"):
        return "utf-16"
    if content.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    try:
        content.decode()
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def test_two_files_were_sent_again_byte_for_byte(written: Written):
    digests = Counter(
        (path.relative_to(written.landing).parts[0], sha256(path.read_bytes()).digest())
        for path in files_of(written.landing)
    )
    assert sorted(code for (code, _), times in digests.items() if times > 1) == ["217", "740"]


def test_three_files_cannot_be_read(written: Written):
    found = {path.name.split("_")[0]: path for path in files_of(written.landing)}
    with pytest.raises(BadZipFile):
        ZipFile(found["afbrudt"])
    assert "status" not in found["ekstra"].read_text().splitlines()[0]
    with pytest.raises(UnicodeDecodeError):
        found["udtraek"].read_bytes().decode("cp1252")
