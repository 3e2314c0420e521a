"""The quality page, in the order of the European statistics metadata structure (SIMS)."""

from __future__ import annotations

from typing import Final

import polars as pl

from pipelines.contracts.model import Text
from pipelines.report import findings
from pipelines.report.exhibits import Page, Report
from pipelines.report.facts import Facts
from pipelines.report.findings import sentence
from pipelines.report.language import Language, day
from pipelines.report.pages.quality_exhibits import (
    assumptions,
    deliveries_by_month,
    deliveries_by_municipality,
    rejected,
    rejected_by_municipality,
    unreadable,
)
from pipelines.report.pages.quality_late import late_registration, revisions
from pipelines.report.quality_words import quality_words
from pipelines.report.render import make_page

_TITLE: Final = Text("Hvad tallene kan bære", "What the figures can bear")


def page(report: Report, language: Language) -> Page:
    """The page `kvalitet`."""
    facts = report.facts
    return make_page(
        report,
        language,
        "kvalitet",
        _TITLE,
        "kvalitet.html.j2",
        [
            deliveries_by_month(facts),
            deliveries_by_municipality(facts),
            unreadable(facts),
            rejected(facts),
            rejected_by_municipality(facts),
            late_registration(report),
            assumptions(facts),
            revisions(facts),
        ],
        quality=quality_words(),
        found=_found(facts),
        missing=facts.missing(),
    )


def _found(facts: Facts) -> dict[str, Text]:
    """What tonight's publication adds to the words of a section."""
    counts = facts.checks.filter(pl.col("outcome") == "passed")
    passed, rows = int(counts["checks"].sum()), int(counts["rows_checked"].sum())
    verified = facts.law["verified_on"]
    newest, oldest = max(verified), min(verified)
    return {
        "opdatering": sentence(
            "Kilderne til loven er senest læst igen mellem {oldest} og {newest}."
            if oldest < newest
            else "Kilderne til loven er senest læst igen {newest}.",
            "The sources of the law were last read again between {oldest} and {newest}."
            if oldest < newest
            else "The sources of the law were last read again on {newest}.",
            oldest=_day(oldest),
            newest=_day(newest),
        ),
        "kvalitetsstyring": sentence(
            "I nat er {passed} kontroller bestået, som så på {rows} rækker i alt.",
            "Tonight {passed} checks passed, which looked at {rows} rows in all.",
            passed=findings.number(passed),
            rows=findings.number(rows),
        ),
        "aktualitet": sentence(
            "Denne udgivelse er opgjort pr. {as_of} og bygget {built_at}. Den er nummer {number} i "
            "journalen.",
            "This publication is counted as of {as_of} and was built {built_at}. It is number "
            "{number} in the ledger.",
            as_of=_day(facts.as_of),
            built_at=_day(facts.built_at),
            number=findings.number(facts.number),
        ),
    }


def _day(value: object) -> Text:
    return Text(day(value, "da"), day(value, "en"))  # type: ignore[arg-type]
