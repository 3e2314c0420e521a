"""Every promise of every published table is kept by a check that sees it broken."""

import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest
from duckdb import DuckDBPyConnection

from checks import contract_run
from checks.contract_run import run_contract
from checks.results import CheckResult
from checks.suites import check_ids, column_suite
from pipelines.contracts.model import AtLeast, Column, Kind, Matches, OneOf, Table, Text
from pipelines.contracts.tables import MEETINGS, TABLES, table

Row = dict[str, object]

SECRET = "hemmelig-4711"
TEXTS = ("en tekst", "101", "1081", "9", "a" * 32, "a" * 64)
PLAIN: dict[Kind, object] = {
    Kind.TEXTS: [],
    Kind.DAY: date(2026, 1, 1),
    Kind.MOMENT: datetime(2026, 1, 1, 9, 0),  # noqa: DTZ001 - moments are local
    Kind.COUNT: 0,
    Kind.SHARE: 0.5,
    Kind.FLAG: True,
}
QUICK = ("meetings", "municipalities", "absences")  # all kinds of rules and of keys

some_tables_or_slowly_all = pytest.mark.parametrize(
    "contract",
    [
        pytest.param(each, id=each.name, marks=() if each.name in QUICK else pytest.mark.slow)
        for each in TABLES
    ],
)


@pytest.fixture
def connection() -> Iterator[DuckDBPyConnection]:
    """A live connection with an empty database `next` attached, as while publishing."""
    with duckdb.connect(":memory:") as live:
        live.execute("attach ':memory:' as next")
        yield live


def valid_value(column: Column) -> object:
    """A value that keeps every rule of the column."""
    for rule in column.rules:
        match rule:
            case OneOf(values):
                return values[0]
            case Matches(pattern):
                return next(text for text in TEXTS if re.fullmatch(pattern, text))
            case AtLeast(least):
                return least
    return TEXTS[0] if column.kind is Kind.TEXT else PLAIN[column.kind]


def valid_row(contract: Table) -> Row:
    return {column.name: valid_value(column) for column in contract.columns}


def fill(connection: DuckDBPyConnection, contract: Table, rows: list[Row]) -> None:
    """Make the table as the contract says, holding these rows."""
    columns = ", ".join(f'"{column.name}" {column.kind}' for column in contract.columns)
    connection.execute(f'create table next.main."{contract.name}" ({columns})')
    values = ", ".join("?" for _ in contract.columns)
    for row in rows:
        connection.execute(
            f'insert into next.main."{contract.name}" values ({values})', list(row.values())
        )


def run(connection: DuckDBPyConnection, contract: Table) -> dict[str, CheckResult]:
    """The results of a table of `next` by the part of their id that follows the table's name."""
    return {
        result.check_id.removeprefix(f"{contract.name}."): result
        for result in run_contract(connection, contract, "next.main")
    }


def not_passed(results: dict[str, CheckResult]) -> dict[str, str]:
    return {name: found.outcome for name, found in results.items() if found.outcome != "passed"}


@some_tables_or_slowly_all
def test_a_valid_table_passes_every_check_of_its_contract(
    connection: DuckDBPyConnection, contract: Table
) -> None:
    fill(connection, contract, [valid_row(contract)])
    results = run_contract(connection, contract, "next.main")
    assert [result.check_id for result in results] == list(check_ids(contract))
    assert {(found.outcome, found.rows_checked, found.rows_failed) for found in results} == {
        ("passed", 1, 0)
    }


@some_tables_or_slowly_all
def test_each_rule_counts_the_rows_that_break_it_and_no_others(
    connection: DuckDBPyConnection, contract: Table
) -> None:
    """The first rule is broken in one row, the second in two, and so on: no two counts agree."""
    spoiled = [
        (f"{column.name}.{rule.name}", {column.name: rule.spoil()})
        for column in contract.columns
        for rule in column.rules
    ]
    fill(
        connection,
        contract,
        [
            valid_row(contract) | cell
            for times, (_, cell) in enumerate(spoiled, start=1)
            for _ in range(times)
        ],
    )
    results = run(connection, contract)
    assert {name: (results[name].outcome, results[name].rows_failed) for name, _ in spoiled} == {
        name: ("failed", times) for times, (name, _) in enumerate(spoiled, start=1)
    }


@some_tables_or_slowly_all
def test_every_check_of_a_table_has_an_id_of_its_own(contract: Table) -> None:
    assert len(set(check_ids(contract))) == len(check_ids(contract))


@some_tables_or_slowly_all
def test_a_repeated_key_fails_the_key_alone(
    connection: DuckDBPyConnection, contract: Table
) -> None:
    """A view has no key of its own: it follows from the tables below it."""
    fill(connection, contract, [valid_row(contract)] * 2)
    if contract.is_view:
        assert not_passed(run(connection, contract)) == {}
        return
    results = run(connection, contract)
    assert not_passed(results) == {"key": "failed"}
    assert results["key"].rows_failed == 2


@some_tables_or_slowly_all
def test_a_column_of_another_type_fails_the_types_and_leaves_its_rules_unjudged(
    connection: DuckDBPyConnection, contract: Table
) -> None:
    last = contract.columns[-1]
    other = Kind.COUNT if last.kind is Kind.TEXT else Kind.TEXT
    retyped = replace(contract, columns=(*contract.columns[:-1], replace(last, kind=other)))
    fill(connection, retyped, [valid_row(contract) | {last.name: 7}])
    assert not_passed(run(connection, contract)) == {
        "types": "failed",
        **{f"{last.name}.{rule.name}": "errored" for rule in last.rules},
    }


