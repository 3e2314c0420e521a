"""What the publication knows of every delivered file, read once for the whole country."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final

import polars as pl

from pipelines import mending
from pipelines.contracts.codes import REASONS
from pipelines.engine import Engine

Key = tuple[str, str]  # municipality code and delivery id: one accepted file
FILE: Final = ("municipality_code", "delivery_id")
NO_FILE: Final[Key] = ("", "")
_SCHEMA: Final = dict.fromkeys(FILE, pl.String)


@dataclass(frozen=True, slots=True)
class Share:
    """The requirements that fell due in twelve months, and those met in time."""

    due: int = 0
    met: int = 0

    def after(self, more: int = 0) -> float:
        """The share met, had so many more been met; 0 where nothing fell due."""
        return (self.met + more) / self.due if self.due else 0.0


@dataclass(frozen=True, slots=True)
class Delivery:
    """One row of `deliveries`, and what is still wrong with its rows today."""

    municipality_code: str
    municipality: str
    delivery_id: str | None
    delivered_on: date
    file: str
    kind: str | None
    encoding: str | None
    separator: str | None
    rows_read: int
    rows_accepted: int
    rows_superseded: int
    rows_withdrawn: int
    rows_rejected: int
    rows_erased: int  # of citizens who are erased (docs/erasure.md)
    status: str
    message_da: str | None
    repeats_day: date | None
    repeats_file: str | None
    rows_unmended: int  # rejected, and no later version of the record has come
    not_recognised: int  # held, and not recognised
    fingerprint: str  # changes when the file's own numbers do

    @property
    def is_read(self) -> bool:
        """Whether the file's rows were taken in: it is neither a repeat nor unreadable."""
        return self.status == "accepted"

    @property
    def key(self) -> Key:
        """Where its rows are found; a file that was not taken in has none."""
        return (self.municipality_code, self.delivery_id or "") if self.is_read else NO_FILE


@dataclass(frozen=True, slots=True)
class Facts:
    """The whole country's files in one publication."""

    publication_id: str
    as_of: date
    municipalities: dict[str, str]  # name by code
    deliveries: list[Delivery]  # by municipality, newest first
    rejected: pl.DataFrame  # a rejected row and a reason
    shares: dict[str, Share]  # by municipality code
    words: dict[str, list[tuple[str, int]]]  # by municipality: word, meetings; commonest first


@dataclass(frozen=True, slots=True)
class Rows:
    """What stands behind the letters of some files."""

    lost: dict[Key, pl.DataFrame]  # held meetings not recognised
    rejected: dict[Key, pl.DataFrame]
    cleared: dict[Key, pl.DataFrame]  # rejected in earlier files, mended by this one
    effects: dict[Key, dict[str | None, int]]  # requirements more by reason; None: all together


def read_facts(engine: Engine) -> Facts:
    """The files of the publication that the engine has attached.

    Leaves the scratch table `lost` behind, which read_rows goes on from.
    """
    kinds = [(reason, mending.reasons()[reason].kind) for reason in REASONS]
    engine.offer("mending", pl.DataFrame(kinds, schema=["reason", "kind"], orient="row"))
    engine.scratch("lost", "receipts/lost")
    [(publication_id, as_of)] = engine.connection.execute(
        "select publication_id, as_of from next.publication"
    ).fetchall()
    names = engine.rows("select municipality_code, name from next.municipalities order by 1")
    rejected = engine.frame("receipts/rejected").sort(
        "municipality_code", "delivered_on", "file", "source_row", "code"
    )
    return Facts(
        publication_id=publication_id,
        as_of=as_of,
        municipalities={str(code): str(name) for code, name in names},
        deliveries=_deliveries(engine, rejected),
        rejected=rejected,
        shares={
            code: Share(due, met)
            for code, due, met in engine.frame("receipts/shares")
            .select("municipality_code", "due", "met")
            .iter_rows()
        },
        words=_words(engine),
    )


def read_rows(engine: Engine, facts: Facts, wanted: Collection[Key]) -> Rows:
    """The rows of the files that get a letter."""
    asked = pl.DataFrame(list(wanted), schema=_SCHEMA, orient="row")
    engine.offer("wanted", asked)
    lost = engine.frame("receipts/lost_rows").sort(*FILE, "source_row")
    effects = engine.frame("receipts/effects").select(*FILE, "reason", "requirements")
    cleared = _mended_elsewhere(facts.rejected).with_columns(delivery_id="mended_by")
    more = defaultdict[Key, dict[str | None, int]](dict)
    for code, sha, reason, requirements in effects.iter_rows():
        more[code, sha][reason] = requirements
    return Rows(
        lost=_by_file(lost),
        rejected=_by_file(facts.rejected.join(asked, on=FILE, how="semi")),
        cleared=_by_file(cleared.join(asked, on=FILE, how="semi")),
        effects=dict(more),
    )


def _words(engine: Engine) -> dict[str, list[tuple[str, int]]]:
    found = defaultdict[str, list[tuple[str, int]]](list)
    rows = engine.frame("receipts/words").sort("meetings", "word", descending=[True, False])
    for code, word, meetings in rows.select("municipality_code", "word", "meetings").iter_rows():
        found[code].append((word, meetings))
    return dict(found)


def _by_file(rows: pl.DataFrame) -> dict[Key, pl.DataFrame]:
    parts = rows.partition_by(FILE, as_dict=True, maintain_order=True)
    return {(str(code), str(sha)): part for (code, sha), part in parts.items()}


def _deliveries(engine: Engine, rejected: pl.DataFrame) -> list[Delivery]:
    reasons = engine.frame("receipts/reasons").sort(*FILE, "reason", "remedy")
    is_open = pl.col("mended_by").is_null()
    codes = rejected.group_by(*FILE, "code").agg(pl.len(), is_open.sum().alias("unmended"))
    numbers = defaultdict[Key, list[object]](list)
    for frame in (reasons, codes.sort(*FILE, "code")):
        for code, sha, *counted in frame.iter_rows():
            numbers[code, sha].append(counted)
    lost = reasons.group_by(FILE).agg(pl.col("meetings").sum())
    not_recognised = {(code, sha): meetings for code, sha, meetings in lost.iter_rows()}
    unmended = _counted(rejected.filter(is_open), FILE)
    cleared = _counted(_mended_elsewhere(rejected), ("municipality_code", "mended_by"))
    found = []
    delivered = engine.frame("receipts/deliveries").sort(
        "municipality_code", "delivered_on", "file", descending=[False, True, False]
    )
    for row in delivered.iter_rows(named=True):
        is_read = row["status"] == "accepted"
        key = (row["municipality_code"], row["delivery_id"]) if is_read else NO_FILE
        own = (list(row.values()), numbers.get(key), cleared.get(key))
        found.append(
            Delivery(
                **row,
                rows_unmended=unmended.get(key, 0),
                not_recognised=not_recognised.get(key, 0),
                fingerprint=sha256(json.dumps(own, default=str).encode()).hexdigest()[:16],
            )
        )
    return found


def _mended_elsewhere(rejected: pl.DataFrame) -> pl.DataFrame:
    """The rejected rows that a later file mended; a file may also mend its own."""
    return rejected.filter(pl.col("mended_by") != pl.col("delivery_id"))


def _counted(rejected: pl.DataFrame, file: tuple[str, str]) -> dict[Key, int]:
    """Rejected rows (each once, whatever its reasons) by the file of these two columns."""
    rows = rejected.unique(["municipality_code", "delivery_id", "source_row"])
    return {(code, sha): number for code, sha, number in rows.group_by(file).len().iter_rows()}
