"""«500,000 meetings are missing», and what they would take of hours and money."""

from __future__ import annotations

from typing import Final

from pipelines.claims.at_hand import CLOSED_DAYS, COUNTRY_A_YEAR, YEAR, AtHand
from pipelines.claims.model import Claim, Finding, Verdict
from pipelines.contracts.model import Text
from pipelines.costs.model import Standard
from pipelines.costs.work import work_of

HALF_A_MILLION: Final = 500_000
_KL: Final = Text("KL, maj 2020", "KL (Local Government Denmark), May 2020")
_URL: Final = (
    "https://www.kristeligt-dagblad.dk/danmark/"
    "kommuner-skal-holde-halv-million-ekstra-ledighedssamtaler"
)
_THREE_DIGITS: Final = range(100_000_000, 1_000_000_000)


def missing(at_hand: AtHand) -> Claim:
    """The meetings of the closure: what is normal, what was held all the same, what was not."""
    expected, closure = at_hand.expected_in_closure, at_hand.closure
    not_held = at_hand.scaled(expected - closure.value if expected and closure else None)
    suspended = at_hand.scaled(at_hand.suspended)
    by_days = Finding(
        "missing_by_days",
        Text(
            "Et års 2,5 mio. samtaler på de 76 lukkede dage",
            "A year's 2.5 million meetings on the 76 days closed",
        ),
        "arithmetic",
        "meetings",
        COUNTRY_A_YEAR * CLOSED_DAYS / YEAR,
        HALF_A_MILLION,
    )
    counted = Finding(
        "missing",
        Text("De to tilsammen", "The two together"),
        "counted",
        "meetings",
        None if not_held is None or suspended is None else not_held + suspended,
        HALF_A_MILLION,
    )
    verdict, because = _judged(by_days, counted)
    return Claim(
        "missing",
        Text("500.000 samtaler mangler", "500,000 meetings are missing"),
        _KL,
        _URL,
        Text(
            "Samtaler, der uden lukningen 12. marts \N{EN DASH} 26. maj 2020 ville være holdt og "
            "have talt. Talte tal er omregnet til et land med 2,5 mio. samtaler om året.",
            "Meetings that without the closure of 12 March \N{EN DASH} 26 May 2020 would have been "
            "held and have counted. Counted figures are scaled to 2.5 million meetings a year.",
        ),
        (
            by_days,
            Finding(
                "not_held",
                Text(
                    "Færre holdt i marts\N{EN DASH}maj 2020 end i tempoet før",
                    "Fewer held in March\N{EN DASH}May 2020 than at the pace before",
                ),
                "counted",
                "meetings",
                not_held,
            ),
            Finding(
                "suspended",
                Text("Holdt på de lukkede dage, men suspenderet", "Held on those days, suspended"),
                "counted",
                "meetings",
                suspended,
            ),
            counted,
        ),
        verdict,
        because,
    )


def _judged(by_days: Finding, counted: Finding) -> tuple[Verdict, Text]:
    if counted.value is None:
        return "arithmetic" if by_days.is_near else "fails", Text(
            "Det er hele den normale mængde på de lukkede dage. Tallene her dækker ikke både "
            "lukningen og månederne før, så hvor mange der blev holdt alligevel, ses ikke.",
            "It is the whole normal volume of the days closed. The figures here do not hold both "
            "the closure and the months before, so how many were held anyway cannot be seen.",
        )
    return "holds" if counted.is_near else "fails", Text(
        "Men de blev ikke alle aflyst: en del blev holdt og mangler i opgørelsen, ikke hos "
        "borgeren.",
        "But not all were cancelled: some were held, and are missing from the statistics, not to "
        "the citizen.",
    )


def hours(standard: Standard) -> Claim:
    """Half a million meetings as hours, the conversation and the administration apart."""
    work = work_of({"in_person": HALF_A_MILLION}, standard)
    together = Finding(
        "hours",
        Text("Tilsammen", "Together"),
        "arithmetic",
        "hours",
        work.hours,
        HALF_A_MILLION,
    )
    conversation = Finding(
        "conversation_hours",
        Text("Samtalen", "The conversation"),
        "arithmetic",
        "hours",
        work.conversation_hours,
    )
    administration = Finding(
        "administration_hours",
        Text("Administrationen", "The administration"),
        "arithmetic",
        "hours",
        work.administration_hours,
    )
    return Claim(
        "hours",
        Text("500.000 timer", "500,000 hours"),
        Text("Debatten, 2020", "The debate, 2020"),
        None,
        Text(
            "500.000 samtaler ved fremmøde, regnet med minutterne på siden om timer og kroner.",
            "500,000 meetings in person, at the minutes of the page of hours and money.",
        ),
        (conversation, administration, together),
        "arithmetic" if together.is_near else "fails",
        Text(
            "Det afhænger af, at hver samtale tager en time i alt. Selve samtalerne er kun en del.",
            "It rests on every meeting taking an hour in all. The conversations are only a part.",
        ),
    )


def money(standard: Standard) -> Claim:
    """Half a million meetings in DKK, at the low, the middle and the high price."""
    work = work_of({"in_person": HALF_A_MILLION}, standard)
    prices = {
        "dkk_low": (Text("Ved lav timepris", "At the low price"), work.dkk_low),
        "dkk_middle": (Text("Ved middel timepris", "At the middle price"), work.dkk_middle),
        "dkk_high": (Text("Ved høj timepris", "At the high price"), work.dkk_high),
    }
    within = [round(dkk) in _THREE_DIGITS for _, dkk in prices.values()]
    year = standard.price_year
    verdict: Verdict = "arithmetic" if all(within) else "partly" if any(within) else "fails"
    return Claim(
        "money",
        Text("Et trecifret millionbeløb", "A three-digit million"),
        Text("Debatten, 2020", "The debate, 2020"),
        None,
        Text(
            f"500.000 samtaler ved fremmøde, 100\N{EN DASH}999 mio. kr., i {year}-priser.",
            f"500,000 meetings in person, DKK 100\N{EN DASH}999 million, in prices of {year}.",
        ),
        tuple(
            Finding(name, text, "arithmetic", "dkk", dkk) for name, (text, dkk) in prices.items()
        ),
        verdict,
        Text(
            "Timeprisen er en antagelse; ingen kilde opgør, hvad en samtale koster.",
            "The price of an hour is an assumption; no source says what a meeting costs.",
        ),
    )
