"""A ledger that was touched says so."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.ledger import BEGINNING, Ledger, LedgerError


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    kept = Ledger(tmp_path / "ledger.jsonl")
    for name in ("første", "anden", "tredje"):
        kept.append({"publication_id": name, "months": {"2024-01-01": [3, 2, 1, 1]}})
    return kept


def test_entries_come_back_in_order_each_holding_the_hash_before(ledger: Ledger) -> None:
    first, second, third = ledger.entries()
    assert [entry.facts["publication_id"] for entry in (first, second, third)] == [
        "første",
        "anden",
        "tredje",
    ]
    assert (first.before, second.before, third.before) == (BEGINNING, first.hash, second.hash)
    assert ledger.head == third.hash


def test_a_home_without_publications_has_an_empty_ledger(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.jsonl")
    assert ledger.entries() == []
    assert ledger.head == BEGINNING


def test_a_line_that_a_power_cut_tore_is_written_over(ledger: Ledger) -> None:
    whole = ledger.file.read_bytes()
    with ledger.file.open("ab") as file:
        file.write(b'{"number":4,"bef')
    assert len(ledger.entries()) == 3
    fourth = ledger.append({"publication_id": "fjerde"})
    assert ledger.file.read_bytes() == whole + fourth.line


def changed(line: bytes) -> bytes:
    content = json.loads(line)
    content["publication_id"] = "en anden"
    return json.dumps(content).encode()


@pytest.mark.parametrize(
    ("touch", "number"),
    [
        (lambda lines: [changed(lines[0]), *lines[1:]], 1),
        (lambda lines: [lines[0], lines[2], lines[1]], 2),
        (lambda lines: lines[1:], 1),
        (lambda lines: [lines[0], lines[2]], 2),
        (lambda lines: [lines[0], b"spoilt", lines[2]], 2),
        (lambda lines: [lines[0], b"[]", lines[2]], 2),
    ],
    ids=["changed", "swapped", "first missing", "second missing", "no JSON", "no entry"],
)
def test_what_was_done_to_it_is_found(
    ledger: Ledger, touch: Callable[[list[bytes]], list[bytes]], number: int
) -> None:
    lines = ledger.file.read_bytes().splitlines()
    ledger.file.write_bytes(b"\n".join([*touch(lines), b""]))
    with pytest.raises(LedgerError, match=f"linje {number}"):
        ledger.entries()
    with pytest.raises(LedgerError):
        ledger.append({"publication_id": "fjerde"})


def test_an_erasure_is_an_entry_and_no_publication(ledger: Ledger) -> None:
    ledger.append({"kind": "erasure", "erased_at": "2024-06-04T10:00:00", "publications": {}})
    ledger.append({"publication_id": "fjerde", "months": {}})
    assert [entry.is_erasure for entry in ledger.entries()] == [False, False, False, True, False]
    assert [entry.number for entry in ledger.publications()] == [1, 2, 3, 5]
