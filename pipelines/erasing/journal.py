"""What is still to be done of an erasure: `state/erasing.json`, there only while one is at work.

It names the citizen, so it is the owner's alone to read, and goes when the work is done. Whoever
finds it, the command or the next night, finishes the work from its beginning: every step may be
done twice.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field

from pipelines.deliveries.pseudonyms import erased_mark, mark_of
from pipelines.placing import write_private
from pipelines.settings import Home


@dataclass(slots=True)
class Journal:
    """An erasure at work."""

    citizen_key: str
    number: int  # of the citizen's tombstone
    erased_at: str  # local time, to the second
    rows_erased_before: int  # in the whole lake, by earlier erasures
    meetings: list[tuple[str, str]] = field(default_factory=list)  # municipality code and id
    spells: list[tuple[str, str]] = field(default_factory=list)
    rejected: list[tuple[str, str, int]] = field(default_factory=list)  # code, delivery_id, row
    publications: dict[str, bool] = field(default_factory=dict)  # replaced: whether counted anew

    @property
    def mark(self) -> str:
        """What stands in texts where the CPR number stood."""
        return mark_of(self.citizen_key)

    @property
    def fresh_mark(self) -> str:
        """What is to stand there."""
        return erased_mark(self.number)


def write_journal(home: Home, journal: Journal) -> None:
    """Makes the journal durable, in one step."""
    write_private(home.erasing, json.dumps(asdict(journal)))


def read_journal(home: Home) -> Journal | None:
    """The journal of an erasure that was interrupted; None where there is none."""
    if not home.erasing.exists():
        return None
    raw = json.loads(home.erasing.read_text("utf-8"))
    pairs = {name: [(code, id_) for code, id_ in raw[name]] for name in ("meetings", "spells")}
    rejected = [(code, sha, row) for code, sha, row in raw["rejected"]]
    return Journal(**{**raw, **pairs, "rejected": rejected})
