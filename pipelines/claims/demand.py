"""Claims of what was demanded: Copenhagen's plan, more unemployed, up to six meetings."""

from __future__ import annotations

from typing import Final

from pipelines.claims.at_hand import AtHand
from pipelines.claims.model import Claim, Finding, Verdict
from pipelines.contracts.model import Text

_PLANNED: Final = 137_000
_REVISED: Final = 187_500
_MORE_UNEMPLOYED: Final = 50_000
_SIX: Final = 6
_BT: Final = (
    "https://www.bt.dk/politik/loesning-paa-jobcentres-giftige-cocktail-skubbet-til-efteraaret"
)
_EB: Final = (
    "https://ekstrabladet.dk/nyheder/samfund/"
    "koebenhavnske-jobcentre-skal-afholde-50.000-flere-jobsamtaler/8269758"
)


def copenhagen(at_hand: AtHand) -> Claim:
    """The plan for the second half of 2020, and what was held."""
    before, after = at_hand.copenhagen_before, at_hand.copenhagen_after
    growth = Finding(
        "copenhagen_growth",
        Text("Fra 137.000 til 187.500 planlagte", "From 137,000 planned to 187,500"),
        "arithmetic",
        "percent",
        100 * (_REVISED / _PLANNED - 1),
        37,
    )
    more = Finding(
        "copenhagen_more",
        Text("Flere planlagte samtaler", "More meetings planned"),
        "arithmetic",
        "meetings",
        _REVISED - _PLANNED,
        50_000,
    )
    held = Finding(
        "copenhagen_held",
        Text(
            "Afholdt i København, andet halvår 2020 mod andet halvår 2019",
            "Held in Copenhagen, the second half of 2020 against that of 2019",
        ),
        "counted",
        "percent",
        100 * (after / before - 1) if before and after is not None else None,
    )
    return Claim(
        "copenhagen",
        Text("København: 37 % flere samtaler", "Copenhagen: 37% more meetings"),
        Text("Københavns Kommune, august 2020", "City of Copenhagen, August 2020"),
        _EB,
        Text(
            "Budgettet for andet halvår 2020, før og efter at samtaler skulle indhentes.",
            "The budget for the second half of 2020, before and after the catching up.",
        ),
        (growth, more, held),
        "arithmetic" if growth.is_near and more.is_near else "fails",
        Text(
            "Det er en plan. Hvad der blev holdt, er et andet tal.",
            "It is a plan. What was held is another figure.",
        ),
    )


def more_unemployed(at_hand: AtHand) -> Claim:
    """Fifty thousand more unemployed: not counted here, but what they would be owed is."""
    owed = at_hand.job_centre_owes
    return Claim(
        "unemployed",
        Text("50.000 flere ledige", "50,000 more unemployed"),
        Text("KL, maj 2020", "KL (Local Government Denmark), May 2020"),
        _BT,
        Text(
            "Ledige i hele landet i maj 2020 mod før 11. marts.",
            "Unemployed in the whole country in May 2020 against before 11 March.",
        ),
        (
            Finding(
                "unemployed",
                Text("Flere ledige", "More unemployed"),
                "counted",
                "persons",
                None,
                _MORE_UNEMPLOYED,
            ),
            Finding(
                "unemployed_owed",
                Text(
                    "Samtaler, 50.000 flere skal have på seks måneder",
                    "Meetings that 50,000 more are owed in six months",
                ),
                "law",
                "meetings",
                None if owed is None else owed * _MORE_UNEMPLOYED,
            ),
        ),
        "untested",
        Text(
            "Rapporten tæller samtaler og krav, ikke ledige. Danmarks Statistik tæller ledige.",
            "The report counts meetings and requirements, not unemployed. Statistics Denmark does.",
        ),
    )


def up_to_six(at_hand: AtHand) -> Claim:
    """Six meetings in six months: what the job centre owes, and how often that was met."""
    due, met = at_hand.insured_due, at_hand.insured_met
    owed = Finding(
        "job_centre_owes",
        Text(
            "Samtaler, jobcenteret skal holde på seks måneder (loven fra 2020)",
            "Meetings the job centre owes in six months (the law of 2020)",
        ),
        "law",
        "meetings",
        at_hand.job_centre_owes,
        _SIX,
    )
    kept = Finding(
        "insured_met",
        Text(
            "Dagpengekrav opfyldt til tiden, forfaldet 2021\N{EN DASH}2023",
            "Requirements of insured unemployed met in time, due 2021\N{EN DASH}2023",
        ),
        "counted",
        "percent",
        100 * met / due if due and met is not None else None,
    )
    verdict: Verdict = "untested" if owed.value is None else "holds" if owed.is_near else "partly"
    return Claim(
        "up_to_six",
        Text("Op til seks samtaler på seks måneder", "Up to six meetings in six months"),
        Text("KL, maj 2020", "KL (Local Government Denmark), May 2020"),
        _BT,
        Text(
            "Ledige på dagpenge, forløb begyndt 2020\N{EN DASH}2023.",
            "Insured unemployed, spells begun 2020\N{EN DASH}2023.",
        ),
        (owed, kept),
        verdict,
        Text(
            "Fire var krævet af jobcenteret. To til sammen med a-kassen afhang af behov og valg. "
            "Før 2020 var seks krævet, og fra 2024 til juni 2026 tre af a-kassen og tre af "
            "jobcenteret.",
            "Four were required of the job centre. Two more with the a-kasse depended on need and "
            "choice. Before 2020 six were required, and from 2024 to June 2026 three of the "
            "a-kasse and three of the job centre.",
        ),
    )
