"""Every published table, in the order a reader meets them (interface.md section 3)."""

from dataclasses import replace
from functools import cache

from pipelines.contracts import codes
from pipelines.contracts import columns as c
from pipelines.contracts.model import Column, Kind, Matches, OneOf, Required, Table, Text
from pipelines.contracts.moved import CHANGES, HISTORY, REVISIONS
from pipelines.contracts.owed import COMPLIANCE, REQUIREMENTS, SUPERVISION
from pipelines.contracts.told import (
    CHECK_RESULTS,
    DICTIONARY,
    LAW,
    MUNICIPALITIES,
    PUBLICATION,
)
from pipelines.contracts.watched import ALERTS, SOURCE_SYSTEMS

__all__ = [
    "ABSENCES",
    "ALERTS",
    "CHANGES",
    "CHECK_RESULTS",
    "COMPLIANCE",
    "COUNTS",
    "DELIVERIES",
    "DICTIONARY",
    "EVALUATIONS",
    "HISTORY",
    "LAW",
    "MEETINGS",
    "MUNICIPALITIES",
    "PUBLICATION",
    "REASONS",
    "REJECTIONS",
    "REQUIREMENTS",
    "REVISIONS",
    "SOURCE_SYSTEMS",
    "SPELLS",
    "SUPERVISION",
    "TABLES",
    "UNMATCHED_WORDS",
    "table",
]

MEETINGS = Table(
    "meetings",
    Text("en gældende samtale", "a current meeting"),
    ("municipality_code", "meeting_id"),
    (
        c.MUNICIPALITY,
        c.MEETING_ID,
        c.CITIZEN,
        c.SPELL_ID,
        c.TARGET_GROUP,
        c.required(c.day("held_on", "Dag samtalen begynder", "Day the meeting starts", "start")),
        c.required(
            c.moment("started_at", "Start, uden sekunder", "Start, seconds dropped", "start")
        ),
        Column(
            "meeting_type",
            Kind.TEXT,
            Text("Samtaletype (kode)", "Meeting type (code)"),
            source="DFDG InterviewTypeIdentifier",
            rules=(Required(), OneOf(codes.MEETING_TYPES)),
        ),
        c.MODE,
        Column(
            "mode_evidence",
            Kind.TEXT,
            Text("Hvad der afgjorde samtaleformen", "What decided the mode"),
            source="counting.md 2",
            rules=(Required(), OneOf(codes.EVIDENCES)),
        ),
        Column(
            "mode_conflict",
            Kind.FLAG,
            Text("Form og bemærkning siger hver sit", "Form and remark name different modes"),
            source="counting.md 2",
            rules=(Required(),),
        ),
        Column(
            "status",
            Kind.TEXT,
            Text("Samtalens status", "Status of the meeting"),
            source="counting.md 3",
            rules=(Required(), OneOf(codes.STATUSES)),
        ),
        Column(
            "actor",
            Kind.TEXT,
            Text("Hvem der holdt samtalen", "Who held the meeting"),
            source="counting.md 5",
            rules=(Required(), OneOf(codes.ACTORS)),
        ),
        c.moment("registered_at", "Registreret", "Registered", "registreret"),
        c.day("summoned_on", "Indkaldt", "Summoned", "indkaldt"),
        c.RECOGNISED,
        c.REASON,
        c.FAILED_RULES,
        c.SOLE_REASON,
        c.words(
            "rule_version",
            "Lovversionen der afgjorde; tom når samtalen ikke er afholdt",
            "The law version that decided; empty where not held",
            "law.rule_version",
        ),
        replace(
            c.FAILED_RULES,
            name="failed_register",
            text=Text(
                "Regler i regelsættet register der ikke er opfyldt", "Rules of register not met"
            ),
        ),
        replace(
            c.FAILED_RULES,
            name="failed_supervision",
            text=Text(
                "Regler i regelsættet supervision der ikke er opfyldt",
                "Rules of supervision not met",
            ),
        ),
        c.SOURCE_SYSTEM,
        c.required(c.DELIVERY),
        c.SOURCE_ROW,
    ),
    may_be_empty=True,
)

