"""`samtaler explain` on the first night: meetings, spells, what is not there, what is wrong."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result

from pipelines.cli.main import samtaler
from pipelines.progress import show_nothing
from pipelines.running import run_night
from pipelines.settings import Home
from tests.nights.deliveries import ANNA, MEETINGS, SPELLS, ask, deliver, publication_id

AGREE = "Dommeren og SQL er enige | The referee and the SQL agree"
DISAGREE = "Dommeren og SQL er IKKE enige | The referee and the SQL do NOT agree"


def explain(home: Home, *words: str) -> Result:
    """The command's answer, with the terminal's folds taken out."""
    return CliRunner(env={"COLUMNS": "100"}).invoke(
        samtaler, ["explain", "--home", str(home.root), *words]
    )


def flat(result: Result) -> str:
    return " ".join(result.output.split())


@pytest.fixture
def spoilt(first_night: Home, tmp_path: Path) -> Home:
    """A home with nothing but a copy of the publication, to be spoilt."""
    home = Home(tmp_path, tmp_path / "landing")
    home.published.mkdir()
    shutil.copyfile(first_night.publication, home.publication)
    return home


def spoil(home: Home, statement: str) -> None:
    with duckdb.connect(str(home.publication)) as connection:
        connection.execute(statement)


@pytest.mark.parametrize("meeting", ["M1", "M2", "M3", "M4", "M5", "M6", "M8", "M9"])
def test_every_meeting_is_explained_and_agreed_on(first_night: Home, meeting: str) -> None:
    result = explain(first_night, "101", meeting)
    assert (result.exit_code, AGREE in result.output) == (0, True)
    assert f"København (101) · samtale | meeting {meeting}" in result.output


def test_a_recognised_meeting_tells_which_earlier_one_was_in_person(first_night: Home) -> None:
    told = flat(explain(first_night, "101", "M2"))
    assert "7 Jobsamtale" in told
    assert "telefonsamtale | by phone (afgjort af ordet | decided by the word)" in told
    assert "F1, KTH_JP jobparat, kontanthjælp" in told
    assert "samtaler.csv, række | row 2, 03-06-2024" in told
    assert "Pligten | The duty medregnet | recognised" in told
    assert "M1, personligt fremmøde | in person, 05-02-2024 kl. 10:00" in told
    assert "accepted_modes@2023-03-22" in told
    assert "A læst | read" in told


def test_a_link_is_never_broken(first_night: Home) -> None:
    lines = explain(first_night, "101", "M2").output.splitlines()
    urls = {str(row[0]) for row in ask(first_night, "select url from law")}
    links = [line.strip() for line in lines if line.strip().startswith("http")]
    assert len(links) == 10  # eight rules of supervision and two of register
    assert set(links) <= urls


def test_a_wrong_actor_tells_until_when_the_a_kasse_was_responsible(first_night: Home) -> None:
    told = flat(explain(first_night, "101", "M4"))
    assert "IKKE OPFYLDT | NOT MET: Hvem der skal holde samtalen" in told
    assert "A-kassen før | The a-kasse before 01-05-2024" in told


def test_a_duplicate_tells_what_it_repeats(first_night: Home) -> None:
    told = flat(explain(first_night, "101", "M8"))
    assert "Gentager | Repeats M1" in told


def test_a_meeting_that_was_not_held_is_not_tried(first_night: Home) -> None:
    told = flat(explain(first_night, "101", "M3"))
    assert "Samtalen er ikke afholdt | The meeting was not held" in told
    assert "Medregnet?" not in told


def test_a_spell_tells_its_windows_pauses_and_meetings(first_night: Home) -> None:
    result = explain(first_night, "101", "--spell", "F1")
    told = flat(result)
    assert (result.exit_code, AGREE in result.output) == (0, True)
    assert "barsel | parental leave, 01-04-2024 \N{EN DASH} 14-04-2024" in told
    assert "Vindue | Window 01-01-2024 \N{EN DASH} 14-07-2024" in told
    assert "Uden pauser | Without pauses 01-01-2024 \N{EN DASH} 30-06-2024" in told
    assert "14: 01-04-2024 \N{EN DASH} 14-04-2024" in told
    assert "Tæller | Counts M1, 05-02-2024, personligt fremmøde" in told
    assert "Tæller ikke | Does not count M8, 05-02-2024, personligt fremmøde | in person: gent" in (
        told
    )
    assert "Tæller ikke | Does not count M3, 01-07-2024, personligt fremmøde | in person: pl" in (
        told
    )
    assert "Senere | Later M1, 05-02-2024" in told  # too late for the first week
    assert "Seks måneder den | Six months on 15-07-2024" in told
    assert "nej, 07-2024 er ikke omme | no, 07-2024 is not over" in told
    assert "Uret står stille | The clock stands still" in told


def test_a_spell_with_the_a_kasse_is_agreed_on(first_night: Home) -> None:
    result = explain(first_night, "101", "--spell", "F2")
    assert (result.exit_code, AGREE in result.output) == (0, True)
    assert "a-kassen | the a-kasse" in result.output


def test_no_citizen_key_is_shown(first_night: Home) -> None:
    keys = [str(row[0]) for row in ask(first_night, "select distinct citizen_key from meetings")]
    for words in (("101", "M2"), ("101", "M8"), ("101", "--spell", "F1")):
        output = explain(first_night, *words).output
        assert not [key for key in keys if key in output]


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("101", "M77"), 1, "ingen gældende samtale med id'et M77"),
        (("101", "--spell", "F77"), 1, "intet gældende forløb med id'et F77"),
        (("999", "M1"), 1, "ingen kommune med koden 999"),
        (("101", "M1", "--publication", "../samtaler"), 1, "ingen udgivelse med id'et ../samtaler"),
        (("101",), 2, "enten et samtale-id eller --spell"),
        (("101", "M1", "--spell", "F1"), 2, "enten et samtale-id eller --spell"),
        (("101", "M'7; drop table meetings"), 1, "ingen gældende samtale"),
        (("101", "[red]\x1b[31m"), 1, "[red]\N{REPLACEMENT CHARACTER}[31m"),
    ],
)
def test_what_is_not_there_is_told_in_a_sentence(
    first_night: Home, words: tuple[str, ...], code: int, sentence: str
) -> None:
    result = explain(first_night, *words)
    assert result.exit_code == code
    assert sentence in flat(result)


def test_without_a_publication_there_is_nothing_to_explain(tmp_path: Path) -> None:
    result = explain(Home(tmp_path, tmp_path / "landing"), "101", "M1")
    assert result.exit_code == 1
    assert "Kør «samtaler nightly» først" in flat(result)


def test_a_file_that_is_no_publication_is_told(spoilt: Home) -> None:
    spoil(spoilt, "alter table law rename column applies_by to goes_by")
    for content in (None, b"not a database"):
        if content:
            spoilt.publication.write_bytes(content)
        result = explain(spoilt, "101", "M1")
        assert result.exit_code == 1
        assert "Udgivelsen kan ikke læses" in flat(result)


def test_later_nights_unknown_citizens_and_an_older_vintage(day_after: Home) -> None:
    first = publication_id(day_after)
    rows = [
        f"M8;{ANNA};7;1;slettet;2024-02-05 10:00;;;;;;",
        "U1;0000000000;7;1;afholdt;2024-03-01 10:00;;;;;;",
    ]
    deliver(day_after, MEETINGS, rows, day="2024-06-04")
    spell = ["FU;0000000000;6.2;2024-01-01;"]
    deliver(day_after, SPELLS, spell, day="2024-06-04", name="f.csv")
    assert run_night(day_after, None, show_nothing).published

    assert explain(day_after, "101", "M8").exit_code == 1
    old = explain(day_after, "101", "M8", "--publication", first)
    assert (old.exit_code, AGREE in old.output) == (0, True)
    assert first in old.output

    alone = explain(day_after, "101", "U1")
    assert (alone.exit_code, AGREE in alone.output) == (0, True)
    assert "intet | none (borgeren er ukendt" in flat(alone)
    unknown = explain(day_after, "101", "--spell", "FU")
    assert (unknown.exit_code, AGREE in unknown.output) == (0, True)
    assert "ukendt: ingen samtaler" in flat(unknown)


def test_an_absence_until_the_year_9999_is_told_at_once(spoilt: Home) -> None:
    spoil(spoilt, "update absences set ended_on = date '9999-12-31' where absence_type = '8'")
    result = explain(spoilt, "101", "--spell", "F1")
    assert result.exit_code == 1
    assert "slutter 31-12-9999" in flat(result)


@pytest.mark.parametrize(
    ("statement", "words", "where"),
    [
        (
            "update meetings set failed_rules = ['suspended'], reason = 'suspended'",
            ("101", "M2"),
            "meetings M2: failed_rules Dommeren | Referee [] SQL [suspended]",
        ),
        (
            "update meetings set failed_rules = ['suspended'] where meeting_id = 'M2'",
            ("101", "M2"),
            "evaluations M2 duty: failed_rules Dommeren | Referee [] SQL [suspended]",
        ),
        (
            "update meetings set rule_version = 'x' where meeting_id = 'M2'",
            ("101", "--spell", "F1"),
            "meetings M2: rule_version Dommeren | Referee accepted_modes@2023-03-22 SQL x",
        ),
        (
            "update meetings set recognised = true where meeting_id = 'M3'",
            ("101", "M3"),
            "meetings M3: recognised Dommeren | Referee False SQL True",
        ),
        (
            "update requirements set due_on = due_on + 1 where requirement_id = 'four-2024'",
            ("101", "--spell", "F1"),
            "requirements F1 four-2024: due_on Dommeren | Referee 2024-07-14 SQL 2024-07-15",
        ),
        (
            "delete from requirements where requirement_id = 'four-2024'",
            ("101", "--spell", "F1"),
            "requirements F1 four-2024 Dommeren | Referee findes | is there SQL mangler",
        ),
        (
            "update publication set as_of = date '2024-08-01'",
            ("101", "--spell", "F1"),
            "supervision 2024-07",
        ),
    ],
)
def test_a_disagreement_is_told_where_it_is(
    spoilt: Home, statement: str, words: tuple[str, ...], where: str
) -> None:
    assert explain(spoilt, *words).exit_code == 0
    spoil(spoilt, statement)
    result = explain(spoilt, *words)
    assert result.exit_code == 1
    assert DISAGREE in result.output
    assert AGREE not in result.output
    assert where in flat(result)


def test_the_command_needs_neither_dagster_nor_a_data_frame(first_night: Home) -> None:
    program = (
        "import sys\n"
        "from pipelines.cli.main import samtaler\n"
        "try:\n    samtaler(sys.argv[1:])\n"
        "except SystemExit as ended:\n    assert ended.code == 0, ended.code\n"
        "heavy = {'dagster', 'polars', 'pandas', 'great_expectations', 'numpy'}\n"
        "print('heavy:', sorted(heavy & set(sys.modules)))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, "explain", "--home", str(first_night.root), "101", "M2"],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )
    assert ran.stdout.splitlines()[-1] == "heavy: []"
