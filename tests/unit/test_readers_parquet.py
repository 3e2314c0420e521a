"""Parquet: typed columns as text, slices, damaged and oversized files."""

import datetime as dt
import gzip
import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from pipelines.deliveries import endless_cells, frames, limits, parquet_files
from pipelines.deliveries.opening import open_delivery
from pipelines.deliveries.unreadable import Unreadable

Deliver = Callable[..., Path]


@pytest.fixture
def deliver(tmp_path: Path):
    def write(frame: pl.DataFrame, **options: object) -> Path:
        path = tmp_path / "a.parquet"
        frame.write_parquet(path, **options)
        return path

    return write


def meetings(rows: int, **columns: object) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "samtale_id": pl.int_range(1, rows + 1, eager=True),
            "cpr": "0101901234",
            "samtaletype": "7",
            "start": "2024-01-02",
            "status": "afholdt",
        }
    ).with_columns(**columns)


def read(path: Path) -> pl.DataFrame:
    return pl.concat(open_delivery(path).frames)


def refusal(path: Path) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        list(open_delivery(path).frames)
    return caught.value


def as_text(deliver: Deliver, column: str, values: pl.Series) -> list[str | None]:
    return read(deliver(meetings(len(values), **{column: values})))[column].to_list()


def test_a_table_has_no_encoding_and_no_separator(deliver: Deliver):
    opened = open_delivery(deliver(meetings(1)))
    assert (opened.kind, opened.encoding, opened.separator) == ("meetings", None, None)
    row = pl.concat(opened.frames).row(0)
    assert row == ("1", "0101901234", "7", "2024-01-02", "afholdt", False, 1)


MOMENT = dt.datetime.fromisoformat("2024-07-02T23:30:05.999999")


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        (pl.Series([1, None, 2**40]), ["1", None, "1099511627776"]),
        (pl.Series([1.0, float("nan"), 2.5]), ["1", None, "2.5"]),
        (pl.Series([1e15, 1e300, float("inf")]), ["1000000000000000", "1e+300", "inf"]),
        (pl.Series([2.5, 3.0, 0.1], dtype=pl.Float32), ["2.5", "3", "0.1"]),
        (pl.Series([True, False, None]), ["true", "false", None]),
        (pl.Series([dt.date(2024, 1, 2)]), ["2024-01-02"]),
        (pl.Series([MOMENT]), ["2024-07-02T23:30:05"]),
        (
            pl.Series([dt.datetime.fromisoformat("2024-01-02")], dtype=pl.Datetime("ns")),
            ["2024-01-02T00:00:00"],
        ),
        (pl.Series([MOMENT]).dt.replace_time_zone("UTC"), ["2024-07-03T01:30:05"]),
        (pl.Series([MOMENT]).dt.replace_time_zone("America/New_York"), ["2024-07-03T05:30:05"]),
        (pl.Series([dt.time(9, 5)]), ["09:05:00"]),
        (pl.Series([dt.timedelta(hours=9)]), ["9:00:00"]),
        (pl.Series([Decimal("6.10"), Decimal("2.00"), Decimal("10.00")]), ["6.1", "2", "10"]),
        (pl.Series(["a", None, "a"], dtype=pl.Categorical), ["a", None, "a"]),
        (pl.Series([b"abc", b"\xff", None]), ["abc", "\ufffd", None]),
        (pl.Series([None]), [None]),
        (pl.Series([[1, 2], None, []]), ["[1, 2]", None, "[]"]),
        (pl.Series([{"a": 1, "b": "æ"}]), ['{"a": 1, "b": "æ"}']),
        (pl.Series([" x\u00a0", "", "\ufeff"]), ["x", None, None]),
    ],
    ids=lambda value: str(value.dtype) if isinstance(value, pl.Series) else "",
)
def test_typed_cells_become_text(deliver: Deliver, values: pl.Series, texts: list[str | None]):
    assert as_text(deliver, "slut", values) == texts


@pytest.mark.parametrize("dtype", [pl.Int64, pl.UInt32, pl.Float64, pl.Decimal(12, 2)])
def test_nine_digit_numbers_get_their_zero_back(deliver: Deliver, dtype: pl.DataType):
    numbers = pl.Series([101901234, 1101901234, 0], dtype=dtype)
    assert as_text(deliver, "cpr", numbers) == ["0101901234", "1101901234", "0"]


def test_nine_digits_of_text_are_left_alone(deliver: Deliver):
    assert as_text(deliver, "cpr", pl.Series(["101901234", " "])) == ["101901234", None]


@pytest.mark.parametrize("dtype", [pl.Float64, pl.Float32, pl.Decimal(5, 2)])
def test_a_target_group_as_number_may_be_two_groups(deliver: Deliver, dtype: pl.DataType):
    groups = pl.Series(["6.1", "6.2", "2.11", "6.10"]).cast(dtype)
    spells = pl.DataFrame({"forloeb_id": "1", "cpr": "2", "maalgruppe": groups, "start": "x"})
    unknown = "6.1 (talcelle)"
    assert read(deliver(spells))["maalgruppe"].to_list() == [unknown, "6.2", "2.11", unknown]


