"""The publications kept: where they lie, which one stands, and what each rests on."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import duckdb
import polars as pl

from pipelines.contracts.codes import KINDS
from pipelines.contracts.tables import LAW
from pipelines.lake import DELIVERIES, Lake
from pipelines.ledger import Ledger, is_as_entered
from pipelines.recount import Basis
from pipelines.settings import Home

_RECORDED: Final = (
    "select municipality_code, delivered_on, file, delivery_id, kind, "
    "rows_accepted + rows_superseded + rows_withdrawn, rows_rejected "
    "from deliveries order by all"
)
_KEY: Final = ("municipality_code", "delivered_on", "file", "delivery_id")


class VintageError(Exception):
    """A publication cannot be opened or made again; the message is for the operator (Danish)."""


def vintage_file(home: Home, publication_id: str) -> Path:
    """The file of a publication. Raises VintageError where there is none of that id."""
    folders = home.vintages.glob("*")
    known = sorted(folder.name for folder in folders if home.vintage(folder.name).exists())
    if publication_id not in known:  # also keeps a name from leading out of the folder
        listed = f" Der er: {', '.join(known)}." if known else ""
        raise VintageError(f"Der er ingen udgivelse {publication_id!r}.{listed}")
    return home.vintage(publication_id)


def standing_publication(home: Home) -> str | None:
    """The id of the publication readers see; None where there is none that can be read."""
    return publication_of(home.publication)


def publication_of(file: Path) -> str | None:
    """The id a publication gives itself; None where the file is missing or damaged."""
    if not file.exists():
        return None
    try:
        with duckdb.connect(str(file), read_only=True) as connection:
            [(found,)] = connection.execute("select publication_id from publication").fetchall()
    except duckdb.Error:
        return None
    return str(found)


def publication_before(home: Home, ledger: Ledger) -> tuple[Path | None, tuple[str, ...]]:
    """The publication tonight's figures are set against: the one that stands, else the newest.

    Only one whose bytes are those the ledger tells of will do; None where there is none. With the
    ids of those that would have come first and are damaged or gone.
    """
    entered = ledger.newest()
    standing = standing_publication(home)
    first = [standing] if standing in entered else []
    damaged: list[str] = []
    for name in dict.fromkeys((*first, *reversed(entered))):
        if is_as_entered(home.vintage(name), entered[name]):
            return home.vintage(name), tuple(damaged)
        damaged.append(name)
    return None, tuple(damaged)


def basis_of(file: Path, lake: Lake, renamed: tuple[str, str] = ("", "")) -> Basis:
    """What a publication was counted from: its day, its deliveries as the lake has them, its law.

    `renamed` is a text in the names of files, and what the lake has in its place since.

    Raises VintageError where a delivery it counted is no longer in the lake, or the file cannot
    be read.
    """
    try:
        with duckdb.connect(str(file), read_only=True) as connection:
            [(as_of,)] = connection.execute("select as_of from publication").fetchall()
            recorded = connection.execute(_RECORDED).fetchall()
            law = law_in(connection)
    except duckdb.Error as error:
        raise VintageError(f"Udgivelsen kan ikke læses: {file.parent.name}.") from error
    assert isinstance(as_of, date)  # noqa: S101 - DuckDB gives a DATE as a date
    return Basis(as_of, _delivered(recorded, lake, renamed), law)


def _delivered(
    recorded: list[tuple[object, ...]], lake: Lake, renamed: tuple[str, str]
) -> pl.DataFrame:
    schema = {
        **{name: DELIVERIES[name] for name in _KEY},
        "kind": pl.String(),
        "usable": pl.Int64(),
        "rejected": pl.Int64(),
    }
    found = (
        pl.DataFrame(recorded, schema=schema, orient="row")
        .with_columns(pl.col("file").str.replace_all(*renamed, literal=True))
        .join(lake.ever_delivered(), on=_KEY, how="left", nulls_equal=True)
        .join(lake.contents().select("delivery_key", "batch"), on="delivery_key", how="left")
    )
    has_slice = pl.col("rejected").eq(0) | pl.col("batch").is_in(lake.batches("rejections"))
    for kind in KINDS:
        lies = pl.col("batch").is_in(lake.batches(kind))
        has_slice &= pl.col("kind").ne_missing(kind) | pl.col("usable").eq(0) | lies
    lost = found.filter(pl.col("delivery_key").is_null() | ~has_slice.fill_null(value=False))
    if not lost.is_empty():
        files = [f"{code}/{day}/{file}" for code, day, file, *_ in lost.head(3).iter_rows()]
        raise VintageError(
            f"{lost.height} af udgivelsens leverancer er ikke længere i søen (lake/), "
            f"så den kan ikke regnes efter: {', '.join(files)}. "
            "Gendan lake/ fra en sikkerhedskopi, eller læg filerne i landing/ og kør en nat."
        )
    return found.select(*DELIVERIES)


def law_in(connection: duckdb.DuckDBPyConnection, database: str = "") -> list[dict[str, object]]:
    """The rows of a publication's law, with the columns of today's; null where it lacks one.

    `database` is the name it is attached by, or nothing where it is the one that is open.
    """
    cursor = connection.execute(f"select * from {database or 'main'}.law order by rule_version")
    names = [str(column[0]) for column in cursor.description or ()]
    found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return [{name: row.get(name) for name in LAW.column_names} for row in found]
