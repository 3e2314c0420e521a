"""The worklists of a night: who gets them, which rows stand in them, and when they go away."""

from __future__ import annotations

import errno
import shutil
import stat
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from pipelines.extracts import writing
from pipelines.extracts.danish import HEADINGS
from pipelines.extracts.writing import ExtractsMade, write_extracts
from pipelines.progress import show_nothing
from pipelines.running import Outcome, run_night
from pipelines.settings import Home
from tests.nights.deliveries import MEETINGS, SPELLS, ask, deliver, new_home, publication_id

AS_OF = "2024-06-03"
ON = """\
municipalities:
  "101":
    legal_basis: "=Aftale om databehandling"
    decided_by: Jobcenterchefen
    decided_on: 2024-05-01
    stops_on: 2024-06-05
"""
BOTH = ON + ON.removeprefix("municipalities:\n").replace("101", "461")
FILES = [
    "afholdt_ikke_medregnet.csv",
    "afholdt_ikke_medregnet.parquet",
    "arbejdsliste.xlsx",
    "forfalder_snart.csv",
    "forfalder_snart.parquet",
    "overskredne.csv",
    "overskredne.parquet",
]


def cpr(number: int) -> str:
    return f"0101901{number:03d}"


# JAF owes four meetings in six months and nothing else. Spells that start in 2023 owe four-2020.
OWING = [
    f"dagen før;{cpr(1)};JAF;2023-12-03;",  # due 2 June: overdue
    f"på dagen;{cpr(2)};JAF;2023-12-04;",  # due on the reporting day
    f"14 dage;{cpr(3)};JAF;2023-12-18;",  # due 17 June
    f"15 dage;{cpr(4)};JAF;2023-12-19;",  # due 18 June: not listed
    f"sluttet;{cpr(5)};JAF;2023-10-01;2024-06-03",  # overdue, but ended by the reporting day
    f"=1+1;{cpr(6)};JAF;2023-10-02;2024-06-04",  # overdue, ends tomorrow
    "ukendt;0000000000;JAF;2023-10-03;",  # overdue, citizen unknown
    f"båret;{cpr(7)};JAF;2020-01-01;",  # due 30 June 2020: still to be caught up
]
HELD = [
    # recognised: in person, then by phone; refused: in writing; and one booked
    f"1;{cpr(2)};7;1;afholdt;2024-02-01 10:00;;;;;;",
    f"2;{cpr(2)};7;2;afholdt;2024-03-01 10:00;;;;;;",
    f"-2;{cpr(2)};7;3;afholdt;2024-05-10 10:00;;;;;;",
    f"4;{cpr(2)};7;1;planlagt;2024-06-10 10:00;;;;;;",
    f"5;{cpr(2)};7;1;planlagt;2024-06-02 10:00;;;;;;",  # forgotten: its day has passed
    # by phone, and nobody has met the citizen in person
    f"@x;{cpr(3)};7;2;afholdt;2024-02-01 10:00;;;;;;",
    # no spell: one a day more than twelve months ago, one a day less; both types wrong
    f"7;{cpr(9)};9;1;afholdt;2023-06-03 10:00;;;;;;",
    f"8;{cpr(9)};9;1;afholdt;2023-06-04 10:00;;;;;;",
    # one of the three years ago caught up
    f"9;{cpr(7)};7;1;afholdt;2020-09-01 10:00;;;;;;",
]


def night(home: Home) -> Outcome:
    return run_night(home, None, show_nothing)