def test_rows_with_nothing_in_them_are_no_rows(deliver: Deliver):
    nothing = pl.DataFrame(schema=meetings(1).schema).clear(3)
    frame = pl.concat([meetings(1), nothing, meetings(1)])
    assert read(deliver(frame))["source_row"].to_list() == [1, 2]
    only_elsewhere = frame.with_columns(team=pl.Series([None, " ", "Øst", None, None]), x=None)
    assert read(deliver(only_elsewhere))["source_row"].to_list() == [1, 2, 3]


def test_slices_change_nothing(deliver: Deliver, monkeypatch: pytest.MonkeyPatch):
    path = deliver(meetings(2500), row_group_size=700)
    slices = list(open_delivery(path).frames)
    assert [one.height for one in slices] == [100, 800, 1600]
    whole = pl.concat(slices)
    assert whole["samtale_id"].to_list() == [str(number) for number in range(1, 2501)]
    monkeypatch.setattr(limits, "FRAME_CELLS", 5 * 33)
    assert read(path).equals(whole)


def test_long_texts_make_slices_short(deliver: Deliver, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(parquet_files, "_SLICE_TEXT", 10_000)
    path = deliver(meetings(300, status=pl.lit("x" * 1000)))
    assert max(frame.height for frame in open_delivery(path).frames) == 10
    assert read(path).height == 300


def test_long_texts_among_short_ones_come_few_at_a_time(
    deliver: Deliver, monkeypatch: pytest.MonkeyPatch
):
    frame = meetings(2500)
    is_long = pl.Series(range(2500)).is_between(1500, 1599)
    path = deliver(frame.with_columns(status=pl.when(is_long).then(pl.lit("x" * 1000))))
    whole = read(path)
    monkeypatch.setattr(parquet_files, "_SLICE_TEXT", 10_000)
    slices = list(open_delivery(path).frames)
    assert max(one["status"].count() for one in slices) <= 11
    assert pl.concat(slices).equals(whole)


def test_little_is_read_ahead_where_rows_are_long(monkeypatch: pytest.MonkeyPatch):
    long = pl.Series([f"{number:01000}" for number in range(10)])
    many = (meetings(10).with_columns(status=long) for _ in range(100))
    monkeypatch.setattr(frames, "_AHEAD", 50_000)
    first, every = frames.looked_ahead(many, 1000)
    assert len(first) == 5
    assert sum(frame.height for frame in every) == 1000


def test_header_problems(deliver: Deliver):
    assert refusal(deliver(pl.DataFrame({"a": [1]}))).reason == "kind_unknown"
    assert refusal(deliver(meetings(1).drop("status"))).reason == "header_incomplete"
    assert refusal(deliver(meetings(1, Startdato=1))).reason == "header_ambiguous"
    assert refusal(deliver(pl.DataFrame())).reason == "empty_file"
    assert list(open_delivery(deliver(meetings(0))).frames) == []


def test_too_much_is_too_large(deliver: Deliver, monkeypatch: pytest.MonkeyPatch):
    wide = meetings(1).with_columns(pl.lit(1).alias(f"x{number}") for number in range(1000))
    assert refusal(deliver(wide)).reason == "too_large"
    monkeypatch.setattr(limits, "MAX_PARQUET_ROWS", 100)
    assert refusal(deliver(meetings(101))).reason == "too_large"
    monkeypatch.setattr(limits, "MAX_UNPACKED", 10_000)
    assert refusal(deliver(meetings(100, status=pl.lit("x" * 101)))).reason == "too_large"
    monkeypatch.setattr(limits, "MAX_LINE", 1000)
    assert refusal(deliver(meetings(1, status=pl.lit("x" * 1001)))).reason == "too_large"


@pytest.mark.parametrize("container", ["", "gz", "zip"])
def test_an_endless_cell_is_refused_before_polars_reads_it(
    deliver: Deliver, container: str, monkeypatch: pytest.MonkeyPatch
):
    def never(_typed: pl.DataFrame) -> int:
        raise AssertionError("Polars has read the cell")

    path = packed(deliver(meetings(3, status=pl.lit("x" * 5_000))), container)
    whole = read(path)
    monkeypatch.setattr(endless_cells, "_LARGE_CHUNK", 1_000)
    assert read(path).equals(whole)
    monkeypatch.setattr(parquet_files, "_text_bytes", never)
    monkeypatch.setattr(limits, "MAX_LINE", 1_000)
    assert refusal(path).reason == "too_large"


def packed(path: Path, container: str) -> Path:
    place = path.with_name(f"{path.name}.{container}") if container else path
    if container == "gz":
        place.write_bytes(gzip.compress(path.read_bytes()))
    if container == "zip":
        with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(path, path.name)
    return place


def test_damaged_files_are_corrupt_or_read_but_never_fail_otherwise(deliver: Deliver):
    good = io.BytesIO()
    meetings(200).write_parquet(good)
    content = good.getvalue()
    path = deliver(meetings(1))
    for bad in (b"", b"PAR1", content[:-8], content[50:], content[: len(content) // 2]):
        path.write_bytes(bad)
        assert refusal(path).reason == "corrupt_file"
    for at in range(0, len(content), 13):
        path.write_bytes(content[:at] + bytes([content[at] ^ 0x55]) + content[at + 1 :])
        try:
            list(open_delivery(path).frames)
        except Unreadable:
            continue
