"""The words a terminal shows for codes, numbers and days (docs/glossary.md)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Final

from pipelines.contracts.model import Text

REGIMES: Final = {
    "held": Text("Afholdt (KL)", "Held"),
    "register": Text("Jobindsats' mål", "The register's measure"),
    "duty": Text("Pligten", "The duty"),
    "supervision": Text("Tilsynet", "Supervision"),
}
REASONS: Final = {
    "wrong_type": Text("anden samtaletype", "wrong type"),
    "no_spell": Text("intet forløb", "no spell"),
    "wrong_actor": Text("forkert aktør", "wrong actor"),
    "suspended": Text("suspenderet 12/3 til 26/5 2020", "suspended"),
    "month_left_out": Text("måned holdt ude af målingen", "month left out"),
    "mode_unknown": Text("ukendt samtaleform", "mode unknown"),
    "mode_not_accepted": Text("formen tæller ikke", "mode not accepted"),
    "duplicate": Text("gentagelse", "duplicate"),
}
ROW_OUTCOMES: Final = {
    "accepted": Text("gældende", "current"),
    "superseded": Text("afløst", "superseded"),
    "withdrawn": Text("trukket tilbage", "withdrawn"),
    "rejected": Text("afvist", "rejected"),
}
OUTCOMES: Final = {
    "met": Text("opfyldt", "met"),
    "not_met": Text("ikke opfyldt", "not met"),
    "not_applicable": Text("ikke relevant", "not applicable"),
}
MEETING_TYPES: Final = {
    "4": "Opfølgningssamtale",
    "7": "Jobsamtale",
    "8": "Henvisning",
    "9": "Informationsmøde",
    "10": "CV-samtale",
    "11": "Formidlingssamtale",
    "12": "Anden samtale",
    "13": "Informationsmøde uden mødepligt",
    "15": "Rådighedssamtale",
    "17": "Jobsamtale med a-kasse",
    "19": "Fælles jobsamtale med dagpengemodtager",
    "20": "A-kasse forsøgssamtale",
}
MODES: Final = {
    "in_person": Text("personligt fremmøde", "in person"),
    "virtual": Text("videosamtale", "video"),
    "phone": Text("telefonsamtale", "by phone"),
    "written": Text("skriftlig", "written"),
    "unknown": Text("ukendt", "unknown"),
}
EVIDENCES: Final = {
    "code": Text("afgjort af koden", "decided by the code"),
    "word": Text("afgjort af ordet", "decided by the word"),
    "remark": Text("afgjort af bemærkningen", "decided by the remark"),
    "none": Text("intet afgør den", "nothing decides it"),
}
KINDS: Final = {
    "meetings": Text("samtaler", "meetings"),
    "spells": Text("forløb", "spells"),
    "absences": Text("fravær", "absences"),
}
STATUSES: Final = {
    "held": Text("afholdt", "held"),
    "planned": Text("planlagt", "planned"),
    "cancelled": Text("aflyst", "cancelled"),
    "moved": Text("flyttet", "moved"),
    "no_show": Text("udeblevet", "no-show"),
}
ACTORS: Final = {
    "municipality": Text("kommunen", "the municipality"),
    "a_kasse": Text("a-kassen", "the a-kasse"),
}
TARGET_GROUPS: Final = {
    "DP": Text("dagpenge", "insured unemployed"),
    "KTH_JP": Text("jobparat, kontanthjælp", "job-ready, cash benefit"),
    "KTH_AP": Text("aktivitetsparat, kontanthjælp", "activity-ready, cash benefit"),
    "UH_UP": Text("uddannelsesparat, uddannelseshjælp", "education-ready, under 30"),
    "UH_AP": Text("aktivitetsparat, uddannelseshjælp", "activity-ready, under 30"),
    "SDP": Text("sygedagpenge", "sick pay"),
    "JAF": Text("jobafklaringsforløb", "job clarification"),
    "RF": Text("ressourceforløb", "resource course"),
    "FLEX": Text("ledighedsydelse", "unemployed, referred to flex-job"),
    "REV": Text("revalidering", "rehabilitation"),
    "none": Text("uden forløb", "without a spell"),
}
GRADES: Final = {
    "A": Text("læst", "read"),
    "B": Text("forklaret", "explained"),
    "C": Text("omtalt", "reported"),
    "D": Text("antaget", "assumed"),
}
# The days a rule looks at (pipelines/explain/used.py).
ROLES: Final = {
    "meeting_day": Text("Samtalens dag", "Meeting day"),
    "spell_start": Text("Forløbets start", "Spell start"),
    "spell_end": Text("Forløbets slut", "Spell end"),
    "municipality_from": Text("A-kassen før", "The a-kasse before"),
    "mode_free_from": Text("Fri form fra", "Free mode from"),
    "summoned_on": Text("Indkaldt", "Summoned"),
    "summoned_before": Text("Indkaldt før", "Before"),
    "first_in_person": Text("Første fysiske", "First in person"),
    "registered_at": Text("Registreret", "Registered"),
    "duplicate_of": Text("Gentager", "Repeats"),
    "known_on": Text("Viden pr.", "Knowledge as of"),
}
REQUIREMENT_STATUSES: Final = {
    "met": Text("opfyldt", "met"),
    "lapsed": Text("bortfaldet", "lapsed"),
    "open": Text("åbent", "open"),
    "caught_up": Text("indhentet", "caught up"),
    "carried": Text("skal stadig indhentes", "still owed"),
    "missed": Text("ikke opfyldt", "missed"),
}
ALERT_STATES: Final = {
    "new": "nye",
    "worse": "forværrede",
    "ongoing": "fortsatte",
    "silenced": "dæmpede",
    "resolved": "løste",
}
CAUSES: Final = {
    "new_rows": Text("nye rækker", "new rows"),
    "corrections": Text("rettelser", "corrections"),
    "law": Text("lov", "law"),
    "code": Text("program", "code"),
    "inseparable": Text("rettelser og program", "corrections and code"),
}
ABSENCES: Final = {
    "1": Text("uddannelse", "education"),
    "2": Text("midlertidigt arbejde", "temporary work"),
    "3": Text("borgerligt ombud", "civic duty"),
    "4": Text("barsel højst 14 dage", "parental leave of at most 14 days"),
    "5": Text("type 5", "type 5"),
    "6": Text("type 6", "type 6"),
    "7": Text("kan ikke få pension", "not entitled to a pension"),
    "8": Text("barsel", "parental leave"),
    "9": Text("friperiode", "leave period"),
    "10": Text("ferie", "holiday"),
    "11": Text("sygdom", "illness"),
    "mindre_intensiv": Text("mindre intensiv indsats", "less intensive effort"),
}


_MONTHS: Final = (
    *("januar", "februar", "marts", "april", "maj", "juni"),
    *("juli", "august", "september", "oktober", "november", "december"),
)


def number(value: float) -> str:
    """A whole number as Danes write it: 1.234."""
    return f"{value:,.0f}".replace(",", ".")


def percent(share: float) -> str:
    """A share from 0 to 1 as Danes write it: 76,9 %."""
    return f"{100 * share:.1f}".replace(".", ",") + " %"


def month_of(day: date) -> Text:
    """The month of a day in words: september 2026."""
    return Text(f"{_MONTHS[day.month - 1]} {day.year}", f"{day:%B} {day.year}")


def signed(value: int) -> str:
    """A change with its sign."""
    return f"{'+' if value > 0 else ''}{number(value)}"


def ranges(numbers: Iterable[int], most: int) -> str:
    """Row numbers with neighbours drawn together, at most so many: "3 to 7" with a dash, 12."""
    drawn: list[list[int]] = []
    for row in sorted(set(numbers)):
        if drawn and row == drawn[-1][1] + 1:
            drawn[-1][1] = row
        else:
            drawn.append([row, row])
    dash = "\N{EN DASH}"
    shown = [f"{a}{dash}{b}" if a < b else f"{a}" for a, b in drawn[:most]]
    left = sum(last - first + 1 for first, last in drawn[most:])
    return ", ".join(shown) + (f" og {number(left)} rækker mere" if left else "")


def first_of(numbers: Collection[int], in_all: int) -> str:
    """The first row numbers one by one, and how many more there are."""
    more = in_all - len(numbers)
    shown = ", ".join(map(str, numbers))
    return f"{shown} og {number(more)} til" if more else shown


def both(text: Text) -> str:
    """Danish with English beside it."""
    return f"{text.da} | {text.en}"


def written_day(day: date) -> str:
    """A day, or a moment with its hour, as Danes write them."""
    if isinstance(day, datetime):
        return f"{day:%d-%m-%Y kl. %H:%M}"
    return f"{day:%d-%m-%Y}"


def printable(text: str) -> str:
    """A delivered text without signs that could steer a terminal."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)
