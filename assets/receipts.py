"""Told after the publication: a return letter for every delivery (docs/receipts.md)."""

import dagster as dg

from assets.deliveries import NightParam
from assets.metadata import Made
from pipelines.faults import sentence_after
from pipelines.receipts.writing import write_receipts

_WHAT = "Kvitteringerne"


@dg.asset(deps=["vintage"], group_name="told", kinds={"html"})
def receipts(night: NightParam) -> Made:
    """What became of each delivered file, what is wrong with its rows, and how to mend it."""
    try:
        written = write_receipts(night.home, night.show)
    except Exception as error:  # noqa: BLE001 - the figures are published; the letters can wait
        return dg.MaterializeResult(metadata={"notes": [sentence_after(_WHAT, error)]})
    return dg.MaterializeResult(
        metadata={
            "letters_written": written.letters,
            "deliveries": written.deliveries,
            "municipalities": written.municipalities,
            "folder": dg.MetadataValue.path(str(night.home.receipts)),
        }
    )
