"""The letters of real nights: what they say, when they are written, and when they stay."""

from __future__ import annotations

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from pipelines.contracts.tables import TABLES
from pipelines.progress import show_nothing
from pipelines.receipts import writing
from pipelines.receipts.writing import Written, write_receipts
from pipelines.running import run_night
from pipelines.settings import Home
from tests.nights.deliveries import (
    ANNA,
    BO,
    CARL,
    MEETINGS,
    SPELLS,
    ask,
    deliver,
    leftovers,
    new_home,
    put,
)

FORMULA = "=cmd|'/c calc'!A0"
ROWS = (
    # in Anna's first week, without form: one requirement of one, and her fourth meeting of four
    f"M1;{ANNA};7;;afholdt;2024-01-03 10:00;;;;;;",
    f"M2;{ANNA};7;1;afholdt;2024-02-05 10:00;;;;;;",
    f"M3;{ANNA};7;1;afholdt;2024-03-05 10:00;;;;;;",
    f"M4;{ANNA};7;1;afholdt;2024-04-05 10:00;;;;;;",
    f"M5;{ANNA};9;røgsignal;afholdt;2024-05-05 10:00;;;;;;",  # two faults
    f"M6;{ANNA};7;brev;afholdt;2024-05-06 10:00;;;;;;",  # to be held again
    f"M7;{ANNA};7;1;afholdt;2024-04-05 10:00;;;;;;",  # M4 again
    f"M8;{BO};7;1;afholdt;2024-01-02 10:00;;;;;;",  # Bo's first week: met
    f"M9;{BO};7;;afholdt;2024-02-02 10:00;;;;;;",  # would be his second of four
    f"{FORMULA};1234567890;7;1;tja;2024-02-03;;;;;;",  # rejected for two reasons
    f"M11;{CARL};7;1;afholdt;ingen dato;;;;;;",
    f";{CARL};7;1;afholdt;2024-02-03;;;;;;",
)


def letters(home: Home, code: str = "101") -> dict[str, str]:
    """The letters of a municipality, and its index, by the beginning of their names."""
    return {
        file.stem if file.stem == "index" else file.stem[:-9]: file.read_text("utf-8").replace(
            "\N{NO-BREAK SPACE}", " "
        )
        for file in (home.receipts / code).glob("*.html")
    }


def sentences(html: str) -> list[str]:
    return [part.split("</h3>")[0] for part in html.split("<h3>")[1:] if ":" in part.split("<")[0]]


def figures(html: str) -> list[str]:
    return [part.split("</b>")[0] for part in html.split("<b>")[1:]]


def sheets(home: Home, beginning: str) -> dict[str, list[list[object]]]:
    [file] = (home.receipts / "101").glob(f"{beginning}*.xlsx")
    book = CalamineWorkbook.from_path(file)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = new_home(tmp_path_factory.mktemp("receipts") / "home")
    deliver(made, MEETINGS, ROWS, day="2024-07-05")
    spells = [f"F1;{ANNA};6.2;2024-01-01;", f"F2;{BO};6.2;2024-01-01;", f"F3;{CARL};6.99;x;"]
    deliver(made, SPELLS, spells, day="2024-07-05", name="forløb.csv")
    assert run_night(made, None, show_nothing).published
    return made


def test_the_letter_says_what_became_of_the_rows(home: Home):
    html = letters(home)["2024-07-05-samtaler-csv"]
    read, accepted, superseded, withdrawn, rejected, *_ = map(int, figures(html)[:5])
    assert (read, accepted, superseded, withdrawn, rejected) == (12, 9, 0, 0, 3)
    assert read == accepted + superseded + withdrawn + rejected


