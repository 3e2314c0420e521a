"""The first night: every table is there, and its figures are those counted by hand."""

from __future__ import annotations

import stat
from pathlib import Path

import duckdb
import pytest

from pipelines.contracts.tables import TABLES
from pipelines.settings import Home
from pipelines.summary import summarise
from tests.nights.deliveries import ask, deliver_first, leftovers, new_home, vintages

# The columns that interface.md section 3 pins.
PINNED = {
    "meetings": "municipality_code meeting_id citizen_key spell_id target_group held_on started_at "
    "meeting_type mode mode_evidence mode_conflict status actor registered_at recognised reason "
    "failed_rules sole_reason rule_version delivery_id source_row",
    "evaluations": "municipality_code meeting_id regime recognised reason failed_rules sole_reason",
    "counts": "regime month municipality_code target_group mode held recognised gap",
    "reasons": "regime month municipality_code target_group mode reason not_recognised sole",
    "deliveries": "delivery_id municipality_code delivered_on file kind encoding separator "
    "rows_read rows_accepted rows_superseded rows_withdrawn rows_rejected status reason",
    "rejections": "delivery_id municipality_code source_row column_name code message_da message_en "
    "fix_da",
    "unmatched_words": "municipality_code word meetings",
    "municipalities": "municipality_code name region_code region_name",
    "law": "rule rule_version family regime valid_from valid_to known_from known_to value "
    "instrument provision url grade text_da text_en",
    "dictionary": "table_name column_name type unit text_da text_en source",
    "publication": "publication_id as_of built_at code_version law_hash inputs_hash tables_hash "
    "duckdb_version",
}


@pytest.mark.parametrize("table", PINNED)
def test_the_pinned_columns_are_there(first_night: Home, table: str) -> None:
    described = {row[0] for row in ask(first_night, f"describe {table}")}
    assert set(PINNED[table].split()) <= described


def test_every_table_of_a_contract_is_published_and_no_other(first_night: Home) -> None:
    published = {
        row[0] for row in ask(first_night, "select table_name from information_schema.tables")
    }
    assert published == {contract.name for contract in TABLES}


def test_every_held_meeting_is_judged_as_by_hand(first_night: Home) -> None:
    judged = ask(
        first_night,
        "select municipality_code, meeting_id, coalesce(spell_id, ''), mode, recognised, reason, "
        "list_aggregate(failed_rules, 'string_agg', ' '), sole_reason "
        "from meetings where status = 'held' order by 1, 2",
    )
    assert judged == [
        ("101", "M1", "F1", "in_person", True, None, None, False),
        ("101", "M2", "F1", "phone", True, None, None, False),
        ("101", "M4", "F2", "in_person", False, "wrong_actor", "wrong_actor", True),
        ("101", "M5", "F2", "phone", True, None, None, False),
        (
            "101",
            "M6",
            "",
            "unknown",
            False,
            "wrong_type",
            "wrong_type no_spell mode_unknown",
            False,
        ),
        ("101", "M8", "F1", "in_person", False, "duplicate", "duplicate", True),
        ("461", "M2", "", "in_person", False, "no_spell", "no_spell", True),
    ]


def test_what_was_not_held_is_kept_and_counted_apart(first_night: Home) -> None:
    kept = ask(
        first_night,
        "select meeting_id, status, recognised, reason, rule_version from meetings "
        "where status != 'held' order by 1",
    )
    assert kept == [
        ("M3", "planned", False, None, None),
        ("M9", "cancelled", False, None, None),
    ]


def test_held_recognised_and_gap_of_each_regime(first_night: Home) -> None:
    national = ask(
        first_night,
        "select regime, sum(held), sum(recognised), sum(gap) from counts group by 1 order by 1",
    )
    assert national == [
        ("duty", 7, 3, 4),
        ("held", 7, 7, 0),
        ("register", 7, 5, 2),
        ("supervision", 7, 3, 4),
    ]


def test_the_reasons_sum_to_the_gap(first_night: Home) -> None:
    why = ask(
        first_night,
        "select reason, sum(not_recognised), sum(sole) from reasons where regime = 'duty' "
        "group by 1 order by 1",
    )
    assert why == [
        ("duplicate", 1, 1),
        ("no_spell", 1, 1),
        ("wrong_actor", 1, 1),
        ("wrong_type", 1, 0),
    ]


def test_every_row_of_every_file_has_one_outcome(first_night: Home) -> None:
    outcomes = ask(
        first_night,
        "select municipality_code, file, kind, encoding, separator, rows_read, rows_accepted, "
        "rows_superseded, rows_withdrawn, rows_rejected, status, reason "
        "from deliveries order by 1, 2",
    )
    assert outcomes == [
        ("101", "forløb.csv", "spells", "utf-8", ";", 3, 2, 0, 0, 1, "accepted", None),
        ("101", "fravær.csv", "absences", "utf-8", ";", 2, 2, 0, 0, 0, "accepted", None),
        ("101", "samtaler.csv", "meetings", "utf-8", ";", 9, 8, 0, 0, 1, "accepted", None),
        ("461", "samtaler.csv", "meetings", "utf-8", ";", 1, 1, 0, 0, 0, "accepted", None),
    ]


