"""The tables that only a scenario has, in the form of all published tables."""

from __future__ import annotations

from typing import Final, Literal

from pipelines.contracts import columns as c
from pipelines.contracts.model import Column, Kind, OneOf, Required, Table, Text

_MEASURES: Final = {
    "recognised": ("Medregnede samtaler (pligten)", "Meetings recognised (duty)", "meetings"),
    "gap": ("Afholdte, ikke medregnede samtaler", "Meetings held, not recognised", "meetings"),
    "due": ("Krav, der forfaldt i måneden", "Requirements due in the month", "requirements"),
    "required": ("Samtaler, kravene beder om", "Meetings they ask for", "meetings"),
    "met": ("Krav opfyldt til tiden", "Requirements met in time", "requirements"),
    "unmet": ("Krav ikke opfyldt til tiden", "Requirements not met in time", "requirements"),
    "carried": ("Krav, der stadig skal indhentes", "Requirements still owed", "requirements"),
    "shortfall": ("Samtaler, der mangler i kravene", "Meetings missing in them", "meetings"),
}
MEASURES: Final = tuple(_MEASURES)
# The same in few words, as terminal and pages show them.
LABELS: Final = {
    "recognised": Text("Medregnede samtaler", "Meetings recognised"),
    "gap": Text("Gab", "Gap"),
    "due": Text("Forfaldne krav", "Requirements due"),
    "required": Text("Samtaler, kravene beder om", "Meetings they ask for"),
    "met": Text("Opfyldte krav", "Requirements met"),
    "unmet": Text("Ikke opfyldte krav", "Requirements not met"),
    "carried": Text("Skal stadig indhentes", "Still owed"),
    "shortfall": Text("Manglende samtaler", "Meetings missing"),
}
_SOURCE: Final = "counting.md 5, 6"


def _both(name: str) -> tuple[Column, Column]:
    da, en, unit = _MEASURES[name]
    return (
        c.count(f"{name}_baseline", f"{da}, som udgivet", f"{en}, as published", unit, _SOURCE),
        c.count(f"{name}_scenario", f"{da}, i scenariet", f"{en}, in the scenario", unit, _SOURCE),
    )


COMPARISON: Final = Table(
    "comparison",
    Text("en kommune, målgruppe og måned", "a municipality, target group and month"),
    ("municipality_code", "target_group", "month"),
    (
        c.MUNICIPALITY,
        c.TARGET_GROUP,
        c.MONTH,
        c.count("held", "Afholdte samtaler", "Meetings held", "meetings"),
        *(column for name in MEASURES for column in _both(name)),
    ),
)
COMPARISON_MODES: Final = Table(
    "comparison_modes",
    Text("en kommune, samtaleform og måned", "a municipality, mode and month"),
    ("municipality_code", "mode", "month"),
    (
        c.MUNICIPALITY,
        c.MODE,
        c.MONTH,
        c.count("held", "Afholdte samtaler", "Meetings held", "meetings"),
        *(column for name in ("recognised", "gap") for column in _both(name)),
    ),
)
CROSSINGS: Final = Table(
    "crossings",
    Text(
        "en kommune, der krydser 80 %-grænsen i en periode",
        "a municipality that crosses the line of 80 percent in a period",
    ),
    ("measure", "municipality_code", "period"),
    (
        Column(
            "measure",
            Kind.TEXT,
            Text(
                "supervision: tilsynets mål i en måned; requirements: andel opfyldte krav i et år",
                "supervision: the ministry's measure of a month; requirements: share met in a year",
            ),
            source=_SOURCE,
            rules=(Required(), OneOf(("supervision", "requirements"))),
        ),
        c.MUNICIPALITY,
        c.required(c.day("period", "Periodens første dag", "First day of the period", _SOURCE)),
        c.count("due_baseline", "Talt med, som udgivet", "Counted, as published", "", _SOURCE),
        c.count("met_baseline", "Heraf opfyldt", "Of these met", "", _SOURCE),
        c.share("share_baseline", "Andel, som udgivet", "Share, as published", _SOURCE),
        c.count("due_scenario", "Talt med, i scenariet", "Counted, in the scenario", "", _SOURCE),
        c.count("met_scenario", "Heraf opfyldt", "Of these met", "", _SOURCE),
        c.share("share_scenario", "Andel, i scenariet", "Share, in the scenario", _SOURCE),
        Column(
            "direction",
            Kind.TEXT,
            Text("Op over grænsen eller ned under den", "Up over the line, or down below it"),
            source=_SOURCE,
            rules=(Required(), OneOf(("up", "down"))),
        ),
    ),
    may_be_empty=True,
)
Worked = Literal["required", "shortfall", "gap"]
# Measures whose meetings are costed.
COSTED: Final[dict[Worked, Text]] = {
    "required": LABELS["required"],
    "shortfall": LABELS["shortfall"],
    "gap": LABELS["gap"],
}
COUNTS: Final = {
    "baseline": Text("som udgivet", "as published"),
    "scenario": Text("i scenariet", "in the scenario"),
    "difference": Text("forskel", "difference"),
}


