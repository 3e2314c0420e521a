"""Old publications: made again from their inputs, set against the next, and kept in a ledger."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

import assets.law
import pipelines.law.loader
from pipelines.law.loader import load_law
from pipelines.law.model import Law
from pipelines.ledger import Ledger, file_sha256
from pipelines.progress import show_nothing
from pipelines.running import run_night
from pipelines.settings import Home
from pipelines.verifying import ledger_problems, verify_publication
from pipelines.vintages import VintageError
from tests.nights.deliveries import (
    ANNA,
    BO,
    MEETINGS,
    SPELLS,
    ask,
    deliver,
    new_home,
    publication_id,
    vintages,
)

LAW = Path(pipelines.law.loader.__file__).parents[2] / "law"
PARTS = (
    "select previous_id, held, recognised, held_by_new_rows, recognised_by_new_rows, "
    "held_by_corrections, recognised_by_corrections, held_by_law, recognised_by_law, "
    "held_by_code, recognised_by_code from history order by number"
)


@pytest.fixture
def summer_of_2020(tmp_path: Path) -> Home:
    """A home after a night in July 2020, with meetings before, in and after the suspension."""
    home = new_home(tmp_path / "home")
    spells = [f"F1;{ANNA};6.2;2020-01-15;", f"F2;{BO};6.3;2020-02-20;"]
    deliver(home, SPELLS, spells, day="2020-07-03", name="forløb.csv")
    meetings = [
        f"M1;{ANNA};7;1;afholdt;2020-02-03 10:00;;;;;;",
        f"M2;{ANNA};7;2;afholdt;2020-04-20 10:00;;;;;;",  # suspended
        f"M3;{ANNA};7;2;afholdt;2020-06-16 10:00;;;;;;",  # left out of supervision
        f"M4;{BO};7;2;afholdt;2020-07-01 10:00;;;;;;",
    ]
    deliver(home, MEETINGS, meetings, day="2020-07-03")
    assert run_night(home, None, show_nothing).published
    return home


@pytest.fixture
def other_law(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Makes the nights to come count under a law that suspended nothing."""

    def change() -> None:
        folder = tmp_path / "law"
        shutil.copytree(LAW, folder)
        file = folder / "rules" / "suspension.yaml"
        text = file.read_text("utf-8")
        assert "{suspended: true}" in text
        text = text.replace("{suspended: true}", "{suspended: false}")
        file.write_text(text, "utf-8")

        def changed() -> Law:
            return load_law(folder)

        monkeypatch.setattr(assets.law, "load_law", changed)

    return change


def test_a_vintage_is_made_again_after_a_correction_and_a_change_of_law(
    summer_of_2020: Home, other_law: Callable[[], None]
) -> None:
    home = summer_of_2020
    first = publication_id(home)
    deliver(home, MEETINGS, [f"M4;{BO};7;2;aflyst;2020-07-01 10:00;;;;;;"], day="2021-05-01")
    other_law()
    assert run_night(home, None, show_nothing).published
    second = publication_id(home)
    assert second != first
    for name in (first, second):
        found = verify_publication(home, name, show_nothing)
        assert found.is_equal, found
        assert {table.name for table in found.tables} >= {"meetings", "requirements", "law"}
    assert not (home.state / "verify").exists()


def test_each_cause_of_a_change_is_told_apart(
    summer_of_2020: Home, other_law: Callable[[], None]
) -> None:
    home = summer_of_2020
    corrected = [
        f"M4;{BO};7;2;aflyst;2020-07-01 10:00;;;;;;",
        f"M5;{BO};7;1;afholdt;2020-06-30 10:00;;;;;;",
    ]
    deliver(home, MEETINGS, corrected, day="2020-07-04")
    other_law()
    assert run_night(home, None, show_nothing).published
    [first, second] = ask(home, PARTS)
    assert first == (None, 4, 3, 4, 3, 0, 0, 0, 0, 0, 0)
    # M5 is new and M4 was cancelled; M2 is recognised now that no day is suspended
    assert second[1:] == (4, 4, 1, 1, -1, -1, 0, 1, 0, 0)
    by_regime = ask(home, "select regime, cause, held, recognised from changes order by all")
    assert ("register", "law", 0, 0) not in by_regime
    assert ("held", "corrections", -1, -1) in by_regime
    # M5 was held before the reporting day of the first night, so it came late
    late = "select cause, held_late, recognised_late from changes where regime = 'duty' order by 1"
    assert ask(home, late) == [("corrections", 0, 0), ("law", 0, 0), ("new_rows", 1, 1)]
    # knowledge of July 2020 leaves June out of supervision: M5 counts there for nothing
    assert ("supervision", "new_rows", 1, 0) in by_regime


def test_knowledge_that_came_later_is_a_change_of_law(summer_of_2020: Home) -> None:
    home = summer_of_2020
    deliver(home, SPELLS, [f"F9;{BO};6.3;2019-02-20;2019-02-21"], day="2021-05-01")
    assert run_night(home, None, show_nothing).published
    moved = ask(home, "select regime, cause, held, recognised from changes order by all")
    assert moved == [("supervision", "law", 0, 1)]


