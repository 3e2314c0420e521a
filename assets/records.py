"""Stage 4, records other than meetings: the latest version of each spell and absence."""

import dagster as dg

from assets.deliveries import NightParam, register
from assets.metadata import Made, spec, table_metadata
from pipelines import stages
from pipelines.contracts import tables


@dg.asset(**spec(tables.SPELLS, "records"), deps=[register])
def spells(night: NightParam) -> Made:
    """The current spells: who belongs to which target group, from when to when."""
    stages.publish_spells(night.engine)
    return table_metadata(night.engine, tables.SPELLS)


@dg.asset(**spec(tables.ABSENCES, "records"), deps=[register])
def absences(night: NightParam) -> Made:
    """The current absences."""
    stages.publish_absences(night.engine)
    return table_metadata(night.engine, tables.ABSENCES)
