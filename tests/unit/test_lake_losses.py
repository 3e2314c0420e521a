"""A file of the lake that is gone altogether is missed before anything is counted or tidied."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from pipelines.deliveries.rows import SCHEMAS
from pipelines.lake import CONTENTS, DELIVERIES, Lake, LakeDamagedError, write_slice
from pipelines.lake.losses import refuse_losses

SPELLS = 50
REJECTED = 3


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """A delivery of spells, some rejected for two reasons each, two of an erased citizen."""
    lake = Lake(tmp_path / "lake")
    lake.begin()
    for table, rows, again in (("spells", SPELLS, 1), ("rejections", REJECTED, 2)):
        numbers = [number for number in range(rows) for _ in range(again)]
        columns = dict.fromkeys(SCHEMAS[table]) | {"delivery_key": 7}
        made = [columns | {"source_row": number} for number in numbers]
        write_slice(lake.root, table, "batch", 0, pl.DataFrame(made, schema=SCHEMAS[table]))
    found = {"delivery_key": 7, "kind": "spells", "batch": "batch", "rows_erased": 2}
    content = dict.fromkeys(CONTENTS) | found | {"rows_read": SPELLS + REJECTED + 2}
    unreadable = {"delivery_key": 8, "reason": "corrupt_file", "rows_read": 0, "batch": "batch"}
    contents = [content, dict.fromkeys(CONTENTS) | unreadable]
    lake.add_contents(pl.DataFrame(contents, schema=CONTENTS))
    files = [("101", date(2024, 1, 2), f"{key}.csv", 1, 1, "ab" * 32, key, False) for key in (7, 8)]
    lake.save_deliveries(pl.DataFrame(files, schema=DELIVERIES, orient="row"))
    return lake


def test_a_whole_lake_and_a_new_one_are_missed_nothing(lake: Lake, tmp_path: Path):
    refuse_losses(lake)
    refuse_losses(Lake(tmp_path / "new"))
    begun = Lake(tmp_path / "begun")
    begun.begin()
    refuse_losses(begun)


@pytest.mark.parametrize("table", ["spells", "rejections"])
def test_a_slice_that_is_gone_is_missed_by_its_delivery(lake: Lake, table: str):
    [file] = lake.slices(table)
    file.unlink()
    with pytest.raises(LakeDamagedError, match=r"101/2024-01-02/7\.csv.*sikkerhedskopi"):
        refuse_losses(lake)


def test_what_no_delivery_stands_for_is_not_missed(lake: Lake):
    lake.save_deliveries(lake.ever_delivered().filter(delivery_key=8))
    for table in ("spells", "rejections"):
        for file in lake.slices(table):
            file.unlink()
    refuse_losses(lake)


@pytest.mark.parametrize("name", ["deliveries", "contents"])
def test_a_list_that_is_gone_is_missed(lake: Lake, name: str):
    [file] = lake.root.glob(f"{name}.*")
    file.unlink()
    with pytest.raises(LakeDamagedError, match=rf"lake/{name}\..*sikkerhedskopi"):
        refuse_losses(lake)


def test_both_lists_gone_are_missed_by_the_slices(lake: Lake):
    for name in ("deliveries", "contents"):
        [file] = lake.root.glob(f"{name}.*")
        file.unlink()
    with pytest.raises(LakeDamagedError, match=r"lake/"):
        refuse_losses(lake)


def test_lists_begun_by_a_killed_night_are_no_loss(tmp_path: Path):
    lake = Lake(tmp_path / "lake")
    lake.begin()
    [file] = lake.root.glob("deliveries.*")
    file.unlink()  # the list of contents is made first
    refuse_losses(lake)
    lake.begin()
    assert lake.ever_delivered().is_empty()