def test_a_rejected_row_has_every_reason_and_how_to_mend_it(first_night: Home) -> None:
    rejected = ask(
        first_night,
        "select source_row, column_name, code from rejections order by code",
    )
    assert rejected == [
        (7, "cpr", "cpr_invalid"),
        (7, "status", "status_unknown"),
        (3, "maalgruppe", "target_group_unknown"),
        (7, "samtaletype", "type_unknown"),
    ]
    texts = "least(len(message_da), len(message_en), len(fix_da))"
    assert ask(first_night, f"select count(*) from rejections where {texts} > 10") == [(4,)]


def test_words_that_no_list_knows_are_counted(first_night: Home) -> None:
    words = ask(
        first_night, "select municipality_code, word, meetings from unmatched_words order by 2"
    )
    assert words == [("101", "hvemsomhelst", 1), ("101", "røgsignal", 1)]


def test_moments_are_local_and_without_seconds(first_night: Home) -> None:
    starts = ask(
        first_night,
        "select meeting_id, cast(started_at as varchar) from meetings "
        "where meeting_id in ('M6', 'M8') order by 1",
    )
    assert starts == [("M6", "2024-05-02 10:00:00"), ("M8", "2024-02-05 10:00:00")]


def test_the_same_citizen_has_one_key_in_every_table(first_night: Home) -> None:
    keys = ask(
        first_night,
        "select count(distinct m.citizen_key), count(distinct a.citizen_key) from meetings m "
        "inner join spells s on m.spell_id = s.spell_id inner join absences a "
        "on a.citizen_key = s.citizen_key and s.citizen_key = m.citizen_key",
    )
    assert keys == [(2, 2)]


def test_every_table_and_column_carries_a_comment(first_night: Home) -> None:
    bare = ask(
        first_night,
        "select table_name from duckdb_tables() where comment is null and not internal "
        "union all select view_name from duckdb_views() where comment is null and not internal "
        "union all select column_name from duckdb_columns() where not internal "
        "and (comment is null or len(string_split(comment, ' | ')) != 4)",
    )
    assert bare == []


def test_the_dictionary_explains_every_column(first_night: Home) -> None:
    missing = ask(
        first_night,
        "select c.table_name, c.column_name from information_schema.columns as c "
        "anti join dictionary as d on c.table_name = d.table_name "
        "and c.column_name = d.column_name and c.data_type = d.type",
    )
    assert missing == []


def test_every_check_ran_and_passed(first_night: Home) -> None:
    outcomes = ask(first_night, "select outcome, count(*) > 100 from check_results group by 1")
    assert outcomes == [("passed", True)]


def test_the_publication_is_one_read_only_file_in_the_old_format(first_night: Home) -> None:
    file = first_night.publication
    assert not stat.S_IMODE(file.stat().st_mode) & 0o222
    [vintage] = vintages(first_night)
    assert file.samefile(first_night.published / "vintages" / vintage / "samtaler.duckdb")
    with duckdb.connect(str(file), read_only=True) as connection:
        tags = connection.execute(
            "select tags['storage_version'] from duckdb_databases() where not internal "
            "and database_name = 'samtaler'"
        ).fetchall()
    assert str(tags[0][0]).startswith("v1.2.0")


def test_nothing_is_left_lying_about(first_night: Home) -> None:
    assert leftovers(first_night) == []


def test_the_key_is_readable_by_its_owner_only(first_night: Home) -> None:
    key = first_night.state / "pseudonym.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert len(key.read_bytes()) >= 32


def test_the_summary_reads_the_publication(first_night: Home) -> None:
    summary = summarise(first_night, None)
    assert (summary.delivered, len(summary.missing)) == (2, 96)
    assert summary.rows == {
        "read": 15,
        "accepted": 13,
        "superseded": 0,
        "withdrawn": 0,
        "rejected": 2,
    }
    assert (summary.now.held, summary.now.recognised, summary.now.gap) == (7, 3, 4)
    assert [status for status, *_ in summary.owed] == ["missed", "open"]
    assert (summary.contacts_expected, summary.causes) == (0, ())
    assert [gap[:4] for gap in summary.gaps] == [("København", 6, 3, 3), ("Odense", 1, 0, 1)]


def test_the_landing_folder_is_only_read(first_night: Home, tmp_path: Path) -> None:
    untouched = new_home(tmp_path)
    deliver_first(untouched)
    assert _contents(first_night.landing) == _contents(untouched.landing)


def _contents(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}
