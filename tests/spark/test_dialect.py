"""What sqlglot leaves to be done: each rule by its result, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.repo.tree import sql_files

pytest.importorskip("sqlglot", reason="the extra «spark» is not installed (make setup-proof)")

from pipelines.spark.dialect import UnportableError, to_spark

COUNTED = ("records", "meetings", "counts", "requirements")
MODELS = [
    file
    for file in sql_files()
    if file.parent.name in COUNTED and file.stem != "evaluations"  # a view in the publication
]


@pytest.mark.parametrize("file", MODELS, ids=lambda file: file.stem)
def test_every_model_that_is_counted_is_portable(file: Path):
    assert to_spark(file.read_text("utf-8"))


@pytest.mark.parametrize(
    "select",
    [
        "select list(a order by b) from t",  # sqlglot would drop the order
        "select list(a) from t",
        "select list(a order by a desc) from t",
        "select date_trunc('week', a) from t",
        "select a from t qualify row_number() over (order by a) = 1",
        "select a from t using sample 10",
        "select md5(a) from t",
        "select regexp_matches(a, 'b') from t",
        "select strptime(a, '%d') from t",
        "select string_agg(a, ',') from t",
        "select arg_min(a, b) from t",
        "select date_diff('month', a, b) from t",  # borders in DuckDB, whole months in Spark
    ],
)
def test_what_is_not_known_to_be_the_same_is_refused(select: str):
    with pytest.raises(UnportableError):
        to_spark(select)


def test_tables_of_the_publication_are_named_for_spark():
    made = to_spark("with own as (select 1 as a) select own.a from own, next.meetings as m, law")
    assert made == ("WITH own AS (SELECT 1 AS a) SELECT own.a FROM own, next__meetings AS m, law")
