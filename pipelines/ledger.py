"""The ledger: one line for every publication ever made, each holding the hash of the one before.

An erasure has a line of its own: the publications whose files it replaced, and their new hashes.

`published/ledger.jsonl` is only ever appended to. Whoever keeps the newest hash elsewhere can tell
later whether a line or a vintage was changed, taken away or swapped.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

ERASURE: Final = "erasure"
BEGINNING: Final = "0" * 64  # what the first entry holds in place of a hash before


class LedgerError(Exception):
    """The ledger is not what was once written; the message is for the operator (Danish)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One publication: what it rests on, what it holds, and the hash of the entry before.

    Of an erasure `facts` are kind ("erasure"), erased_at, rows (taken out of the lake) and
    publications: by id file_sha256, counted_anew (else rows were only taken out) and, of those,
    sums (held, and recognised in duty). Of a publication: publication_id, as_of, built_at,
    inputs_hash, law_hash, code_version, tables_hash, tables (hash by table), file_sha256 (of the
    vintage), months (by first day: held, and recognised in register, duty and supervision) and
    changes (by cause: held and recognised in duty, against the publication before).
    """

    number: int  # from 1
    before: str  # the hash of the entry before
    facts: Mapping[str, Any]

    @property
    def is_erasure(self) -> bool:
        """Whether the entry tells of an erasure and not of a publication."""
        return self.facts.get("kind") == ERASURE

    @property
    def hash(self) -> str:
        """SHA-256 of the entry as it is written, without its own hash."""
        return hashlib.sha256(_canonical(self._content())).hexdigest()

    @property
    def line(self) -> bytes:
        """The entry as one line of the file."""
        return _canonical({**self._content(), "hash": self.hash}) + b"\n"

    def _content(self) -> dict[str, Any]:
        return {"number": self.number, "before": self.before, **self.facts}


def file_sha256(file: Path) -> str:
    """The SHA-256 of a file's bytes, as an entry holds it."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Stated:
    """What the ledger says last of a publication; no `tables_hash` after an erasure."""

    number: int  # of the entry
    file_sha256: str
    tables_hash: str | None


def is_as_entered(file: Path, stated: Stated) -> bool:
    """Whether a publication's file is there, with the bytes that the ledger tells of."""
    return file.exists() and file_sha256(file) == stated.file_sha256


class Ledger:
    """The ledger of one home; there is none before the first publication."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def entries(self) -> list[Entry]:
        """Every entry, oldest first. Raises LedgerError at the first that is not as written."""
        found = []
        before = BEGINNING
        for number, line in enumerate(self._lines(), start=1):
            entry = _read(number, line)
            if (entry.number, entry.before) != (number, before):
                raise LedgerError(
                    f"Journalens linje {number} følger ikke efter den foran: en linje er fjernet, "
                    "ombyttet eller ændret."
                )
            before = entry.hash
            found.append(entry)
        return found

    def publications(self) -> list[Entry]:
        """The entries that tell of a publication, oldest first."""
        return [entry for entry in self.entries() if not entry.is_erasure]

    def newest(self) -> dict[str, Stated]:
        """What was stated last of each publication, by its id; the one entered last is last."""
        found: dict[str, Stated] = {}
        for entry in self.entries():
            if entry.is_erasure:
                for name, facts in entry.facts["publications"].items():
                    found[name] = Stated(entry.number, facts["file_sha256"], None)
                continue
            name, facts = str(entry.facts["publication_id"]), entry.facts
            found.pop(name, None)
            found[name] = Stated(entry.number, facts["file_sha256"], facts["tables_hash"])
        return found

    @property
    def head(self) -> str:
        """The hash of the newest entry: the one to keep elsewhere."""
        entries = self.entries()
        return entries[-1].hash if entries else BEGINNING

    def append(self, facts: Mapping[str, Any]) -> Entry:
        """Adds an entry and makes it durable. Raises LedgerError where the ledger is broken."""
        entries = self.entries()
        entry = Entry(len(entries) + 1, entries[-1].hash if entries else BEGINNING, facts)
        whole = sum(len(known.line) for known in entries)
        with self.file.open("r+b" if self.file.exists() else "wb") as ledger:
            ledger.truncate(whole)  # a line that a power cut left half written
            ledger.seek(whole)
            ledger.write(entry.line)
            ledger.flush()
            os.fsync(ledger.fileno())
        return entry

    def _lines(self) -> Iterator[bytes]:
        if not self.file.exists():
            return
        whole, _, _torn = self.file.read_bytes().rpartition(b"\n")
        if whole:
            yield from whole.split(b"\n")


def _read(number: int, line: bytes) -> Entry:
    try:
        content = json.loads(line)
        entry = Entry(content.pop("number"), content.pop("before"), content)
        told = content.pop("hash")
    except (ValueError, KeyError, AttributeError, TypeError):
        raise LedgerError(f"Journalens linje {number} kan ikke læses.") from None
    if told != entry.hash:
        raise LedgerError(f"Journalens linje {number} er ændret efter, at den blev skrevet.")
    return entry


def _canonical(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
