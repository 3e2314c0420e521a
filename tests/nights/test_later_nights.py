"""The nights after the first: quiet ones, corrections, repeats, broken files, past days."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from pipelines.progress import show_nothing
from pipelines.running import run_night
from pipelines.settings import Home
from pipelines.summary import summarise
from tests.nights.deliveries import (
    ANNA,
    BO,
    FIRST_MEETINGS,
    MEETINGS,
    SPELLS,
    ask,
    ask_file,
    deliver,
    fingerprint,
    leftovers,
    new_home,
    publication_id,
    put,
    tables_hash,
    vintages,
)

DUTY = "select sum(held), sum(recognised) from counts where regime = 'duty'"
OUTCOMES = (
    "select municipality_code, cast(delivered_on as varchar), file, status, rows_read, "
    "rows_accepted, rows_superseded, rows_withdrawn, rows_rejected from deliveries "
)


def test_a_quiet_night_leaves_the_publication_byte_for_byte(day_after: Home) -> None:
    before = (publication_id(day_after), fingerprint(day_after), vintages(day_after))
    assert run_night(day_after, None, show_nothing).published
    assert (publication_id(day_after), fingerprint(day_after), vintages(day_after)) == before
    assert leftovers(day_after) == []
    assert summarise(day_after, before[0]).new_files == 0


def test_a_night_of_corrections_withdrawals_repeats_and_faults(day_after: Home) -> None:
    first = publication_id(day_after)
    corrected = [
        # M4 was after all held by the a-kasse as type 17, and is now recognised
        f"M4;{BO};17;personligt;afholdt;01.03.2024 10:00;;a-kasse;;;;",
        f"M8;{ANNA};7;1;slettet;2024-02-05 10:00;;;;;;",
        f"M8;{ANNA};7;1;afholdt;ikke en dato;;;;;;",  # rejected: does not bring M8 back
    ]
    deliver(day_after, MEETINGS, corrected, day="2024-06-04")
    deliver(day_after, MEETINGS, FIRST_MEETINGS, name="samtaler kopi.csv")  # same day, other name
    deliver(day_after, MEETINGS, FIRST_MEETINGS, day="2024-06-04", name="igen.csv")  # later day
    put(day_after, b"navn;farve\nja;nej\n", "751", "2024-06-04", "skema.csv")
    put(day_after, b"", "751", "2024-06-04", "tom.csv")
    put(day_after, b"PK\x03\x04 not a workbook", "751", "2024-06-04", "regneark.xlsx")
    put(day_after, b"samtale_id", "751", "2024-06-04", "undervejs.csv.part")
    put(day_after, b"x", "999", "2024-06-04", "ukendt.csv")
    put(day_after, b"x", "751", "4. juni", "ukendt.csv")

    # an open reader keeps the old publication while the new one takes its place
    with duckdb.connect(str(day_after.publication), read_only=True) as reader:
        assert run_night(day_after, None, show_nothing).published
        told = reader.execute("select publication_id from publication").fetchall()
        assert told == [(first,)]
        assert reader.execute(DUTY).fetchall() == [(7, 3)]

    assert ask(day_after, DUTY) == [(6, 4)]  # M8 withdrawn, M4 recognised
    assert vintages(day_after) == sorted([first, publication_id(day_after)])
    assert ask(day_after, "select meeting_id from meetings where meeting_id in ('M4', 'M8')") == [
        ("M4",)
    ]
    assert ask(day_after, OUTCOMES + "where municipality_code = '101' order by 2, 3") == [
        ("101", "2024-06-03", "forløb.csv", "accepted", 3, 2, 0, 0, 1),
        ("101", "2024-06-03", "fravær.csv", "accepted", 2, 2, 0, 0, 0),
        ("101", "2024-06-03", "samtaler kopi.csv", "accepted", 9, 6, 1, 1, 1),
        ("101", "2024-06-03", "samtaler.csv", "repeat", 0, 0, 0, 0, 0),
        ("101", "2024-06-04", "igen.csv", "repeat", 0, 0, 0, 0, 0),
        ("101", "2024-06-04", "samtaler.csv", "accepted", 3, 1, 0, 1, 1),
    ]
    refused = ask(
        day_after,
        "select file, status, reason, len(message_da) > 20 from deliveries "
        "where municipality_code = '751' order by 1",
    )
    assert refused == [
        ("regneark.xlsx", "unreadable", "corrupt_file", True),
        ("skema.csv", "unreadable", "kind_unknown", True),
        ("tom.csv", "unreadable", "empty_file", True),
    ]
    summary = summarise(day_after, first)
    assert summary.new_files == 6
    assert summary.causes == (("corrections", -1, 1),)
    assert (summary.before.held, summary.now.held) == (7, 6) if summary.before else False
    assert [file for _, _, file, _ in summary.refused] == ["regneark.xlsx", "skema.csv", "tom.csv"]


def test_a_copy_with_an_earlier_day_becomes_the_original(day_after: Home) -> None:
    deliver(day_after, MEETINGS, FIRST_MEETINGS, day="2024-05-31", name="tidligere.csv")
    assert run_night(day_after, None, show_nothing).published
    assert ask(
        day_after, OUTCOMES + "where file in ('tidligere.csv', 'samtaler.csv') order by 1, 2"
    ) == [
        ("101", "2024-05-31", "tidligere.csv", "accepted", 9, 8, 0, 0, 1),
        ("101", "2024-06-03", "samtaler.csv", "repeat", 0, 0, 0, 0, 0),
        ("461", "2024-06-03", "samtaler.csv", "accepted", 1, 1, 0, 0, 0),
    ]
    assert ask(day_after, DUTY) == [(7, 3)]
    undisturbed = day_after.root / "undisturbed"
    assert _same_from_scratch(day_after, undisturbed)


def test_a_past_day_counts_only_what_was_delivered_by_then(day_after: Home) -> None:
    first = publication_id(day_after)
    before = tables_hash(day_after)
    deliver(day_after, SPELLS, [f"F1;{ANNA};6.2;2024-01-01;2024-01-31"], day="2024-06-04")
    assert run_night(day_after, date(2024, 6, 3), show_nothing).published
    assert (publication_id(day_after), tables_hash(day_after)) == (first, before)
    assert run_night(day_after, None, show_nothing).published
    assert ask(day_after, DUTY) == [(7, 1)]  # F1 ended before its meetings


def _same_from_scratch(home: Home, root: Path) -> bool:
    """Whether a home that takes in the same landing folder at once has the same tables."""
    shutil.copytree(home.landing, root / "landing")
    (root / "state").mkdir()
    shutil.copy2(home.state / "pseudonym.key", root / "state" / "pseudonym.key")
    again = Home(root, root / "landing")
    assert run_night(again, None, show_nothing).published
    return tables_hash(again) == tables_hash(home) and ask_file(
        again.publication, "from meetings order by all"
    ) == ask(home, "from meetings order by all")


def test_a_placeholder_far_in_the_future_is_a_day_like_any_other(tmp_path: Path) -> None:
    """Some systems write 9999-12-31 for "open": in a start it must not stop everyone's night."""
    home = new_home(tmp_path / "home")
    deliver(home, MEETINGS, [f"M1;{ANNA};7;1;planlagt;9999-12-31;;;;;;"])
    spells = [f"F1;{ANNA};KTH_JP;2024-01-01;9999-12-31", f"F2;{BO};KTH_JP;9999-12-31;"]
    deliver(home, SPELLS, spells, name="forløb.csv")
    assert run_night(home, None, show_nothing).published
    assert ask(home, "select meeting_id, spell_id, status from meetings") == [
        ("M1", "F1", "planned")
    ]
    owed = ask(home, "select spell_id, requirement_id from requirements order by 1, 2")
    assert owed == [("F1", "first-2020-week"), ("F1", "four-2024"), ("F2", "four-2026")]


