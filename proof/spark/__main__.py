"""The same count on DuckDB and on a Spark cluster of two workers: every table, byte for byte.

    python -m proof.spark [--meetings 1000000 10000000] [--memory-gb 2] [--folder DIR]

Kept in proof/results/spark.json; sizes counted before and not asked for now stay there.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.landing import write_landing
from pipelines.deliveries.intake import take_in
from pipelines.settings import find_home
from proof.record import Cell, Proof, Table, keep, kept
from proof.spark.cluster import standalone

_COLUMNS = (
    *("meetings", "tables", "equal", "DuckDB s", "DuckDB cpu s"),
    *("Spark s", "Spark cpu s", "Spark / DuckDB, cpu"),
)
_WORKERS = 2
_DONE = """The deliveries of one night were counted twice from the same slices and the same rows of
law: by DuckDB, and by Spark {pyspark} on a standalone cluster, a master and two workers of one core
and {memory} GB on loopback (`samtaler nightly --engine spark --master URL`). The SELECTs are those
of `sql/`, put into Spark's dialect by sqlglot {sqlglot} and the rules of
`pipelines/spark/dialect.py`. Promised: every published table has the same hash of its contents from
both."""
_MEASURED = """Seconds are those of the count alone, without reading deliveries, checks and report.
Processor seconds are of all processes, for Spark with the start of master, workers and driver. Both
engines had the same two cores, and other work ran beside them: trust the processor seconds. The
law's own tables, a few hundred rows, are made by DuckDB, which also writes the publication. Not
tried: several machines, YARN or Kubernetes, an object store."""


def main() -> None:
    """Counts each size on both engines and keeps what came of it; exit 1 where a table differs."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started is stopped
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--meetings", type=int, nargs="+", default=[1_000_000, 10_000_000])
    parser.add_argument("--memory-gb", type=int, default=2)
    parser.add_argument("--folder", default=None)
    options = parser.parse_args()
    rows = {
        int(str(row[0])): tuple(row)
        for proof in kept()
        if proof.name == "spark"
        for row in proof.tables[0].rows
    }
    for meetings in options.meetings:
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            row = _compare(Path(folder), meetings, options.memory_gb)
        print(dict(zip(_COLUMNS, row, strict=True)))
        rows[int(str(row[0]))] = row
        _keep([rows[size] for size in sorted(rows)], options.memory_gb)
    if any(row[1] != row[2] for row in rows.values()):
        raise SystemExit("A table differs.")


def _compare(folder: Path, meetings: int, memory_gb: int) -> tuple[Cell, ...]:
    home = folder / "home"
    write_landing(home / "landing", meetings)
    take_in(find_home(str(home)), lambda _done, _all: None)
    before = _children()
    duckdb = _count(home, folder / "duckdb", os.environ.copy(), "duckdb")
    between = _children()
    with standalone(folder / "cluster", _WORKERS, memory_gb) as (url, environment):
        spark = _count(home, folder / "spark", environment, "spark", url)
    after = _children()
    equal = [name for name in duckdb["hashes"] if duckdb["hashes"][name] == spark["hashes"][name]]
    for name in sorted(set(duckdb["hashes"]) - set(equal)):
        print(f"{name} differs: {duckdb['rows'][name]} rows and {spark['rows'][name]}")
    cpu = (between - before, after - between)
    return (
        duckdb["rows"]["meetings"],
        len(duckdb["hashes"]),
        len(equal),
        *(duckdb["wall"], cpu[0], spark["wall"], cpu[1], cpu[1] / cpu[0]),
    )


def _count(home: Path, folder: Path, environment: dict[str, str], *counter: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "proof.spark.counting", str(home), str(folder), *counter]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _children() -> float:
    """Seconds of processor that ended processes of ours have used."""
    times = os.times()
    return times.children_user + times.children_system


def _keep(rows: list[tuple[Cell, ...]], memory_gb: int) -> None:
    keep(
        Proof(
            name="spark",
            title="Beyond one machine: the same SELECTs on Spark",
            command="make spark",
            says=[
                _DONE.format(
                    memory=memory_gb,
                    pyspark=version("pyspark"),
                    sqlglot=version("sqlglot"),
                ),
                _MEASURED,
            ],
            tables=[Table("One count on each engine", _COLUMNS, rows)],
        )
    )


if __name__ == "__main__":
    main()