def _amount(name: str, da: str, en: str, unit: str) -> Column:
    return Column(name, Kind.SHARE, Text(da, en), unit, "counting.md 8", (Required(),))


WORK: Final = Table(
    "work",
    Text("et mål i udgivelsen, i scenariet, eller forskellen", "a measure in a count"),
    ("measure", "count"),
    (
        Column(
            "measure",
            Kind.TEXT,
            Text("Hvis samtaler der er regnet på", "Whose meetings are costed"),
            source="counting.md 8",
            rules=(Required(), OneOf(tuple(COSTED))),
        ),
        Column(
            "count",
            Kind.TEXT,
            Text("Udgivelsen, scenariet eller forskellen", "Published, scenario or difference"),
            source="counting.md 8",
            rules=(Required(), OneOf(tuple(COUNTS))),
        ),
        Column("meetings", Kind.COUNT, Text("Samtaler", "Meetings"), "meetings", "counting.md 8"),
        _amount("conversation_hours", "Timer til samtalen", "Conversation", "hours"),
        _amount("administration_hours", "Timer til administration", "Administration", "hours"),
        _amount("full_time_years", "Årsværk", "Full-time years", "full-time years"),
        _amount("dkk_low", "Kroner ved lav timepris", "At the low hourly price", "DKK"),
        _amount("dkk_middle", "Kroner ved middel timepris", "At the middle price", "DKK"),
        _amount("dkk_high", "Kroner ved høj timepris", "At the high hourly price", "DKK"),
        Column(
            "price_year",
            Kind.COUNT,
            Text("Prisernes år; tomt hvor forskellen er af to år", "Year of prices; empty if two"),
            "year",
            "counting.md 8",
        ),
    ),
)
ABOUT: Final = Table(
    "about",
    Text("dette scenarie", "this scenario"),
    ("scenario",),
    (
        c.required(c.words("scenario", "Scenariets navn", "Name of the scenario", "scenario")),
        c.required(c.words("label_da", "Hvad det hedder", "What it is called", "label")),
        c.required(c.words("label_en", "Det samme på engelsk", "What it is called", "label")),
        c.required(c.words("reason_da", "Hvorfor man spørger", "Why one asks", "reason")),
        c.required(c.words("reason_en", "Det samme på engelsk", "Why one asks", "reason")),
        c.required(
            c.words("publication_id", "Udgivelsen det hviler på", "Publication", "publication")
        ),
        c.required(c.day("as_of", "Opgørelsesdag", "Reporting day", "publication")),
        c.required(c.words("law_hash", "Lovens hash i scenariet", "Hash of its law", "law/")),
        c.required(c.words("code_version", "Program", "Code", "code")),
        c.day("judged_from", "Samtaler er vurderet igen fra", "Judged anew from", "law/"),
        c.day("judged_through", "Samtaler er vurderet igen til og med", "Judged through", "law/"),
    ),
)
