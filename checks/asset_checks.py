"""All checks of one published table as one Dagster step: its contract, and the SQL across tables.

One step a table, because a step costs more than most checks do.
"""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Final

import dagster as dg

from checks.contract_run import run_contract
from checks.results import CheckResult
from checks.sql_checks import SqlCheck, run_sql_check, sql_checks
from pipelines.contracts.model import Table
from pipelines.night import Night

# These are made after the list of results, so their own checks are not in it.
_AFTER_THE_LIST: Final = ("check_results", "publication", "history", "revisions")


def table_checks(contract: Table) -> dg.AssetChecksDefinition:
    """The checks of one table; each is blocking: a failure holds the publication back.

    Counts only: no value of the table reaches Dagster or the results.
    """
    across = tuple(check for check in sql_checks() if check.table == contract.name)

    @dg.multi_asset_check(
        name=f"{contract.name}_checks",
        specs=[
            dg.AssetCheckSpec(
                "contract",
                asset=contract.name,
                blocking=True,
                description="Kolonner, koder og nøgle er som lovet (Great Expectations)",
            ),
            *(_spec(check) for check in across),
        ],
    )
    def run(night: dg.ResourceParam[Night]) -> Iterator[dg.AssetCheckResult]:
        night.show("Kontrollerer tabeller", len(night.checks), 0)
        found = {"contract": run_contract(night.engine.connection, contract, "next.main")}
        found |= {check.name: (run_sql_check(night.engine, check),) for check in across}
        for name, results in found.items():
            if contract.name not in _AFTER_THE_LIST:
                night.checks.extend(asdict(result) for result in results)
            yield _told(contract, name, results)

    return run


def _spec(check: SqlCheck) -> dg.AssetCheckSpec:
    return dg.AssetCheckSpec(
        check.name,
        asset=check.table,
        blocking=True,
        description=f"{check.text_da} | {check.text_en}",
    )


def _told(contract: Table, name: str, results: tuple[CheckResult, ...]) -> dg.AssetCheckResult:
    broken = {
        result.check_id: result.rows_failed for result in results if result.outcome != "passed"
    }
    return dg.AssetCheckResult(
        asset_key=contract.name,
        check_name=name,
        passed=not broken,
        metadata={"checks": len(results), "not_met": dg.MetadataValue.json(broken)},
    )
