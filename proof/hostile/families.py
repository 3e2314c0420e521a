"""Every family of files, each read and held against its truth, summed by family."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from proof.hostile import columns, cut, dates, encodings, names, quotes, zeros
from proof.hostile.blind import blind
from proof.hostile.judging import Case, Family, Verdict, judge
from proof.hostile.truth import draw

HEADINGS: Final = (
    *("files", "unreadable", "rows meant", "accepted, right", "of these with a blank"),
    *("rejected", "silently wrong", "lost", "crashes"),
)
FAMILIES: Final[tuple[Family, ...]] = (
    *(encodings.encodings, encodings.mojibake, quotes.quotes, quotes.lines),
    *(columns.columns, columns.swapped, dates.date_forms, dates.hours, dates.year_ends),
    *(zeros.leading_zeros, zeros.typed_cells, cut.whole, cut.cut, names.names),
)
SEEDS: Final = 3

Sums = dict[str, Counter[str]]  # by family, then by heading


def judge_all(root: Path) -> tuple[Sums, Sums]:
    """What becomes of the files of every family, and of those whose fault nothing shows."""
    place = root / "deliveries"
    place.mkdir()
    _lay_bait(place)
    cases = (
        case for family in FAMILIES for seed in range(SEEDS) for case in family(random.Random(seed))
    )
    return _summed(cases, place), _summed(blind(random.Random(1)), place, is_told=False)


def _summed(cases: Iterable[Case], place: Path, *, is_told: bool = True) -> Sums:
    sums: Sums = {}
    for case in cases:
        verdict = judge(case, place)
        sums.setdefault(case.family, Counter()).update(_counted(case, verdict))
        if is_told and (verdict.silent or verdict.crash):
            print("WRONG:", case.family, "|", case.name, "|", verdict, flush=True)
    return sums


def total(sums: Sums) -> Counter[str]:
    """Over all families."""
    found = Counter[str]()
    for counted in sums.values():
        found.update(counted)
    return found


def _counted(case: Case, verdict: Verdict) -> dict[str, int]:
    figures = (
        *(1, verdict.unreadable is not None, len(case.rows), verdict.right, verdict.left_open),
        *(verdict.rejected, verdict.wrong, verdict.lost, verdict.crash is not None),
    )
    return {name: int(figure) for name, figure in zip(HEADINGS, figures, strict=True)}


def _lay_bait(folder: Path) -> None:
    """Other deliveries, which a name that is read as a pattern or a path would bring in."""
    for name, content in cut.files_of(draw(random.Random(99), 3, prefix="bait")).items():
        (folder / f"bait{name[1:]}").write_bytes(content)
        (folder.parent / f"bait{name[1:]}").write_bytes(content)
