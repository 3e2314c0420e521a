"""What lies in the lake is used only as it was written: a bit that turned is found before."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from pipelines.deliveries.rows import SCHEMAS
from pipelines.lake import (
    CONTENTS,
    DELIVERIES,
    Lake,
    LakeDamagedError,
    batch_name,
    write_slice,
)

DAMAGES = 40


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    lake = Lake(tmp_path / "lake")
    row = dict.fromkeys(SCHEMAS["spells"]) | {"delivery_key": 7, "source_row": 2}
    rows = pl.DataFrame([row] * 50, schema=SCHEMAS["spells"], orient="row")
    write_slice(lake.root, "spells", "batch", 0, rows)
    content = dict.fromkeys(CONTENTS) | {"delivery_key": 7, "batch": "batch"}
    lake.add_contents(pl.DataFrame([content], schema=CONTENTS, orient="row"))
    file = ("101", date(2024, 1, 2), "a.csv", 1, 1, "ab" * 32, 7, False)
    lake.save_deliveries(pl.DataFrame([file], schema=DELIVERIES, orient="row"))
    return lake


def all_of(lake: Lake) -> tuple[object, ...]:
    [spells] = lake.slices("spells")
    rows = pl.read_parquet(spells, glob=False).rows()
    return rows, lake.contents().rows(), lake.ever_delivered().rows()


@pytest.mark.parametrize("name", ["spells/*.parquet", "contents.*", "deliveries.*"])
def test_a_bit_that_turned_is_found(lake: Lake, name: str):
    whole = all_of(lake)
    [file] = lake.root.glob(name)
    content = file.read_bytes()
    draw = random.Random(name)
    for _ in range(DAMAGES):
        at, bit = draw.randrange(len(content)), 1 << draw.randrange(8)
        file.write_bytes(content[:at] + bytes([content[at] ^ bit]) + content[at + 1 :])
        with pytest.raises(LakeDamagedError, match=file.name):
            all_of(lake)
    file.write_bytes(content)
    assert all_of(lake) == whole


def test_a_whole_list_that_there_is_no_memory_to_read_is_not_called_damaged(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
):
    def no_memory(*_: object, **__: object) -> None:
        raise pl.exceptions.ComputeError("could not spawn threads")

    monkeypatch.setattr(pl, "read_parquet", no_memory)
    with pytest.raises(pl.exceptions.ComputeError, match="spawn threads"):
        lake.contents()


def test_a_slice_cut_short_by_a_row_group_is_found(lake: Lake):
    [file] = lake.slices("spells")
    shorter = pl.read_parquet(file, glob=False).head(3)
    shorter.write_parquet(file)
    with pytest.raises(LakeDamagedError):
        lake.slices("spells")


def test_damaged_slices_are_not_merged_into_one_with_a_right_hash(lake: Lake):
    [first] = lake.slices("spells")
    rows = pl.read_parquet(first, glob=False)
    for number in range(30):
        write_slice(lake.root, "spells", f"batch{number}", 0, rows)
        content = dict.fromkeys(CONTENTS)
        content |= {"delivery_key": 100 + number, "batch": f"batch{number}", "rows_read": 50}
        lake.add_contents(pl.DataFrame([content], schema=CONTENTS, orient="row"))
    rows.head(3).write_parquet(first)
    with pytest.raises(LakeDamagedError):
        lake.compact()


def test_batches_merged_into_one_of_them_leave_its_slice_as_it_is(tmp_path: Path):
    lake = Lake(tmp_path / "lake")
    batch = batch_name([7])
    row = dict.fromkeys(SCHEMAS["spells"]) | {"delivery_key": 7, "source_row": 2}
    rows = pl.DataFrame([row] * 50, schema=SCHEMAS["spells"], orient="row")
    write_slice(lake.root, "spells", batch, 0, rows)
    [file] = (lake.root / "spells").iterdir()
    written = file.stat().st_mtime_ns
    found = [{"delivery_key": 7, "batch": batch, "rows_read": 50}]
    for number in range(30):  # nothing in them could be read
        unreadable = {"delivery_key": 100 + number, "reason": "corrupt_file", "rows_read": 0}
        found.append(unreadable | {"batch": f"batch{number}"})
    contents = [dict.fromkeys(CONTENTS) | one for one in found]
    lake.add_contents(pl.DataFrame(contents, schema=CONTENTS, orient="row"))
    delivered = [
        ("101", date(2024, 1, 2), str(one["delivery_key"]), 1, 1, "ab" * 32, one["delivery_key"])
        for one in found
    ]
    rows_of_list = [(*one, False) for one in delivered]
    lake.save_deliveries(pl.DataFrame(rows_of_list, schema=DELIVERIES, orient="row"))
    assert lake.compact() == 31
    assert set(lake.contents()["batch"]) == {batch}
    assert lake.slices("spells") == [file]
    assert file.stat().st_mtime_ns == written


def test_a_slice_written_twice_is_there_once(lake: Lake):
    [first] = lake.slices("spells")
    rows = pl.read_parquet(first, glob=False)
    write_slice(lake.root, "spells", "batch", 0, rows.head(20))
    [second] = lake.slices("spells")
    assert pl.read_parquet(second, glob=False).height == 20


def test_slices_of_an_older_program_have_no_hash_and_are_read(lake: Lake):
    [file] = lake.slices("spells")
    older = file.with_name("batch.0.parquet")
    file.replace(older)
    assert lake.slices("spells") == [older]


def test_a_list_of_an_older_program_is_read_and_replaced(lake: Lake):
    before = lake.contents()
    [file] = lake.root.glob("contents.*")
    file.replace(lake.root / "contents.parquet")
    assert lake.contents().equals(before)
    lake.add_contents(before)
    assert [name.name.split(".")[1] for name in lake.root.glob("contents.*")] == ["0"]


def test_a_list_that_a_killed_night_left_beside_the_newest_is_not_read(lake: Lake):
    [older] = lake.root.glob("deliveries.*")
    content = older.read_bytes()
    lake.save_deliveries(lake.ever_delivered().clear())
    older.write_bytes(content)
    assert lake.ever_delivered().height == 0
    assert lake.tidy() == 1
    assert not older.exists()
