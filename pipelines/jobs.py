"""The nightly job: every asset and every check, in one process."""

import dagster as dg

# One process: a step of its own process would import everything anew, for seconds each.
nightly = dg.define_asset_job(
    "nightly",
    selection=dg.AssetSelection.all(),
    executor_def=dg.in_process_executor,
    description="Fra leverede filer til en udgivelse | From delivered files to a publication",
)
