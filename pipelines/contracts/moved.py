"""The tables of what moved since earlier publications, and why (counting.md section 7)."""

from dataclasses import replace

from pipelines.contracts import columns as c
from pipelines.contracts.codes import CAUSES
from pipelines.contracts.model import AtLeast, Column, Kind, OneOf, Required, Table, Text

_SOURCE = "ledger"
_CAUSE = Column(
    "cause",
    Kind.TEXT,
    Text("Hvorfor tallet har flyttet sig", "Why the figure moved"),
    source="sql/changes",
    rules=(Required(), OneOf(CAUSES)),
)
_ID = c.required(c.words("publication_id", "Udgivelsens id", "Id of the publication", "hashes"))


def _moved(name: str, da: str, en: str, source: str = "sql/changes") -> Column:
    """A number that may be negative."""
    return Column(name, Kind.COUNT, Text(da, en), "meetings", source, (Required(),))


CHANGES = Table(
    "changes",
    Text(
        "et regelsæt, en kommune og en årsag til ændring siden udgivelsen før",
        "a regime, municipality and cause of change since the publication before",
    ),
    ("regime", "municipality_code", "cause"),
    (
        c.REGIME,
        c.MUNICIPALITY,
        _CAUSE,
        _moved("held", "Ændring i afholdte", "Change in meetings held"),
        _moved("recognised", "Ændring i medregnede", "Change in meetings recognised"),
        c.count(
            "held_late",
            "Heraf sene: nye rækker om samtaler holdt før den forrige udgivelses opgørelsesdag",
            "Of these late: new rows of meetings held before the reporting day before",
            "meetings",
            "sql/changes",
        ),
        c.count(
            "recognised_late",
            "Heraf sene og medregnede",
            "Of these late and recognised",
            "meetings",
            "sql/changes",
        ),
    ),
    may_be_empty=True,
)

HISTORY = Table(
    "history",
    Text("en udgivelse, til og med denne", "a publication, up to and including this one"),
    ("number",),
    (
        Column(
            "number",
            Kind.COUNT,
            Text("Nummer i journalen", "Number in the ledger"),
            "number",
            _SOURCE,
            (Required(), AtLeast(1)),
        ),
        _ID,
        c.words(
            "previous_id",
            "Udgivelsen der stod før; tom for den første",
            "The publication that stood before; empty for the first",
            _SOURCE,
        ),
        c.required(c.day("as_of", "Opgjort pr.", "Counted as of", _SOURCE)),
        c.required(c.moment("built_at", "Bygget", "Built", _SOURCE)),
        c.required(c.words("code_version", "Programmets udgave", "Code version", _SOURCE)),
        c.required(c.words("law_hash", "Lovens fingeraftryk", "Hash of the law", _SOURCE)),
        c.required(
            c.words("inputs_hash", "Leverancernes fingeraftryk", "Hash of the deliveries", _SOURCE)
        ),
        c.required(c.words("tables_hash", "Tabellernes fingeraftryk", "Hash of tables", _SOURCE)),
        c.count("held", "Afholdte samtaler", "Meetings held", "meetings", _SOURCE),
        c.count("recognised", "Medregnede (pligten)", "Recognised (duty)", "meetings", _SOURCE),
        *(
            _moved(f"{measure}_by_{cause}", f"{da} {why_da}", f"{en} {why_en}", _SOURCE)
            for measure, da, en in (
                ("held", "Ændring i afholdte af", "Change in held by"),
                ("recognised", "Ændring i medregnede af", "Change in recognised by"),
            )
            for cause, why_da, why_en in (
                ("new_rows", "nye rækker", "new rows"),
                ("corrections", "rettelser", "corrections"),
                ("law", "lov", "law"),
                ("code", "program", "code"),
                ("inseparable", "rettelser og program, der ikke kan skilles", "both, inseparably"),
                (
                    "erasure",
                    "borgere slettet af udgivelsen før",
                    "citizens erased from the one before",
                ),
            )
        ),
    ),
)

REVISIONS = Table(
    "revisions",
    Text("en udgivelse og en måned", "a publication and a month"),
    ("number", "month"),
    (
        replace(HISTORY.columns[0]),
        _ID,
        c.required(c.day("as_of", "Opgjort pr.", "Counted as of", _SOURCE)),
        c.required(c.moment("built_at", "Bygget", "Built", _SOURCE)),
        c.MONTH,
        c.count("held", "Afholdte samtaler", "Meetings held", "meetings", _SOURCE),
        c.count("recognised_register", "Medregnet i register", "In register", "meetings", _SOURCE),
        c.count("recognised_duty", "Medregnet i pligten", "In duty", "meetings", _SOURCE),
        c.count(
            "recognised_supervision", "Medregnet i tilsynet", "In supervision", "meetings", _SOURCE
        ),
    ),
    may_be_empty=True,
)
