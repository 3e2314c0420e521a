"""The tables `history` and `revisions`: the ledger so far, and tonight's entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from pipelines.contracts import tables
from pipelines.contracts.codes import CAUSES
from pipelines.engine import Engine
from pipelines.ledger import ERASURE, Ledger
from pipelines.publishing import Publication

_MONTHS: Final = """
    select
        cast(month as varchar),
        sum(held) filter (where regime = 'held'),
        sum(recognised) filter (where regime = 'register'),
        sum(recognised) filter (where regime = 'duty'),
        sum(recognised) filter (where regime = 'supervision')
    from next.counts group by month order by month
"""
_CHANGES: Final = (
    "select cause, sum(held), sum(recognised) from next.changes where regime = 'duty' group by 1"
)


def ledger_facts(
    engine: Engine, publication: Publication, previous_id: str | None, ledger: Ledger
) -> dict[str, Any]:
    """What the ledger keeps of tonight (see Entry); `file_sha256` is added when the file is."""
    changes = {
        str(cause): [int(str(held)), int(str(recognised))]
        for cause, held, recognised in engine.rows(_CHANGES)
    }
    if moved := _moved_by_erasure(ledger, previous_id):
        changes[ERASURE] = moved
    return {
        "publication_id": publication.publication_id,
        "previous_id": previous_id,
        "as_of": publication.as_of.isoformat(),
        "built_at": publication.built_at.isoformat(),
        "inputs_hash": publication.inputs_hash,
        "law_hash": publication.law_hash,
        "code_version": publication.code_version,
        "tables_hash": publication.tables_hash,
        "tables": dict(publication.table_hashes),
        "months": {
            str(month): [int(str(number)) for number in sums]
            for month, *sums in engine.rows(_MONTHS)
        },
        "changes": changes,
    }


def _moved_by_erasure(ledger: Ledger, previous_id: str | None) -> list[int] | None:
    """Held and recognised that the publication before lost since it was published, by erasures.

    `changes` sets tonight against that publication as it now stands, the ledger as it stood.
    """
    published, stands = None, None
    for entry in ledger.entries():
        if entry.facts.get("publication_id") == previous_id:
            published, stands = _sums(entry.facts), None
        elif entry.is_erasure:
            stands = entry.facts["publications"].get(previous_id, {}).get("sums", stands)
    if published is None or stands is None:
        return None
    return [now - then for now, then in zip(stands, published, strict=True)]


def _sums(facts: Mapping[str, Any]) -> list[int]:
    """Meetings held and recognised (duty), all months together."""
    months = facts["months"].values()
    return [sum(month[0] for month in months), sum(month[2] for month in months)]


def publish_history(engine: Engine, ledger: Ledger, tonight: Mapping[str, Any]) -> None:
    """`history` (one row a publication) and `revisions` (one row a publication and month)."""
    known = [(entry.number, entry.facts) for entry in ledger.publications()]
    if tonight["publication_id"] not in {facts["publication_id"] for _, facts in known}:
        known.append((len(ledger.entries()) + 1, tonight))
    engine.publish_frame(tables.HISTORY, _frame([_history(*entry) for entry in known]))
    months = [row for number, facts in known for row in _revisions(number, facts)]
    empty = pl.DataFrame(schema=tables.REVISIONS.column_names)
    engine.publish_frame(tables.REVISIONS, _frame(months) if months else empty)


def _frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(rows, infer_schema_length=None)


def _history(number: int, facts: Mapping[str, Any]) -> dict[str, Any]:
    moved = {cause: facts["changes"].get(cause, [0, 0]) for cause in (*CAUSES, ERASURE)}
    held_in_all, recognised_in_all = _sums(facts)
    return {
        "number": number,
        **{name: facts[name] for name in ("publication_id", "previous_id", "as_of", "built_at")},
        **{name: facts[name] for name in ("code_version", "law_hash", "inputs_hash")},
        "tables_hash": facts["tables_hash"],
        "held": held_in_all,
        "recognised": recognised_in_all,
        **{f"held_by_{cause}": held for cause, (held, _) in moved.items()},
        **{f"recognised_by_{cause}": recognised for cause, (_, recognised) in moved.items()},
    }


def _revisions(number: int, facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "number": number,
            **{name: facts[name] for name in ("publication_id", "as_of", "built_at")},
            "month": month,
            "held": held,
            "recognised_register": register,
            "recognised_duty": duty,
            "recognised_supervision": supervision,
        }
        for month, (held, register, duty, supervision) in facts["months"].items()
    ]
