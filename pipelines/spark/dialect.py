"""The SELECTs of sql/ in Spark's dialect: sqlglot's translation, and what it leaves to be done.

sqlglot puts one dialect's grammar into the other's. Where a word is the same and the meaning is
not, or a construct has no like, a rule stands here, each with why. What no rule and no list knows
is refused: a silent difference would be a wrong figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import sqlglot
from sqlglot import exp

# The spaces that DuckDB trims (Unicode's class Zs); Spark trims only the first of them.
SPACES: Final = "".join(map(chr, (32, 160, 5760, *range(8192, 8203), 8239, 8287, 12288)))
# Spark lowers these by their neighbours or to two letters, DuckDB each to one.
_LOWERED: Final = ("İ\u03a3", "i\u03c3")
# Functions that give the same in both for what the models ask of them (held by tests/spark).
_SAME: Final = (
    *(exp.AnyValue, exp.ArrayContains, exp.Cast, exp.Coalesce, exp.Count, exp.Greatest, exp.Least),
    *(exp.Lag, exp.LastDay, exp.LastValue, exp.Lead, exp.LogicalOr, exp.Max, exp.Min, exp.Month),
    *(exp.RowNumber, exp.Sum, exp.Year, exp.Array, exp.Struct, exp.DateDiff, exp.Case, exp.If),
    *(exp.And, exp.Or),  # which sqlglot holds to be functions
)
_REFUSED: Final = (exp.Qualify, exp.TableSample)  # leaves a column behind; draws other rows


class UnportableError(Exception):
    """A SELECT uses what has no known like in Spark; the message is for the developer."""


def spark_name(table: str) -> str:
    """What Spark calls a table of the night: temporary views have no database."""
    return table.replace(".", "__")


def to_spark(sql: str) -> str:
    """A SELECT of DuckDB's dialect in Spark's.

    Raises UnportableError where it uses what is not known to give the same.
    """
    tree = sqlglot.parse_one(sql, read="duckdb")
    inputs = inputs_of(tree)
    for kind, rule in _RULES:
        tree = _apply(rule, kind, tree)
    for table in tree.find_all(exp.Table):
        if _full_name(table) in inputs:
            table.replace(_renamed(table))
    for node in tree.find_all(exp.Func, *_REFUSED):
        if not isinstance(node, _SAME) and not node.meta.get("spark"):
            raise UnportableError(f"{node.sql('duckdb')}: not known to be the same in Spark")
    return str(tree.sql("spark", comments=False))


def _apply(
    rule: Callable[[Any], exp.Expression], kind: type[exp.Expression], tree: exp.Expression
) -> exp.Expression:
    return tree.transform(lambda node: rule(node) if isinstance(node, kind) else node)


def inputs_of(tree: exp.Expression) -> set[str]:
    """The tables that a SELECT reads, as it names them."""
    own = {cte.alias for cte in tree.find_all(exp.CTE)}
    return {_full_name(table) for table in tree.find_all(exp.Table)} - own


def _full_name(table: exp.Table) -> str:
    return f"{table.db}.{table.name}" if table.db else table.name


def _renamed(table: exp.Table) -> exp.Table:
    name = exp.to_identifier(spark_name(_full_name(table)))
    return exp.Table(this=name, alias=table.args.get("alias"), joins=table.args.get("joins"))


def _call(name: str, *arguments: exp.Expression | str) -> exp.Anonymous:
    """A call of a function of Spark's."""
    given = [exp.column(it) if isinstance(it, str) else it for it in arguments]
    call = exp.Anonymous(this=name, expressions=[it.copy() for it in given])
    call.meta["spark"] = True
    return call


def _lambda(body: exp.Expression, *names: str) -> exp.Lambda:
    return exp.Lambda(this=body.copy(), expressions=[exp.to_identifier(name) for name in names])


def _comprehension(node: exp.Array) -> exp.Expression:
    """`[p.days for p in list if …]`: Spark has filter and transform."""
    match node.expressions:
        case [exp.Comprehension() as made]:
            name = made.expression.name
            kept = made.args["iterator"]
            if condition := made.args.get("condition"):
                kept = _call("filter", kept, _lambda(condition, name))
            if made.this == exp.column(name):
                return kept
            return _call("transform", kept, _lambda(made.this, name))
    return node


def _element(node: exp.Bracket) -> exp.Expression:
    """`list[n]`: Spark counts from 0, and fails beyond the end, where DuckDB gives null.

    sqlglot has moved a number written out to count from 0, and leaves a column as it is.
    """
    [index] = node.expressions
    if isinstance(index, exp.Literal):
        index = exp.Literal.number(int(index.this) + 1)
    return _call("try_element_at", node.this, index)


