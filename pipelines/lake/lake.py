"""The lake folder: its two lists, and the slices that they name."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from pipelines.deliveries.rows import SCHEMAS
from pipelines.lake.files import checked, read_list, write_hashed

SLICE_TABLES: Final = ("meetings", "spells", "absences", "rejections")
DELIVERIES: Final[dict[str, pl.DataType]] = {
    "municipality_code": pl.String(),
    "delivered_on": pl.Date(),
    "file": pl.String(),
    "size": pl.Int64(),
    "modified_ns": pl.Int64(),
    "delivery_id": pl.String(),  # null where the file is too large to be hashed
    "delivery_key": pl.Int64(),
    "replaced": pl.Boolean(),  # the file of that name now has other bytes
}
CONTENTS: Final[dict[str, pl.DataType]] = {
    "delivery_key": pl.Int64(),
    "kind": pl.String(),
    "encoding": pl.String(),
    "separator": pl.String(),
    "rows_read": pl.Int64(),
    "rows_erased": pl.Int64(),  # of those read: the rows of citizens who are erased
    "reason": pl.String(),  # null where the content could be read
    "message_da": pl.String(),
    "batch": pl.String(),
}
_SMALL_BATCH: Final = 200_000  # rows; smaller batches are merged
_MANY_BATCHES: Final = 24  # small ones before they are merged
_LISTS: Final = ("deliveries", "contents")


def delivery_key(municipality_code: str, delivered_on: date, delivery_id: str, reader: str) -> int:
    """A number that stands for one content in its slices: 62 bits of a SHA-256.

    The day of delivery is part of it, since a held meeting may not lie after that day; so is the
    version of the reader, since another reader may find other rows.
    """
    text = f"{municipality_code}|{delivered_on}|{delivery_id}|{reader}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) >> 2


class Lake:
    """The lake folder of one installation."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def begin(self) -> None:
        """Makes both lists where the lake is new: from then on, one that is not there is lost."""
        for name, schema in (("contents", CONTENTS), ("deliveries", DELIVERIES)):
            if not self.has_list(name):
                self._replace(name, pl.DataFrame(schema=schema))

    def has_list(self, name: str) -> bool:
        """Whether the list `deliveries` or `contents` is there."""
        return bool(self._versions(name))

    def deliveries(self) -> pl.DataFrame:
        """One row per delivered file (schema DELIVERIES); key municipality, day, file."""
        return self.ever_delivered().filter(~pl.col("replaced"))

    def ever_delivered(self) -> pl.DataFrame:
        """The same, and the files that were replaced: earlier publications rest on them."""
        return self._list("deliveries", DELIVERIES)

    def contents(self) -> pl.DataFrame:
        """One row per content read (schema CONTENTS); key delivery_key."""
        return self._list("contents", CONTENTS)

    def save_deliveries(self, deliveries: pl.DataFrame) -> None:
        """Replaces the list of files ever delivered."""
        order = ("municipality_code", "delivered_on", "file", "delivery_id")
        self._replace("deliveries", deliveries.select(*DELIVERIES).sort(order))

    def add_contents(self, contents: pl.DataFrame) -> None:
        """Makes contents, and with them the slices of their batch, part of the lake."""
        known = self.contents().join(contents, on="delivery_key", how="anti")
        whole = pl.concat([known, contents.select(*CONTENTS)]).sort("delivery_key")
        self._replace("contents", whole)

    def slices(self, table: str) -> list[Path]:
        """The files that hold a table's rows (schema SCHEMAS[table]).

        Raises LakeDamagedError at the first whose bytes are not those that were written.
        """
        batches = set(self.contents()["batch"].drop_nulls())
        files = [file for file in self._files(table) if _batch_of(file) in batches]
        return [checked(file) for file in files]

    def batches(self, table: str) -> list[str]:
        """The batches of which a slice of the table lies in the lake."""
        return sorted({_batch_of(file) for file in self._files(table)})

    def tidy(self) -> int:
        """Removes slices that no content names, old lists and half-written files; how many."""
        batches = set(self.contents()["batch"].drop_nulls())
        astray = [
            file
            for table in SLICE_TABLES
            for file in self._files(table, "*")
            if _batch_of(file) not in batches or file.suffix != ".parquet"
        ]
        astray += self.root.glob("*.next")
        astray += [file for name in _LISTS for file in self._versions(name)[:-1]]
        for file in astray:
            file.unlink()
        return len(astray)

    def compact(self) -> int:
        """Merges small batches into one where there are many; gives the number merged.

        Rows of contents that no delivered file stands for any more are left behind.
        """
        contents = self.contents()
        rows = contents.group_by("batch").agg(pl.col("rows_read").sum())
        small = rows.filter(pl.col("batch").is_not_null() & (pl.col("rows_read") < _SMALL_BATCH))
        if small.height < _MANY_BATCHES:
            return 0
        names = set(small["batch"])
        delivered = self.ever_delivered()["delivery_key"].to_list()
        merged = pl.col("batch").is_in(list(names))
        live = pl.col("delivery_key").is_in(delivered)
        readable = contents.filter(merged & live & pl.col("reason").is_null())["delivery_key"]
        batch = batch_name(readable)
        for table in SLICE_TABLES:
            files = [file for file in self._files(table) if _batch_of(file) in names]
            if files and batch not in names:  # else one of them holds all the rows there are
                rows = _rows_of(files, table).filter(
                    pl.col("delivery_key").is_in(readable.to_list())
                )
                write_slice(self.root, table, batch, 0, rows.sort("delivery_key", "source_row"))
        kept = contents.filter(~merged | live).with_columns(
            batch=pl.when(merged).then(pl.lit(batch)).otherwise("batch")
        )
        self._replace("contents", kept)
        self.tidy()
        return small.height

    def rewrite(
        self,
        batches: Iterable[str],
        change: Callable[[str, pl.DataFrame], pl.DataFrame],
        erased: Mapping[int, int],
    ) -> None:
        """Writes batches anew, the rows of each table changed, in one atomic step.

        `erased` are the rows that `change` leaves out, by delivery_key. A slice that loses all its
        rows stays, empty: a batch of no slices would look lost.
        """
        fresh = {batch: _hash(f"{batch}|again") for batch in batches}
        for table in SLICE_TABLES:
            for file in self._files(table):
                if name := fresh.get(_batch_of(file)):
                    number = int(file.name.split(".")[1])
                    rows = change(table, _rows_of([file], table))
                    write_slice(self.root, table, name, number, rows)
        less = pl.DataFrame(
            list(erased.items()), schema={"delivery_key": pl.Int64, "less": pl.Int64}, orient="row"
        )
        contents = self.contents().join(less, on="delivery_key", how="left")
        contents = contents.with_columns(
            rows_erased=pl.col("rows_erased") + pl.col("less").fill_null(0),
            batch=pl.col("batch").replace(fresh),
        )
        self._replace("contents", contents.select(*CONTENTS))
        self.tidy()

    def _list(self, name: str, schema: dict[str, pl.DataType]) -> pl.DataFrame:
        versions = self._versions(name)
        if not versions:
            return pl.DataFrame(schema=schema)
        rows = read_list(versions[-1])
        for column in schema.keys() - set(rows.columns):  # a list of before rows could be erased
            rows = rows.with_columns(pl.lit(0, schema[column]).alias(column))
        return rows.select(*schema)

    def _replace(self, name: str, rows: pl.DataFrame) -> None:
        before = self._versions(name)
        number = _number_of(before[-1]) + 1 if before else 0
        write_hashed(self.root, f"{name}.{number}", rows)
        for file in before:
            file.unlink()

    def _versions(self, name: str) -> list[Path]:
        """The files of a list, the newest last; as a rule there is one."""
        return sorted(self.root.glob(f"{name}.*parquet"), key=_number_of)

    def _files(self, table: str, pattern: str = "*.parquet") -> list[Path]:
        return sorted((self.root / table).glob(pattern))


