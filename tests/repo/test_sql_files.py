"""Every SQL file is one SELECT, is used by name, and says truly what it reads and means."""

import ast
import re
from functools import cache
from pathlib import Path

import duckdb
import pytest

from pipelines.alerts.rules import alert_rules
from pipelines.contracts.tables import TABLES, table
from pipelines.definitions import defs
from pipelines.ready import ready_queries
from tests.repo.tree import ROOT, code_files, sql_files

CHECKS = ROOT / "sql" / "checks"
AUDIT = ROOT / "sql" / "audit"
MODELS = [file for file in sql_files() if file.parent not in {CHECKS, AUDIT}]
MODEL_HEADER = ("grain", "inputs", "provisions", "row")
CHECK_HEADER = ("table", "da", "en")
READY_HEADER = ("da", "en", "columns", "parameters")


def path_id(file: Path) -> str:
    return file.relative_to(ROOT / "sql").with_suffix("").as_posix()


def header(file: Path) -> dict[str, str]:
    """The comment lines a file begins with, by key; indented lines continue the one above."""
    found: dict[str, str] = {}
    key = ""
    for line in file.read_text("utf-8").splitlines():
        if not line.startswith("--"):
            break
        begun = re.fullmatch(r"-- (\w+): (\S.*)", line)
        if begun:
            key = begun[1]
            found[key] = begun[2]
        else:
            assert line.startswith("--  "), f"{line!r} neither begins nor continues a header line"
            found[key] += " " + line[2:].strip()
    return found


@cache
def names_in_code() -> frozenset[str]:
    """SQL files named in code: "folder/name", or f"folder/{…}" with "name" in the same module."""
    named: set[str] = set()
    for file in code_files():
        nodes = list(ast.walk(ast.parse(file.read_text("utf-8"))))
        texts = {
            node.value
            for node in nodes
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        folders = {
            str(node.values[0].value)
            for node in nodes
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant)
        }
        named |= texts | {f"{folder}{text}" for folder in folders for text in texts}
    named |= {f"alerts/{rule}" for rule in alert_rules()}  # asked by the names of rules.yaml
    return frozenset(named)


@pytest.mark.parametrize("file", sql_files(), ids=path_id)
def test_one_select_a_file(file: Path):
    [statement] = duckdb.connect().extract_statements(file.read_text("utf-8"))
    assert statement.type == duckdb.StatementType.SELECT


@pytest.mark.parametrize("file", MODELS, ids=path_id)
def test_code_reads_the_model(file: Path):
    assert path_id(file) in names_in_code()


def test_every_check_is_run():
    """Checks are read by folder, so what counts is that the asset graph has them all."""
    run = {check.name for check in defs.resolve_asset_graph().asset_check_keys}
    assert {file.stem for file in CHECKS.glob("*.sql")} == run - {"contract"}


@pytest.mark.parametrize("file", MODELS, ids=path_id)
def test_a_model_says_what_it_is(file: Path):
    assert tuple(header(file)) == MODEL_HEADER


@pytest.mark.parametrize("file", MODELS, ids=path_id)
def test_a_model_reads_what_it_says(file: Path):
    """The header names the tables of the SELECT, and no others."""
    said = {name.strip() for name in header(file)["inputs"].split(",")}
    without_parameters = re.sub(r"\$\w+", "null", file.read_text("utf-8"))
    tables = duckdb.connect().get_table_names(without_parameters, qualified=True)
    assert said == {name.split(" AS ")[0].replace('"', "") for name in tables}


@pytest.mark.parametrize("file", sorted(CHECKS.glob("*.sql")), ids=path_id)
def test_a_check_says_what_holds_in_both_languages(file: Path):
    said = header(file)
    assert tuple(said) == CHECK_HEADER
    assert said["table"] in {contract.name for contract in TABLES}
    assert said["da"] != said["en"]
    assert all(text.endswith(".") for text in (said["da"], said["en"]))


@pytest.mark.parametrize("file", sorted(AUDIT.glob("*.sql")), ids=path_id)
def test_a_ready_query_says_what_it_answers_and_takes(file: Path):
    """Both languages, and exactly the parameters and published tables that its SELECT names."""
    said = header(file)
    assert tuple(said) == READY_HEADER
    assert said["da"] != said["en"]
    assert all(text.endswith(".") for text in (said["da"], said["en"]))
    [statement] = duckdb.connect().extract_statements(file.read_text("utf-8"))
    named = {part.partition("=")[0].strip() for part in said["parameters"].split(",")}
    assert named == statement.named_parameters
    without_parameters = re.sub(r"\$\w+", "null", file.read_text("utf-8"))
    published = {contract.name for contract in TABLES}
    assert duckdb.connect().get_table_names(without_parameters) <= published


def test_every_ready_query_and_parameter_is_explained():
    page = (ROOT / "docs" / "auditing.md").read_text("utf-8")
    queries = ready_queries()
    assert list(queries) == sorted(file.stem for file in AUDIT.glob("*.sql"))
    explained = {*queries, *(name for query in queries.values() for name in query.parameters)}
    assert [name for name in sorted(explained) if f"`{name}`" not in page] == []


def test_a_published_table_has_the_name_of_its_sql():
    """`publish(tables.COUNTS, "counts/counts")`: contract, table and file share one name."""
    contracts = {contract.name.upper() for contract in TABLES}
    published: dict[str, str] = {}
    for file in code_files():
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            match call:
                case ast.Call(
                    func=ast.Attribute(attr="publish" | "publish_view" | "publish_frame"),
                    args=[ast.Attribute(value=ast.Name(id="tables"), attr=contract), rest, *_],
                ) if contract in contracts:
                    name = contract.lower()
                    published[name] = table(name).name
                    if isinstance(rest, ast.Constant):
                        assert str(rest.value).rpartition("/")[2] == name
    assert set(published) == {contract.name for contract in TABLES}
