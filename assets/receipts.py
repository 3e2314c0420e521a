"""Item 11 of the night: a return letter for every delivery, made from the publication alone."""

import dagster as dg

from assets.deliveries import NightParam
from assets.metadata import Made
from pipelines.receipts.writing import write_receipts


@dg.asset(deps=["vintage"], group_name="told", kinds={"html"})
def receipts(night: NightParam) -> Made:
    """What became of each delivered file, what is wrong with its rows, and how to mend it."""
    written = write_receipts(night.home, night.show)
    return dg.MaterializeResult(
        metadata={
            "letters_written": written.letters,
            "deliveries": written.deliveries,
            "municipalities": written.municipalities,
            "folder": dg.MetadataValue.path(str(night.home.receipts)),
        }
    )