def batch_name(keys: Iterable[int]) -> str:
    """The name of a batch: a hash of the contents in it."""
    return _hash(",".join(str(key) for key in sorted(keys)))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def write_slice(root: Path, table: str, batch: str, number: int, rows: pl.DataFrame) -> None:
    """Writes one slice; refuses rows of another schema than the table's."""
    if dict(rows.schema) != SCHEMAS[table]:
        raise TypeError(f"a slice of {table} has other columns than its schema")
    place = write_hashed(root / table, f"{batch}.{number}", rows)
    for file in place.parent.glob(f"{batch}.{number}.*parquet"):
        if file != place:  # a reader that went down wrote it, and no content names it
            file.unlink()


def _rows_of(files: Iterable[Path], table: str) -> pl.DataFrame:
    """The rows of slices, in the schema of today: older ones may lack columns."""
    shape = pl.DataFrame(schema=SCHEMAS[table])
    slices = (pl.read_parquet(checked(file), glob=False) for file in files)
    return pl.concat([shape, *slices], how="diagonal")


def _batch_of(file: Path) -> str:
    return file.name.split(".", 1)[0]


def _number_of(file: Path) -> int:
    _name, number, *_ = file.name.split(".")
    return int(number) if number.isdigit() else -1  # an older program gave a list none
