"""Columns out of order, under other names, missing, twice, and with each other's contents."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import combinations
from typing import Final

from pipelines.deliveries.headers import SYNONYMS
from proof.hostile.judging import Case
from proof.hostile.truth import COLUMNS, Meeting, draw, table

_REQUIRED: Final = ("samtale_id", "cpr", "samtaletype", "start", "status")
# In these a text of another column cannot be read; in the others nearly any can.
_TELLING: Final = ("cpr", "samtaletype", "status", "start")
_MOMENTS: Final = ("start", "slut", "registreret", "indkaldt")


def columns(chance: random.Random) -> Iterator[Case]:
    """Order, names, and columns missing, unknown or twice."""
    for _ in range(12):
        rows = draw(chance, 12)
        order = chance.sample(COLUMNS, len(COLUMNS))
        yield Case("columns", "in any order", table(rows, order).encode(), rows)
        names = [_spelt(chance, chance.choice((name, *SYNONYMS[name]))) for name in order]
        yield Case("columns", "by other names", table(rows, order, names=names).encode(), rows)
        fewer = [name for name in order if name in _REQUIRED]
        bare = [_without(row) for row in rows]
        yield Case("columns", "only what is required", table(bare, fewer).encode(), bare)
    rows = draw(chance, 12)
    for name in COLUMNS:
        rest = [column for column in COLUMNS if column != name]
        if name in _REQUIRED:
            yield Case("columns", f"{name} missing", table(rows, rest).encode(), rows)
        twice = table(rows, [*COLUMNS, name])
        yield Case("columns", f"{name} twice", twice.encode(), rows)
        odd = [column if column != name else f"{name}2" for column in COLUMNS]
        if name in _REQUIRED:
            renamed = table(rows, names=odd)
            yield Case("columns", f"{name} renamed beyond knowing", renamed.encode(), rows)
    unknown = table(rows, names=None).replace("\r\n", ";x;y\r\n")
    yield Case("columns", "unknown columns besides", unknown.encode(), rows)
    form = [name if name != "samtaleform" else "mødeform" for name in COLUMNS]
    formless = [row.written(bemaerkning="") for row in rows]
    yield Case(
        "columns",
        "mødeform is no form",
        table(formless, names=form).encode(),
        [_open(row) for row in formless],
    )
    yield Case("columns", "no header", table(rows).partition("\r\n")[2].encode(), rows)
    yield Case(
        "columns",
        "header of another kind",
        table(rows, names=["forloeb_id", *COLUMNS[1:]]).encode(),
        rows,
    )


def swapped(chance: random.Random) -> Iterator[Case]:
    """The contents of every two columns exchanged under their headers, where that can be seen."""
    for one, other in combinations(COLUMNS, 2):
        if not is_alike(one, other):
            yield swap(chance, "contents of two columns swapped", one, other)


def swap(chance: random.Random, family: str, one: str, other: str) -> Case:
    """A file in which two columns stand under each other's header."""
    rows = draw(chance, 12)
    order = [other if name == one else one if name == other else name for name in COLUMNS]
    return Case(family, f"{one} and {other}", table(rows, order, names=COLUMNS).encode(), rows)


def is_alike(one: str, other: str) -> bool:
    """Whether the contents of each column could as well be the other's."""
    return {one, other} <= set(_MOMENTS) or not {one, other} & set(_TELLING)


def _spelt(chance: random.Random, name: str) -> str:
    changes = (
        *(str.upper, str.title, lambda text: text.replace("_", " "), lambda text: f" {text} "),
        *(lambda text: text.replace("_", "-"), lambda text: text.replace("oe", "ø")),
        *(lambda text: text.replace("ae", "æ"), lambda text: text.replace("_", "."), str),
    )
    return chance.choice(changes)(name)


def _without(row: Meeting) -> Meeting:
    cells = {name: "" for name in COLUMNS if name not in _REQUIRED}
    return _open(row, actor="municipality", registered_at=None, summoned_on=None).written(**cells)


def _open(row: Meeting, **means: object) -> Meeting:
    return row.meaning(mode="unknown", **means)
