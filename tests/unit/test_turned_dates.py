"""Day and month turned round: where a file shows it, no date of it is read as another day."""

from pathlib import Path

import polars as pl
import pytest

from pipelines.deliveries import limits
from pipelines.deliveries.moments import read_moments
from pipelines.deliveries.opening import open_delivery

HEADER = "samtale_id;cpr;samtaletype;status;start;registreret"


def days(tmp_path: Path, *starts: str, registered: str = "") -> list[str | None]:
    """What is read of the starts: days as text, None where nothing can be."""
    rows = [f"{at};0101901234;7;afholdt;{start};{registered}" for at, start in enumerate(starts)]
    path = tmp_path / "a.csv"
    path.write_text("\n".join([HEADER, *rows, ""]))
    moments, _ = read_moments(pl.concat(open_delivery(path).frames)["start"])
    return moments.dt.to_string("%Y-%m-%d").to_list()


@pytest.mark.parametrize(
    ("turned", "either", "same"),
    [
        ("01/31/2024", "02/03/2024", "04/04/2024"),
        ("01-31-2024 10:00", "02-03-2024 10:00", "04-04-2024 10:00"),
        ("01.31.2024", "02.03.2024", "04.04.2024"),
        ("2024-31-01", "2024-03-02", "2024-04-04"),
        ("2024-31-01T10:00", "2024-03-02T10:00", "2024-04-04T10:00"),
    ],
)
def test_a_file_that_shows_it_loses_the_dates_that_may_be_either(
    tmp_path: Path, turned: str, either: str, same: str
):
    assert days(tmp_path, turned, either, turned, same, turned) == [
        *(None, None, None),
        "2024-04-04",
        None,
    ]


@pytest.mark.parametrize("others", [["31/01/2024"], []])
def test_slips_in_a_file_as_agreed_cost_only_themselves(tmp_path: Path, others: list[str]):
    slips = ["01/31/2024"] * (5 if others else 2)
    assert days(tmp_path, *others, *slips, "02/03/2024")[-1] == "2024-03-02"


def test_a_few_months_that_are_none_are_slips(tmp_path: Path):
    """Three of thirteen: as many as a file as agreed may have on its first days of a month."""
    found = days(tmp_path, *["2024-13-01"] * 3, *["2024-03-02"] * 10)
    assert found == [None] * 3 + ["2024-03-02"] * 10


def test_other_ways_of_writing_are_not_doubted(tmp_path: Path):
    assert (
        days(tmp_path, *["01/31/2024"] * 5, "02-03-2024", "2024-03-02")[-2:] == ["2024-03-02"] * 2
    )


def test_what_one_column_shows_holds_for_all(tmp_path: Path):
    assert days(tmp_path, *["02/03/2024"] * 4, registered="01/31/2024") == [None] * 4


def test_what_the_first_rows_show_holds_for_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(limits, "DATE_SAMPLE", 3)
    monkeypatch.setattr(limits, "BLOCK", 64)
    shown = days(tmp_path, *["01/31/2024"] * 6, *["31/01/2024"] * 6, "02/03/2024")
    assert shown == [None] * 6 + ["2024-01-31"] * 6 + [None]
