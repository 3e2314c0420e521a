"""What lies on the disk damaged: cut short, one bit turned, a block of zeros, gone."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from pipelines.ledger import Ledger
from pipelines.settings import Home
from proof.faults import night
from proof.faults.cases import Came, Case, next_night, words_of
from proof.faults.forked import forked
from proof.faults.looks import Facts, differences, facts_of, standing_troubles
from proof.faults.night import Ended
from proof.faults.stage import Stage

_DAY: Final = 3
_BLOCK: Final = 4096
_NEW: Final = 0o644  # the mode of a file that was gone
_TIMES: Final = 2  # each way, each thing
WAYS: Final = ("cut short", "a bit turned", "a block of zeros")
_GONE: Final = "gone"  # what of the lake is gone is missed; of the rest, to take it away is a mend
THINGS: Final = {
    "a slice of meetings": "lake/meetings/*.parquet",
    "a slice of spells": "lake/spells/*.parquet",
    "a slice of absences": "lake/absences/*.parquet",
    "a slice of rejections": "lake/rejections/*.parquet",
    "the list of deliveries": "lake/deliveries.*",
    "the list of contents": "lake/contents.*",
    "the standing publication": "published/samtaler.duckdb",
    "an earlier publication": "published/vintages/*/samtaler.duckdb",
    "the ledger": "published/ledger.jsonl",
    "the memory of alerts": "state/alerts.db",
    "the known letters": "published/receipts/*/letters.json",
    "the released figures": "state/report.parquet",
    "the pseudonym key": "state/pseudonym.key",
}
_READ_BY_THE_REPORT: Final = "the released figures"
_HOLD_WHAT_STANDS: Final = ("the standing publication", "the ledger")
_PUBLICATIONS: Final = ("the standing publication", "an earlier publication")


def damages(stage: Stage, work: Path) -> Iterator[Case]:
    """Each thing damaged in each way, before the night on a day's new deliveries."""
    for number in range(_TIMES):
        for thing in THINGS:
            for way in (*WAYS, _GONE) if THINGS[thing].startswith("lake/") else WAYS:
                depth: night.Depth = "full" if thing == _READ_BY_THE_REPORT else "light"
                work_ = partial(_damage, stage, work, thing, way, number, depth)
                yield Case("damage", f"{way} ({number + 1})", thing, work_, depth)


def _damage(
    stage: Stage, work: Path, thing: str, way: str, number: int, depth: night.Depth
) -> Came:
    home = stage.home_before(_DAY, work / "home")
    draw = random.Random(f"{thing} {way} {number}")
    files = sorted(home.root.glob(THINGS[thing]))
    if thing == "an earlier publication":
        files = [file for file in files if not file.samefile(home.publication)]
    file = draw.choice(files)
    whole = file.read_bytes()
    if way == _GONE:
        file.unlink()
    else:
        _write(file, damaged(whole, way, draw))
    ended = night.run(home, depth)
    came = words_of(ended)
    no_report = thing == _READ_BY_THE_REPORT and any("beskadiget" in it for it in ended.notes)
    if no_report:
        came = "published, and the report refused with a note"
    elif ended.published:
        return Came(came, _published(stage, home, thing, depth, ended))
    troubles = []
    if ended.broken or ended.signal:
        troubles.append(f"no sentence: {came}")
    if thing not in _HOLD_WHAT_STANDS:
        troubles += forked(standing_troubles, home, stage.right(_DAY))
    _write(file, whole)  # as the sentence asks: from a copy
    troubles += next_night(stage, _DAY, home, depth, was_held_back=not ended.published)
    return Came(came, troubles)


def damaged(whole: bytes, way: str, draw: random.Random) -> bytes:
    """The bytes as they are after the damage."""
    if way == "cut short":
        return whole[: draw.randrange(len(whole))]
    if way == "a bit turned":
        at = draw.randrange(len(whole))
        return whole[:at] + bytes([whole[at] ^ 1 << draw.randrange(8)]) + whole[at + 1 :]
    starts = range(0, len(whole), _BLOCK)  # most blocks of a small DuckDB file are zeros already
    at = draw.choice([start for start in starts if any(whole[start : start + _BLOCK])])
    return whole[:at] + bytes(len(whole[at : at + _BLOCK])) + whole[at + _BLOCK :]


def _write(file: Path, content: bytes) -> None:
    """In the file that is there, so that its other names show it too, as a bad disk does."""
    mode = file.stat().st_mode if file.exists() else _NEW
    file.touch()
    file.chmod(0o600)
    file.write_bytes(content)
    file.chmod(mode)


def _published(stage: Stage, home: Home, thing: str, depth: night.Depth, ended: Ended) -> list[str]:
    """What is wrong where a night published beside something damaged."""
    found, wanted = forked(facts_of, home), stage.facts[_DAY]
    if depth == "light":
        found, wanted = found.without_report(), wanted.without_report()
    if thing in _PUBLICATIONS:  # told of in a note; what moved is told against the one before it
        noted = any("beskadiget" in note for note in ended.notes)
        if thing == "the standing publication" and not noted:
            return ["a damaged publication was not told of"]
        found, wanted = (_without_changes(facts) for facts in (found, wanted))
    if thing == "the ledger":  # a line that was cut off at its end is as if never written
        entries = forked(_entries, home)
        found, wanted = (replace(facts, ledger=(), history=(0, 0)) for facts in (found, wanted))
        found, wanted = (_without_changes(facts) for facts in (found, wanted))
        if not entries:
            return ["the ledger is empty after the night"]
    return differences(found, wanted)


def _without_changes(facts: Facts) -> Facts:
    return replace(
        facts, tables={name: it for name, it in facts.tables.items() if name != "changes"}
    )


def _entries(home: Home) -> int:
    return len(Ledger(home.ledger).entries())
