"""Great Expectations in a process of Dagster's, where PySpark is installed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.repo.tree import ROOT

# `python -c` has no main file, as a process that Dagster starts has none.
PROGRAM = """
import duckdb
from checks.great_expectations_duckdb import count_failing_rows
from checks.suites import Expectation
connection = duckdb.connect()
connection.execute("create table t as select null as a union all select 'x'")
rule = Expectation("t.a.required", "a", "ExpectColumnValuesToNotBeNull", {})
print(count_failing_rows(connection, "main", "t", {"a": "VARCHAR"}, [rule]))
"""


def test_the_checks_do_not_end_a_process_without_a_main_file():
    pytest.importorskip("pyspark", reason="the extra «spark» is not installed (make setup-proof)")
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout.strip()) == (0, "{'t.a.required': 1}"), ran.stderr
