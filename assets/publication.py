"""Stage 10: the tables described, hashed, and put in place in one step."""

import dagster as dg

from assets.deliveries import NightParam
from assets.metadata import Made, spec, table_metadata
from pipelines import stages
from pipelines.contracts import tables
from pipelines.publishing import ABOUT_THE_NIGHT, describe, put_in_place, write_publication

_COUNTED = [contract.name for contract in tables.TABLES if contract.name not in ABOUT_THE_NIGHT]

_DAMAGED = (
    "Udgivelsen {} er beskadiget eller væk (published/vintages/), så ændringerne er ikke regnet "
    "fra den. Gendan den fra en sikkerhedskopi."
)


@dg.asset(**spec(tables.DICTIONARY, "publication"))
def dictionary(night: NightParam) -> Made:
    """Every column of every table, explained in Danish and English."""
    stages.publish_dictionary(night.engine)
    return table_metadata(night.engine, tables.DICTIONARY)


@dg.asset(**spec(tables.CHECK_RESULTS, "publication"), deps=[*_COUNTED, "changes", "alerts"])
def check_results(night: NightParam) -> Made:
    """What was checked tonight, and how many rows failed."""
    stages.publish_check_results(night.engine, night.checks)
    return table_metadata(night.engine, tables.CHECK_RESULTS)


@dg.asset(**spec(tables.PUBLICATION, "publication"), deps=[*_COUNTED, check_results])
def publication(night: NightParam) -> Made:
    """What this publication rests on: the day, and hashes of inputs, law, code and tables."""
    night.publication = describe(night.engine, night.basis.as_of, night.law_hash)
    write_publication(night.engine, night.publication)
    return table_metadata(
        night.engine,
        tables.PUBLICATION,
        publication_id=night.publication.publication_id,
        tables_hash=night.publication.tables_hash,
    )


@dg.asset(deps=[publication, "history", "revisions"], group_name="publication", kinds={"file"})
def vintage(night: NightParam) -> Made:
    """The publication kept under its own id and put in place for readers, in one atomic step."""
    if night.publication is None:
        raise dg.Failure("publication has not run in this night", allow_retries=False)
    night.fresh = put_in_place(
        night.engine, night.home, night.publication, night.ledger, night.facts
    )
    night.engine.close()  # its memory is wanted by letters and report, which open the file anew
    damaged = [name for name in night.damaged if name != night.publication.publication_id]
    return dg.MaterializeResult(
        metadata={
            "notes": [_DAMAGED.format(name) for name in damaged],
            "publication_id": night.publication.publication_id,
            "new_vintage": night.fresh,
            "file": dg.MetadataValue.path(str(night.home.publication)),
        }
    )
