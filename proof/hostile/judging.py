"""Reads a case as the night and the precheck do, and holds what is accepted against the truth."""

from __future__ import annotations

import hmac
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import polars as pl

from pipelines.deliveries.landing import Delivered
from pipelines.deliveries.pseudonyms import Pseudonyms
from pipelines.deliveries.reading import read_file
from pipelines.deliveries.rows import Parsed, parse_rows
from pipelines.modes.decide import decide_mode
from pipelines.modes.forms import read_form
from proof.hostile.truth import DELIVERED, Meeting

_KEY: Final = b"a key that only these proofs use, of 32 bytes or more"
MUNICIPALITY: Final = "101"
# What a reader says where it does not know. A mode is unknown where no word of it is (and the word
# is listed); an unreadable registration or summons is as a blank one; a system may be cut off.
_OPEN: Final = {"mode": "unknown", "registered_at": None, "summoned_on": None, "source_system": ""}


@dataclass(frozen=True, slots=True)
class Case:
    """One file: its name, what is in it, and the meetings its sender meant."""

    family: str
    name: str
    content: bytes | Callable[[Path], object]
    rows: Sequence[Meeting]
    file: str = "levering.csv"
    is_cut: bool = False  # rows after the cut never came, so that their absence is not a loss


Family = Callable[[random.Random], Iterator[Case]]


@dataclass(slots=True)
class Verdict:
    """What became of the rows of one file; the first five sum to the rows meant or read."""

    right: int = 0
    left_open: int = 0  # right, but for something left blank, as counting.md has it
    rejected: int = 0
    wrong: int = 0
    lost: int = 0
    unreadable: str | None = None
    crash: str | None = None
    reasons: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    @property
    def silent(self) -> int:
        """Rows whose value is not the sender's, or that are gone, with nothing said."""
        return self.wrong + self.lost


def judge(case: Case, folder: Path) -> Verdict:
    """Writes the case's file, reads it, and compares."""
    path = folder / case.file
    if callable(case.content):
        case.content(path)
    else:
        path.write_bytes(case.content)
    try:
        return _compare(path, case)
    except Exception as error:  # noqa: BLE001 - a crash is what is looked for
        return Verdict(crash=f"{type(error).__name__}: {str(error)[:200]}")
    finally:
        path.unlink()


def _compare(path: Path, case: Case) -> Verdict:
    verdict = Verdict()
    stat = path.stat()
    file = Delivered(MUNICIPALITY, DELIVERED, path.name, path, stat.st_size, stat.st_mtime_ns)
    pseudonyms = Pseudonyms(_KEY)
    parsed: list[Parsed] = []
    content = read_file(
        file, 0, lambda kind, texts: parsed.append(parse_rows(texts, kind, pseudonyms))
    )
    if content.reason:
        verdict.unreadable = content.reason
        return verdict
    if content.kind != "meetings":
        verdict.wrong = len(case.rows)
        verdict.faults.append(f"read as {content.kind}")
        return verdict
    for frames in parsed:
        verdict.reasons.update(frames.rejections["code"].to_list())
    rejections = pl.concat([frames.rejections for frames in parsed]) if parsed else None
    verdict.rejected = rejections["source_row"].n_unique() if rejections is not None else 0
    meant = {row.id: row for row in case.rows}
    for row in (row for frames in parsed for row in frames.rows.iter_rows(named=True)):
        _judge_row(row, meant.get(row["meeting_id"]), verdict)
    if not case.is_cut:
        verdict.lost = max(0, len(case.rows) - content.rows_read)
    return verdict


def _judge_row(row: dict[str, Any], meant: Meeting | None, verdict: Verdict) -> None:
    if meant is None:
        verdict.wrong += 1
        verdict.faults.append(f"no such meeting: {row['meeting_id']!r}")
        return
    read = {
        **row,
        "mode": decide_mode(read_form(row["form"]), row["remark_mode"]).mode,
        "source_system": (row["source_system"] or "").casefold(),
    }
    said = {
        "citizen_key": _pseudonym(meant.citizen),
        "meeting_type": meant.type,
        "mode": meant.mode,
        "status": meant.status,
        "started_at": meant.started_at,
        "actor": meant.actor,
        "registered_at": meant.registered_at,
        "summoned_on": meant.summoned_on,
        "source_system": meant.cells["system"].casefold(),
    }
    unlike = [name for name, value in said.items() if read[name] != value]
    differs = [name for name in unlike if read[name] != _OPEN.get(name, Ellipsis)]
    verdict.right += not differs
    verdict.left_open += bool(unlike) and not differs
    verdict.wrong += bool(differs)
    if differs:
        shown = {name: read[name] for name in differs if name != "citizen_key"}
        verdict.faults.append(f"{meant.id}: {differs} {shown}"[:300])


def _pseudonym(number: str) -> str:
    """As interface.md says it: keyed with HMAC-SHA-256 (half of it, in hexadecimal)."""
    return hmac.digest(_KEY, number.encode(), "sha256").hex()[:32]
