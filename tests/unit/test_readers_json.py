"""JSON and NDJSON: shapes, keys as header, typed values, broken text."""

import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from pipelines.deliveries import limits
from pipelines.deliveries.opening import open_delivery
from pipelines.deliveries.unreadable import Unreadable

MEETING = {
    "samtale_id": "1",
    "cpr": "0101901234",
    "samtaletype": "7",
    "start": "2024-01-02",
    "status": "gennemført",
}
VALUES = tuple(MEETING.values())

Deliver = Callable[..., Path]


@pytest.fixture
def deliver(tmp_path: Path):
    def write(content: object, name: str = "a.json", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
        path.write_bytes(text.encode(encoding))
        return path

    return write


def read(path: Path) -> pl.DataFrame:
    return pl.concat(open_delivery(path).frames)


def refusal(path: Path) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        list(open_delivery(path).frames)
    return caught.value


def meetings(count: int) -> list[dict[str, str]]:
    return [{**MEETING, "samtale_id": str(number)} for number in range(1, count + 1)]


LINE = json.dumps(MEETING)


@pytest.mark.parametrize(
    "content",
    [
        [MEETING, MEETING],
        {"samtaler": [MEETING, MEETING]},
        {"antal": 2, "kilde": {"navn": "x"}, "tags": [1, "a"], "samtaler": [MEETING, MEETING]},
        {"tom": [], "samtaler": [MEETING, MEETING]},
        f"{LINE}\n{LINE}\n",
        f"\n {LINE}\r\n\r\n{LINE}",
        f"{LINE}{LINE}",
        json.dumps([MEETING, MEETING], indent=4),
    ],
)
def test_an_array_an_object_around_it_or_objects_one_after_another(
    deliver: Deliver, content: object
):
    path = deliver(content)
    opened = open_delivery(path)
    assert (opened.kind, opened.encoding, opened.separator) == ("meetings", "utf-8", None)
    frame = pl.concat(opened.frames)
    assert frame.rows() == [(*VALUES, False, 1), (*VALUES, False, 2)]


def test_one_row_alone_is_a_row_though_it_holds_a_list(deliver: Deliver):
    assert read(deliver({**MEETING, "deltagere": [{"navn": "x"}]})).height == 1
    assert read(deliver({**MEETING, "deltagere": []})).height == 1


@pytest.mark.parametrize("name", ["a.ndjson", "a.JSONL"])
def test_a_line_a_row(deliver: Deliver, name: str):
    text = f"\n{LINE}\n \r\n{LINE}\r\n{{}}\n{LINE}"
    frame = read(deliver(text, name))
    assert frame["source_row"].to_list() == [1, 2, 3]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("name", ["a.json", "a.ndjson"])
def test_encodings(deliver: Deliver, name: str, encoding: str):
    text = json.dumps(MEETING, ensure_ascii=False)
    frame = read(deliver(text, name, encoding))
    assert frame["status"].to_list() == ["gennemført"]


@pytest.mark.parametrize("name", ["a.json", "a.ndjson"])
def test_the_header_is_all_keys_though_the_last_row_brings_one(
    deliver: Deliver, name: str, monkeypatch: pytest.MonkeyPatch
):
    rows = [{"samtale_id": "1", "cpr": "2"}, {}, {"start": None}, {**MEETING, "Slut": "x"}]
    monkeypatch.setattr(limits, "FRAME_ROWS", 1)
    frames = list(open_delivery(deliver("\n".join(map(json.dumps, rows)), name)).frames)
    assert {frozenset(frame.columns) for frame in frames} == {
        frozenset((*MEETING, "slut", "row_too_long", "source_row"))
    }
    assert [frame["source_row"].item() for frame in frames] == [1, 2]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("7", "7"),
        ("7.0", "7"),
        ("7.25", "7.25"),
        ("1e3", "1000"),
        ("true", "true"),
        ("null", None),
        ('" x\\u00a0"', "x"),
        ('{"a": [1, "æ"]}', '{"a": [1, "æ"]}'),
    ],
)
def test_values_become_text(deliver: Deliver, value: str, text: str | None):
    content = f'[{{"samtale_id": {value}, "cpr": 1, "type": "7", "fra": "x", "status": "y"}}]'
    assert read(deliver(content))["samtale_id"].to_list() == [text]


def test_numbers_that_lost_something(deliver: Deliver):
    rows = [
        {"forloeb_id": 1, "cpr": 101901234, "maalgruppe": 6.1, "start": "x"},
        {"forloeb_id": 2, "cpr": "101901234", "maalgruppe": "6.1", "start": "x"},
        {"forloeb_id": 3, "cpr": 1101901234, "maalgruppe": 6.2, "start": "x"},
    ]
    frame = read(deliver(rows))
    assert frame["cpr"].to_list() == ["0101901234", "101901234", "1101901234"]
    assert frame["maalgruppe"].to_list() == ["6.1 (talcelle)", "6.1", "6.2"]


