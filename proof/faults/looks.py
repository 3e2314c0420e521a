"""What a home holds, and what must hold of it after a fault and after the night that follows."""

from __future__ import annotations

import re
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, fields, replace
from hashlib import sha256
from pathlib import Path
from typing import Final

import duckdb
import polars as pl

from pipelines.contracts import tables
from pipelines.engine import Engine
from pipelines.lake import SLICE_TABLES, Lake
from pipelines.ledger import Ledger, LedgerError, is_as_entered
from pipelines.publishing import table_hash, table_hashes
from pipelines.report.released import hash_of_rows, read_released
from pipelines.settings import Home

_TOTALS: Final = "select regime, sum(held), sum(recognised) from counts group by all order by all"
_STATED: Final = "select publication_id, tables_hash from publication"
_OF_THE_REPORT: Final = ("published/report/", "state/made/drawings/", "state/made/report.json")
# Batches are named after what was read together, drawings after what they are drawn from and by
# which code, and runs of Dagster by chance.
_NAMED_BY_HASH: Final = re.compile(
    r"([0-9a-f]{32}|contents|deliveries)\.\d+\.[0-9a-f]{32}|(?<=drawings/)[0-9a-f]{64}"
)
_OF_DAGSTER: Final = "state/dagster/"


@dataclass(frozen=True, slots=True)
class Standing:
    """What readers see: the id, the totals by regime, and what it says of its tables."""

    publication_id: str
    tables_hash: str
    totals: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything of a home that an undisturbed night and a mended one must agree on."""

    standing: Standing
    tables: Mapping[str, str]  # hash of every table, computed anew
    ledger: tuple[str, ...]  # the publications entered, in order
    history: tuple[int, int]  # rows, and publications in them
    rows: Mapping[str, int]  # of the slices, by table
    contents: int
    letters: str  # hash of what each letter was written for
    released: str  # hash of the public figures as last released
    messages: tuple[tuple[str, str, str], ...]  # owner, what of which day, key
    files: frozenset[str]

    def without_report(self) -> Facts:
        """The same, where nights made no report."""
        files = {name for name in self.files if not name.startswith(_OF_THE_REPORT)}
        return replace(self, files=frozenset(files), released="")

    def without_keys(self) -> Facts:
        """The same, where a night was held back: the next message tells that this is over."""
        return replace(self, messages=tuple((who, what, "") for who, what, _key in self.messages))


def standing_of(home: Home) -> Standing:
    """The publication readers see. Raises duckdb.Error where it cannot be read."""
    with duckdb.connect(str(home.publication), read_only=True) as connection:
        [(name, stated)] = connection.execute(_STATED).fetchall()
        totals = connection.execute(_TOTALS).fetchall()
    return Standing(
        str(name), str(stated), tuple((str(a), int(str(b)), int(str(c))) for a, b, c in totals)
    )


def standing_troubles(home: Home, right: Mapping[str, Standing]) -> list[str]:
    """What is wrong with what readers see: it is one of the `right` ones, whole, or there is one.

    Whole means: it opens, its bytes are those the ledger tells of, its totals are as undisturbed.
    """
    try:
        standing = standing_of(home)
        stated = Ledger(home.ledger).newest().get(standing.publication_id)
    except (duckdb.Error, LedgerError) as error:
        return [f"{type(error).__name__} on looking at the standing publication"]
    wanted = right.get(standing.publication_id)
    troubles = []
    if wanted is None:
        troubles.append("the standing publication is neither the old nor the new one")
    elif wanted != standing:
        troubles.append("the standing publication's totals differ from an undisturbed run's")
    if wanted and (stated is None or not is_as_entered(home.publication, stated)):
        troubles.append("the standing publication's bytes are not those of the ledger")
    return troubles


def facts_of(home: Home) -> Facts:
    """Looks at everything."""
    with tempfile.TemporaryDirectory() as scratch, Engine(Path(scratch)) as engine:
        engine.read(home.publication)
        hashes = table_hashes(engine)
        for contract in (tables.CHANGES, tables.ALERTS):
            hashes[contract.name] = table_hash(engine, contract, "next")
        [(rows, names)] = engine.rows(
            "select count(*), count(distinct publication_id) from next.history"
        )
    lake = Lake(home.lake)
    return Facts(
        standing=standing_of(home),
        tables=hashes,
        ledger=tuple(str(e.facts["publication_id"]) for e in Ledger(home.ledger).entries()),
        history=(int(str(rows)), int(str(names))),
        rows={table: sum(map(_height, lake.slices(table))) for table in SLICE_TABLES},
        contents=lake.contents().height,
        letters=_hash_of(home.receipts.glob("*/letters.json")),
        released=_hash_of_released(home),
        messages=_messages(home),
        files=frozenset(_files(home)),
    )


def differences(found: Facts, wanted: Facts) -> list[str]:
    """What differs from the undisturbed run, in words."""
    troubles = [
        f"{field.name} differs from an undisturbed run"
        for field in fields(Facts)
        if field.name != "files" and getattr(found, field.name) != getattr(wanted, field.name)
    ]
    left = sorted(found.files - wanted.files)
    lost = sorted(wanted.files - found.files)
    troubles += [f"left behind: {', '.join(left[:3])}"] if left else []
    troubles += [f"missing: {', '.join(lost[:3])}"] if lost else []
    return troubles


def _height(file: Path) -> int:
    return int(pl.scan_parquet(file, glob=False).select(pl.len()).collect().item())


def _hash_of(files: Iterator[Path]) -> str:
    digest = sha256()
    for file in sorted(files):
        digest.update(file.parent.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _hash_of_released(home: Home) -> str:
    rows = read_released(home.released_figures)
    return hash_of_rows(rows) if rows is not None else ""


def _messages(home: Home) -> tuple[tuple[str, str, str], ...]:
    """What was told of publications; that a night was held back is told as often as it is."""
    asked = "select owner, subject, key from messages where kind <> 'blocked'"
    with closing(sqlite3.connect(f"file:{home.alert_memory}?mode=ro", uri=True)) as memory:
        found = memory.execute(asked).fetchall()
    return tuple(sorted((owner, subject.partition(":")[0], key) for owner, subject, key in found))


def _files(home: Home) -> Iterator[str]:
    """The names of all files and folders, without what the chance of a night gives a name."""
    for path in home.root.rglob("*"):
        name = path.relative_to(home.root).as_posix()
        if not name.startswith(_OF_DAGSTER):
            yield _NAMED_BY_HASH.sub("#", name) + ("/" if path.is_dir() else "")
