"""A citizen erased: no byte left of him, every figure sound, whatever kills the erasure."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterable

import duckdb
import pytest
from click.testing import CliRunner

from pipelines.cli.main import samtaler
from pipelines.deliveries.pseudonyms import Pseudonyms, mark_of
from pipelines.erasing import erase, publications
from pipelines.erasing.erase import erase_citizen, finish_erasure
from pipelines.ledger import Ledger
from pipelines.progress import show_nothing
from pipelines.running import run_night
from pipelines.settings import Home
from pipelines.verifying import erasures_of, ledger_problems, verify_publication
from proof.privacy.search import Needles, search
from tests.nights.deliveries import (
    ANNA,
    BO,
    MEETINGS,
    SPELLS,
    ask,
    deliver,
    leftovers,
    publication_id,
    tables_hash,
    vintages,
)


def pseudonym(home: Home, number: str = ANNA) -> str:
    return Pseudonyms((home.state / "pseudonym.key").read_bytes()).pseudonym(number)


def traces(home: Home, number: str = ANNA, ids: Iterable[str] = ()) -> set[str]:
    """Places outside landing/ with the citizen's key, mark or number, or an id."""
    key = pseudonym(home, number)
    needles = Needles.of([number], [key, mark_of(key), *ids])
    return set(search(home.root, needles, [home.landing]).hits)


def equal(home: Home) -> dict[str, bool]:
    """By publication: whether a recount gives it."""
    return {name: verify_publication(home, name, show_nothing).is_equal for name in vintages(home)}


@pytest.fixture
def second_day(day_after: Home) -> Home:
    """Two publications; a rejected row of Anna's, her number in an id and in a file's name."""
    deliver(
        day_after,
        MEETINGS,
        [
            f"sag-{ANNA};{ANNA};7;1;afholdt;2024-06-03;;;;;;",
            f"XTJA;{ANNA};99;1;afholdt;2024-06-03;;;;;;",
            f"M40;{BO};7;1;afholdt;2024-06-03;;;;;nævner {ANNA};",
        ],
        day="2024-06-04",
        name=f"samtaler {ANNA}.csv",
    )
    assert run_night(day_after, None, show_nothing).published
    return day_after


def test_no_byte_of_the_citizen_is_left_and_every_figure_is_sound(second_day: Home) -> None:
    home = second_day
    before = vintages(home)
    assert traces(home, ids=["XTJA"])
    found = erase_citizen(home, ANNA, show_nothing)
    assert found.rows == 8
    assert found.publications == dict.fromkeys(before, True)
    assert traces(home, ids=["XTJA"]) == set()
    assert equal(home) == dict.fromkeys(before, True)
    assert list(ledger_problems(home)) == []
    assert leftovers(home) == []
    assert not home.erasing.exists()
    [(rows,)] = ask(home, "select sum(rows_erased) from deliveries")
    assert rows == 8
    assert {left.file: (left.about, left.is_named) for left in found.left} == {
        "forløb.csv": ((1,), False),
        "fravær.csv": ((1,), False),
        "samtaler.csv": ((1, 2, 3, 8), False),
        "samtaler cpr-slettet-1.csv": ((1, 2), True),
    }
    assert found.left[-1].mentions == (3,)
    assert stat.S_IMODE(home.erased.stat().st_mode) == 0o600


def test_the_night_after_publishes_and_tells_what_the_erasure_moved(second_day: Home) -> None:
    home = second_day
    held = ask(home, "select held from history order by number")
    erase_citizen(home, ANNA, show_nothing)
    assert run_night(home, None, show_nothing).published
    told = ask(home, "select number, held, held_by_erasure from history order by number")
    assert told == [(1, *held[0], 0), (2, *held[1], 0), (4, 5, -4)]
    assert traces(home) == set()
    assert run_night(home, None, show_nothing).published  # and again, with nothing new
    assert [entry.is_erasure for entry in Ledger(home.ledger).entries()] == [
        False,
        False,
        True,
        False,
    ]


def test_the_citizen_stays_erased_when_files_are_read_again_and_delivered_again(
    second_day: Home,
) -> None:
    home = second_day
    erase_citizen(home, ANNA, show_nothing)
    hash_after = tables_hash(home)
    shutil.rmtree(home.lake)
    deliver(home, SPELLS, [f"F90;{ANNA};6.2;2024-01-01;"], day="2024-06-04", name="forløb.csv")
    assert run_night(home, None, show_nothing).published
    assert traces(home, ids=["F90"]) == set()
    rows = ask(home, "select file, rows_erased from deliveries where rows_erased > 0 order by 1")
    assert rows == [
        ("forløb.csv", 1),
        ("forløb.csv", 1),
        ("fravær.csv", 1),
        ("samtaler cpr-slettet-1.csv", 2),
        ("samtaler.csv", 4),
    ]
    assert tables_hash(home) != hash_after  # the new file


