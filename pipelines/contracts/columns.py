"""Columns that several published tables share, declared once."""

from dataclasses import replace

from pipelines.contracts.codes import KINDS, MODES, NO_SPELL, REASONS, REGIMES, TARGET_GROUPS
from pipelines.contracts.model import AtLeast, Column, Kind, Matches, OneOf, Required, Text

MUNICIPALITY = Column(
    "municipality_code",
    Kind.TEXT,
    Text("Kommunens tre cifre", "The municipality's three digits"),
    source="Folder of the delivery; DAGI",
    rules=(Required(), Matches("[0-9]{3}")),
    stored_as="dictionary",
)
REGIME = Column(
    "regime",
    Kind.TEXT,
    Text("Regelsæt: én måde at tælle de samme samtaler på", "One way of counting the meetings"),
    source="counting.md 5",
    rules=(Required(), OneOf(REGIMES)),
)
MONTH = Column(
    "month",
    Kind.DAY,
    Text("Måneden, angivet ved dens første dag", "The month, given by its first day"),
    unit="month",
    source="Day the meeting starts",
    rules=(Required(),),
)
TARGET_GROUP = Column(
    "target_group",
    Kind.TEXT,
    Text("Målgruppe efter LAB § 6; none uden forløb", "Target group; none without a spell"),
    source="LAB § 6",
    rules=(Required(), OneOf((*TARGET_GROUPS, NO_SPELL))),
)
MODE = Column(
    "mode",
    Kind.TEXT,
    Text("Samtaleform", "Contact mode"),
    source="counting.md 2",
    rules=(Required(), OneOf(MODES)),
)
MEETING_ID = Column(
    "meeting_id",
    Kind.TEXT,
    Text("Samtalens id hos kommunen", "The municipality's id of the meeting"),
    source="samtale_id",
    rules=(Required(),),
    stored_as="fsst",
)
SPELL_ID = Column(
    "spell_id",
    Kind.TEXT,
    Text("Forløbets id hos kommunen", "The municipality's id of the spell"),
    source="forloeb_id",
    stored_as="fsst",
)
CITIZEN = Column(
    "citizen_key",
    Kind.TEXT,
    Text(
        "Borgerens nøgle (HMAC af CPR); tom når borgeren er ukendt",
        "The citizen's key (HMAC of the CPR number); empty where unknown",
    ),
    source="HMAC-SHA-256, first 128 bits",
    rules=(Matches("[0-9a-f]{32}"),),
)
DELIVERY = Column(
    "delivery_id",
    Kind.TEXT,
    Text("Leverancens SHA-256", "SHA-256 of the delivered file"),
    source="Bytes of the file",
    rules=(Matches("[0-9a-f]{64}"),),
    stored_as="dictionary",
)
SOURCE_ROW = Column(
    "source_row",
    Kind.COUNT,
    Text(
        "Rækkens nummer i filen; 1 er første datarække", "Row in the file; 1 is the first data row"
    ),
    unit="row",
    source="Position in the file",
    rules=(Required(), AtLeast(1)),
)
SOURCE_SYSTEM = Column(
    "source_system",
    Kind.TEXT,
    Text("Fagsystemet som leveret", "The source system as delivered"),
    source="system",
    stored_as="dictionary",
)
REASON = Column(
    "reason",
    Kind.TEXT,
    Text("Første regel der ikke er opfyldt", "First rule that is not met"),
    source="counting.md 5",
    rules=(OneOf(REASONS),),
)
FAILED_RULES = Column(
    "failed_rules",
    Kind.TEXTS,
    Text("Alle regler der ikke er opfyldt, i lovens orden", "All rules not met, in legal order"),
    source="counting.md 5",
)
SOLE_REASON = Column(
    "sole_reason",
    Kind.FLAG,
    Text("Sand hvor kun én regel ikke er opfyldt", "True where only one rule is not met"),
    source="counting.md 5",
    rules=(Required(),),
)
RECOGNISED = Column(
    "recognised",
    Kind.FLAG,
    Text("Medregnet: alle regler er opfyldt", "Recognised: every rule is met"),
    source="counting.md 5",
    rules=(Required(),),
)
DELIVERED_ON = Column(
    "delivered_on",
    Kind.DAY,
    Text("Leveringsdag", "Day of delivery"),
    unit="day",
    source="Folder of the delivery",
    rules=(Required(),),
)
KIND = Column(
    "kind",
    Kind.TEXT,
    Text("Filens art: samtaler, forløb eller fravær", "Kind of the file, told by its header"),
    source="Header of the file",
    rules=(OneOf(KINDS),),
)


def required(column: Column) -> Column:
    """The same column, never empty."""
    return replace(column, rules=(Required(), *column.rules))


def count(name: str, da: str, en: str, unit: str, source: str = "counting.md 5") -> Column:
    """A number of things that is never negative or empty."""
    return Column(name, Kind.COUNT, Text(da, en), unit, source, (Required(), AtLeast(0)))


def share(name: str, da: str, en: str, source: str) -> Column:
    """A share from 0 to 1 that is never empty."""
    return Column(name, Kind.SHARE, Text(da, en), "share", source, (Required(), AtLeast(0)))


def day(name: str, da: str, en: str, source: str) -> Column:
    """A day that may be empty."""
    return Column(name, Kind.DAY, Text(da, en), "day", source)


def moment(name: str, da: str, en: str, source: str) -> Column:
    """A local moment (Europe/Copenhagen) that may be empty."""
    return Column(name, Kind.MOMENT, Text(da, en), "local time", source)


def words(name: str, da: str, en: str, source: str) -> Column:
    """A text that may be empty."""
    return Column(name, Kind.TEXT, Text(da, en), source=source)
