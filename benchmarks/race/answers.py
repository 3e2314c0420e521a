"""The answer every contestant must give, and how two are held against each other."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipelines.engine import Engine, quoted

_ANSWER: Final = """
    select
        regime,
        strftime(month, '%Y-%m-%d') as month,
        municipality_code,
        target_group,
        mode,
        held,
        recognised,
        gap
    from next.counts
    where regime in ('duty', 'held')
    order by all
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of one answer, in no order, and the hash of them sorted."""

    rows: Counter[str]
    digest: str


def write_answer(engine: Engine, file: Path) -> None:
    """Writes the project's answer: `counts` of the publication attached as `next`."""
    engine.run(f"copy ({_ANSWER}) to {quoted(file)} (format csv)")


def read_answer(file: Path) -> Answer:
    """The answer of one contestant: a CSV of eight columns, rows in any order."""
    header, *rows = file.read_text("utf-8").splitlines()
    rows.sort()
    text = "\n".join([header, *rows]) + "\n"
    return Answer(Counter(rows), hashlib.sha256(text.encode()).hexdigest())


def difference(found: Answer, expected: Answer, most: int = 5) -> list[str]:
    """What stands in only one of two answers, at most `most` rows a side; [] where equal."""
    if found.digest == expected.digest:
        return []
    added = sorted((found.rows - expected.rows).elements())
    lacking = sorted((expected.rows - found.rows).elements())
    return [
        f"{len(added)} rows too many, {len(lacking)} rows lacking",
        *(f"+ {row}" for row in added[:most]),
        *(f"- {row}" for row in lacking[:most]),
    ]
