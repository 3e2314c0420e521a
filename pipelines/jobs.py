"""The nightly job, with every asset and every check, and the job that sends what is waiting."""

import dagster as dg
from dagster._core.storage.tags import RETRY_STRATEGY_TAG

from pipelines.alerts.telling import local_now, send_waiting
from pipelines.settings import find_home

# One process: a step of its own process would import everything anew, for seconds each.
nightly = dg.define_asset_job(
    "nightly",
    selection=dg.AssetSelection.all(),
    executor_def=dg.in_process_executor,
    # What steps hand to each other ends with the run: done again is done from the beginning.
    tags={RETRY_STRATEGY_TAG: "ALL_STEPS"},
    description="Fra leverede filer til en udgivelse | From delivered files to a publication",
)


@dg.op(description="Sender de beskeder, der venter")
def send_messages(context: dg.OpExecutionContext) -> None:
    """Sends what is due; a message that fails waits for the next time."""
    told = send_waiting(find_home(), local_now())
    for note in told.notes:
        context.log.warning(note)


@dg.job(
    executor_def=dg.in_process_executor,
    description="Sender de beskeder, der venter | Sends the messages that are waiting",
)
def resend() -> None:
    """One round of sending, apart from the night."""
    send_messages()
