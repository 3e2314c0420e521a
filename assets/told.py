"""After the publication: those who must know are told."""

import dagster as dg

from assets.deliveries import NightParam
from assets.metadata import Made
from pipelines.alerts.telling import local_now, tell_publication


@dg.asset(deps=["vintage"], group_name="told", kinds={"email"})
def messages(night: NightParam) -> Made:
    """One message to each owner of what is new, worse or resolved; what fails is tried again."""
    told = tell_publication(night.home, local_now())
    return dg.MaterializeResult(
        metadata={
            "written": told.written,
            "sent": told.sent,
            "waiting": told.waiting,
            "notes": told.notes,
        }
    )
