"""Files that are wrong in a way that nothing in them shows: what a reader accepts of them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime
from itertools import combinations
from typing import Final

from proof.hostile.columns import is_alike, swap
from proof.hostile.cut import TEXTS, files_of, in_open_cells
from proof.hostile.encodings import ENCODERS, UNSEEN
from proof.hostile.judging import Case
from proof.hostile.truth import COLUMNS, cpr, draw, table, with_moments

# What stands against each, outside the file.
GUARDS: Final = {
    "two columns of one shape swapped": "the sender's precheck; alerts on what moved",
    "day and month turned, no day over 12": "interface.md: dd/MM/yyyy",
    "CPR numbers cut to nine digits": "counting.md: nine digits are padded",
    "a text cut after a row's start": "a name in .part; a file that grew is read anew",
    "Ø in ids, in a code page that reads as another": "interface.md: ids are as delivered",
}


def blind(chance: random.Random) -> Iterator[Case]:
    """Every such file; the family says which."""
    swapped, turned, short, cut, ids = GUARDS
    for one, other in combinations(COLUMNS, 2):
        if is_alike(one, other):
            yield swap(chance, swapped, one, other)
    for _ in range(10):
        early = [row for row in draw(chance, 200) if _may_turn(row.started_at)][:20]
        bare = [
            row.written(registreret="", indkaldt="").meaning(registered_at=None, summoned_on=None)
            for row in early
        ]
        text = table(with_moments(bare, lambda at: f"{at:%m/%d/%Y %H:%M}"))
        yield Case(turned, "", text.encode(), bare)
    for _ in range(10):
        rows = [
            row.meaning(citizen=cpr(chance, chance.randint(11, 28))) for row in draw(chance, 20)
        ]
        text = table([row.written(cpr=row.citizen[:9]) for row in rows])
        yield Case(short, "", text.encode(), rows)
    rows = draw(chance, 5)
    for name in TEXTS:
        content = files_of(rows)[name]
        for place in range(0, len(content), 7):
            if in_open_cells(content, place, name):
                yield Case(cut, name, content[:place], rows, name, is_cut=True)
    for name in UNSEEN:
        rows = draw(chance, 20, prefix="SØ")
        yield Case(ids, name, ENCODERS[name](table(rows)), rows)


def _may_turn(at: datetime) -> bool:
    return at.day <= 12 and at.day != at.month