EVALUATIONS = Table(
    "evaluations",
    Text("en afholdt samtale i et regelsæt", "a held meeting in a regime"),
    ("municipality_code", "meeting_id", "regime"),
    (
        c.MUNICIPALITY,
        c.MEETING_ID,
        c.REGIME,
        c.RECOGNISED,
        c.REASON,
        c.FAILED_RULES,
        c.SOLE_REASON,
    ),
    may_be_empty=True,
    is_view=True,
)

COUNTS = Table(
    "counts",
    Text(
        "et regelsæt, en måned, en kommune, en målgruppe og en samtaleform",
        "a regime, month, municipality, target group and mode",
    ),
    ("regime", "month", "municipality_code", "target_group", "mode"),
    (
        c.REGIME,
        c.MONTH,
        c.MUNICIPALITY,
        c.TARGET_GROUP,
        c.MODE,
        c.count("held", "Afholdte samtaler", "Meetings held", "meetings", "counting.md 3"),
        c.count("recognised", "Medregnede samtaler", "Meetings recognised", "meetings"),
        c.count("gap", "Afholdt minus medregnet", "Held minus recognised", "meetings"),
    ),
    may_be_empty=True,
)

REASONS = Table(
    "reasons",
    Text(
        "det samme som i counts, og en grund",
        "the same as in counts, and a reason",
    ),
    ("regime", "month", "municipality_code", "target_group", "mode", "reason"),
    (
        c.REGIME,
        c.MONTH,
        c.MUNICIPALITY,
        c.TARGET_GROUP,
        c.MODE,
        c.required(c.REASON),
        c.count(
            "not_recognised",
            "Samtaler hvor dette er første grund",
            "Meetings of which this is the first reason",
            "meetings",
        ),
        c.count(
            "sole",
            "Heraf med dette som eneste grund",
            "Of these, with this as the only reason",
            "meetings",
        ),
    ),
    may_be_empty=True,
)

SPELLS = Table(
    "spells",
    Text("et gældende forløb", "a current spell"),
    ("municipality_code", "spell_id"),
    (
        c.MUNICIPALITY,
        c.required(c.SPELL_ID),
        c.CITIZEN,
        replace(c.TARGET_GROUP, rules=(Required(), OneOf(codes.TARGET_GROUPS))),
        c.required(c.day("started_on", "Første dag", "First day", "start")),
        c.day("ended_on", "Sidste dag; tom når det løber", "Last day; empty while running", "slut"),
        c.required(c.DELIVERY),
        c.SOURCE_ROW,
    ),
    may_be_empty=True,
)

ABSENCES = Table(
    "absences",
    Text("et gældende fravær", "a current absence"),
    ("municipality_code", "citizen_key", "absence_type", "started_on"),
    (
        c.MUNICIPALITY,
        c.CITIZEN,
        Column(
            "absence_type",
            Kind.TEXT,
            Text("Fraværstype (kode)", "Absence type (code)"),
            source="DFDG AbsenceTypeIdentifier",
            rules=(Required(), Matches("[1-9]|1[01]|mindre_intensiv")),
        ),
        c.required(c.day("started_on", "Første dag", "First day", "start")),
        c.day("ended_on", "Sidste dag; tom når det løber", "Last day; empty while running", "slut"),
        c.required(c.DELIVERY),
        c.SOURCE_ROW,
    ),
    may_be_empty=True,
)

