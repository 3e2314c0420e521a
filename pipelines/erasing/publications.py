"""The kept publications without the citizen, each put in the place of the one that held him.

One that today's code made is counted anew from what is left of its deliveries, under its own law
and day. Of one that other code made only the citizen's rows are taken out: its sums stand as they
were published, since no one can tell that counting again would give the same.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final, cast

import duckdb
import polars as pl

from pipelines.code_version import code_version
from pipelines.contracts import tables
from pipelines.engine import Engine, quoted
from pipelines.erasing.journal import Journal, write_journal
from pipelines.lake import Lake
from pipelines.progress import Show
from pipelines.publishing import (
    ABOUT_THE_NIGHT,
    HeldBackError,
    describe,
    next_file,
    replace_vintage,
    show_vintage,
    write_publication,
)
from pipelines.recount import Basis, recount
from pipelines.settings import Home
from pipelines.vintages import VintageError, basis_of, standing_publication

_WHAT: Final = "Erstatter udgivelser"


def files_kept(home: Home) -> dict[str, Path]:
    """The publications kept, by id; the standing one also where its vintage is gone."""
    kept = {folder.name: home.vintage(folder.name) for folder in sorted(home.vintages.glob("*"))}
    kept = {name: file for name, file in kept.items() if file.exists()}
    standing = standing_publication(home)
    return {standing: home.publication, **kept} if standing else kept


def holds(home: Home, file: Path, journal: Journal) -> bool:
    """Whether a publication has a row of the citizen, of his records, or a text with his mark.

    Raises HeldBackError where it cannot be opened.
    """
    with _opened(home, file) as engine:
        return any(
            engine.number(f"select count(*) from old.{table} where {which}")
            for table, columns in _columns(engine).items()
            for which in _whose(table, columns, journal)
        )


def replace_publications(home: Home, lake: Lake, journal: Journal, show: Show) -> None:
    """Replaces every publication that holds the citizen or rests on rows that are gone."""
    standing = standing_publication(home)
    kept = files_kept(home)
    for done, (name, file) in enumerate(kept.items()):
        show(_WHAT, done, len(kept))
        anew = _is_of_this_code(home, file)
        if not (holds(home, file, journal) or (anew and _is_behind(home, file, lake))):
            continue
        journal.publications[name] = anew and _basis(file, lake, journal) is not None
        write_journal(home, journal)  # before: else a killed erasure would not know of it
        _rebuild(home, name, file, lake, journal)
    show(_WHAT, len(kept), len(kept))
    if standing in journal.publications:
        show_vintage(home, str(standing))


def _rebuild(home: Home, name: str, file: Path, lake: Lake, journal: Journal) -> None:
    basis = _basis(file, lake, journal) if journal.publications[name] else None
    with _opened(home, file) as engine:
        engine.begin(next_file(home))
        if basis is None:
            _take_out(engine, journal)
        else:
            _count_anew(engine, lake, journal, basis)
        engine.run("detach old")
        replace_vintage(engine, home, name)
    shutil.rmtree(next_file(home).parent, ignore_errors=True)


def _count_anew(engine: Engine, lake: Lake, journal: Journal, basis: Basis) -> None:
    recount(engine, lake, basis)
    columns = _columns(engine)
    for contract in tables.TABLES:
        if contract.name in ABOUT_THE_NIGHT and contract is not tables.PUBLICATION:
            select = _without(contract.name, columns[contract.name], journal)
            engine.run(f"create table next.{contract.name} as {select}")
            engine.comment(contract)
    [(name, built_at, law_hash)] = engine.rows(
        "select publication_id, built_at, law_hash from old.publication"
    )
    now = describe(engine, basis.as_of, str(law_hash))
    then = replace(now, publication_id=str(name), built_at=cast("datetime", built_at))
    write_publication(engine, then)


def _take_out(engine: Engine, journal: Journal) -> None:
    engine.run("copy from database old to next (schema)")
    for table, columns in _columns(engine).items():
        engine.run(f"insert into next.{table} {_without(table, columns, journal)}")


def _without(table: str, columns: dict[str, str], journal: Journal) -> str:
    """A SELECT of an old table's rows that are not the citizen's, his mark replaced in texts."""
    kept = " and ".join(
        f"({which}) is not true" for which in _whose(table, columns, journal, marks=False)
    )
    cells = ", ".join(
        f'replace("{name}", {quoted(journal.mark)}, {quoted(journal.fresh_mark)}) as "{name}"'
        if kind == "VARCHAR"
        else f'"{name}"'
        for name, kind in columns.items()
    )
    return f"select {cells} from old.{table} where {kept or 'true'}"


def _whose(
    table: str, columns: dict[str, str], journal: Journal, *, marks: bool = True
) -> Iterator[str]:
    """Conditions that rows of the citizen meet, one by one."""
    if "citizen_key" in columns:
        yield f"citizen_key = {quoted(journal.citizen_key)}"
    for name, records in (("meeting_id", journal.meetings), ("spell_id", journal.spells)):
        if name in columns and records:
            yield f"(municipality_code, {name}) in {_rows(records)}"
    if table == tables.REJECTIONS.name:
        if records := [*journal.meetings, *journal.spells]:
            yield f"(municipality_code, record_id) in {_rows(records)}"
        if journal.rejected:
            yield f"(municipality_code, delivery_id, source_row) in {_rows(journal.rejected)}"
    if marks:
        for name, kind in columns.items():
            if kind == "VARCHAR":
                yield f'contains("{name}", {quoted(journal.mark)})'


def _rows(rows: list[tuple[str, str]] | list[tuple[str, str, int]]) -> str:
    listed = (
        ", ".join(quoted(cell) if isinstance(cell, str) else str(cell) for cell in row)
        for row in rows
    )
    return f"({', '.join(f'({row})' for row in listed)})"


def _columns(engine: Engine) -> dict[str, dict[str, str]]:
    """The tables of the old publication: type by column, in order."""
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in engine.rows(
        "select c.table_name, c.column_name, c.data_type from duckdb_columns() as c "
        "inner join duckdb_tables() as t using (database_name, table_name) "
        "where database_name = 'old' order by c.table_name, c.column_index"
    ):
        found.setdefault(str(table), {})[str(column)] = str(kind)
    return found


def _is_of_this_code(home: Home, file: Path) -> bool:
    with _opened(home, file) as engine:
        [(code,)] = engine.rows("select code_version from old.publication")
    return bool(code == code_version("counting"))


def _is_behind(home: Home, file: Path, lake: Lake) -> bool:
    """Whether rows of its deliveries were erased that it still counts."""
    with _opened(home, file) as engine:
        counted = engine.rows(
            "select municipality_code, delivered_on, delivery_id, rows_erased from old.deliveries "
            "where status = 'accepted'"
        )
    key = ["municipality_code", "delivered_on", "delivery_id"]
    known = pl.DataFrame(counted, schema=[*key, "known"], orient="row")
    erased = lake.ever_delivered().join(lake.contents(), on="delivery_key")
    both = known.cast({"delivered_on": pl.Date}).join(erased, on=key)
    return not both.filter(pl.col("known") < pl.col("rows_erased")).is_empty()


def _basis(file: Path, lake: Lake, journal: Journal) -> Basis | None:
    try:
        return basis_of(file, lake, (journal.mark, journal.fresh_mark))
    except VintageError:  # deliveries of it are gone from the lake
        return None


@contextmanager
def _opened(home: Home, file: Path) -> Iterator[Engine]:
    with Engine(home.state / "scratch" / "erasing") as engine:
        try:
            engine.run(f"attach {quoted(file)} as old (read_only)")
        except duckdb.Error:
            raise HeldBackError(
                f"Udgivelsen {file} kan ikke læses, så ingen kan se, om borgeren står i den. "
                "Gendan den fra en sikkerhedskopi, eller slet dens mappe, og kør igen."
            ) from None
        yield engine
