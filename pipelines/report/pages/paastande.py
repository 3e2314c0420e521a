"""The page of claims: what was said, our figures, the difference, and a verdict."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from pipelines.claims.judging import judge_claims
from pipelines.claims.model import Claim, Finding, Unit
from pipelines.contracts.model import Text
from pipelines.report import language as written
from pipelines.report.claiming import at_hand
from pipelines.report.costing import money
from pipelines.report.exhibits import Column, Exhibit, Page, Report
from pipelines.report.findings import number, percent, sentence
from pipelines.report.language import Language, signed
from pipelines.report.render import make_page

_TITLE: Final = Text("Debattens påstande", "Claims of the debate")
_LEAD: Final = Text(
    "Seks påstande fra 2020 holdt op mod loven og de tal, der er til rådighed her. Talt er optalt "
    "på udgivelsens samtaler og krav; regnet er regning på andres tal, og det er ingen måling. "
    "Påstande er runde tal: inden for 10 % holder de.",
    "Six claims of 2020 held against the law and the figures at hand. Counted means counted on the "
    "publication's meetings and requirements; reckoned is arithmetic on numbers of others, which "
    "is no measurement. Claims are round numbers: within 10% they hold.",
)
VERDICTS: Final[Mapping[str, Text]] = {
    "holds": Text("Holder", "Holds"),
    "arithmetic": Text("Holder som regnestykke", "Holds as arithmetic"),
    "partly": Text("Holder delvist", "Holds in part"),
    "fails": Text("Holder ikke", "Does not hold"),
    "untested": Text("Kan ikke afgøres her", "Cannot be settled here"),
}
_BASES: Final[Mapping[str, Text]] = {
    "counted": Text("talt", "counted"),
    "arithmetic": Text("regnet", "reckoned"),
    "law": Text("efter loven", "by the law"),
}
_UNITS: Final[Mapping[str, Text]] = {
    "meetings": Text("samtaler", "meetings"),
    "hours": Text("timer", "hours"),
    "dkk": Text("kr.", "DKK"),
    "percent": Text("%", "%"),
    "persons": Text("personer", "persons"),
}
_MISSING: Final = Text("tallene her viser det ikke", "not shown by the figures here")
_AS_SAID: Final = Text("som påstået", "as claimed")
_TEXTS: Final = {
    "lead": _LEAD,
    "definition": Text("Hvad det betyder", "What it means"),
    "figures": Text("Vores tal", "Our figures"),
    "verdict": Text("Dom", "Verdict"),
    "table": Text("Alle tal i én tabel", "All figures in one table"),
    "source": Text("kilde", "source"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in words: what it is, its number, and how far it is from what was said."""

    text: Text
    basis: Text | None
    value: Text
    difference: Text | None


@dataclass(frozen=True, slots=True)
class Card:
    """A claim as the page shows it."""

    claim: Claim
    verdict: Text
    findings: tuple[Told, ...]


def page(report: Report, language: Language) -> Page:
    """The page `paastande`."""
    claims = judge_claims(at_hand(report), report.costs.standard)
    cards = [
        Card(claim, VERDICTS[claim.verdict], tuple(_told(it) for it in claim.findings))
        for claim in claims
    ]
    return make_page(
        report,
        language,
        "paastande",
        _TITLE,
        "paastande.html.j2",
        [_exhibit(claims)],
        cards=cards,
        texts=_TEXTS,
    )


def _told(finding: Finding) -> Told:
    value = finding.value
    return Told(
        finding.text,
        _BASES[finding.basis] if value is not None else None,
        _MISSING if value is None else _number(value, finding.unit),
        _difference(finding),
    )


def _difference(finding: Finding) -> Text | None:
    """How far ours is from what was said, in the unit and in percent of it."""
    away, said = finding.difference, finding.said
    if away is None or not said:
        return None
    if not _rounded(away):
        return _AS_SAID
    if finding.unit == "percent":
        return sentence(
            "{away} procentpoint i forhold til påstanden",
            "{away} percentage points against the claim",
            away=_both(signed, away, 1),
        )
    return sentence(
        "{away} i forhold til påstanden ({share})",
        "{away} against the claim ({share})",
        away=_both(signed, round(away)),
        share=_both(_signed_percent, away / abs(said)),
    )


def _both(write: Callable[..., str], *values: float) -> Text:
    return Text(write(values[0], "da", *values[1:]), write(values[0], "en", *values[1:]))


def _signed_percent(share: float, language: Language) -> str:
    return ("+" if share > 0 else "") + written.percent(share, language)


def _number(value: float, unit: Unit) -> Text:
    if unit == "dkk":
        return money(value)
    if unit == "percent":
        return percent(value / 100, 1)
    return sentence("{n} {unit}", "{n} {unit}", n=number(round(value)), unit=_UNITS[unit])


def _exhibit(claims: tuple[Claim, ...]) -> Exhibit:
    """Every figure of every claim, one row each."""
    rows = pl.DataFrame(
        [
            (
                claim.id,
                it.id,
                it.basis,
                it.unit,
                _rounded(it.said),
                _rounded(it.value),
                _rounded(it.difference),
                claim.verdict,
                "missing" if it.value is None else "shown",
            )
            for claim in claims
            for it in claim.findings
        ],
        schema={
            "claim": pl.String,
            "figure": pl.String,
            "basis": pl.String,
            "unit": pl.String,
            "said": pl.Float64,
            "ours": pl.Float64,
            "difference": pl.Float64,
            "verdict": pl.String,
            "status": pl.String,
        },
        orient="row",
    )
    return Exhibit(
        id="paastande",
        title=_TEXTS["table"],
        definition=Text(
            "Én række for hvert tal. En tankestreg er, hvad tallene her ikke viser.",
            "One row a figure. A dash is what the figures here do not show.",
        ),
        rows=rows,
        columns=(
            Column("claim", Text("Påstand", "Claim"), "code", {it.id: it.said for it in claims}),
            Column(
                "figure",
                Text("Vores tal", "Our figure"),
                "code",
                {it.id: it.text for claim in claims for it in claim.findings},
            ),
            Column("basis", Text("Hvordan", "How"), "code", _BASES),
            Column("unit", Text("Enhed", "Unit"), "code", _UNITS),
            Column("said", Text("Påstået", "Claimed"), "decimal"),
            Column("ours", Text("Vores", "Ours"), "decimal"),
            Column("difference", Text("Forskel", "Difference"), "decimal"),
            Column("verdict", Text("Dom", "Verdict"), "code", VERDICTS),
        ),
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
