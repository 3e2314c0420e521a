"""The published tables as a page to read: `python -m pipelines.contracts.markdown`."""

from __future__ import annotations

import sys
from typing import Final

from pipelines.contracts.model import AtLeast, Column, Matches, OneOf, Required, Rule, Table
from pipelines.contracts.tables import TABLES

_INTRODUCTION: Final = """\
# The published tables

Written from the table contracts (`pipelines/contracts/tables.py`) by
`python -m pipelines.contracts.markdown > docs/reference/tables.md`; do not edit it by hand.
The same definitions are comments in `samtaler.duckdb` and rows of its table `dictionary`.
A column may be empty unless its rules say `filled in`.
"""


def tables_page() -> str:
    """Every published table with its columns, as one Markdown page that ends in a line break."""
    contents = "\n".join(f"- [{contract.name}](#{contract.name})" for contract in TABLES)
    return "\n".join([_INTRODUCTION, f"{contents}\n", *(_section(each) for each in TABLES)])


def _section(contract: Table) -> str:
    key = ", ".join(f"`{name}`" for name in contract.key)
    what = "A view; its key" if contract.is_view else "Key"
    lines = [
        f"## {contract.name}",
        "",
        f"Én række er {contract.row.da}. One row is {contract.row.en}. {what}: {key}.",
        "",
        "| column | type | unit | dansk | English | source | rules |",
        "|---|---|---|---|---|---|---|",
        *(_line(column) for column in contract.columns),
    ]
    return "\n".join(lines) + "\n"


def _line(column: Column) -> str:
    rules = "; ".join(_promise(rule) for rule in column.rules)
    cells = (
        f"`{column.name}`",
        str(column.kind),
        column.unit,
        column.text.da,
        column.text.en,
        column.source,
        rules,
    )
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"


def _promise(rule: Rule) -> str:
    match rule:
        case Required():
            return "`filled in`"
        case OneOf(values):
            return "one of " + ", ".join(f"`{value}`" for value in values)
        case Matches(pattern):
            return f"of the form `{pattern}`"
        case AtLeast(least):
            return f"at least {least}"
    return rule.name


if __name__ == "__main__":
    sys.stdout.buffer.write(tables_page().encode())
