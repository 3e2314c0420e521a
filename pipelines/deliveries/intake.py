"""The intake: every delivered file is hashed once, and each new content is read once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from typing import Final

import polars as pl

from pipelines.code_version import code_version
from pipelines.deliveries.erased import load_erased
from pipelines.deliveries.landing import Delivered, look_at, refuse_empty
from pipelines.deliveries.limits import LARGEST_FILE
from pipelines.deliveries.pseudonyms import Pseudonyms, load_key
from pipelines.deliveries.reading import read_batch, took_reader_down
from pipelines.lake import CONTENTS, DELIVERIES, Lake, delivery_key
from pipelines.lake.losses import refuse_losses
from pipelines.settings import Home
from pipelines.workers import WORKERS, batches, pool

Progress = Callable[[int, int], None]  # files done, files to do
_BATCH_BYTES: Final = 48 * 1024 * 1024
_BATCH_FILES: Final = 400
_KEY_MADE: Final = (
    "Der er lavet en ny nøgle til borgernes pseudonymer: state/pseudonym.key. "
    "Gem en kopi et sikkert sted; uden den kan intet nyt læses."
)
_KEY: Final = ("municipality_code", "delivered_on", "file")


@dataclass(frozen=True, slots=True)
class Intake:
    """What one look at the landing folder brought."""

    files: int
    new_files: int
    contents_read: int
    rows_read: int
    arriving: int
    astray: tuple[str, ...]
    key_made: bool

    @property
    def notes(self) -> tuple[str, ...]:
        """What the operator should know of the landing folder and the key (Danish sentences)."""
        made = (_KEY_MADE,) if self.key_made else ()
        arriving = (f"Filer, der er undervejs endnu: {self.arriving}.",) if self.arriving else ()
        return (*made, *arriving, *self.astray)


def take_in(home: Home, progress: Progress = lambda _done, _all: None) -> Intake:
    """Registers every file of the landing folder and reads the contents not read before.

    Raises EmptyLandingError where there is no file, and KeyProblemError where the pseudonym key is
    not the lake's or not that of the list of erased citizens; both before anything is read. Raises
    LakeDamagedError where something of the lake is gone or damaged.
    """
    lake = Lake(home.lake)
    landing = look_at(home.landing)
    refuse_empty(home.landing, landing, lake.deliveries().height)
    key, key_made = load_key(home)
    erased = load_erased(home, key)
    refuse_losses(lake)
    lake.begin()
    lake.tidy()
    pseudonyms = Pseudonyms(key, erased)
    new = _register(lake, landing.files, pseudonyms)
    missing = _contents_missing(lake, landing.files, pseudonyms)
    rows_read = 0
    done = 0
    for contents in _read_all(missing, key, erased, lake):
        lake.add_contents(contents)
        done += contents.height
        rows_read += int(contents["rows_read"].sum())
        progress(done, len(missing))
    lake.compact()
    return Intake(
        files=len(landing.files),
        new_files=new,
        contents_read=done,
        rows_read=rows_read,
        arriving=landing.arriving,
        astray=tuple(pseudonyms.hide_in_words(sentence) for sentence in landing.astray),
        key_made=key_made,
    )


def originals(deliveries: pl.DataFrame) -> pl.DataFrame:
    """The deliveries whose bytes their municipality had not delivered before (counting.md 1)."""
    return (
        deliveries.filter(pl.col("delivery_id").is_not_null())
        .sort(_KEY)
        .unique(["municipality_code", "delivery_id"], keep="first", maintain_order=True)
    )


def _register(lake: Lake, files: tuple[Delivered, ...], pseudonyms: Pseudonyms) -> int:
    """Hashes the files that are new or changed; gives their number."""
    known = lake.ever_delivered()
    seen = {row[:5]: row for row in known.iter_rows() if not row[7]}
    reader = code_version("reading")
    fresh: list[tuple[object, ...]] = []
    facts = {
        file: (
            file.municipality_code,
            file.delivered_on,
            file_name(file, pseudonyms),
            file.size,
            file.modified_ns,
        )
        for file in files
    }
    unseen = [file for file, fact in facts.items() if fact not in seen]
    with ThreadPoolExecutor(WORKERS) as workers:  # hashing leaves the interpreter to others
        hashes = dict(zip(unseen, workers.map(_sha256, unseen), strict=True))
    for file, fact in facts.items():
        before = seen.get(fact)
        sha = before[5] if before else hashes[file]
        number = delivery_key(file.municipality_code, file.delivered_on, sha or fact[2], reader)
        if before is None or before[6] != number:
            fresh.append((*fact, sha, number, False))
    if fresh:
        changed = pl.DataFrame(fresh, schema=DELIVERIES, orient="row")
        others = known.join(changed, on=(*_KEY, "delivery_id"), how="anti", nulls_equal=True)
        replaced = others.join(changed, on=_KEY, how="semi").with_columns(replaced=pl.lit(True))
        kept = others.join(changed, on=_KEY, how="anti")
        lake.save_deliveries(pl.concat([kept, replaced, changed]))
    return len(fresh)


def file_name(file: Delivered, pseudonyms: Pseudonyms) -> str:
    """The file's name as it is told to others: readable text without CPR numbers."""
    readable = file.file.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return pseudonyms.hide_in_words(readable)


def _contents_missing(
    lake: Lake, files: tuple[Delivered, ...], pseudonyms: Pseudonyms
) -> list[tuple[int, Delivered]]:
    wanted = originals(lake.deliveries()).join(lake.contents(), on="delivery_key", how="anti")
    by_name = {
        (file.municipality_code, file.delivered_on, file_name(file, pseudonyms)): file
        for file in files
    }
    rows = wanted.select(*_KEY, "delivery_key").iter_rows()
    return [(row[3], by_name[row[:3]]) for row in rows if row[:3] in by_name]


def _read_all(
    missing: list[tuple[int, Delivered]], key: bytes, erased: tuple[str, ...], lake: Lake
) -> Iterator[pl.DataFrame]:
    """Contents of the files, batch by batch, read on both cores."""
    if not missing:
        return
    broken: list[list[tuple[int, Delivered]]] = []
    with pool() as workers:
        jobs = {
            workers.submit(read_batch, batch, key, erased, lake.root): batch
            for batch in batches(missing, _BATCH_FILES, lambda it: it[1].size, _BATCH_BYTES)
        }
        for job in as_completed(jobs):
            try:
                yield job.result()
            except BrokenProcessPool:
                broken.append(jobs[job])
    for batch in broken:  # a file took its process down: read them one by one to find it
        for number, file in batch:
            with pool() as workers:
                try:
                    alone = [(number, file)]
                    yield workers.submit(read_batch, alone, key, erased, lake.root).result()
                except BrokenProcessPool:
                    yield _refused(number)


def _refused(number: int) -> pl.DataFrame:
    row = {"delivery_key": number, **asdict(took_reader_down()), "batch": None}
    return pl.DataFrame([row], schema=CONTENTS)


def _sha256(file: Delivered) -> str | None:
    if file.size > LARGEST_FILE:
        return None
    with file.path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
