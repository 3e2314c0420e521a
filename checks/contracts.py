"""The content of each published table against its contract, by Great Expectations."""

from dataclasses import asdict

import dagster as dg

from checks.contract_run import run_contract
from pipelines.contracts.model import Table
from pipelines.night import Night

# Holds results of its own, so it is checked after it is written and does not list itself.
_LISTS_THE_OTHERS = ("check_results", "publication")


def contract_check(contract: Table) -> dg.AssetChecksDefinition:
    """The check as Dagster runs it: a failure holds the publication back.

    Counts only: no value of the table reaches Dagster or the results.
    """

    @dg.asset_check(
        asset=contract.name,
        name="contract",
        description=f"Kolonner, koder og nøgle er som lovet | Suite of {contract.name}",
        blocking=True,
    )
    def run(night: dg.ResourceParam[Night]) -> dg.AssetCheckResult:
        night.show("Kontrollerer tabeller", len(night.checks), 0)
        results = run_contract(night.engine.connection, contract, "next.main")
        if contract.name not in _LISTS_THE_OTHERS:
            night.checks.extend(asdict(result) for result in results)
        broken = [result for result in results if result.outcome != "passed"]
        return dg.AssetCheckResult(
            passed=not broken,
            metadata={
                "expectations": len(results),
                "not_met": dg.MetadataValue.json(
                    {result.check_id: result.rows_failed for result in broken}
                ),
            },
        )

    return run
