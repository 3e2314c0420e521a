"""Letters and report are made once of a publication, and again whenever that is in doubt."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pipelines.made import Made
from pipelines.progress import show_nothing
from pipelines.receipts.writing import write_receipts
from pipelines.report.exhibits import Report
from pipelines.report.writing import write_report
from pipelines.running import run_night
from pipelines.settings import Home
from tests.nights.deliveries import ANNA, MEETINGS, deliver, publication_id


def standing(folder: Path) -> dict[str, tuple[int, int]]:
    """Every file of a folder with its inode and time: the same file, not only the same bytes."""
    return {
        file.relative_to(folder).as_posix(): (file.stat().st_ino, file.stat().st_mtime_ns)
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


@pytest.fixture
def home(day_after: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home whose reports have one page, so that they are soon made."""

    def write_one(site: Path, report: Report, _show: object) -> int:
        (site / "index.html").write_text(report.facts.publication_id)
        return 1

    monkeypatch.setattr("pipelines.report.writing._write_pages", write_one)
    day_after.costs.unlink(missing_ok=True)
    (day_after.state / "made" / "report.json").unlink()
    write_report(day_after)
    return day_after


@pytest.mark.slow
@pytest.mark.with_report
def test_a_night_with_nothing_new_leaves_letters_and_report_alone(day_after: Home):
    before = standing(day_after.report), standing(day_after.receipts)
    outcome = run_night(day_after, None, show_nothing)
    assert outcome.published
    assert (standing(day_after.report), standing(day_after.receipts)) == before
    assert len(before[0]) > 300


@pytest.mark.with_report
def test_a_new_publication_is_told(home: Home):
    first = publication_id(home)
    deliver(home, MEETINGS, [f"M90;{ANNA};7;1;afholdt;2024-06-03"], day="2024-06-04")
    assert run_night(home, None, show_nothing).published
    second = publication_id(home)
    assert first != second
    told = home.report_front, home.receipts / "101" / "index.html"
    assert all(second in page.read_text("utf-8") for page in told)
    assert run_night(home, date(2024, 6, 3), show_nothing).published  # and back again
    assert all(first in page.read_text("utf-8") for page in told)


def damage(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


@pytest.mark.parametrize(
    "trouble",
    [
        lambda home: home.report_front.unlink(),
        lambda home: damage(home.report_front),
        lambda home: damage(home.report / "data" / "figures.parquet"),
        lambda home: home.released_figures.unlink(),
        lambda home: home.costs.write_text("price_year: 2026\n", "utf-8"),
        lambda home: (home.state / "made" / "report.json").write_text("{"),
        lambda home: (home.state / "made" / "report.json").write_text('{"told": []}'),
        lambda home: home.ledger.write_bytes(b""),
    ],
    ids=["deleted", "cut", "data", "released", "costs", "note", "noted", "ledger"],
)
def test_a_report_in_doubt_is_made_again(home: Home, trouble: Callable[[Home], object]):
    before = standing(home.report)
    write_report(home)
    assert standing(home.report) == before
    trouble(home)
    write_report(home)
    found = standing(home.report)
    assert found.keys() == before.keys()
    assert all(found[name] != at for name, at in before.items())
    assert home.released_figures.exists()


def test_other_code_makes_letters_and_report_again(home: Home, monkeypatch: pytest.MonkeyPatch):
    write_receipts(home)
    before = standing(home.report), standing(home.receipts / "461")
    monkeypatch.setattr("pipelines.made.code_version", lambda part: f"another {part}")
    write_report(home)
    write_receipts(home)
    assert standing(home.report).items().isdisjoint(before[0].items())
    assert standing(home.receipts / "461")["index.html"] != before[1]["index.html"]


@pytest.mark.parametrize("name", ["index.html", "letters.json", "*.xlsx"])
def test_a_letter_that_is_gone_is_written_again(home: Home, name: str):
    write_receipts(home)
    before = standing(home.receipts)
    [gone] = (home.receipts / "461").glob(name)
    gone.unlink()
    write_receipts(home)
    assert gone.exists()
    assert standing(home.receipts).keys() == before.keys()


@pytest.mark.parametrize(
    "place",
    [
        "pipelines.report.writing.write_open_data",
        "pipelines.report.writing._swap",
        "pipelines.made.Made.finish",
    ],
)
def test_a_report_broken_off_is_made_again(home: Home, monkeypatch: pytest.MonkeyPatch, place: str):
    """Also where the broken one was of the same publication as the whole one before it."""
    before = standing(home.report)
    damage(home.report_front)
    with monkeypatch.context() as patch:
        patch.setattr(place, break_off)
        with pytest.raises(KeyboardInterrupt):
            write_report(home)
    write_report(home)
    found = standing(home.report)
    assert found.keys() == before.keys()
    assert found.items().isdisjoint(before.items())


def break_off(*_: object) -> None:
    raise KeyboardInterrupt


def test_letters_broken_off_are_written_again(home: Home, monkeypatch: pytest.MonkeyPatch):
    with monkeypatch.context() as patch:
        patch.setattr("pipelines.made.code_version", lambda _: "other code")
        patch.setattr("pipelines.receipts.writing._write_indexes", break_off)
        with pytest.raises(KeyboardInterrupt):
            write_receipts(home)
    before = standing(home.receipts / "461")
    write_receipts(home)
    assert standing(home.receipts / "461")["index.html"] != before["index.html"]


def test_the_figures_told_are_those_of_the_report_that_stands(home: Home):
    home.costs.write_text("price_year: 2026\nhourly_cost_dkk: {low: 1, middle: 2}\n", "utf-8")
    made, again = write_report(home), write_report(home)
    assert made == again
    assert len(again.notes) == 1


def test_a_note_names_no_file(home: Home):
    for note in (home.state / "made").glob("*.json"):
        assert "csv" not in note.read_text("utf-8")
        assert os.fspath(home.root) not in note.read_text("utf-8")


def test_what_the_ledger_does_not_know_rests_on_nothing(tmp_path: Path):
    made = Made(tmp_path / "note.json", "", (tmp_path / "folder",))
    made.finish({"pages": 1})
    assert made.recall() is None
