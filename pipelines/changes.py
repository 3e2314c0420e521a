"""What moved since the publication before, and why: new rows, corrections, law or code.

Most nights only deliveries are new, and the two publications tell it all. Where the law or the code
has changed too, the figures before are counted again, with one thing changed at a time.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import cast

import polars as pl

from pipelines.contracts import tables
from pipelines.engine import Engine, quoted
from pipelines.lake import Lake
from pipelines.law.rows import rows_known_on
from pipelines.recount import Basis, recount
from pipelines.vintages import VintageError, basis_of, law_in


def publish_changes(
    engine: Engine,
    lake: Lake,
    tonight: Basis,
    code_version: str,
    before: Path | None,
    scratch: Path,
) -> None:
    """The table `changes`, against the publication in the file `before` (None: against nothing).

    `scratch` is a folder for the counts made again; it is emptied with the night's own.
    """
    if before is None:
        nothing = {"before": None, "recoded": None, "redelivered": "next"}
        _compare(engine, nothing, None, is_recoded=True)
        return
    engine.run(f"attach {quoted(before)} as before (read_only)")
    [(code_before, day_before)] = engine.rows("select code_version, as_of from before.publication")
    recoded = "before"
    is_recoded = code_before == code_version
    if not is_recoded and (then := _basis(before, lake)) is not None:
        recoded = _count_again(engine, lake, then, scratch / "recoded.duckdb")
        is_recoded = True
    redelivered = "next"
    old_law = rows_known_on(law_in(engine.connection, "before"), cast("date", day_before))
    if old_law != rows_known_on(tonight.law, tonight.as_of):
        basis = Basis(tonight.as_of, tonight.delivered, old_law)
        redelivered = _count_again(engine, lake, basis, scratch / "redelivered.duckdb")
    sources = {"before": "before", "recoded": recoded, "redelivered": redelivered}
    _compare(engine, sources, cast("date", day_before), is_recoded=is_recoded)
    for database in {"before", recoded, redelivered} - {"next"}:
        engine.run(f"detach {database}")


def _basis(before: Path, lake: Lake) -> Basis | None:
    with suppress(VintageError):
        return basis_of(before, lake)
    return None


def _count_again(engine: Engine, lake: Lake, basis: Basis, file: Path) -> str:
    """Counts into a file of its own and attaches it; gives the name it is attached by."""
    with engine.resting(), engine.beside(file.with_suffix("")) as again:
        again.begin(file)
        recount(again, lake, basis)
        again.finish()
    engine.run(f"attach {quoted(file)} as {file.stem} (read_only)")
    return file.stem


def _compare(
    engine: Engine,
    sources: Mapping[str, str | None],
    day_before: date | None,
    *,
    is_recoded: bool,
) -> None:
    """Publishes the changes; `sources` gives the database of each step, or None for nothing."""
    views = {f"counts_{step}": (database, "counts") for step, database in sources.items()}
    for side, step in (("earlier", "recoded"), ("later", "redelivered")):
        for table in ("meetings", "deliveries"):
            views[f"{side}_{table}"] = (sources[step], table)
    for name, (database, table) in views.items():
        select = f"from {database}.{table}" if database else f"from next.{table} limit 0"
        engine.run(f"create temp view {name} as {select}")
    basis = {"is_recoded": [is_recoded], "day_before": [day_before]}
    engine.offer("change_basis", pl.DataFrame(basis, schema_overrides={"day_before": pl.Date}))
    engine.scratch("new_rows", "changes/new_rows")
    engine.publish(tables.CHANGES, "changes/changes")
    for name in views:
        engine.run(f"drop view {name}")
