"""The page of the need: what is expected to fall due, the backlog, and the way out of it."""

from __future__ import annotations

from typing import Final

from pipelines.contracts.model import Text
from pipelines.need.backtest import LEAST_HISTORY
from pipelines.need.public import Need
from pipelines.report import findings
from pipelines.report.exhibits import Page, Report
from pipelines.report.findings import sentence
from pipelines.report.language import Language
from pipelines.report.pages import backlog_exhibits, need_exhibits
from pipelines.report.render import make_page

_TITLE: Final = Text("Behov og efterslæb", "Need and backlog")
_NOTHING: Final = Text("Der er ingen samtaler endnu.", "There are no meetings yet.")
_ASSUMED: Final = Text("Modellens antagelser", "The assumptions of the model")
_ASSUMPTIONS: Final = (
    Text(
        "Behovet er tilgang gange overlevelse gange krav, der forfalder ved effektiv varighed. Et "
        "krav tæller i ugen for sin sidste dag med alle sine samtaler, også dem, der holdes før.",
        "The need is inflow times survival times requirements falling due at effective duration. "
        "A requirement counts in the week of its last day with all its meetings, also those held "
        "before.",
    ),
    Text(
        "Kun kommunens krav er med; a-kassens samtaler er ikke kommunens behov.",
        "Only the municipality's requirements are in it; those of the a-kasse are not its need.",
    ),
    Text(
        "Forløb slutter fremover så ofte som i de seneste 52 uger, efter målgruppe og varighed, "
        "ens i alle kommuner. Hvor meget det hele kan flytte sig, tages fra de seneste otte "
        "kvartaler.",
        "Spells end as often as in the last 52 weeks, by target group and duration, alike in all "
        "municipalities. How much it all may move is taken from the last eight quarters.",
    ),
    Text(
        "Tilgangen er de seneste 26 ugers niveau i kommunen og målgruppen gange landets sæson "
        "efter måned. Den svinger mere end tilfældet alene: det er målt på fortiden.",
        "Inflow is the level of the last 26 weeks of the municipality and the group times the "
        "country's season by month. It varies by more than chance alone: that is measured on the "
        "past.",
    ),
    Text(
        "For dem, der løber, gælder de døde perioder, der kendes i dag; for dem, der kommer, "
        "ingen. Loven er den, der er vedtaget.",
        "For those who run the pauses known today hold; for those to come, none. The law is the "
        "one enacted.",
    ),
    Text(
        "Efterslæbet tæller, hvad et forløb mangler i det krav, der mangler mest: én samtale "
        "tæller for alle forløbets krav. En samtale efter fristen betjener, også hvor loven ikke "
        "regner kravet for indhentet. Krav, hvis vindue begyndte før leveringerne, er ikke med.",
        "The backlog counts what a spell lacks in the requirement that lacks most: one meeting "
        "counts for all requirements of the spell. A meeting after the last day serves, also "
        "where the law does not regard it as caught up. Requirements whose window began before "
        "the deliveries are left out.",
    ),
    Text(
        "Kapaciteten er den mindste, der i mindst 80 % af 200 gennemspil tømmer køen på 26 uger.",
        "The capacity is the smallest that empties the queue in 26 weeks in at least 80% of 200 "
        "runs.",
    ),
)


def page(report: Report, language: Language) -> Page:
    """The page `behov`; what there is too little history for is said instead of drawn."""
    need = report.need
    exhibits = []
    if need is not None:
        silent = {one.code for one in report.facts.missing("spells")}
        exhibits = [
            need_exhibits.by_week(need),
            need_exhibits.by_municipality(need, silent),
            backlog_exhibits.way_out(need),
            backlog_exhibits.past_outcomes(need),
            need_exhibits.tried(need),
        ]
    return make_page(
        report,
        language,
        "behov",
        _TITLE,
        "behov.html.j2",
        [*(exhibit for exhibit in exhibits if exhibit), backlog_exhibits.copenhagens(need)],
        lead=_lead(need),
        young=_young(need),
        opened=("behov-kommuner",),
        assumed=_ASSUMED,
        assumptions=_ASSUMPTIONS,
    )


def _lead(need: Need | None) -> Text | None:
    told = None if need is None else need_exhibits.expected(need)
    if told is None:
        return None if need else _NOTHING
    number, low, high = map(findings.number, told)
    return sentence(
        "I de næste 13 uger ventes {number} samtaler at have frist, med 80 % sandsynlighed mellem "
        "{low} og {high}.",
        "In the next 13 weeks {number} meetings are expected to be due, with a probability of 80% "
        "between {low} and {high}.",
        number=number,
        low=low,
        high=high,
    )


def _young(need: Need | None) -> Text | None:
    """Why there is no forecast, where there is too little history for one."""
    if need is None or need.weeks_known >= LEAST_HISTORY:
        return None
    return sentence(
        "Der er ingen fremskrivning: den kræver to års historie ({least} uger), så sæsonen kan "
        "kendes fra en udvikling. Der er {known} uger.",
        "There is no forecast: it takes two years of history ({least} weeks), so that the season "
        "can be told from a trend. There are {known} weeks.",
        least=findings.number(LEAST_HISTORY),
        known=findings.number(need.weeks_known),
    )