def test_slices_of_an_older_reader_are_counted_with_what_they_have(day_after: Home) -> None:
    before = ask(day_after, DUTY)
    for table, column in (("meetings", "source_system"), ("rejections", "record_id")):
        for slice_ in (day_after.lake / table).glob("*.parquet"):
            batch, number, *_ = slice_.name.split(".")  # the older program gave no hash either
            rows = pl.read_parquet(slice_, memory_map=False).drop(column)
            rows.write_parquet(slice_.with_name(f"{batch}.{number}.parquet"))
            slice_.unlink()
    deliver(day_after, MEETINGS, [f"N1;{BO};7;1;planlagt;2024-07-02;;;;;;Fasit"], day="2024-06-04")
    assert run_night(day_after, None, show_nothing).published
    assert ask(day_after, DUTY) == before
    assert ask(day_after, "select distinct source_system from meetings order by 1 nulls first") == [
        (None,),
        ("Fasit",),
    ]


def test_a_night_without_meetings_tells_what_is_owed(tmp_path: Path) -> None:
    home = new_home(tmp_path / "home")
    deliver(home, SPELLS, [f"F1;{ANNA};KTH_JP;2024-01-01;"], name="forløb.csv")
    assert run_night(home, None, show_nothing).published
    assert ask(home, "select requirement_id, status, shortfall from requirements order by 1") == [
        ("first-2020-week", "missed", 1),
        ("four-2024", "open", 0),
    ]
    assert ask(home, "select count(*) from counts") == [(0,)]


def test_a_start_with_seconds_is_compared_by_its_minute(tmp_path: Path) -> None:
    home = new_home(tmp_path / "home")
    row = f"M1;{ANNA};7;1;afholdt;2024-01-02 10:00:30;2024-01-02 10:00:10;;;;;"
    deliver(home, MEETINGS, [row])
    assert run_night(home, None, show_nothing).published
    assert ask(home, "select rows_accepted, rows_rejected from deliveries") == [(1, 0)]
