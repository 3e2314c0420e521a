"""Told after the publication: the public report (docs/report.md)."""

import dagster as dg

from assets.deliveries import NightParam
from assets.metadata import Made
from pipelines.faults import sentence_after
from pipelines.report.released import ReleasedDamagedError
from pipelines.report.writing import write_report

_WHAT = "Rapporten"


@dg.asset(deps=["vintage"], group_name="told", kinds={"html"})
def report(night: NightParam) -> Made:
    """A site of static pages in Danish and English: the public figures, hidden where few."""
    try:
        written = write_report(night.home, night.show)
    except ReleasedDamagedError as error:
        return dg.MaterializeResult(metadata={"notes": [str(error)]})
    except Exception as error:  # noqa: BLE001 - the figures are published; the pages can wait
        return dg.MaterializeResult(metadata={"notes": [sentence_after(_WHAT, error)]})
    return dg.MaterializeResult(
        metadata={
            "front": dg.MetadataValue.path(str(written.front)),
            "pages": written.pages,
            "figures": written.figures,
            "hidden": written.hidden,
            "notes": list(written.notes),
        }
    )
