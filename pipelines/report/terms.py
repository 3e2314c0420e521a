"""What the words of the report mean: the workbook's and the pages' definitions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pipelines.contracts.model import Text


@dataclass(frozen=True, slots=True)
class Term:
    """A word, what it means, and its name in the open data."""

    code: str
    word: Text
    meaning: Text


TERMS: Final = (
    Term(
        "held",
        Text("Afholdt", "Held"),
        Text(
            "Samtalen fandt sted og er den gældende udgave af sin række. KL tæller sådan.",
            "The meeting took place and is the current version of its row. KL counts so.",
        ),
    ),
    Term(
        "recognised",
        Text("Medregnet", "Recognised"),
        Text(
            "Afholdt, og alle regler i regelsættet er opfyldt. Uden nærmere angivelse: pligten.",
            "Held, and every rule of the regime is met. Where none is named: the duty.",
        ),
    ),
    Term(
        "gap",
        Text("Ikke medregnet (gabet)", "Not recognised (the gap)"),
        Text("Afholdt minus medregnet.", "Held minus recognised."),
    ),
    Term(
        "reason",
        Text("Grund", "Reason"),
        Text(
            "Den første regel i lovens orden, som samtalen ikke opfylder.",
            "The first rule, in legal order, that the meeting does not meet.",
        ),
    ),
    Term(
        "regime",
        Text("Regelsæt", "Regime"),
        Text(
            "Én måde at tælle de samme samtaler på: jobindsats' mål (type og aktør), pligten "
            "(lovens krav), tilsynet (pligten, uden måneder holdt ude efter datidens vejledning).",
            "One way of counting the same meetings: the register's measure (type and actor), the "
            "duty (the statute), supervision (the duty without months left out by the guidance of "
            "the time).",
        ),
    ),
    Term(
        "due",
        Text("Forfaldent krav", "Requirement due"),
        Text(
            "Et krav om samtaler, hvis vindue er udløbet, døde perioder lagt til, og som ikke er "
            "bortfaldet.",
            "A requirement of meetings whose window has ended, pauses added, and that has not "
            "lapsed.",
        ),
    ),
    Term(
        "met",
        Text("Opfyldt til tiden", "Met in time"),
        Text(
            "Så mange samtaler, som kravet siger, er medregnet inden vinduets sidste dag.",
            "As many meetings as the requirement says are recognised by the last day.",
        ),
    ),
    Term(
        "missed",
        Text("Ikke opfyldt", "Missed"),
        Text(
            "Forfaldent, ikke opfyldt til tiden, og hverken indhentet eller til at indhente efter "
            "reglerne fra 2020.",
            "Due, not met in time, and neither caught up nor to be caught up under the rules of "
            "2020.",
        ),
    ),
    Term(
        "caught_up",
        Text("Indhentet senere", "Caught up later"),
        Text(
            "Forfaldt fra marts til august 2020 og blev opfyldt senere i samme forløb.",
            "Fell due in March to August 2020 and was met later in the same spell.",
        ),
    ),
    Term(
        "carried",
        Text("Skal stadig indhentes", "Still owed"),
        Text(
            "Forfaldt fra marts til august 2020, er ikke opfyldt, og forløbet løber endnu.",
            "Fell due in March to August 2020, is not met, and the spell is still running.",
        ),
    ),
    Term(
        "overdue",
        Text("Over fristen", "Overdue"),
        Text(
            "Fristen er udløbet, kravet er ikke opfyldt, og forløbet løber: det kan indhentes.",
            "The window has ended, it is not met, and the spell runs: it can be caught up.",
        ),
    ),
    Term(
        "reached",
        Text("Nåede seks måneder", "Reached six months"),
        Text(
            "Forløb, der nåede seks måneder i måneden, døde perioder lagt til.",
            "Spells that reached six months in the month, pauses added.",
        ),
    ),
    Term(
        "with_four",
        Text("Med fire samtaler", "With four meetings"),
        Text(
            "Heraf med mindst fire samtaler inden da, som tæller i tilsynet.",
            "Of these, with at least four meetings by then that count in supervision.",
        ),
    ),
)
