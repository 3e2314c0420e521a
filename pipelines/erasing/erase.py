"""A citizen erased: found, taken out of lake and publications, entered in the ledger.

The work is written down before it begins and each step may be done twice, so that whatever kills
it, the same command or the next night brings it to its end.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import duckdb

from pipelines.deliveries.erased import bury, load_erased
from pipelines.deliveries.intake import file_name
from pipelines.deliveries.pseudonyms import Pseudonyms, load_key
from pipelines.erasing.journal import Journal, read_journal, write_journal
from pipelines.erasing.landing import Standing, look_through
from pipelines.erasing.publications import files_kept, holds, replace_publications
from pipelines.erasing.slices import Gone, erase_rows, find_rows, marked_batches, named_deliveries
from pipelines.erasing.traces import remove_traces, tell_again
from pipelines.lake import Lake
from pipelines.ledger import ERASURE, Ledger, file_sha256
from pipelines.progress import Show
from pipelines.settings import Home


class NothingKnownError(Exception):
    """There is no lake to erase from; the message is for the operator (Danish)."""


@dataclass(frozen=True, slots=True)
class Left:
    """A file of landing/ that still holds the citizen; its name without CPR numbers."""

    municipality_code: str
    delivered_on: str
    file: str
    about: tuple[int, ...]
    mentions: tuple[int, ...]
    is_named: bool
    is_read: bool


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was erased, and what others must do."""

    rows: int  # taken out of the lake
    publications: dict[str, bool]  # replaced: whether counted anew
    left: tuple[Left, ...]  # files that only their owner may change
    is_told: bool  # letters, worklists and report are made again
    is_found: bool


def erase_citizen(home: Home, number: str, show: Show) -> Erasure:
    """Erases the citizen of a CPR number (ten digits) from everything but landing/.

    The caller holds the night's lock. Raises NothingKnownError without a lake, KeyProblemError
    where the key is not the lake's, HeldBackError where a publication cannot be searched.
    """
    finish_erasure(home, show)
    lake = Lake(home.lake)
    if lake.ever_delivered().is_empty() and not home.publication.exists():
        raise NothingKnownError("Der er intet at slette: intet er læst eller udgivet her.")
    key, _ = load_key(home)
    pseudonym = Pseudonyms(key).pseudonym(number)
    standing = look_through(home, number, show)
    buried = load_erased(home, key)
    names = Pseudonyms(key, buried)
    journal = Journal(
        citizen_key=pseudonym,
        number=len(buried) + 1,
        erased_at=_now(),
        rows_erased_before=_rows_erased(lake),
        rejected=_rejected(lake, standing, names),
    )
    gone = find_rows(lake, journal)
    journal.meetings, journal.spells = gone.records["meetings"], gone.records["spells"]
    if not _is_known(home, lake, journal, gone, standing):
        return Erasure(0, {}, _left(standing, names), is_told=True, is_found=False)
    journal.number = bury(home, key, pseudonym)
    write_journal(home, journal)
    told = finish_erasure(home, show)
    return Erasure(
        rows=_rows_erased(lake) - journal.rows_erased_before,
        publications=told.publications if told else {},
        left=_left(standing, Pseudonyms(key, load_erased(home, key))),
        is_told=told is not None and told.is_told,
        is_found=True,
    )


@dataclass(frozen=True, slots=True)
class Finished:
    """What came of an erasure that was written down."""

    publications: dict[str, bool]
    is_told: bool


def finish_erasure(home: Home, show: Show) -> Finished | None:
    """Brings an erasure that is written down to its end; None where there is none.

    The caller holds the night's lock.
    """
    journal = read_journal(home)
    if journal is None:
        return None
    for step in STEPS:
        step(home, journal, show)
    is_told = tell_again(home, show)
    home.erasing.unlink()
    return Finished(journal.publications, is_told)


def _from_lake(home: Home, journal: Journal, _show: Show) -> None:
    erase_rows(Lake(home.lake), journal)


def _from_publications(home: Home, journal: Journal, show: Show) -> None:
    replace_publications(home, Lake(home.lake), journal, show)


def _from_all_else(home: Home, journal: Journal, _show: Show) -> None:
    remove_traces(home, journal)


def _enter(home: Home, journal: Journal, _show: Show) -> None:
    """The ledger's entry: when, how many rows, which publications; nothing of the citizen."""
    ledger = Ledger(home.ledger)
    if any(it.is_erasure and it.facts["erased_at"] == journal.erased_at for it in ledger.entries()):
        return
    ledger.append(
        {
            "kind": ERASURE,
            "erased_at": journal.erased_at,
            "rows": _rows_erased(Lake(home.lake)) - journal.rows_erased_before,
            "publications": {
                name: _facts(home, name, counted_anew)
                for name, counted_anew in sorted(journal.publications.items())
            },
        }
    )


STEPS: Final[tuple[Callable[[Home, Journal, Show], None], ...]] = (
    _from_lake,
    _from_publications,
    _from_all_else,
    _enter,
)


def _facts(home: Home, name: str, counted_anew: bool) -> dict[str, object]:
    file = home.vintage(name)
    facts: dict[str, object] = {"file_sha256": file_sha256(file), "counted_anew": counted_anew}
    if counted_anew:
        with duckdb.connect(str(file), read_only=True) as connection:
            [sums] = connection.execute(
                "select coalesce(sum(held), 0)::bigint, coalesce(sum(recognised), 0)::bigint "
                "from counts where regime = 'duty'"
            ).fetchall()
        facts["sums"] = list(sums)
    return facts


def _is_known(
    home: Home, lake: Lake, journal: Journal, gone: Gone, standing: list[Standing]
) -> bool:
    return bool(
        gone.by_delivery
        or any(file.holds for file in standing)
        or named_deliveries(lake, journal)
        or marked_batches(lake, journal)
        or any(holds(home, file, journal) for file in files_kept(home).values())
    )


def _rejected(
    lake: Lake, standing: list[Standing], names: Pseudonyms
) -> list[tuple[str, str, int]]:
    """The rows of read files that are about the citizen: of rejected ones nothing else tells."""
    known = {row[:5]: row[5] for row in lake.deliveries().iter_rows()}
    found = []
    for one in standing:
        file = one.file
        fact = (
            file.municipality_code,
            file.delivered_on,
            file_name(file, names),
            file.size,
            file.modified_ns,
        )
        if sha := known.get(fact):
            found += [(file.municipality_code, str(sha), row) for row in one.about]
    return found


def _left(standing: list[Standing], names: Pseudonyms) -> tuple[Left, ...]:
    return tuple(
        Left(
            one.file.municipality_code,
            one.file.delivered_on.isoformat(),
            file_name(one.file, names),
            one.about,
            one.mentions,
            one.is_named,
            one.is_read,
        )
        for one in standing
    )


def _rows_erased(lake: Lake) -> int:
    return int(lake.contents()["rows_erased"].sum())


def _now() -> str:
    return (
        datetime.now(ZoneInfo("Europe/Copenhagen")).replace(tzinfo=None, microsecond=0).isoformat()
    )
