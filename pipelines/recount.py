"""A count made outside a night: of given deliveries, under given law, into `next`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from pipelines import stages
from pipelines.engine import Engine
from pipelines.lake import Lake
from pipelines.progress import Show, show_nothing


@dataclass(frozen=True, slots=True)
class Basis:
    """What a count rests on, apart from the code."""

    as_of: date
    delivered: pl.DataFrame  # the files that count (schema lake.DELIVERIES)
    law: list[dict[str, object]]  # rows of the table law


def recount(engine: Engine, lake: Lake, basis: Basis, show: Show = show_nothing) -> None:
    """Every table that follows from deliveries and law, as the assets of a night make them."""
    stages.register(engine, lake, basis.delivered, basis.as_of)
    stages.publish_rejections(engine)
    stages.publish_spells(engine)
    stages.publish_absences(engine)
    stages.publish_municipalities(engine)
    stages.publish_law(engine, basis.law)
    stages.prepare_law(engine)
    stages.read_modes(engine)
    stages.publish_meetings(engine, show)
    stages.publish_deliveries(engine)
    stages.publish_source_systems(engine)
    stages.publish_evaluations(engine)
    stages.publish_counts(engine)
    stages.publish_requirements(engine)
    stages.publish_dictionary(engine)