DELIVERIES = Table(
    "deliveries",
    Text("en leveret fil", "a delivered file"),
    ("municipality_code", "delivered_on", "file"),
    (
        c.DELIVERY,
        c.MUNICIPALITY,
        c.DELIVERED_ON,
        c.required(c.words("file", "Filens navn", "Name of the file", "File name")),
        c.KIND,
        c.words("encoding", "Tegnsæt", "Encoding", "Bytes of the file"),
        c.words("separator", "Skilletegn", "Separator", "Header of the file"),
        *(
            c.count(f"rows_{outcome}", da, en, "rows", "counting.md 1")
            for outcome, da, en in (
                ("read", "Læste rækker", "Rows read"),
                ("accepted", "Gældende rækker", "Rows that are current"),
                (
                    "superseded",
                    "Rækker afløst af en senere udgave",
                    "Rows a later version replaced",
                ),
                ("withdrawn", "Rækker trukket tilbage", "Rows withdrawn"),
                ("rejected", "Afviste rækker", "Rows rejected"),
                ("erased", "Rækker om slettede borgere", "Rows of erased citizens"),
            )
        ),
        Column(
            "status",
            Kind.TEXT,
            Text("Hvad der skete med filen", "What became of the file"),
            source="counting.md 1",
            rules=(Required(), OneOf(codes.DELIVERY_STATUSES)),
        ),
        Column(
            "reason",
            Kind.TEXT,
            Text("Hvorfor filen ikke kunne læses", "Why the file could not be read"),
            source="interface.md 2",
            rules=(OneOf(codes.UNREADABLE_REASONS),),
        ),
        c.words("message_da", "Forklaring på dansk", "Explanation in Danish", "Reader"),
    ),
    may_be_empty=True,
)

REJECTIONS = Table(
    "rejections",
    Text("en afvist række og en grund", "a rejected row and a reason"),
    ("municipality_code", "delivered_on", "delivery_id", "source_row", "code"),
    (
        c.required(c.DELIVERY),
        c.MUNICIPALITY,
        c.SOURCE_ROW,
        c.words(
            "record_id",
            "Samtalens eller forløbets id som leveret; tom når den mangler",
            "Id of the meeting or spell as delivered; empty where it lacks",
            "samtale_id, forloeb_id",
        ),
        c.required(c.words("column_name", "Kolonne", "Column", "interface.md 2")),
        Column(
            "code",
            Kind.TEXT,
            Text("Grund (kode)", "Reason (code)"),
            source="counting.md 1",
            rules=(Required(), OneOf(codes.REJECTION_CODES)),
        ),
        c.required(c.words("message_da", "Hvad der er galt", "What is wrong, in Danish", "codes")),
        c.required(c.words("message_en", "Hvad der er galt, på engelsk", "What is wrong", "codes")),
        c.required(c.words("fix_da", "Sådan retter du", "How to mend it, in Danish", "codes")),
        c.DELIVERED_ON,
    ),
    may_be_empty=True,
)

UNMATCHED_WORDS = Table(
    "unmatched_words",
    Text("en kommune og et ord ingen liste kender", "a municipality and a word no list knows"),
    ("municipality_code", "word"),
    (
        c.MUNICIPALITY,
        c.required(
            c.words("word", "Ordet som leveret", "The word as delivered", "samtaleform, aktoer")
        ),
        c.count(
            "meetings",
            "Gældende samtaler med ordet",
            "Meetings with it",
            "meetings",
            "counting.md 2",
        ),
    ),
    may_be_empty=True,
)

TABLES = (
    MEETINGS,
    EVALUATIONS,
    COUNTS,
    REASONS,
    REQUIREMENTS,
    COMPLIANCE,
    SUPERVISION,
    SPELLS,
    ABSENCES,
    DELIVERIES,
    REJECTIONS,
    UNMATCHED_WORDS,
    SOURCE_SYSTEMS,
    MUNICIPALITIES,
    LAW,
    DICTIONARY,
    CHECK_RESULTS,
    PUBLICATION,
    CHANGES,
    HISTORY,
    REVISIONS,
    ALERTS,
)


@cache
def table(name: str) -> Table:
    """The contract of one published table; raises KeyError for a name that is not published."""
    return {contract.name: contract for contract in TABLES}[name]