def test_a_publication_of_another_program_keeps_its_sums_and_loses_the_rows(
    second_day: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = second_day
    counts = ask(home, "from counts order by all")
    others = ask(
        home,
        "select meeting_id from meetings where citizen_key is distinct from "
        f"'{pseudonym(home)}' order by 1",
    )
    monkeypatch.setattr(publications, "code_version", lambda _part: "0.0.0+another")
    found = erase_citizen(home, ANNA, show_nothing)
    monkeypatch.undo()
    assert found.publications == dict.fromkeys(vintages(home), False)
    assert ask(home, "from counts order by all") == counts
    assert ask(home, "select meeting_id from meetings order by 1") == others
    assert ask(home, "select count(*) from evaluations where meeting_id = 'M1'") == [(0,)]
    [(comment,)] = ask(home, "select comment from duckdb_tables() where table_name = 'meetings'")
    assert comment
    assert traces(home, ids=["XTJA"]) == set()
    [said] = erasures_of(home, publication_id(home))
    assert "ændret ved en sletning" in said
    assert "optællingerne står" in said
    assert run_night(home, None, show_nothing).published
    assert equal(home)[publication_id(home)]


def test_what_others_said_later_of_the_same_meeting_stays_and_nothing_older_revives(
    day_after: Home,
) -> None:
    home = day_after
    deliver(
        home,
        MEETINGS,
        [
            f"VEJQW1;{BO};7;1;afholdt;2024-05-01;;;;;;",
            f"VEJQW1;{ANNA};7;1;afholdt;2024-05-01;;;;;;",
            f"VEJQW2;{ANNA};7;1;afholdt;2024-05-02;;;;;;",
            f"VEJQW2;{BO};7;1;afholdt;2024-05-02;;;;;;",
            f"VEJQW3;{ANNA};7;1;afholdt;2024-05-03;;;;;;",
            "VEJQW3;0000000000;7;1;slettet;2024-05-03;;;;;;",
        ],
        day="2024-06-04",
    )
    assert run_night(home, None, show_nothing).published
    erase_citizen(home, ANNA, show_nothing)
    assert ask(home, "select meeting_id from meetings where meeting_id like 'VEJQW%'") == [
        ("VEJQW2",)
    ]
    assert ask(home, "select rows_read, rows_accepted, rows_erased from deliveries "
               "where delivered_on = '2024-06-04'") == [(6, 1, 5)]  # fmt: skip
    assert traces(home, ids=["VEJQW1", "VEJQW3"]) == set()


@pytest.mark.slow
@pytest.mark.parametrize("place", range(len(erase.STEPS) + 1))
def test_an_erasure_broken_between_two_steps_is_ended_by_the_next_night(
    second_day: Home, place: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = second_day

    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    steps = list(erase.STEPS)
    steps.insert(place, broken)
    monkeypatch.setattr(erase, "STEPS", tuple(steps))
    with pytest.raises(KeyboardInterrupt):
        erase_citizen(home, ANNA, show_nothing)
    assert stat.S_IMODE(home.erasing.stat().st_mode) == 0o600
    monkeypatch.undo()
    finish_erasure(home, show_nothing)  # what a night does first
    assert traces(home, ids=["XTJA"]) == set()
    assert equal(home) == dict.fromkeys(vintages(home), True)
    assert list(ledger_problems(home)) == []
    assert sum(entry.is_erasure for entry in Ledger(home.ledger).entries()) == 1
    assert Ledger(home.ledger).entries()[-1].facts["rows"] == 8
    assert not home.erasing.exists()


def run_command(home: Home, said: str) -> tuple[int, str]:
    result = CliRunner().invoke(samtaler, ["erase", "--home", str(home.root)], input=said)
    return result.exit_code, result.output


def test_the_command_never_repeats_the_number(day_after: Home) -> None:
    code, said = run_command(day_after, f"{ANNA[:6]}-{ANNA[6:]}\n")
    assert code == 0
    assert "8 rækker" not in said
    assert "6 rækker er taget ud af lageret" in said
    assert "101/2024-06-03/samtaler.csv: række 1, 2, 3, 8" in said
    assert ANNA not in said
    assert ANNA[6:] not in said
    code, said = run_command(day_after, ANNA)  # again: only landing/ holds her
    assert code == 0
    assert "0 rækker" in said


def test_an_unknown_citizen_changes_nothing(day_after: Home) -> None:
    before = Ledger(day_after.ledger).head
    code, said = run_command(day_after, "0101012222")
    assert (code, "findes hverken" in said) == (1, True)
    assert run_command(day_after, "hej")[0] == 2
    assert run_command(day_after, "0000000000")[0] == 2
    assert Ledger(day_after.ledger).head == before
    assert not day_after.erased.exists()


def test_another_key_cannot_read_past_the_list_of_the_erased(day_after: Home) -> None:
    erase_citizen(day_after, ANNA, show_nothing)
    shutil.rmtree(day_after.lake)
    key = day_after.state / "pseudonym.key"
    key.write_bytes(b"another key" * 4)
    outcome = run_night(day_after, None, show_nothing)
    assert not outcome.published
    assert "listen over slettede borgere" in outcome.problems[0]
    assert list(day_after.lake.rglob("*.parquet")) == []


def test_a_reader_with_the_old_publication_open_keeps_it(day_after: Home) -> None:
    with duckdb.connect(str(day_after.publication), read_only=True) as reader:
        erase_citizen(day_after, ANNA, show_nothing)
        assert reader.execute("select count(*) from spells").fetchone() == (2,)
    assert ask(day_after, "select count(*) from spells") == [(1,)]
    assert day_after.publication.samefile(day_after.vintage(publication_id(day_after)))