def test_the_letter_says_what_mending_would_bring(home: Home):
    html = letters(home)["2024-07-05-samtaler-csv"]
    assert sentences(html) == [
        "2 rækker uden kendt samtaleform: op til +2 medregnede, andel opfyldt 25,0 % → 75,0 %",
        "1 række uden gyldigt CPR-nummer: op til +1 medregnede (ikke bedømt)",
        "1 række uden id: op til +1 medregnede (ikke bedømt)",
        "1 række med en start, der ikke kan læses: op til +1 medregnede (ikke bedømt)",
        "1 række uden kendt status: op til +1 medregnede (ikke bedømt)",
        (
            "1 række med en samtaletype, der ikke tæller: "
            "rettes kun dette, tæller den stadig ikke, for den har flere fejl"
        ),
        "1 række i en form, der ikke tæller på dagen: skal holdes igen for at tælle",
        "1 række der gentager en anden samtale: intet at vinde",
    ]
    # M1, M5 and M9, and three rejected rows; held again: M6
    assert figures(html)[5:] == ["op til +6", "1"]
    assert "samtaler medregnet, andel opfyldt 25,0 % → 75,0 %" in html
    assert "1 af 4 blev opfyldt til tiden" in html
    assert "røgsignal" in html


def test_the_effect_is_what_the_next_night_finds(home: Home, tmp_path: Path):
    """The forms filled in with one that counts, the share met is the one foretold."""
    again = new_home(tmp_path / "home")
    filled = [row.replace(";7;;afholdt", ";7;1;afholdt") for row in ROWS]
    deliver(again, MEETINGS, filled, day="2024-07-05")
    deliver(
        again,
        SPELLS,
        [f"F1;{ANNA};6.2;2024-01-01;", f"F2;{BO};6.2;2024-01-01;"],
        day="2024-07-05",
        name="forløb.csv",
    )
    assert run_night(again, None, show_nothing).published
    share = "select sum(met), sum(due) from compliance"
    assert (ask(home, share), ask(again, share)) == ([(1, 4)], [(3, 4)])
    recognised = "select count(*) from meetings where recognised"
    assert (ask(home, recognised), ask(again, recognised)) == ([(4,)], [(6,)])


def test_every_row_of_a_problem_stands_in_the_workbook(home: Home):
    book = sheets(home, "2024-07-05-samtaler")
    assert [row[0] for row in book["Afviste rækker"][1:]] == [10, 10, 11, 12]
    assert book["Afviste rækker"][1][1] == FORMULA
    assert [row[:2] for row in book["Ikke medregnede rækker"][1:]] == [
        [1, "M1"],
        [5, "M5"],
        [6, "M6"],
        [7, "M7"],
        [9, "M9"],
    ]
    assert book["Ikke medregnede rækker"][2][4:] == [
        "anden samtaletype, ukendt samtaleform",
        "Rettes i registreringen",
    ]
    assert book["Ukendte ord"][1] == ["røgsignal", 1]


def test_no_letter_holds_a_cpr_number_or_a_citizen_key(home: Home):
    keys = {str(key) for (key,) in ask(home, "select distinct citizen_key from meetings")}
    for html in letters(home).values():
        assert not any(text in html for text in (ANNA, BO, CARL, "1234567890", *keys))


def test_a_municipality_that_delivered_nothing_is_told_so(home: Home):
    assert letters(home, "751") == {"index": letters(home, "751")["index"]}
    assert "Der er intet modtaget fra Aarhus." in letters(home, "751")["index"]
    assert len(list(home.receipts.iterdir())) == 98


def test_the_asset_comes_after_the_publication_and_is_no_table(home: Home):
    assert "receipts" not in {contract.name for contract in TABLES}
    assert leftovers(home) == []


def written_at(home: Home) -> dict[str, int]:
    return {
        file.name: file.stat().st_mtime_ns
        for file in (home.receipts / "101").iterdir()
        if file.suffix in {".html", ".xlsx"} and file.stem != "index"
    }


