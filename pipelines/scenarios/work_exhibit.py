"""What a scenario is worth in hours and money, beside what was published."""

from __future__ import annotations

from typing import Final

import polars as pl

from pipelines.contracts.model import Text
from pipelines.costs.model import Standard
from pipelines.report import findings
from pipelines.report.costing import columns, money
from pipelines.report.exhibits import Column, Exhibit
from pipelines.report.findings import sentence
from pipelines.scenarios.found import Found
from pipelines.scenarios.tables import COSTED, COUNTS

_LABELS: Final = {
    f"{measure}-{count}": Text(f"{of.da}: {side.da}", f"{of.en}: {side.en}")
    for measure, of in COSTED.items()
    for count, side in COUNTS.items()
}
_HOW: Final = Text(
    "Minutter og priser er antagelser. Samtaler, der kræves eller mangler, er regnet som én ved "
    "fremmøde; gabets samtaler efter deres form.",
    "Minutes and prices are assumptions. Meetings asked for or missing are reckoned as in person; "
    "those of the gap by their mode.",
)


def hours_and_money(one: Found) -> Exhibit:
    """What is asked, missing and not recognised: hours, full-time years and DKK in both counts."""
    asked = one.work.row(
        by_predicate=(pl.col("measure") == "required") & (pl.col("count") == "difference"),
        named=True,
    )
    hours = asked["conversation_hours"] + asked["administration_hours"]
    return Exhibit(
        id=f"{one.page}-timer-og-kroner",
        title=sentence(
            "Det, kravene beder om, flyttes {hours} timer ({dkk})",
            "What the requirements ask for moves by {hours} hours ({dkk})",
            hours=findings.signed(round(hours)),
            dkk=money(asked["dkk_low"], asked["dkk_high"]),
        ),
        definition=_definition(one.prices.baseline, one.prices.scenario),
        rows=one.work.select(
            pl.format("{}-{}", "measure", "count").alias("code"),
            pl.exclude("measure", "count", "price_year"),
        ),
        columns=columns(Column("code", Text("Hvad", "What"), "code", _LABELS), None),
        note=_HOW,
    )


def _definition(baseline: Standard, scenario: Standard) -> Text:
    if baseline.price_year == scenario.price_year:
        da, en = "Alle måneder, i {year}-priser.", "All months, in prices of {year}."
    else:
        da = "Alle måneder. Det udgivne i {year}-priser, scenariet i {other}-priser."
        en = "All months. As published in prices of {year}, the scenario in prices of {other}."
    years = {"year": baseline.price_year, "other": scenario.price_year}
    return sentence(da, en, **{name: Text(str(year), str(year)) for name, year in years.items()})
