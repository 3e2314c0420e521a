"""Stage 5: the law as it stood each day."""

import dagster as dg

from assets.deliveries import NightParam, register
from assets.metadata import Made, spec, table_metadata
from pipelines import stages
from pipelines.contracts import tables
from pipelines.law.loader import load_law
from pipelines.law.rows import law_rows


@dg.asset(**spec(tables.MUNICIPALITIES, "law"))
def municipalities(night: NightParam) -> Made:
    """The 98 municipalities and their regions."""
    stages.publish_municipalities(night.engine)
    return table_metadata(night.engine, tables.MUNICIPALITIES)


@dg.asset(**spec(tables.LAW, "law"), deps=[municipalities, register])
def law(night: NightParam) -> Made:
    """Every version of every rule, with its source and how well that source is known."""
    written = load_law()
    night.law, night.law_hash = law_rows(written), written.content_hash
    stages.publish_law(night.engine, night.law)
    stages.prepare_law(night.engine)
    grades = night.engine.rows("select grade, count(*) from next.law group by 1 order by 1")
    return table_metadata(
        night.engine,
        tables.LAW,
        law_hash=night.law_hash,
        grades=", ".join(f"{grade}: {versions}" for grade, versions in grades),
    )
