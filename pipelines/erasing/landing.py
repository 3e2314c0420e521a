"""The citizen in the landing folder, which is only ever read: which files, and which rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Final

import polars as pl

from pipelines.deliveries.landing import Delivered, look_at
from pipelines.deliveries.reading import read_file
from pipelines.progress import Show
from pipelines.settings import Home
from pipelines.workers import pool

_FEW_BYTES: Final = 4 << 20  # in all: less than the start of two processes is worth
_BATCH: Final = 50  # files


@dataclass(frozen=True, slots=True)
class Standing:
    """A delivered file as it lies in landing/: the rows (from 1) about the citizen, and others."""

    file: Delivered
    about: tuple[int, ...]  # the CPR number stands in the column of CPR numbers
    mentions: tuple[int, ...]  # it stands in another column that is read
    is_named: bool  # it stands in the file's name
    is_read: bool  # else the file cannot be read, and may hold him

    @property
    def holds(self) -> bool:
        """Whether the citizen was found in it."""
        return bool(self.about or self.mentions or self.is_named)


def look_through(home: Home, number: str, show: Show) -> list[Standing]:
    """Every file of the landing folder that holds the CPR number (ten digits) or cannot be read."""
    files = look_at(home.landing).files
    found = []
    for done, standing in enumerate(_scan_all(files, number), start=1):
        show("Leder i landing/", done, len(files))
        if standing.holds or not standing.is_read:
            found.append(standing)
    return sorted(found, key=lambda standing: standing.file)


def _scan_all(files: Sequence[Delivered], number: str) -> Iterator[Standing]:
    if sum(file.size for file in files) <= _FEW_BYTES:
        yield from _scan(files, number)
        return
    batches = [files[at : at + _BATCH] for at in range(0, len(files), _BATCH)]
    with pool() as workers:
        jobs = {workers.submit(_scan, batch, number): batch for batch in batches}
        for job in as_completed(jobs):
            try:
                yield from job.result()
            except BrokenProcessPool:  # one of them took its process down: which, is not known
                yield from (Standing(file, (), (), False, False) for file in jobs[job])


def _scan(files: Sequence[Delivered], number: str) -> list[Standing]:
    shape = r"(?:^|\D)" + r"[\s.-]*".join((number[:2], number[2:4], number[4:6], number[6:]))
    pattern = shape + r"(?:\D|$)"
    found = []
    for file in files:
        about: list[int] = []
        mentions: list[int] = []

        def keep(
            _kind: str,
            texts: pl.DataFrame,
            about: list[int] = about,
            mentions: list[int] = mentions,
        ) -> None:
            cells = texts.select(pl.col(pl.String).exclude("municipality_code"))
            is_about = (cells["cpr"].str.replace_all(r"[\s-]", "") == number).fill_null(value=False)
            others = cells.select(
                pl.any_horizontal(pl.exclude("cpr").str.contains(pattern).fill_null(value=False))
            ).to_series()
            about += texts["source_row"].filter(is_about).to_list()
            mentions += texts["source_row"].filter(others & ~is_about).to_list()

        content = read_file(file, 0, keep)
        is_named = pl.Series([file.file]).str.contains(pattern).any()
        is_read = content.reason in {None, "empty_file"}
        found.append(Standing(file, tuple(about), tuple(mentions), is_named, is_read))
    return found
