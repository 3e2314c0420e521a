"""The tables that tell of a publication: places, law, columns, checks, and what it rests on."""

from pipelines.contracts import codes
from pipelines.contracts import columns as c
from pipelines.contracts.model import Column, Kind, Matches, OneOf, Required, Table, Text

MUNICIPALITIES = Table(
    "municipalities",
    Text("en kommune", "a municipality"),
    ("municipality_code",),
    (
        c.MUNICIPALITY,
        c.required(c.words("name", "Navn", "Name", "DAGI")),
        Column(
            "region_code",
            Kind.TEXT,
            Text("Regionens kode", "Code of the region"),
            source="DAGI",
            rules=(Required(), Matches("108[1-5]")),
        ),
        c.required(c.words("region_name", "Region", "Region", "DAGI")),
    ),
)

LAW = Table(
    "law",
    Text("en udgave af en regel", "a version of a rule"),
    ("rule_version",),
    (
        c.required(c.words("rule", "Regel", "Rule", "law/")),
        c.required(c.words("rule_version", "Udgave af reglen", "Version of the rule", "law/")),
        c.required(c.words("family", "Regelfamilie", "Family of rules", "law/")),
        c.required(c.words("regime", "Regelsæt den gælder i", "Regimes it applies in", "law/")),
        c.required(c.words("applies_by", "Dagen den går efter", "The day it goes by", "law/")),
        c.required(c.day("valid_from", "Gælder fra og med", "Holds from", "law/")),
        c.day("valid_to", "Gælder til (ikke med)", "Holds until (exclusive)", "law/"),
        c.required(c.day("known_from", "Kendt fra og med", "Known from", "law/")),
        c.day("known_to", "Kendt til (ikke med)", "Known until (exclusive)", "law/"),
        c.required(c.words("value", "Reglens indhold (JSON)", "What it says (JSON)", "law/")),
        c.required(c.words("instrument", "Retskilde", "Instrument", "law/instruments.yaml")),
        c.required(
            c.words("instrument_title", "Retskildens titel", "Title", "law/instruments.yaml")
        ),
        c.required(c.words("provision", "Bestemmelse", "Provision", "law/")),
        c.required(c.words("wording", "Kilden med få ord", "The source in a few words", "law/")),
        c.required(c.words("url", "Link til kilden", "Link to the source", "law/")),
        Column(
            "grade",
            Kind.TEXT,
            Text("Kildens vægt: A læst, B forklaret, C omtalt, D antaget", "Evidence grade A to D"),
            source="law/",
            rules=(Required(), OneOf(codes.GRADES)),
        ),
        c.required(c.words("label_da", "Reglens navn på dansk", "Name in Danish", "law/")),
        c.required(c.words("label_en", "Reglens navn på engelsk", "Name of the rule", "law/")),
        c.required(c.words("text_da", "Reglen på dansk", "The rule in Danish", "law/")),
        c.required(c.words("text_en", "Reglen på engelsk", "The rule in English", "law/")),
        c.required(
            c.day("verified_on", "Sidst holdt mod kilden", "Last held against the source", "law/")
        ),
        c.words("note", "Hvad der ikke vides", "What is not known", "law/"),
    ),
)

DICTIONARY = Table(
    "dictionary",
    Text("en kolonne", "a column"),
    ("table_name", "column_name"),
    (
        c.required(c.words("table_name", "Tabel", "Table", "contract")),
        c.required(c.words("column_name", "Kolonne", "Column", "contract")),
        c.required(c.words("type", "Type i DuckDB", "Type in DuckDB", "contract")),
        c.words("unit", "Enhed", "Unit", "contract"),
        c.required(c.words("text_da", "Definition på dansk", "Definition in Danish", "contract")),
        c.required(c.words("text_en", "Definition på engelsk", "Definition", "contract")),
        c.words("source", "Kilde", "Source", "contract"),
    ),
)

CHECK_RESULTS = Table(
    "check_results",
    Text("en kontrol af en tabel", "a check of a table"),
    ("check_id",),
    (
        c.required(c.words("check_id", "Kontrollens id", "Id of the check", "checks/")),
        c.required(c.words("table_name", "Tabel", "Table", "checks/")),
        Column(
            "outcome",
            Kind.TEXT,
            Text("Bestået, ikke bestået, fejlet", "Passed, failed, or could not be run"),
            source="checks/",
            rules=(Required(), OneOf(("passed", "failed", "errored"))),
        ),
        c.count("rows_checked", "Rækker set på", "Rows looked at", "rows", "checks/"),
        c.count("rows_failed", "Rækker der ikke bestod", "Rows that failed", "rows", "checks/"),
    ),
    may_be_empty=True,
)

PUBLICATION = Table(
    "publication",
    Text("denne udgivelse", "this publication"),
    ("publication_id",),
    (
        c.required(c.words("publication_id", "Udgivelsens id", "Id of the publication", "hashes")),
        c.required(c.day("as_of", "Opgjort pr.", "Counted as of", "nightly --as-of")),
        c.required(c.moment("built_at", "Bygget", "Built", "clock")),
        c.required(c.words("code_version", "Programmets udgave", "Code version", "source files")),
        c.required(c.words("law_hash", "Lovens fingeraftryk", "Hash of the law", "law/")),
        c.required(
            c.words(
                "inputs_hash", "Leverancernes fingeraftryk", "Hash of the deliveries", "SHA-256"
            )
        ),
        c.required(
            c.words("tables_hash", "Tabellernes fingeraftryk", "Hash of the tables", "rows")
        ),
        c.required(c.words("duckdb_version", "DuckDB-udgave", "DuckDB version", "engine")),
    ),
)