@pytest.mark.parametrize("name", ["a.json", "a.ndjson"])
def test_a_key_twice_in_a_row_is_ambiguous_where_it_matters(deliver: Deliver, name: str):
    assert refusal(deliver(LINE[:-1] + ', "cpr": "2"}', name)).reason == "header_ambiguous"
    assert read(deliver(LINE[:-1] + ', "team": 1, "team": 2}', name)).height == 1
    nested = ', "team": {"cpr": 1, "cpr": 2}}'
    assert read(deliver(LINE[:-1] + nested, name)).height == 1


def test_two_keys_of_one_meaning_in_different_rows_are_ambiguous(deliver: Deliver):
    assert refusal(deliver([MEETING, {"CPR-nr": "x"}])).reason == "header_ambiguous"


@pytest.mark.parametrize(
    "content",
    [
        "[1, 2]",
        f"[{LINE}, 3]",
        f"[{LINE},]",
        f"[{LINE}",
        f"[{LINE} {LINE}]",
        f"[{LINE}] x",
        "x",
        "7",
        '"samtale_id"',
        f"{LINE} [1]",
        LINE[:-1],
        '[{"cpr": NaN}]',
        '[{"cpr": -Infinity}]',
        '[{"cpr": 1e999}]',
        '[{"cpr": ' + "9" * 5000 + "}]",
        "[" * 100_000,
        '[{"cpr":' * 100_000,
        "{'cpr': 1}",
    ],
    ids=str,
)
def test_broken_json_is_corrupt(deliver: Deliver, content: object):
    assert refusal(deliver(content)).reason == "corrupt_file"


@pytest.mark.parametrize("line", ["{", "7", "[]", "null", '{"cpr": NaN}', '{"cpr": 1e999}', "x"])
def test_a_broken_line_is_told_by_its_number(deliver: Deliver, line: str):
    error = refusal(deliver(f"{LINE}\n\n{line}\n{LINE}\n", "a.ndjson"))
    assert error.reason == "corrupt_file"
    assert "Linje 3" in error.message_da


@pytest.mark.parametrize("content", ["", " \n", "[]", '{"samtaler": []}', "{}", "[{}]"])
def test_nothing_in_it(deliver: Deliver, content: object):
    assert refusal(deliver(content)).reason == "empty_file"


def test_unknown_and_incomplete_keys(deliver: Deliver):
    assert refusal(deliver([{"a": 1}])).reason == "kind_unknown"
    assert refusal(deliver([{"samtale_id": 1, "cpr": 2}])).reason == "header_incomplete"
    assert refusal(deliver({"a": [MEETING], "b": [MEETING]})).reason == "kind_unknown"


@pytest.mark.parametrize("block", [1, 5, 100, 10_000])
@pytest.mark.parametrize("shape", ["array", "around", "lines"])
def test_chunks_change_nothing(
    deliver: Deliver, monkeypatch: pytest.MonkeyPatch, block: int, shape: str
):
    rows = meetings(30)
    content = {
        "array": json.dumps(rows),
        "around": json.dumps({"antal": 12345, "rækker": rows, "slut": True}),
        "lines": "\n".join(map(json.dumps, rows)),
    }[shape]
    path = deliver(content)
    whole = read(path)
    assert whole.height == 30
    monkeypatch.setattr(limits, "SMALL_BLOCK", block)
    monkeypatch.setattr(limits, "FRAME_ROWS", 7)
    assert read(path).equals(whole)


def test_an_object_around_the_rows_need_not_fit_in_the_window(
    deliver: Deliver, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(limits, "SMALL_BLOCK", 100)
    monkeypatch.setattr(limits, "MAX_LINE", 500)
    around = {"antal": 30, "tal": [1, [2], {}], "tom": [], "rækker": meetings(30), "slut": {"a": 1}}
    assert read(deliver(around)).height == 30
    assert refusal(deliver({**around, "mere": meetings(2)})).reason == "kind_unknown"
    assert refusal(deliver(json.dumps(around)[:-1])).reason == "corrupt_file"
    assert refusal(deliver([{**MEETING, "x": "y" * 5000}])).reason == "corrupt_file"


def test_too_many_keys_are_too_large(deliver: Deliver):
    rows = [{**MEETING, f"x{number}": 1} for number in range(1000)]
    assert refusal(deliver(rows)).reason == "too_large"