def test_later_nights_write_new_letters_and_those_whose_numbers_changed(home: Home):
    before = written_at(home)
    (home.receipts / "101" / ".brev.html.next").write_text("half a letter")
    (home.receipts / "101" / "2023-01-01-gammel-csv-00000000.html").write_text("an old letter")
    assert run_night(home, None, show_nothing).published
    after_quiet_night = written_at(home)
    assert after_quiet_night.pop("2023-01-01-gammel-csv-00000000.html")
    assert after_quiet_night == before
    assert not list(home.receipts.rglob("*.next"))

    name = "=SUM(1) & 'rettet'.csv"
    mended = [
        f"{FORMULA};{ANNA};7;1;afholdt;2024-02-03;;;;;;",
        f"M11;{CARL};7;1;planlagt;2024-09-03;;;;;;",
    ]
    deliver(home, MEETINGS, mended, day="2024-07-06", name=name)
    deliver(home, MEETINGS, ROWS, day="2024-07-06", name="igen.csv")
    put(home, b"navn;farve\nja;nej\n", "101", "2024-07-06", "skema.csv")
    assert run_night(home, None, show_nothing).published

    found = letters(home)
    changed = {name for name, at in written_at(home).items() if before.get(name) != at}
    assert {name.rpartition("-")[0] for name in changed} == {
        "2023-01-01-gammel-csv",
        "2024-07-05-samtaler-csv",  # two of its rejected rows are mended
        "2024-07-06-sum-1-rettet-csv",
        "2024-07-06-igen-csv",
        "2024-07-06-skema-csv",
    }
    correction = found["2024-07-06-sum-1-rettet-csv"]
    assert "Filen rettede rækker, der var afvist i tidligere filer:" in correction
    assert "2 rækker i samtaler.csv, leveret 05-07-2024" in correction
    assert "=SUM(1) &amp; &#39;rettet&#39;.csv" in correction
    assert sheets(home, "2024-07-06-sum")["Rettet med denne fil"][1][:2] == [1, FORMULA]
    first = found["2024-07-05-samtaler-csv"]
    assert "<strong>1 stadig afvist</strong> pr. 06-07-2024. Siden er rettet:" in first
    assert "2 rækker i =SUM(1) &amp; &#39;rettet&#39;.csv, leveret 06-07-2024" in first
    assert "1 række uden kendt status: rettet siden" in sentences(first)
    assert (
        "byte for byte den samme som «samtaler.csv», leveret 05-07-2024"
        in found["2024-07-06-igen-csv"]
    )
    [(why,)] = ask(home, "select message_da from deliveries where file = 'skema.csv'")
    assert (
        f"Filen kunne ikke læses, så ingen af dens rækker er talt med. {why}"
        in found["2024-07-06-skema-csv"]
    )
    assert list(sheets(home, "2024-07-06-skema")) == ["Læs mig"]
    index = found["index"]
    assert index.index("2024-07-06-igen-csv") < index.index("2024-07-05-samtaler-csv")
    assert write_receipts(home) == Written(0, 5, 98)


def all_written_anew(home: Home) -> dict[str, str]:
    for file in (home.receipts / "101").glob("2024-*"):
        file.unlink()
    assert write_receipts(home) == all_of(home)
    return letters(home)


def all_of(home: Home) -> Written:
    """Every delivery told of, however many earlier tests made."""
    [(files,)] = ask(home, "select cast(count(*) as integer) from deliveries")
    assert isinstance(files, int)
    return Written(files, files, 98)


def test_letters_written_on_both_cores_are_the_same(home: Home, monkeypatch: pytest.MonkeyPatch):
    alone = all_written_anew(home)
    monkeypatch.setattr(writing, "_BATCH", 2)
    monkeypatch.setattr(writing, "_LETTERS_ALONE", 1)
    assert all_written_anew(home) == alone


def test_letters_written_a_few_rows_at_a_time_are_the_same(
    home: Home, monkeypatch: pytest.MonkeyPatch
):
    together = all_written_anew(home)
    monkeypatch.setattr(writing, "_BATCH_ROWS", 1)
    assert all_written_anew(home) == together


@pytest.mark.parametrize("text", ["[]", "{", ""])
def test_a_damaged_list_of_letters_costs_only_writing_them_again(home: Home, text: str):
    before = letters(home)
    (home.receipts / "101" / "letters.json").write_text(text)
    assert write_receipts(home) == all_of(home)
    assert letters(home) == before


def test_a_night_publishes_without_its_receipts(day_after: Home):
    for left in (day_after.receipts,):
        if left.exists():
            left.rename(left.with_name("gemt"))
    day_after.receipts.write_text("a file where the folder should be")
    deliver(day_after, SPELLS, [f"F9;{BO};6.2;2024-01-01;"], day="2024-06-05", name="f.csv")
    outcome = run_night(day_after, None, show_nothing)
    assert outcome.published
    assert ask(day_after, "select count(*) from spells where spell_id = 'F9'") == [(1,)]
    assert any("Kvitteringerne blev ikke færdige" in note for note in outcome.notes)
