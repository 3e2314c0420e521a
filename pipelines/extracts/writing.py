"""Writes the worklists of the municipalities that have them switched on, and removes the others."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, cast

import polars as pl

from pipelines import stages
from pipelines.engine import Engine
from pipelines.exports import Sheet, write_csv, write_workbook
from pipelines.extracts.choices import Choice, load_choices
from pipelines.extracts.danish import HEADINGS, READING, in_danish
from pipelines.extracts.lists import WORKLISTS, Worklist, read_worklists
from pipelines.faults import cause
from pipelines.municipalities import municipalities
from pipelines.placing import put_in_place, sweep
from pipelines.progress import Show
from pipelines.settings import Home
from pipelines.wording import written_day

WORKBOOK: Final = "arbejdsliste.xlsx"
_OWNER_ONLY: Final = 0o700
_WHAT: Final = "Skriver arbejdslister"
_REMOVED: Final = "Arbejdslisterne er slået fra og fjernet for kommune {}."
_KEPT_BACK: Final = (
    "Arbejdslisterne for kommune {} kunne ikke {}: {}. Luk filer, der er åbne, se efter plads og "
    "rettigheder, og kør igen."
)


@dataclass(frozen=True, slots=True)
class ExtractsMade:
    """What was done to `published/extracts/`."""

    rows: Mapping[str, Mapping[str, int]]  # by municipality and list
    removed: tuple[str, ...]  # municipalities whose lists were taken away
    notes: tuple[str, ...]  # what to know of it (Danish sentences)


def write_extracts(home: Home, scratch: Path, show: Show) -> ExtractsMade:
    """Makes every list anew from the publication that stands, and from nothing else.

    Lists of municipalities that are not on, or no longer, are removed first. A municipality
    whose files cannot be written or removed is told of in a note and does not keep back the
    others. Raises ExtractChoiceError, and touches nothing, where the choices cannot be read.
    """
    choices = load_choices(home.extract_choices)
    if not choices:  # as most nights: the publication need not be opened
        return _made({}, *_remove_all_but(home.extracts, ()))
    with Engine(scratch) as engine:
        engine.read(home.publication)
        [(publication_id, as_of)] = engine.rows(
            "select publication_id, as_of from next.publication"
        )
        publication = _Publication(str(publication_id), cast("date", as_of))
        on = {
            code: choice for code, choice in choices.items() if choice.holds_on(publication.as_of)
        }
        removed, notes = _remove_all_but(home.extracts, on)
        lists = _read(engine, publication.as_of, on) if on else {}
    written, troubles = _write_all(home.extracts, lists, publication, on, show)
    return _made(written, removed, [*notes, *troubles])


@dataclass(frozen=True, slots=True)
class _Publication:
    publication_id: str
    as_of: date


def _made(
    rows: Mapping[str, Mapping[str, int]], removed: Sequence[str], troubles: Sequence[str]
) -> ExtractsMade:
    told = [_REMOVED.format(", ".join(removed))] if removed else []
    return ExtractsMade(rows, tuple(removed), (*told, *troubles))


def _read(engine: Engine, as_of: date, on: Collection[str]) -> dict[Worklist, pl.DataFrame]:
    engine.offer("night", pl.DataFrame({"as_of": [as_of]}))
    engine.offer("switched_on", pl.DataFrame({"municipality_code": list(on)}))
    stages.prepare_law(engine)
    return read_worklists(engine)


def _remove_all_but(extracts: Path, on: Collection[str]) -> tuple[list[str], list[str]]:
    """Removes the folders of other municipalities; gives them, and sentences of trouble."""
    removed, troubles = [], []
    for municipality in municipalities():
        folder = extracts / municipality.code
        if municipality.code in on or not folder.exists():
            continue
        try:
            shutil.rmtree(folder)
            removed.append(municipality.code)
        except OSError as error:
            troubles.append(_trouble(municipality.code, "fjernes", error))
    return removed, troubles


def _write_all(
    extracts: Path,
    lists: Mapping[Worklist, pl.DataFrame],
    publication: _Publication,
    on: Mapping[str, Choice],
    show: Show,
) -> tuple[dict[str, dict[str, int]], list[str]]:
    parts = {
        worklist: rows.partition_by("municipality_code", as_dict=True)
        for worklist, rows in lists.items()
    }
    written: dict[str, dict[str, int]] = {}
    troubles: list[str] = []
    for number, (code, choice) in enumerate(on.items()):
        show(_WHAT, number, len(on))
        own = {
            worklist: parts[worklist].get((code,), rows.clear()) for worklist, rows in lists.items()
        }
        try:
            _write_folder(extracts / code, _about(code, choice, publication), own)
            written[code] = {worklist.name: rows.height for worklist, rows in own.items()}
        except OSError as error:
            troubles.append(_trouble(code, "skrives", error))
    show(_WHAT, len(on), len(on))
    return written, troubles


def _write_folder(
    folder: Path, about: Sequence[tuple[str, str]], lists: Mapping[Worklist, pl.DataFrame]
) -> None:
    """Each file takes its place in one step; only the owner of the process may open the folder."""
    for place in (folder.parent, folder):
        place.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
    sweep(folder)
    sheets = []
    for worklist, rows in lists.items():
        with put_in_place(folder / f"{worklist.name}.parquet") as fresh:
            rows.write_parquet(fresh)
        danish = in_danish(rows)
        write_csv(folder / f"{worklist.name}.csv", danish, HEADINGS)
        sheets.append(Sheet(worklist.sheet, danish, HEADINGS))
    write_workbook(folder / WORKBOOK, about, sheets)


def _about(code: str, choice: Choice, publication: _Publication) -> list[tuple[str, str]]:
    """The sheet "Læs mig" of a municipality."""
    name = next(one.name for one in municipalities() if one.code == code)
    stops = "Indtil videre"
    if choice.stops_on:
        stops = f"Til og med dagen før {written_day(choice.stops_on)}"
    return [
        ("Arbejdslister", f"{name} ({code})"),
        ("Udgivelse", publication.publication_id),
        ("Opgjort pr.", written_day(publication.as_of)),
        ("Grundlag", choice.legal_basis),
        ("Besluttet", f"{choice.decided_by}, {written_day(choice.decided_on)}"),
        ("Slået til", stops),
        *((worklist.sheet, worklist.text) for worklist in WORKLISTS),
        *READING.items(),
    ]


def _trouble(code: str, done: str, error: OSError) -> str:
    return _KEPT_BACK.format(code, done, cause(error))
