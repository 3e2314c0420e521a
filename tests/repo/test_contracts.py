"""Every published column is explained, and one thing has one name."""

import pytest
import yaml

from pipelines.contracts.markdown import tables_page
from pipelines.contracts.model import Column, Kind, Required, Table
from pipelines.contracts.tables import TABLES
from pipelines.definitions import defs
from tests.repo.tree import ROOT

NUMBERS = (Kind.COUNT, Kind.SHARE, Kind.DAY, Kind.MOMENT)
COLUMNS = [
    pytest.param(contract, column, id=f"{contract.name}.{column.name}")
    for contract in TABLES
    for column in contract.columns
]
each_table = pytest.mark.parametrize("contract", TABLES, ids=lambda contract: contract.name)


@pytest.mark.parametrize(("contract", "column"), COLUMNS)
def test_a_column_is_explained(contract: Table, column: Column):
    assert len(column.text.da) > 2
    assert len(column.text.en) > 2
    assert column.source, "where the values come from"
    assert column.kind not in NUMBERS or column.unit, "numbers and times have a unit"
    assert "|" not in column.text.da + column.text.en + column.unit + column.source
    assert column.name in contract.column_names


@each_table
def test_a_table_says_what_a_row_is_and_by_which_key(contract: Table):
    assert contract.row.da != contract.row.en
    assert contract.key
    assert set(contract.key) <= set(contract.column_names)
    assert len(set(contract.column_names)) == len(contract.columns)


@each_table
def test_a_key_is_filled_in(contract: Table):
    """Except a citizen's: the unknown citizen has no key."""
    columns = {column.name: column for column in contract.columns}
    for name in set(contract.key) - {"citizen_key"}:
        assert any(isinstance(rule, Required) for rule in columns[name].rules), name


def test_contracts_have_names_of_their_own():
    names = [contract.name for contract in TABLES]
    assert len(set(names)) == len(names)


def test_a_table_is_an_asset_of_the_same_name_with_the_same_columns():
    graph = defs.resolve_asset_graph()
    assets = {key.to_user_string(): graph.get(key) for key in graph.get_all_asset_keys()}
    for contract in TABLES:
        schema = assets[contract.name].metadata["dagster/column_schema"]
        columns = getattr(schema, "value", schema).columns
        assert tuple(column.name for column in columns) == contract.column_names


def test_every_check_is_of_a_published_table():
    checks = defs.resolve_asset_graph().asset_check_keys
    checked = {check.asset_key.to_user_string() for check in checks}
    assert checked == {contract.name for contract in TABLES}


def test_the_page_of_tables_is_up_to_date():
    committed = (ROOT / "docs" / "reference" / "tables.md").read_text("utf-8")
    assert committed == tables_page(), (
        "run: python -m pipelines.contracts.markdown > docs/reference/tables.md"
    )


def test_the_workspace_names_the_definitions():
    workspace = yaml.safe_load((ROOT / "workspace.yaml").read_text("utf-8"))
    [location] = workspace["load_from"]
    assert location["python_module"]["module_name"] == "pipelines.definitions"
    assert location["python_module"]["attribute"] == "defs"
