"""The letter of one delivery: what is said, before it is set as HTML or as a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from pipelines.receipts.facts import Delivery, Facts, Key, Rows, Share
from pipelines.receipts.problems import Problem, moved, problems


@dataclass(frozen=True)
class Letter:
    """Everything a letter says; the frames are None where there is nothing to list."""

    publication_id: str
    as_of: date
    delivery: Delivery
    share: Share
    requirements_more: int  # met in time, did better registration save what it can
    problems: list[Problem]
    rejected: pl.DataFrame | None  # a rejected row and a reason
    lost: pl.DataFrame | None  # a held meeting not recognised
    cleared: pl.DataFrame | None  # rows rejected in earlier files, mended by this one
    words: list[tuple[str, int]]  # words no list knew, of the municipality; and their meetings

    @property
    def rejected_gain(self) -> int:
        """Rejected rows of meetings that may count once mended."""
        return self.delivery.rows_unmended if self.delivery.kind == "meetings" else 0

    @cached_property
    def by_remedy(self) -> dict[str, int]:
        """Held meetings not recognised, by what would make them count."""
        if self.lost is None:
            return {}
        return dict(self.lost.group_by("remedy").len().iter_rows())

    @property
    def by_registration(self) -> int:
        """Meetings that better registration can save, at most."""
        return self.by_remedy.get("register", 0) + self.rejected_gain

    @property
    def share_moved(self) -> str:
        """How the share met would move if it did; the end of a sentence."""
        return moved(self.share, self.requirements_more)

    @cached_property
    def mended_since(self) -> list[tuple[date, str, int]]:
        """Later versions of this file's rejected rows: day, file, rows; in order of arrival."""
        if self.rejected is None:
            return []
        rows = self.rejected.filter(pl.col("mended_by").is_not_null()).unique("source_row")
        return _listed(rows, "mended_on", "mended_in")

    @cached_property
    def cleared_from(self) -> list[tuple[date, str, int]]:
        """The earlier files this one mended rows of: day, file, rows; in order of arrival."""
        if self.cleared is None:
            return []
        rows = self.cleared.unique(["delivered_on", "file", "source_row"])
        return _listed(rows, "delivered_on", "file")


def letter(facts: Facts, rows: Rows, delivery: Delivery) -> Letter:
    """The letter of a delivery, from what was read of the publication."""
    key: Key = delivery.key
    share = facts.shares.get(delivery.municipality_code, Share())
    effects = rows.effects.get(key, {})
    rejected, lost = rows.rejected.get(key), rows.lost.get(key)
    return Letter(
        publication_id=facts.publication_id,
        as_of=facts.as_of,
        delivery=delivery,
        share=share,
        requirements_more=effects.get(None, 0),
        problems=problems(delivery, share, effects, rejected, lost),
        rejected=rejected,
        lost=lost,
        cleared=rows.cleared.get(key),
        words=facts.words.get(delivery.municipality_code, []),
    )


def _listed(rows: pl.DataFrame, day: str, file: str) -> list[tuple[date, str, int]]:
    return list(rows.group_by(day, file).len().sort(day, file).iter_rows())
