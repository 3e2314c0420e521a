"""Expressions of the models, asked of both engines over values where dialects part ways."""

from __future__ import annotations

import duckdb
import pytest

from pipelines.settings import Counter

pytestmark = pytest.mark.slow
EXPRESSIONS = {
    "a list is filtered": "[d for d in [1, 2, 3] if d >= n]",
    "a field of each": "[s.a for s in [{'a': 1, 'b': 5}, {'a': 2, 'b': 6}] if s.b > n + 3]",
    "an element by number": "[10, 20, 30][2]",
    "an element by column": "[10, 20, 30][n]",
    "an element beyond the end": "[10, 20][n + 5]",
    "how long a list is": "len([1, 2, 3])",
    "how long nothing is": "len(cast(null as integer[]))",
    "the sum of a list": "list_sum([n, 2])",
    "the sum of an empty list": "coalesce(list_sum([d for d in [1] if d > 5]), 0)",
    "months kept within a month": "cast(date '2024-01-31' + to_months(n) as date)",
    "a year from a leap day": "cast(date '2024-02-29' + to_months(12) as date)",
    "months back": "cast(date '2024-03-31' + to_months(-1) as date)",
    "days between": "date_diff('day', date '2024-02-28', date '2024-03-01')",
    "a day later": "date '2024-02-28' + n",
    "the month's first day": "cast(date_trunc('month', date '2024-02-29') as date)",
    "the month's last day": "last_day(date '2024-02-10' + n)",
    "no value in a list": "list_contains(['a'], cast(null as varchar))",
    "a value not in a list": "list_contains(['a'], 'b')",
    "the greatest beside nothing": "greatest(n, null, 3)",
    "the least beside nothing": "least(n, null, 3)",
    "a share": "1 / n",
    "a third": "n / 3",
    "danish letters": "lower('ÆØÅ ÉÜ')",
    "letters that lower oddly": "lower('İ ΟΔΟΣ ẞ Ǆ')",
    "spaces of all kinds": "trim(' \u00a0\u2003\u3000x y\u00a0 ')",
    "what is no space": "trim('\u200bx')",
    "a truth as a number": "cast(n = 1 as integer) * 4",
    "texts in order": "'Å' < 'å' and 'Z' < 'a' and 'z' < 'æ'",
}
AGGREGATES = {
    "a list in order": "list(v order by v)",
    "a list of some": "list(v order by v) filter (where v > 1)",
    "a list of none": "list(v order by v) filter (where v > 9)",
    "any of equals": "any_value(v * 0)",
    "whether any": "bool_or(v = 2)",
    "a count of some": "count(*) filter (where v > 1)",
    "a sum of none": "sum(v) filter (where v > 9)",
}
WINDOWS = {
    "the last, the place and the number": (
        "select v, last_value(v) over w as l, row_number() over w as r, count(*) over w as c "
        "from t window w as (order by v rows between unbounded preceding and unbounded following) "
        "order by v"
    ),
    "nothing comes last": (
        "select v from (select 1 as v union all select null as v) as s order by v"
    ),
    "the next": "select v, lead(v) over (order by v) as l from t order by v",
}


def test_both_engines_give_the_same(counter: Counter):
    from pipelines.spark.dialect import to_spark  # noqa: PLC0415 - an extra of its own
    from pipelines.spark.session import open_spark  # noqa: PLC0415

    selects = {name: f"select {asked} as x from one" for name, asked in EXPRESSIONS.items()}
    selects |= {name: f"select {asked} as x from t" for name, asked in AGGREGATES.items()}
    selects |= WINDOWS
    duck = duckdb.connect()
    duck.execute("create table one as select 1 as n")
    duck.execute("create table t as select unnest([3, 1, 2, 2]) as v")
    spark = open_spark(counter.master)
    try:
        spark.sql("select 1 as n").createOrReplaceTempView("one")
        spark.sql("select explode(array(3, 1, 2, 2)) as v").createOrReplaceTempView("t")
        differing = {}
        for name, select in selects.items():
            ours = duck.execute(select).fetchall()
            theirs = [tuple(row) for row in spark.sql(to_spark(select)).collect()]
            if ours != theirs:
                differing[name] = (ours, theirs)
    finally:
        spark.stop()
    assert differing == {}
