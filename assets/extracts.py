"""Told after the publication: the municipalities' worklists, off by default (docs/extracts.md)."""

import dagster as dg

from assets.deliveries import NightParam
from assets.metadata import Made, markdown
from pipelines.extracts.choices import ExtractChoiceError
from pipelines.extracts.lists import WORKLISTS
from pipelines.extracts.writing import write_extracts
from pipelines.faults import sentence_after

_WHAT = "Arbejdslisterne"


@dg.asset(deps=["vintage"], group_name="told", kinds={"file"})
def extracts(night: NightParam) -> Made:
    """Per municipality that has them on: what is overdue, due soon, and held but not recognised."""
    try:
        made = write_extracts(night.home, night.home.state / "scratch" / "extracts", night.show)
    except ExtractChoiceError as error:
        return dg.MaterializeResult(metadata={"notes": [str(error)]})
    except Exception as error:  # noqa: BLE001 - the publication stands, whatever becomes of these
        return dg.MaterializeResult(metadata={"notes": [sentence_after(_WHAT, error)]})
    names = [worklist.name for worklist in WORKLISTS]
    rows = [(code, *(lists[name] for name in names)) for code, lists in made.rows.items()]
    return dg.MaterializeResult(
        metadata={
            "lists": markdown(("municipality", *names), rows),
            "removed": list(made.removed),
            "notes": list(made.notes),
        }
    )
