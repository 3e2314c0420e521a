"""The floor: DuckDB reads every column of the meetings as text, and looks at each value once.

python -m benchmarks.bare_read LANDING
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import duckdb

_COLUMNS: Final = (
    *("samtale_id", "cpr", "samtaletype", "samtaleform", "status", "start", "slut"),
    *("aktoer", "registreret", "indkaldt", "bemaerkning"),
)


def main(landing: Path) -> None:
    """Reads the meetings of a landing folder."""
    files = [str(file) for file in sorted(landing.rglob("samtaler.csv"))]
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in _COLUMNS)
    duckdb.execute("set enable_progress_bar = false")
    duckdb.execute(
        "select count(*), max(columns(*)) from read_csv(?, delim = ';', header = true, "
        f"quote = '', auto_detect = false, columns = {{{columns}}})",
        [files],
    ).fetchall()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