def test_a_look_back_at_a_past_day_counts_the_rows_not_yet_delivered(summer_of_2020: Home) -> None:
    home = summer_of_2020
    deliver(home, MEETINGS, [f"M5;{BO};7;1;afholdt;2020-07-06 10:00;;;;;;"], day="2020-07-07")
    assert run_night(home, None, show_nothing).published
    assert run_night(home, date(2020, 7, 5), show_nothing).published
    [*_, last] = ask(home, PARTS)
    assert last[1:] == (4, 3, -1, -1, 0, 0, 0, 0, 0, 0)
    triangle = "select number, held, recognised_duty from revisions where month = '2020-07-01'"
    assert ask(home, f"{triangle} order by 1") == [(1, 1, 1), (2, 2, 2), (3, 1, 1)]


def test_other_code_is_a_cause_of_its_own(
    summer_of_2020: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The publication before is counted again by the code at hand: what differs is the code's."""
    home = summer_of_2020
    monkeypatch.setattr("assets.history.code_version", lambda _part: "et andet program")
    monkeypatch.setattr("pipelines.publishing.code_version", lambda _part: "et andet program")
    deliver(home, MEETINGS, [f"M5;{BO};7;1;afholdt;2020-06-30 10:00;;;;;;"], day="2020-07-04")
    assert run_night(home, None, show_nothing).published
    [_, second] = ask(home, PARTS)
    assert second[1:] == (5, 4, 1, 1, 0, 0, 0, 0, 0, 0)


def test_a_replaced_file_does_not_take_the_vintage_with_it(summer_of_2020: Home) -> None:
    home = summer_of_2020
    first = publication_id(home)
    deliver(home, MEETINGS, [f"M1;{ANNA};7;1;afholdt;2020-02-03 10:00;;;;;;"], day="2020-07-03")
    assert run_night(home, None, show_nothing).published
    assert ask(home, "select sum(held) from counts where regime = 'duty'") == [(1,)]
    assert verify_publication(home, first, show_nothing).is_equal


def test_a_vintage_whose_inputs_are_gone_is_told(summer_of_2020: Home) -> None:
    home = summer_of_2020
    for slices in (home.lake / "meetings").iterdir():
        slices.unlink()
    with pytest.raises(VintageError, match="er ikke længere i søen"):
        verify_publication(home, publication_id(home), show_nothing)
    with pytest.raises(VintageError, match="ingen udgivelse"):
        verify_publication(home, "../next", show_nothing)


def test_a_vintage_that_was_changed_is_found(summer_of_2020: Home) -> None:
    home = summer_of_2020
    file = home.published / "vintages" / publication_id(home) / "samtaler.duckdb"
    whole = file.read_bytes()
    assert list(ledger_problems(home)) == []
    file.chmod(0o644)
    _spoil(file)
    [problem] = ledger_problems(home)
    assert "er ændret" in problem
    found = verify_publication(home, publication_id(home), show_nothing)
    assert [table.name for table in found.tables if table.rows_differing] == ["counts"]
    file.write_bytes(whole)
    assert list(ledger_problems(home)) == []


def test_what_the_ledger_and_the_files_say_against_each_other(summer_of_2020: Home) -> None:
    home = summer_of_2020
    head = Ledger(home.ledger).head
    deliver(home, MEETINGS, [f"M5;{BO};7;1;afholdt;2020-06-30 10:00;;;;;;"], day="2020-07-04")
    assert run_night(home, None, show_nothing).published
    assert list(ledger_problems(home, head)) == []
    newest = Ledger(home.ledger).head
    # the newest entry is cut off: its vintage tells, and so does whoever kept the hash
    home.ledger.write_bytes(home.ledger.read_bytes().splitlines(keepends=True)[0])
    assert len(list(ledger_problems(home))) == 1
    assert len(list(ledger_problems(home, newest))) == 2
    shutil.rmtree(home.published / "vintages" / vintages(home)[0])
    assert any("mangler" in problem for problem in ledger_problems(home))


def test_a_standing_publication_that_was_swapped_is_found(summer_of_2020: Home) -> None:
    home = summer_of_2020
    content = home.publication.read_bytes()
    home.publication.unlink()
    home.publication.write_bytes(content)  # a copy, where files cannot be linked
    assert list(ledger_problems(home)) == []
    _spoil(home.publication)
    [problem] = ledger_problems(home)
    assert "fremme" in problem


def _spoil(file: Path) -> None:
    """Writes where the product never does."""
    with duckdb.connect(str(file)) as connection:
        connection.execute("update counts set held = held + 1 where regime = 'register'")


def test_a_publication_of_a_program_with_fewer_columns_of_law_holds_no_night_back(
    summer_of_2020: Home,
) -> None:
    home = summer_of_2020
    name = publication_id(home)
    file = home.published / "vintages" / name / "samtaler.duckdb"
    file.chmod(0o644)
    with duckdb.connect(str(file)) as connection:
        connection.execute("alter table law drop column note")
    [entry] = Ledger(home.ledger).entries()
    home.ledger.unlink()
    Ledger(home.ledger).append({**entry.facts, "file_sha256": file_sha256(file)})
    deliver(home, MEETINGS, [f"M5;{BO};7;1;afholdt;2020-06-30 10:00;;;;;;"], day="2020-07-04")
    assert run_night(home, None, show_nothing).published
    [_, second] = ask(home, PARTS)
    assert second[1:] == (5, 4, 1, 1, 0, 0, 0, 0, 0, 0)
