"""The letters put in place: new ones, and those whose file's own numbers changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Final

from pipelines.engine import Engine
from pipelines.made import made_of
from pipelines.pages.render import render
from pipelines.placing import put_in_place, sweep
from pipelines.progress import Show, show_nothing
from pipelines.receipts.facts import Delivery, Facts, read_facts, read_rows
from pipelines.receipts.letter import Letter, letter
from pipelines.receipts.names import stem
from pipelines.receipts.words import REMEDIES, assumptions, facts_of, kind_of, outcome
from pipelines.receipts.workbook import write_letter
from pipelines.settings import Home
from pipelines.workers import batches, by_two

_BATCH: Final = 100
_BATCH_ROWS: Final = 100_000  # behind the letters of a batch
_LETTERS_ALONE: Final = 500  # fewer than the start of two processes is worth
_KNOWN: Final = "letters.json"  # the fingerprint each letter was written for, by its stem


@dataclass(frozen=True, slots=True)
class Written:
    """What one night told the municipalities."""

    letters: int  # written tonight
    deliveries: int  # that have one
    municipalities: int


@dataclass(frozen=True, slots=True)
class _Line:
    """A delivery as the index lists it."""

    file: Delivery
    stem: str
    kind: str


def write_receipts(home: Home, show: Show = show_nothing) -> Written:
    """Writes the receipts of the current publication to `published/receipts/<code>/`.

    A letter is written when its file is new or the file's own numbers changed; the index of every
    municipality is written each time, unless all stand whole, made of the same publication by the
    same code. Letters of files no longer in the publication stay.
    Raises OSError where the folder cannot be written, and duckdb.Error where there is no
    publication.
    """
    made = made_of(home, "receipts", (home.receipts,))
    if noted := made.recall():
        return Written(**noted | {"letters": 0})
    made.begin()
    sweep(home.receipts)
    with Engine(home.state / "scratch" / "receipts") as engine:
        engine.read(home.publication)
        facts = read_facts(engine)
        known = {code: _known(home.receipts / code) for code in facts.municipalities}
        wanted = [
            file
            for file in facts.deliveries
            if not _stands(home.receipts, known[file.municipality_code], file)
        ]
        # Batch by batch, for the rows behind a country's letters do not fit in memory.
        parts = batches(wanted, _BATCH, _rows_behind, _BATCH_ROWS)
        told = (_letters(engine, facts, files) for files in parts)
        write = partial(_write_some, home.receipts)
        alone = len(wanted) <= _LETTERS_ALONE
        done = 0
        for some in map(write, told) if alone else by_two(write, told):
            show("Skriver kvitteringer", done := done + some, len(wanted))
    _write_indexes(home.receipts, facts)
    written = Written(len(wanted), len(facts.deliveries), len(facts.municipalities))
    made.finish(asdict(written))
    return written


def _known(folder: Path) -> dict[str, str]:
    try:
        known = json.loads((folder / _KNOWN).read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return {}  # then every letter is written anew
    return known if isinstance(known, dict) else {}


def _stands(receipts: Path, known: dict[str, str], file: Delivery) -> bool:
    name = stem(file.delivered_on, file.file)
    folder = receipts / file.municipality_code
    return known.get(name) == file.fingerprint and all(
        (folder / f"{name}.{ending}").exists() for ending in ("html", "xlsx")
    )


def _rows_behind(file: Delivery) -> int:
    return file.not_recognised + file.rows_rejected


def _letters(engine: Engine, facts: Facts, files: Sequence[Delivery]) -> list[Letter]:
    rows = read_rows(engine, facts, {file.key for file in files if file.is_read})
    return [letter(facts, rows, file) for file in files]


def _write_some(receipts: Path, letters: list[Letter]) -> int:
    for told in letters:
        _write(receipts / told.delivery.municipality_code, told)
    return len(letters)


def _write(folder: Path, told: Letter) -> None:
    file = told.delivery
    name = stem(file.delivered_on, file.file)
    write_letter(folder / f"{name}.xlsx", told)
    original = (
        f"{stem(file.repeats_day, file.repeats_file)}.html"
        if file.repeats_day and file.repeats_file
        else None
    )
    page = render(
        "receipt.html.j2",
        letter=told,
        stem=name,
        facts=facts_of(told),
        outcome=outcome(file),
        original=original,
        kinds=REMEDIES,
        assumptions=assumptions(told),
    )
    _put(folder / f"{name}.html", page)


def _write_indexes(receipts: Path, facts: Facts) -> None:
    delivered = {
        code: [_Line(file, stem(file.delivered_on, file.file), kind_of(file)) for file in files]
        for code, files in groupby(facts.deliveries, lambda file: file.municipality_code)
    }
    for code, name in facts.municipalities.items():
        lines = delivered.get(code, [])
        page = render(
            "receipts.html.j2",
            code=code,
            municipality=name,
            lines=lines,
            publication_id=facts.publication_id,
            as_of=facts.as_of,
        )
        _put(receipts / code / "index.html", page)
        known = {line.stem: line.file.fingerprint for line in lines}
        _put(receipts / code / _KNOWN, json.dumps(known, indent=1))


def _put(file: Path, text: str) -> None:
    with put_in_place(file) as fresh:
        fresh.write_text(text, "utf-8")
