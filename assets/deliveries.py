"""Stage 1-3: delivered files become slices; every row of every file ends in one outcome."""

import dagster as dg

from assets.metadata import Made, spec, table_metadata
from pipelines import stages
from pipelines.contracts import tables
from pipelines.deliveries.intake import take_in
from pipelines.deliveries.landing import EmptyLandingError
from pipelines.deliveries.pseudonyms import KeyProblemError
from pipelines.faults import IntakeError, sentence
from pipelines.lake import LakeDamagedError
from pipelines.night import Night

_AHEAD = (
    "Opgjort pr. {}, men den seneste leverance kom {}: frister derimellem kan se overskredne ud, "
    "fordi samtalerne ikke er leveret endnu."
)
NightParam = dg.ResourceParam[Night]


@dg.asset(group_name="deliveries", kinds={"parquet", "polars"})
def slices(night: NightParam) -> Made:
    """New files are hashed and read once; their rows lie in the lake as Parquet slices."""
    try:
        intake = take_in(night.home, lambda done, all_: night.show("Læser leverancer", done, all_))
    except (EmptyLandingError, KeyProblemError, LakeDamagedError):
        raise
    except Exception as error:  # noqa: BLE001 - Dagster keeps its words, and these may quote a row
        raise IntakeError(sentence(error)) from None
    night.intake = intake
    return dg.MaterializeResult(
        metadata={
            "files": intake.files,
            "new_files": intake.new_files,
            "contents_read": intake.contents_read,
            "rows_read": intake.rows_read,
            "still_arriving": intake.arriving,
            "notes": list(intake.notes),
        }
    )


@dg.asset(deps=[slices], group_name="deliveries", kinds={"duckdb"})
def register(night: NightParam) -> Made:
    """The deliveries received by the reporting day, in the order of their versions."""
    delivered = night.lake.deliveries()
    night.as_of = stages.register(night.engine, night.lake, delivered, night.wanted_day)
    latest = max(delivered["delivered_on"].to_list())
    return dg.MaterializeResult(
        metadata={
            "as_of": str(night.as_of),
            "notes": [_AHEAD.format(night.as_of, latest)] if night.as_of > latest else [],
            "dagster/row_count": night.engine.number("select count(*) from register"),
        }
    )


@dg.asset(**spec(tables.REJECTIONS, "deliveries"), deps=[register])
def rejections(night: NightParam) -> Made:
    """Rows that cannot be used, with every reason at once."""
    stages.publish_rejections(night.engine)
    return table_metadata(night.engine, tables.REJECTIONS)


@dg.asset(**spec(tables.SOURCE_SYSTEMS, "deliveries"), deps=["meetings", "deliveries"])
def source_systems(night: NightParam) -> Made:
    """What each source system leaves empty, by municipality and day of delivery."""
    stages.publish_source_systems(night.engine)
    return table_metadata(night.engine, tables.SOURCE_SYSTEMS)


@dg.asset(
    **spec(tables.DELIVERIES, "deliveries"),
    deps=["meetings", "spells", "absences", rejections],
)
def deliveries(night: NightParam) -> Made:
    """The delivered files, and what became of their rows."""
    stages.publish_deliveries(night.engine)
    return table_metadata(night.engine, tables.DELIVERIES)
