"""Puts a night's tables in place: hashed, as a vintage of its own, in one atomic step."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import duckdb
import polars as pl

from pipelines.code_version import code_version
from pipelines.contracts import tables
from pipelines.contracts.model import Kind, Table
from pipelines.engine import Engine
from pipelines.ledger import Ledger, file_sha256, is_as_entered
from pipelines.placing import sync_file, sync_folder
from pipelines.settings import Home

# What a night says about itself is no part of what it counted.
ABOUT_THE_NIGHT: Final = (
    *("publication", "check_results"),
    *("changes", "history", "revisions", "alerts"),
)


class HeldBackError(Exception):
    """The publication must not be put in place; the message is for the operator."""


@dataclass(frozen=True, slots=True)
class Publication:
    """The one row of the table `publication` (interface.md section 3)."""

    publication_id: str
    as_of: date
    built_at: datetime
    code_version: str
    law_hash: str
    inputs_hash: str
    tables_hash: str
    duckdb_version: str
    table_hashes: Mapping[str, str]  # by table; no column of its own


def next_file(home: Home) -> Path:
    """Where the next publication is built: beside the old one, on the same file system."""
    return home.published / "next" / "samtaler.duckdb"


def identify(engine: Engine, as_of: date, law_hash: str) -> str:
    """The publication's id: its day, and a hash of what it rests on."""
    identity = _hash_rows([(as_of, _inputs_hash(engine), law_hash, code_version("counting"))])
    return f"{as_of}-{identity[:12]}"


def describe(engine: Engine, as_of: date, law_hash: str) -> Publication:
    """Hashes what the night read and what it counted."""
    hashes = table_hashes(engine)
    return Publication(
        publication_id=identify(engine, as_of, law_hash),
        as_of=as_of,
        built_at=datetime.now(ZoneInfo("Europe/Copenhagen")).replace(tzinfo=None, microsecond=0),
        code_version=code_version("counting"),
        law_hash=law_hash,
        inputs_hash=_inputs_hash(engine),
        tables_hash=_hash_rows(sorted(hashes.items())),
        duckdb_version=duckdb.__version__,
        table_hashes=hashes,
    )


def table_hashes(engine: Engine, database: str = "next") -> dict[str, str]:
    """The hash of each table that follows from deliveries and law."""
    return {
        contract.name: table_hash(engine, contract, database)
        for contract in tables.TABLES
        if contract.name not in ABOUT_THE_NIGHT and not contract.is_view
    }


def table_hash(engine: Engine, contract: Table, database: str) -> str:
    """A hash of a table's contents alone: the order of rows, files and threads play no part.

    Each row is written out and hashed with SHA-1, the cheapest hash that DuckDB has and that is
    the same in every version of it; the rows' numbers (60 bits of the hash) are summed.
    """
    return _hash_rows(engine.rows(_table_sum(contract, database)))


def write_publication(engine: Engine, publication: Publication) -> None:
    """Writes the table `publication`."""
    rows = {name: [getattr(publication, name)] for name in tables.PUBLICATION.column_names}
    engine.publish_frame(tables.PUBLICATION, pl.DataFrame(rows))


def put_in_place(
    engine: Engine, home: Home, publication: Publication, ledger: Ledger, facts: dict[str, Any]
) -> bool:
    """Makes the night's file the current publication; False where it already stood as a vintage.

    A vintage stands only with the bytes that the ledger tells of: a damaged one is replaced. The
    ledger tells of the new one before readers see it. Raises HeldBackError where the same inputs,
    law and code gave other tables before, LedgerError where the ledger was changed.
    """
    engine.finish()
    built = next_file(home)
    vintage = home.vintage(publication.publication_id)
    entered = ledger.newest().get(publication.publication_id)
    if entered and entered.tables_hash not in {None, publication.tables_hash}:
        raise HeldBackError(
            "De samme leverancer, den samme lov og det samme program gav andre tabeller end "
            f"sidst ({publication.publication_id}). Intet er udgivet; meld det som en fejl."
        )
    fresh = entered is None or not is_as_entered(vintage, entered)
    if fresh:
        _keep(built, vintage)
        ledger.append({**facts, "file_sha256": file_sha256(vintage)})
    _link(vintage, home.publication)
    shutil.rmtree(built.parent, ignore_errors=True)
    return fresh


def replace_vintage(engine: Engine, home: Home, publication_id: str) -> None:
    """Puts the file just built in the place of a vintage, in one step; readers keep the old one.

    The ledger must be told by the caller.
    """
    engine.finish()
    _keep(next_file(home), home.vintage(publication_id))


def show_vintage(home: Home, publication_id: str) -> None:
    """Makes a vintage the current publication, in one step; nothing where it is already."""
    vintage = home.vintage(publication_id)
    if not (home.publication.exists() and home.publication.samefile(vintage)):
        _link(vintage, home.publication)


def _inputs_hash(engine: Engine) -> str:
    """A hash of the deliveries that count, and of how many of their rows were erased since."""
    return _hash_rows(
        engine.rows(
            "select municipality_code, cast(delivered_on as varchar), file, "
            "concat_ws(' less ', coalesce(delivery_id, ''), nullif(rows_erased, 0)) "
            "from register order by all"
        )
    )


def _link(vintage: Path, place: Path) -> None:
    """Puts a name on the vintage in one step; a reader keeps the file it has open."""
    fresh = place.with_name(f".{place.name}.next")
    fresh.unlink(missing_ok=True)
    try:
        os.link(vintage, fresh)
    except OSError:  # a file system without hard links
        shutil.copyfile(vintage, fresh)
    fresh.replace(place)
    fresh.unlink(missing_ok=True)  # POSIX: a rename onto another name of the same file does nothing
    sync_folder(place.parent)


def _keep(built: Path, vintage: Path) -> None:
    """Makes a finished file a vintage, durably and in one step."""
    _make_durable(built)
    vintage.parent.mkdir(parents=True, exist_ok=True)
    built.replace(vintage)
    sync_folder(vintage.parent)


def _make_durable(file: Path) -> None:
    if file.with_name(f"{file.name}.wal").exists():
        raise HeldBackError("Udgivelsen blev ikke skrevet færdig (der ligger en .wal-fil).")
    sync_file(file)
    file.chmod(0o444)


def _table_sum(contract: Table, database: str) -> str:
    cells = ", ".join(
        f"coalesce({_as_text(column.name, column.kind)}, chr(0))" for column in contract.columns
    )
    return (
        "select count(*), cast(sum("
        f"cast('0x' || left(sha1(concat_ws(chr(31), {cells})), 15) as bigint)"
        f") as varchar) from {database}.{contract.name}"
    )


def _as_text(name: str, kind: Kind) -> str:
    if kind is Kind.TEXTS:
        return f"array_to_string(\"{name}\", ',')"
    return f'cast("{name}" as varchar)'


def _hash_rows(rows: list[tuple[object, ...]]) -> str:
    digest = hashlib.sha256()
    for row in rows:
        digest.update("\x1f".join(str(value) for value in row).encode() + b"\n")
    return digest.hexdigest()