def _sorted_list(node: exp.ArrayAgg | exp.Filter) -> exp.Expression:
    """`list(x order by x)`: sqlglot drops the order. Spark makes of no rows an empty list.

    Spark's aggregate skips nulls, so a model may list only what is never null.
    """
    made = node.this if isinstance(node, exp.Filter) else node
    if not isinstance(made, exp.ArrayAgg):
        return node
    if isinstance(made.parent, exp.Filter) and node is made:
        return node  # the filter around it is the one to change
    order = made.this
    if not isinstance(order, exp.Order) or not _is_ordered_by_itself(order):
        raise UnportableError(f"{made.sql('duckdb')}: a list may be ordered only by its own value")
    listed: exp.Expression = _call("collect_list", order.this)
    if isinstance(node, exp.Filter):
        listed = exp.Filter(this=listed, expression=node.expression.copy())
    return _call("nullif", _call("array_sort", listed), _call("array"))


def _is_ordered_by_itself(order: exp.Order) -> bool:
    """By the value, or by the first field of a struct that no two rows of a list share."""
    [by] = order.expressions
    if by.args.get("desc"):
        return False
    value = order.this
    if isinstance(value, exp.Struct):
        value = value.expressions[0].expression
    return bool(by.this == value)


def _named(node: exp.Anonymous) -> exp.Expression:
    """Functions that sqlglot passes on by name."""
    arguments = node.expressions
    match node.name.lower():
        case "hash":  # Spark's has 32 bits; the models only look for a hash that occurs twice
            return _call("xxhash64", *arguments)
        case "to_months":  # a number of months, added to a date: both keep within the month
            return _call("make_ym_interval", exp.Literal.number(0), *arguments)
        case "list_sum":
            zero = exp.cast(exp.Literal.number(0), "bigint")
            added = _lambda(exp.column("sum") + exp.column("each"), "sum", "each")
            return _call("aggregate", *arguments, zero, added)
    return node


def _length(node: exp.Length) -> exp.Expression:
    """`len`: the models ask it of lists only, and Spark's `length` is for texts."""
    return _call("size", node.this)


def _days_between(node: exp.DateDiff) -> exp.Expression:
    """`date_diff`: days are days; of months DuckDB counts the borders, Spark the whole ones."""
    if node.text("unit").upper() != "DAY":
        raise UnportableError(f"{node.sql('duckdb')}: only days are counted alike")
    return node


def _month_begun(node: exp.TimestampTrunc | exp.DateTrunc) -> exp.Expression:
    """`date_trunc('month', day)` is a day in DuckDB; Spark's is a moment in a time zone."""
    if node.text("unit").upper() != "MONTH":
        raise UnportableError(f"{node.sql('duckdb')}: only months are begun in the models")
    return _call("trunc", node.this, exp.Literal.string("MONTH"))


def _trim(node: exp.Trim) -> exp.Expression:
    """`trim`: DuckDB takes every space of Unicode away, Spark the plain one."""
    return _call("btrim", node.this, exp.Literal.string(SPACES))


def _lower(node: exp.Lower) -> exp.Expression:
    """`lower`: letter by letter in DuckDB."""
    letters = (exp.Literal.string(text) for text in _LOWERED)
    lowered = exp.Lower(this=_call("translate", node.this, *letters))
    lowered.meta["spark"] = True
    return lowered


def _numbering(node: exp.Window) -> exp.Expression:
    """A window by name, written out; and no frame for row_number, which Spark would refuse."""
    named = node.args.get("alias")
    select = node.find_ancestor(exp.Select)
    if named is None or select is None:
        return node
    window = next(it for it in select.args["windows"] if it.name == named.name)
    parts = {key: part and part.copy() for key, part in _window_parts(window)}
    if isinstance(node.this, exp.RowNumber):
        parts.pop("spec", None)
    return exp.Window(this=node.this.copy(), **parts)


def _window_parts(window: exp.Window) -> Iterator[tuple[str, exp.Expression]]:
    for key in ("partition_by", "order", "spec"):
        if part := window.args.get(key):
            yield key, part


_RULES: Final[tuple[tuple[type[exp.Expression], Callable[[Any], exp.Expression]], ...]] = (
    (exp.Array, _comprehension),
    (exp.Bracket, _element),
    (exp.Filter, _sorted_list),
    (exp.ArrayAgg, _sorted_list),
    (exp.Anonymous, _named),
    (exp.Length, _length),
    (exp.DateDiff, _days_between),
    (exp.TimestampTrunc, _month_begun),
    (exp.DateTrunc, _month_begun),
    (exp.Trim, _trim),
    (exp.Lower, _lower),
    (exp.Window, _numbering),
)
