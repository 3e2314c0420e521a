"""The suite of a table: every promise of its contract as a check with a lasting id."""

from dataclasses import dataclass

from pipelines.contracts.model import Table


@dataclass(frozen=True, slots=True)
class Expectation:
    """One rule of one column, in the words of Great Expectations: a class and its arguments."""

    check_id: str
    column: str
    name: str
    arguments: dict[str, object]


def column_suite(contract: Table) -> tuple[Expectation, ...]:
    """Every rule of every column, in the order of the contract; ids are `table.column.rule`."""
    return tuple(
        Expectation(f"{contract.name}.{column.name}.{rule.name}", column.name, *rule.expectation())
        for column in contract.columns
        for rule in column.rules
    )


def check_ids(contract: Table) -> tuple[str, ...]:
    """Every check of a table, each exactly once: its shape, its key, then its columns' rules.

    A result list that holds fewer is not a pass. `table.rows` is left out where the table may
    be empty, since it could not fail; `table.key` where it is a view, whose key follows from the
    tables below it.
    """
    shape = (
        "columns",
        "types",
        *(() if contract.may_be_empty else ("rows",)),
        *(() if contract.is_view else ("key",)),
    )
    return (
        *(f"{contract.name}.{check}" for check in shape),
        *(expectation.check_id for expectation in column_suite(contract)),
    )