def make(home: Home) -> ExtractsMade:
    """The lists made anew of the publication that stands, as a night does at its end."""
    return write_extracts(home, home.state / "scratch", show_nothing)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home after a night without a file of choices; not to be changed."""
    home = new_home(tmp_path_factory.mktemp("extracts") / "home")
    deliver(home, SPELLS, OWING, name="forløb.csv", day=AS_OF)
    deliver(home, MEETINGS, HELD, day=AS_OF)
    deliver(home, SPELLS, OWING, name="forløb.csv", code="461", day=AS_OF)
    assert night(home).published
    return home


@pytest.fixture
def owing(published: Home, tmp_path: Path) -> Home:
    """A copy of that home, with Copenhagen switched on."""
    root = tmp_path / "home"
    shutil.copytree(published.root, root)
    home = Home(root, root / "landing")
    home.extract_choices.write_text(ON, "utf-8")
    return home


def folder(home: Home, code: str = "101") -> Path:
    return home.extracts / code


def content(home: Home) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder(home).iterdir())}


def listed(home: Home, name: str, *columns: str) -> list[tuple[object, ...]]:
    rows = pl.read_parquet(folder(home) / f"{name}.parquet")
    return rows.select(columns).rows()


def test_nothing_is_written_until_a_municipality_switches_it_on(published: Home) -> None:
    assert not published.extracts.exists()


def test_a_night_with_the_lists_on(owing: Home) -> None:
    outcome = night(owing)
    assert outcome.published
    assert not [note for note in outcome.notes if "rbejdslister" in note]
    assert [place.name for place in owing.extracts.iterdir()] == ["101"]
    assert list(content(owing)) == FILES
    assert stat.S_IMODE(folder(owing).stat().st_mode) == 0o700
    _the_overdue(owing)
    _the_due_soon(owing)
    _the_not_recognised(owing)
    _for_spreadsheets(owing)
    _no_cpr(owing)
    before = content(owing)
    (folder(owing) / ".overskredne.csv.next").write_text("afbrudt")
    make(owing)
    again = content(owing)
    assert list(again) == FILES
    assert all(again[name] == before[name] for name in FILES if not name.endswith(".xlsx"))


def _the_overdue(home: Home) -> None:
    told = ("spell_id", "due_on", "days_left", "status", "recognised_count", "lacking")
    assert listed(home, "overskredne", *told) == [
        ("båret", date(2020, 6, 30), -1434, "carried", 0, 3),
        ("=1+1", date(2024, 4, 1), -63, "missed", 0, 4),
        ("ukendt", date(2024, 4, 2), -62, "missed", 0, 4),
        ("dagen før", date(2024, 6, 2), -1, "missed", 0, 4),
    ]
    modes = ("spell_id", "accepted_modes", "accepted_on", "citizen_key", "spell_ended_on")
    rows = {row[0]: row[1:] for row in listed(home, "overskredne", *modes)}
    today = date(2024, 6, 3)
    every = ["in_person", "phone", "virtual"]
    assert rows["båret"][:2] == (every, today)
    assert rows["=1+1"][:2] == (["in_person"], today)
    assert rows["ukendt"] == (["in_person"], today, None, None)
    assert rows["=1+1"][3] == date(2024, 6, 4)


def _the_due_soon(home: Home) -> None:
    [first, second] = pl.read_parquet(folder(home) / "forfalder_snart.parquet").rows(named=True)
    [(key,)] = ask(home, "select distinct citizen_key from meetings where spell_id = 'på dagen'")
    [law] = ask(
        home,
        "select label_da, instrument_title, provision from law where rule = 'four-2020'",
    )
    assert first == {
        "municipality_code": "101",
        "spell_id": "på dagen",
        "citizen_key": key,
        "target_group": "JAF",
        "spell_started_on": date(2023, 12, 4),
        "spell_ended_on": None,
        "requirement_id": "four-2020",
        "requirement_da": law[0],
        "instrument_title": law[1],
        "provision": law[2],
        "actor": "municipality",
        "required": 4,
        "recognised_count": 2,
        "lacking": 2,
        "due_on": date(2024, 6, 3),
        "days_left": 0,
        "status": "open",
        "last_held_on": date(2024, 5, 10),
        "last_mode": "written",
        "last_recognised": False,
        "last_reason": "mode_not_accepted",
        "last_recognised_on": date(2024, 3, 1),
        "booked_on": date(2024, 6, 10),
        "accepted_modes": ["in_person", "phone", "virtual"],
        "accepted_on": date(2024, 6, 3),
    }
    assert (second["spell_id"], second["days_left"], second["lacking"]) == ("14 dage", 14, 4)
    assert (second["accepted_modes"], second["accepted_on"]) == (["in_person"], date(2024, 6, 17))
    assert (second["last_held_on"], second["last_recognised_on"], second["booked_on"]) == (
        date(2024, 2, 1),
        None,
        None,
    )


def _the_not_recognised(home: Home) -> None:
    told = ("meeting_id", "spell_id", "held_on", "reason", "failed_rules", "mending")
    assert listed(home, "afholdt_ikke_medregnet", *told) == [
        ("8", None, date(2023, 6, 4), "wrong_type", ["wrong_type", "no_spell"], "register"),
        (
            *("@x", "14 dage", date(2024, 2, 1)),
            *("mode_not_accepted", ["mode_not_accepted"], "hold_again"),
        ),
        (
            *("-2", "på dagen", date(2024, 5, 10)),
            *("mode_not_accepted", ["mode_not_accepted"], "hold_again"),
        ),
    ]
    origin = ("meeting_type", "meeting_type_da", "mode", "rule_version", "file", "source_row")
    assert listed(home, "afholdt_ikke_medregnet", *origin, "delivered_on")[2] == (
        *("7", "Jobsamtale", "written", "accepted_modes@2023-03-22", "samtaler.csv", 3),
        date(2024, 6, 3),
    )
    law = listed(home, "afholdt_ikke_medregnet", "provision", "fix_da", "target_group")
    assert law[2][0] == "LAB § 33, stk. 1; sygedagpengeloven § 13 b"
    assert str(law[2][1]).endswith(".")
    assert law[0][2] == "none"


def _for_spreadsheets(home: Home) -> None:
    """Danish words under Danish headings, and no cell that would run."""
    text = (folder(home) / "forfalder_snart.csv").read_bytes().decode("utf-8")
    head, first, *_ = text.split("\r\n")
    assert head.startswith("\ufeffKommune;Forløbs-id;Borgernøgle;Målgruppe;")
    assert "03-06-2024;0;åbent;10-05-2024;skriftlig;nej;formen tæller ikke;01-03-2024" in first
    assert first.endswith("personligt fremmøde, telefonsamtale, videosamtale;03-06-2024")
    overdue = (folder(home) / "overskredne.csv").read_text("utf-8").splitlines()
    assert [line.split(";")[1] for line in overdue[1:]] == ["båret", "'=1+1", "ukendt", "dagen før"]
    held = (folder(home) / "afholdt_ikke_medregnet.csv").read_text("utf-8").splitlines()
    assert [line.split(";")[1] for line in held[1:]] == ["8", "'@x", "'-2"]
    assert ";uden forløb;04-06-2023;9;Informationsmøde;personligt fremmøde;" in held[1]
    assert ";anden samtaletype;anden samtaletype, intet forløb;bedre registrering;" in held[1]
    book = CalamineWorkbook.from_path(str(folder(home) / "arbejdsliste.xlsx"))
    names = ["Læs mig", "Overskredne", "Forfalder snart", "Afholdt, ikke medregnet"]
    assert book.sheet_names == names
    about = dict(book.get_sheet_by_name("Læs mig").to_python())
    assert about["Udgivelse"] == publication_id(home)
    assert about["Opgjort pr."] == "03-06-2024"
    assert about["Grundlag"] == "=Aftale om databehandling"
    assert about["Besluttet"] == "Jobcenterchefen, 01-05-2024"
    assert set(names[1:]) <= set(about)
    rows = book.get_sheet_by_name("Overskredne").to_python()
    assert [row[1] for row in rows] == ["Forløbs-id", "båret", "=1+1", "ukendt", "dagen før"]
    for worklist in ("overskredne", "forfalder_snart", "afholdt_ikke_medregnet"):
        columns = pl.read_parquet(folder(home) / f"{worklist}.parquet").columns
        assert set(columns) <= set(HEADINGS)


def _no_cpr(home: Home) -> None:
    for name, written in content(home).items():
        assert not [number for number in range(10) if cpr(number).encode() in written], name


def test_lists_go_away_the_night_they_are_switched_off(owing: Home) -> None:
    owing.extract_choices.write_text(BOTH, "utf-8")
    assert list(make(owing).rows) == ["101", "461"]
    owing.extract_choices.write_text(ON, "utf-8")
    made = make(owing)
    assert made.removed == ("461",)
    assert made.notes == ("Arbejdslisterne er slået fra og fjernet for kommune 461.",)
    assert [place.name for place in owing.extracts.iterdir()] == ["101"]

    deliver(owing, SPELLS, OWING[:1], name="forløb.csv", day="2024-06-05")  # stops_on
    outcome = night(owing)
    assert outcome.published
    assert "Arbejdslisterne er slået fra og fjernet for kommune 101." in outcome.notes
    assert list(owing.extracts.iterdir()) == []


def test_lists_go_away_with_the_file_of_choices(owing: Home) -> None:
    make(owing)
    owing.extract_choices.unlink()
    assert make(owing).removed == ("101",)
    assert list(owing.extracts.iterdir()) == []


def test_a_broken_file_of_choices_leaves_the_lists_and_the_night_alone(owing: Home) -> None:
    make(owing)
    before = content(owing)
    owing.extract_choices.write_text(ON.replace("decided_by", "besluttet_af"), "utf-8")
    deliver(owing, SPELLS, OWING[:1], name="forløb.csv", day="2024-06-04")
    outcome = night(owing)
    assert outcome.published
    assert not outcome.problems
    [told] = [note for note in outcome.notes if note.startswith("extracts.yaml")]
    assert told.startswith("extracts.yaml, linje 4, municipalities, 101, besluttet_af")
    assert ask(owing, "select cast(as_of as varchar) from publication") == [("2024-06-04",)]
    assert content(owing) == before


def test_a_defect_in_the_lists_is_told_and_the_night_is_published(
    owing: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_engine: object) -> None:
        raise ValueError(cpr(1))

    monkeypatch.setattr(writing, "read_worklists", broken)
    outcome = night(owing)
    assert outcome.published
    [told] = [note for note in outcome.notes if note.startswith("Arbejdslisterne blev ikke")]
    assert "ValueError" in told
    assert cpr(1) not in told


def test_a_municipality_that_cannot_be_written_does_not_keep_back_the_others(owing: Home) -> None:
    owing.extract_choices.write_text(BOTH, "utf-8")
    owing.extracts.mkdir(parents=True)
    folder(owing).write_text("a file where a folder should be")
    made = make(owing)
    [told] = made.notes
    assert told.startswith("Arbejdslisterne for kommune 101 kunne ikke skrives")
    assert list(made.rows) == ["461"]
    assert len(list(folder(owing, "461").iterdir())) == len(FILES)


def test_a_full_disk_leaves_every_file_whole(owing: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    make(owing)
    before = content(owing)
    for name in FILES:
        (folder(owing) / name).write_text("fra i går")

    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(writing, "write_workbook", full)
    [told] = make(owing).notes
    assert "disken er fuld" in told
    expected = before | {"arbejdsliste.xlsx": "fra i går".encode()}
    assert content(owing) == expected
