"""The citizen's rows in the lake: which they are, and the lake without them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from pipelines.deliveries.rows import SCHEMAS
from pipelines.erasing.journal import Journal
from pipelines.lake import SLICE_TABLES, Lake

_ID_OF: Final = {"meetings": "meeting_id", "spells": "spell_id"}
_ROW: Final = ["delivery_key", "source_row"]
_RECORD: Final = ["municipality_code", "record_id"]


@dataclass(frozen=True, slots=True)
class Gone:
    """What must go: rows by table (delivery_key, source_row), and records (code, id) by table."""

    rows: dict[str, pl.DataFrame]
    records: dict[str, list[tuple[str, str]]]

    @property
    def by_delivery(self) -> dict[int, int]:
        """The number of rows by delivery_key; a row rejected for many reasons is one."""
        rows = pl.concat(self.rows.values()).unique()
        return dict(rows.group_by("delivery_key").len().iter_rows())


def find_rows(lake: Lake, journal: Journal) -> Gone:
    """The rows that name the citizen, and those that would speak of his records without them.

    Of a record with versions of several citizens, all go up to his last one: an earlier version
    that his replaced must not come back to life. What others said after it stays.
    """
    rows: dict[str, pl.DataFrame] = {}
    records: dict[str, list[tuple[str, str]]] = {}
    for table, id_column in _ID_OF.items():
        versions = _versions(lake, table, id_column, journal.citizen_key)
        goes = versions.with_columns(goes=_goes(journal.citizen_key))
        rows[table] = goes.filter("goes").select(_ROW)
        whole = goes.group_by(_RECORD).agg(pl.col("goes").all()).filter("goes")
        records[table] = sorted(whole.select(_RECORD).iter_rows())
    rows["absences"] = _read(lake, "absences", pl.col("citizen_key") == journal.citizen_key, _ROW)
    rows["rejections"] = _rejections(lake, journal, records)
    return Gone(rows, records)


def marked_batches(lake: Lake, journal: Journal) -> set[str]:
    """The batches in which a text of a slice holds the citizen's mark."""
    return {
        file.name.split(".", 1)[0]
        for table in SLICE_TABLES
        for file in lake.slices(table)
        if _scan(file, table)
        .filter(pl.any_horizontal(pl.col(pl.String).str.contains(journal.mark, literal=True)))
        .select(pl.len())
        .collect()
        .item()
    }


def named_deliveries(lake: Lake, journal: Journal) -> int:
    """The number of delivered files with the citizen's mark in their name."""
    return int(lake.ever_delivered()["file"].str.contains(journal.mark, literal=True).sum())


def erase_rows(lake: Lake, journal: Journal) -> None:
    """Takes the rows out of the lake, and the citizen's mark out of every text and file name."""
    gone = find_rows(lake, journal)
    keys = set(gone.by_delivery)
    contents = lake.contents()
    batches = set(contents.filter(pl.col("delivery_key").is_in(list(keys)))["batch"].drop_nulls())
    batches |= marked_batches(lake, journal)

    def without(table: str, rows: pl.DataFrame) -> pl.DataFrame:
        kept = rows.join(gone.rows[table], on=_ROW, how="anti", maintain_order="left")
        return kept.with_columns(_remarked(journal))

    if batches:
        lake.rewrite(batches, without, gone.by_delivery)
    if named_deliveries(lake, journal):
        lake.save_deliveries(lake.ever_delivered().with_columns(_remarked(journal)))


def _remarked(journal: Journal) -> pl.Expr:
    return pl.col(pl.String).str.replace_all(journal.mark, journal.fresh_mark, literal=True)


def _goes(citizen_key: str) -> pl.Expr:
    """Up to the citizen's last version; after it only where no one else is named."""
    last = pl.col("place").filter(pl.col("citizen_key") == citizen_key).max().over(_RECORD)
    after = pl.col("place") > last
    others = (after & pl.col("citizen_key").is_not_null()).any().over(_RECORD)
    return ~after | ~others


def _versions(lake: Lake, table: str, id_column: str, citizen_key: str) -> pl.DataFrame:
    """Every version of the records that name the citizen in one, with its place in their order."""
    columns = ["municipality_code", id_column, "citizen_key", *_ROW]
    his = _read(lake, table, pl.col("citizen_key") == citizen_key, columns)
    ids = his[id_column].unique().to_list()
    versions = _read(lake, table, pl.col(id_column).is_in(ids), columns)
    delivered = lake.ever_delivered().unique("delivery_key", keep="first")
    return (
        versions.rename({id_column: "record_id"})
        .join(his.rename({id_column: "record_id"}).unique(_RECORD), on=_RECORD, how="semi")
        .join(
            delivered.select("delivery_key", "delivered_on", "file"), on="delivery_key", how="left"
        )
        .sort("delivered_on", "file", "source_row", nulls_last=False)
        .with_row_index("place")
    )


def _rejections(
    lake: Lake, journal: Journal, records: dict[str, list[tuple[str, str]]]
) -> pl.DataFrame:
    """Rejected rows of the citizen's records, and those that landing/ shows to be about him."""
    kinds = lake.contents().select("delivery_key", "kind")
    delivered = lake.ever_delivered().select("municipality_code", "delivery_id", "delivery_key")
    ids = [id_ for known in records.values() for _, id_ in known]
    by_id = _read(lake, "rejections", pl.col("record_id").is_in(ids), [*_RECORD, *_ROW]).join(
        kinds, on="delivery_key"
    )
    schema = {"municipality_code": pl.String, "record_id": pl.String, "kind": pl.String}
    known = [(code, id_, kind) for kind, found in records.items() for code, id_ in found]
    of_records = by_id.join(
        pl.DataFrame(known, schema=schema, orient="row"), on=[*_RECORD, "kind"], how="semi"
    )
    seen = pl.DataFrame(
        journal.rejected,
        schema={"municipality_code": pl.String, "delivery_id": pl.String, "source_row": pl.Int64},
        orient="row",
    ).join(delivered, on=["municipality_code", "delivery_id"])
    rows = _read(
        lake, "rejections", pl.col("delivery_key").is_in(seen["delivery_key"].to_list()), _ROW
    )
    of_landing = rows.join(seen, on=_ROW, how="semi")
    return pl.concat([of_records.select(_ROW), of_landing.select(_ROW)]).unique()


def _read(lake: Lake, table: str, which: pl.Expr, columns: list[str]) -> pl.DataFrame:
    empty = pl.DataFrame(schema=SCHEMAS[table]).select(columns)
    return pl.concat([empty, *_parts(lake, table, which, columns)])


def _parts(lake: Lake, table: str, which: pl.Expr, columns: list[str]) -> Iterator[pl.DataFrame]:
    for file in lake.slices(table):
        yield _scan(file, table).filter(which).select(columns).collect()


def _scan(file: Path, table: str) -> pl.LazyFrame:
    rows = pl.scan_parquet(file, glob=False)
    lacking = [name for name in SCHEMAS[table] if name not in rows.collect_schema()]
    return rows.with_columns(pl.lit(None, SCHEMAS[table][name]).alias(name) for name in lacking)
