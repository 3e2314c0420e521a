"""One count of a home's deliveries, in a process of its own: seconds, and each table's hash.

python -m proof.spark.counting HOME FOLDER duckdb|spark [MASTER]
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from pipelines.engines import open_engine
from pipelines.lake import Lake
from pipelines.law.loader import load_law
from pipelines.law.rows import law_rows
from pipelines.publishing import table_hashes
from pipelines.recount import Basis, recount
from pipelines.settings import Counter, find_home


def main() -> None:
    """Counts the deliveries of the lake under the law of today and prints one line of JSON."""
    home, folder = find_home(sys.argv[1]), Path(sys.argv[2])
    counter = Counter(*sys.argv[3:])
    lake = Lake(home.lake)
    delivered = lake.deliveries()
    as_of = max(delivered["delivered_on"].to_list())
    basis = Basis(as_of, delivered, law_rows(load_law()))
    began = time.perf_counter()
    with open_engine(counter, folder / "scratch") as engine:
        engine.begin(folder / "again.duckdb")
        recount(engine, lake, basis)
        wall = time.perf_counter() - began
        hashes = table_hashes(engine)
        rows = {name: engine.number(f"select count(*) from next.{name}") for name in hashes}
    if counter.engine == "spark":
        _end_the_driver()
    print(json.dumps({"wall": wall, "hashes": hashes, "rows": rows}))


def _end_the_driver() -> None:
    """Waits for the driver's Java process, so that its processor time is this process's own."""
    from pyspark import SparkContext  # noqa: PLC0415 - an extra of its own

    gateway = SparkContext._gateway  # noqa: SLF001 - there is no public way
    if gateway is not None:
        gateway.shutdown()
        gateway.proc.stdin.close()
        gateway.proc.wait()


if __name__ == "__main__":
    main()
