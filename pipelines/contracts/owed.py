"""The tables of what the law asks for, and what came of it (counting.md section 6)."""

from dataclasses import replace

from pipelines.contracts import columns as c
from pipelines.contracts.codes import ACTORS, REQUIREMENT_STATUSES, TARGET_GROUPS
from pipelines.contracts.model import Column, Kind, OneOf, Required, Table, Text

_SOURCE = "counting.md 6"
_GROUP = replace(c.TARGET_GROUP, rules=(Required(), OneOf(TARGET_GROUPS)))
_REQUIREMENT = c.required(
    c.words("requirement_id", "Kravets id", "Id of the requirement", "law.rule")
)
_DUE_MONTH = replace(c.MONTH, source="due_on")

REQUIREMENTS = Table(
    "requirements",
    Text("et forløb og et krav", "a spell and a requirement"),
    ("municipality_code", "spell_id", "requirement_id"),
    (
        c.MUNICIPALITY,
        c.required(c.SPELL_ID),
        c.CITIZEN,
        _GROUP,
        _REQUIREMENT,
        c.required(
            c.words(
                "rule_version",
                "Lovversionen kravet følger af",
                "The law version that asks for it",
                "law.rule_version",
            )
        ),
        Column(
            "actor",
            Kind.TEXT,
            Text("Hvem der skal holde samtalerne", "Who must hold the meetings"),
            source=_SOURCE,
            rules=(Required(), OneOf(ACTORS)),
        ),
        c.count("required", "Samtaler kravet omfatter", "Meetings asked for", "meetings", _SOURCE),
        c.required(
            c.day("window_start", "Vinduets første dag", "First day of the window", _SOURCE)
        ),
        c.required(
            c.day(
                "due_on",
                "Vinduets sidste dag, når døde perioder er lagt til",
                "Last day of the window, pauses added",
                _SOURCE,
            )
        ),
        c.count("paused_days", "Dage hvor fristen stod stille", "Paused days", "days", _SOURCE),
        c.count(
            "recognised_count",
            "Medregnede samtaler i vinduet",
            "Meetings recognised in the window",
            "meetings",
            _SOURCE,
        ),
        c.count("shortfall", "Samtaler der mangler", "Meetings missing", "meetings", _SOURCE),
        Column(
            "status",
            Kind.TEXT,
            Text("Kravets status på opgørelsesdagen", "Status on the reporting day"),
            source=_SOURCE,
            rules=(Required(), OneOf(REQUIREMENT_STATUSES)),
        ),
        c.day("met_on", "Dagen kravet blev opfyldt", "Day the number was reached", _SOURCE),
    ),
    may_be_empty=True,
)

COMPLIANCE = Table(
    "compliance",
    Text(
        "en kommune, en målgruppe, et krav og måneden det forfaldt",
        "a municipality, target group, requirement and month of due_on",
    ),
    ("municipality_code", "target_group", "requirement_id", "month"),
    (
        c.MUNICIPALITY,
        _GROUP,
        _REQUIREMENT,
        _DUE_MONTH,
        c.count("due", "Forfaldne krav", "Requirements that fell due", "requirements", _SOURCE),
        c.count("met", "Opfyldt til tiden", "Met in time", "requirements", _SOURCE),
        c.count("missed", "Ikke opfyldt", "Missed", "requirements", _SOURCE),
        c.count("caught_up", "Indhentet senere", "Caught up later", "requirements", _SOURCE),
        c.count("carried", "Skal stadig indhentes", "Still owed", "requirements", _SOURCE),
        c.share("met_share", "Andel opfyldt til tiden", "Share met in time", _SOURCE),
        Column(
            "required_share",
            Kind.SHARE,
            Text(
                "Andel loven kræver af kommunen; tom når alle krav skal opfyldes",
                "Share the law asks of the municipality; empty where all must be met",
            ),
            "share",
            "law.value",
        ),
        c.share(
            "municipality_met_share",
            "Kommunens andel opfyldt, alle målgrupper under kravet",
            "The municipality's share met, all groups of the requirement",
            _SOURCE,
        ),
        Column(
            "is_fulfilled",
            Kind.FLAG,
            Text(
                "Kommunens andel når den krævede", "The municipality's share reaches the one asked"
            ),
            source=_SOURCE,
            rules=(Required(),),
        ),
    ),
    may_be_empty=True,
)

SUPERVISION = Table(
    "supervision",
    Text("en kommune og en måned", "a municipality and a month"),
    ("municipality_code", "month"),
    (
        c.MUNICIPALITY,
        replace(c.MONTH, source="Day the spell reaches six months"),
        c.count(
            "reached_six_months",
            "Forløb der nåede seks måneder",
            "Spells that reached six months",
            "spells",
            _SOURCE,
        ),
        c.count(
            "with_four",
            "Heraf med mindst fire samtaler inden da",
            "Of these, with at least four meetings by then",
            "spells",
            _SOURCE,
        ),
        c.share("share", "Andel med mindst fire samtaler", "Share with four meetings", _SOURCE),
        Column(
            "below_threshold",
            Kind.FLAG,
            Text("Under tilsynets grænse", "Below the supervision threshold"),
            source="law early_effort",
            rules=(Required(),),
        ),
        c.count(
            "months_in_a_row",
            "Måneder i træk under grænsen",
            "Months in a row below the threshold",
            "months",
            _SOURCE,
        ),
        Column(
            "contact_expected",
            Kind.FLAG,
            Text("STAR ventes at kontakte kommunen", "The agency is expected to make contact"),
            source="law early_effort",
            rules=(Required(),),
        ),
    ),
    may_be_empty=True,
)