@some_tables_or_slowly_all
def test_columns_in_another_order_fail_the_columns_alone(
    connection: DuckDBPyConnection, contract: Table
) -> None:
    turned = replace(contract, columns=contract.columns[::-1])
    fill(connection, turned, [valid_row(turned)])
    assert not_passed(run(connection, contract)) == {"columns": "failed"}


@some_tables_or_slowly_all
def test_an_empty_table_fails_where_it_must_hold_rows(
    connection: DuckDBPyConnection, contract: Table
) -> None:
    fill(connection, contract, [])
    expected = {} if contract.may_be_empty else {"rows": "failed"}
    assert not_passed(run(connection, contract)) == expected


def test_a_missing_column_fails_the_shape_and_leaves_its_rules_and_the_key_unjudged(
    connection: DuckDBPyConnection,
) -> None:
    contract = table("municipalities")
    shorter = replace(contract, columns=contract.columns[1:])
    fill(connection, shorter, [valid_row(shorter)])
    assert not_passed(run(connection, contract)) == {
        "columns": "failed",
        "types": "failed",
        "key": "errored",
        "municipality_code.required": "errored",
        "municipality_code.matches": "errored",
    }


def test_a_missing_table_passes_nothing(connection: DuckDBPyConnection) -> None:
    results = run_contract(connection, MEETINGS, "next.main")
    assert [result.check_id for result in results] == list(check_ids(MEETINGS))
    assert {result.outcome for result in results} == {"errored"}


def test_checks_without_an_answer_are_errors(
    connection: DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(connection, MEETINGS, [valid_row(MEETINGS)])
    monkeypatch.setattr(contract_run, "count_failing_rows", lambda *_: {})
    results = run_contract(connection, MEETINGS, "next.main")
    rules = {rule.check_id for rule in column_suite(MEETINGS)}
    assert {found.outcome for found in results if found.check_id in rules} == {"errored"}


def test_a_form_is_a_rule_for_the_whole_text(connection: DuckDBPyConnection) -> None:
    contract = table("municipalities")
    codes = ["101", "101\n", " 101", "1010", "x101", None]
    fill(
        connection, contract, [valid_row(contract) | {"municipality_code": code} for code in codes]
    )
    results = run(connection, contract)
    assert results["municipality_code.matches"].rows_failed == 4
    assert results["municipality_code.required"].rows_failed == 1


def test_keys_with_an_empty_part_are_not_equal(connection: DuckDBPyConnection) -> None:
    contract = table("absences")
    fill(connection, contract, [valid_row(contract) | {"citizen_key": None}] * 2)
    assert not_passed(run(connection, contract)) == {}


def test_the_current_schema_is_the_default(connection: DuckDBPyConnection) -> None:
    fill(connection, MEETINGS, [valid_row(MEETINGS)])
    assert {result.outcome for result in run_contract(connection, MEETINGS)} == {"errored"}
    connection.execute("use next")
    assert {result.outcome for result in run_contract(connection, MEETINGS)} == {"passed"}


def test_a_view_is_checked_like_a_table(connection: DuckDBPyConnection) -> None:
    contract = replace(MEETINGS, name="current_meetings")
    fill(connection, MEETINGS, [valid_row(MEETINGS)] * 2)
    connection.execute("use next")
    connection.execute("create view current_meetings as select * from meetings")
    connection.execute("use memory")
    assert not_passed(run(connection, contract)) == {"key": "failed"}


@pytest.mark.parametrize("told", [f"'{SECRET}'", f"error('{SECRET}')"], ids=["value", "error"])
def test_no_value_leaves_the_table(
    connection: DuckDBPyConnection,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    told: str,
) -> None:
    """Neither where a value breaks a rule nor where the database quotes it in an error."""
    contract = Table(
        "secrets",
        Text("en hemmelighed", "a secret"),
        ("secret",),
        (Column("secret", Kind.TEXT, Text("hemmelighed", "secret"), rules=(Matches("[0-9]+"),)),),
    )
    connection.execute(
        f"create view next.main.secrets as select ({told})::varchar as secret from range(2)"
    )
    with caplog.at_level(logging.DEBUG):
        results = run(connection, contract)
    assert not_passed(results).keys() == {"key", "secret.matches"}
    assert SECRET not in repr(results) + caplog.text
    assert capfd.readouterr() == ("", "")


def test_the_connection_is_given_back_whole(tmp_path: Path) -> None:
    """Afterwards the database can be detached, its file renamed and opened by another."""
    built, published = tmp_path / "next.duckdb", tmp_path / "samtaler.duckdb"
    with duckdb.connect(":memory:") as live:
        live.execute(f"attach '{built}' as next")
        fill(live, MEETINGS, [valid_row(MEETINGS)])
        run_contract(live, MEETINGS, "next.main")
        live.execute("detach next")
        built.rename(published)
        with duckdb.connect(str(published)) as reader:
            assert reader.execute("select count(*) from meetings").fetchall() == [(1,)]
        assert live.execute("select 1").fetchall() == [(1,)]


def test_checking_writes_no_file(
    connection: DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    fill(connection, MEETINGS, [valid_row(MEETINGS)])
    run_contract(connection, MEETINGS, "next.main")
    assert list(Path().iterdir()) == []


def test_importing_the_checks_does_not_import_great_expectations() -> None:
    code = "import sys, checks.contract_run; sys.exit('great_expectations' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
