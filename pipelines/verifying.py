"""A publication made again from what it says it rests on, and the ledger held against the files."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipelines.code_version import code_version
from pipelines.contracts import tables
from pipelines.engine import Engine, quoted
from pipelines.engines import open_engine
from pipelines.lake import Lake
from pipelines.ledger import Ledger, Stated, file_sha256, is_as_entered
from pipelines.night import one_at_a_time
from pipelines.progress import Show
from pipelines.publishing import ABOUT_THE_NIGHT, table_hash
from pipelines.recount import recount
from pipelines.settings import Counter, Home
from pipelines.vintages import basis_of, vintage_file


@dataclass(frozen=True, slots=True)
class TableVerdict:
    """One table then and now: rows, and how many stand in only one of the two."""

    name: str
    rows_then: int
    rows_now: int
    rows_differing: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of making a publication again."""

    publication_id: str
    code_then: str
    code_now: str
    tables: tuple[TableVerdict, ...]

    @property
    def is_equal(self) -> bool:
        """Whether every row of every table came back, and no other."""
        return not any(table.rows_differing or table.note for table in self.tables)


def verify_publication(
    home: Home, publication_id: str, show: Show, counter: Counter | None = None
) -> Verification:
    """Counts the recorded deliveries again under the recorded law and compares row for row.

    By the code at hand, in a scratch folder of its own, on DuckDB unless another counter is named.
    Raises VintageError where there is no such publication or its deliveries are gone from the lake,
    NightRunningError beside a night, EngineError where the counter is not there.
    """
    file = vintage_file(home, publication_id)
    lake = Lake(home.lake)
    basis = basis_of(file, lake)
    scratch = home.state / "verify"
    with one_at_a_time(home):
        try:
            with open_engine(counter or Counter(), scratch / "engine") as engine:
                engine.begin(scratch / "again.duckdb")
                recount(engine, lake, basis, show)
                engine.run(f"attach {quoted(file)} as old (read_only)")
                [(code_then,)] = engine.rows("select code_version from old.publication")
                found = tuple(_compare(engine))
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    return Verification(publication_id, str(code_then), code_version("counting"), found)


def ledger_problems(home: Home, head: str | None = None) -> Iterator[str]:
    """What the ledger and the kept publications say against each other, as Danish sentences.

    `head` is the newest hash as someone else kept it: only that shows that the newest entries
    were taken away. Raises LedgerError at the first line that is not as written.
    """
    entries = Ledger(home.ledger).entries()
    if head is not None and head not in {entry.hash for entry in entries}:
        yield (
            f"Journalen kender ikke fingeraftrykket {head}: de nyeste linjer er fjernet, "
            "eller hele journalen er skrevet om."
        )
    newest = Ledger(home.ledger).newest()
    for name, stated in newest.items():
        file = home.vintage(name)
        if not file.exists():
            yield f"Udgivelsen {name} (linje {stated.number}) mangler i published/vintages/."
        elif not is_as_entered(file, stated):
            yield f"Udgivelsen {name} (linje {stated.number}) er ændret efter, at den blev udgivet."
    if home.publication.exists() and not _stands_as_kept(home, newest.values()):
        yield "Den udgivelse, der står fremme (published/samtaler.duckdb), står ikke i journalen."
    for place in sorted(home.vintages.glob("*")):
        if place.name not in newest:
            yield f"Udgivelsen {place.name} står ikke i journalen."


def _stands_as_kept(home: Home, entries: Iterable[Stated]) -> bool:
    """Whether auditors open a file that is kept as a vintage too, or a copy that is as it was."""
    kept = home.vintages.glob(f"*/{home.publication.name}")
    return any(map(home.publication.samefile, kept)) or file_sha256(home.publication) in {
        stated.file_sha256 for stated in entries
    }


def erasures_of(home: Home, publication_id: str) -> Iterator[str]:
    """The erasures that changed a publication, as Danish sentences, oldest first."""
    for entry in Ledger(home.ledger).entries():
        if entry.is_erasure and publication_id in entry.facts["publications"]:
            how = (
                "Den er talt igen uden borgeren"
                if entry.facts["publications"][publication_id]["counted_anew"]
                else "Borgerens rækker er taget ud; optællingerne står, som de blev udgivet"
            )
            yield (
                f"Udgivelsen {publication_id} er ændret ved en sletning "
                f"{entry.facts['erased_at']} (journalens linje {entry.number}). {how}."
            )


def _compare(engine: Engine) -> Iterator[TableVerdict]:
    for contract in tables.TABLES:
        if contract.name in ABOUT_THE_NIGHT or contract.is_view:
            continue
        name = contract.name
        columns = {str(column) for column, *_ in engine.rows(f"describe next.{name}")}
        known = engine.rows(
            "select column_name from duckdb_columns() "
            f"where database_name = 'old' and table_name = {quoted(name)}"
        )
        if {str(column) for (column,) in known} != columns:
            now = engine.number(f"select count(*) from next.{name}")
            yield TableVerdict(name, 0, now, 0, "har andre kolonner end i dette program")
            continue
        then, now = (engine.number(f"select count(*) from {db}.{name}") for db in ("old", "next"))
        differing = 0
        if table_hash(engine, contract, "old") != table_hash(engine, contract, "next"):
            differing = sum(
                engine.number(
                    f"select count(*) from (from {one}.{name} except all from {other}.{name})"
                )
                for one, other in (("old", "next"), ("next", "old"))
            )
        yield TableVerdict(name, then, now, differing)
