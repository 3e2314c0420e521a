"""The figures last released are used only as they were written."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from pipelines.disclosure.release import SCHEMA
from pipelines.report.released import ReleasedDamagedError, read_released, write_released

DAMAGES = 300
BLOCK = 256
ROWS = pl.DataFrame(
    [
        (
            *("held", date(2024, month, 1), "country", "DK", "held", "", "", month * 100 + place),
            *("shown" if place % 3 else "hidden", "final", date(2024, 12, 1)),
        )
        for month in range(1, 13)
        for place in range(20)
    ],
    schema=SCHEMA,
    orient="row",
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "report.parquet"
    write_released(file, ROWS)
    return file


def as_written_or_refused(file: Path, content: bytes) -> bool:
    """Whether the damage was found; where it was not, the rows are the right ones."""
    file.write_bytes(content)
    try:
        rows = read_released(file)
    except ReleasedDamagedError:
        return True
    assert rows is not None
    assert rows.equals(ROWS)
    return False


def test_what_was_written_is_read(file: Path) -> None:
    rows = read_released(file)
    assert rows is not None
    assert rows.equals(ROWS)
    assert read_released(file.with_name("none")) is None


def test_a_bit_that_turned_is_found_or_changes_nothing(file: Path) -> None:
    content = file.read_bytes()
    draw = random.Random(20261126)
    found = 0
    for _ in range(DAMAGES):
        at, bit = draw.randrange(len(content)), 1 << draw.randrange(8)
        turned = content[:at] + bytes([content[at] ^ bit]) + content[at + 1 :]
        found += as_written_or_refused(file, turned)
    assert found > DAMAGES / 2


def test_a_block_of_zeros_or_an_end_cut_off_is_found(file: Path) -> None:
    content = file.read_bytes()
    for at in range(0, len(content), BLOCK):
        as_written_or_refused(file, content[:at] + bytes(BLOCK) + content[at + BLOCK :])
        assert as_written_or_refused(file, content[:at])
    with pytest.raises(ReleasedDamagedError, match="sikkerhedskopi"):
        read_released(file)


def test_figures_of_an_older_program_are_taken_as_they_are(file: Path) -> None:
    ROWS.write_parquet(file)
    rows = read_released(file)
    assert rows is not None
    assert rows.equals(ROWS)
