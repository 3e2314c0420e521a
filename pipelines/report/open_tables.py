"""The open tables of the report, declared once: what a row is, its key, its columns."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from pipelines.contracts import columns as c
from pipelines.contracts.model import Column, Kind, Table, Text
from pipelines.contracts.told import DICTIONARY, LAW, MUNICIPALITIES

_STATUS: Final = Column(
    "status",
    Kind.TEXT,
    Text(
        "shown: tallet står der; hidden: det er skjult, og feltet er tomt (aldrig 0)",
        "shown: the number stands there; hidden: it is withheld, and the cell is empty (never 0)",
    ),
    source="disclosure rules",
)


def _count(name: str, da: str, en: str, unit: str) -> Column:
    return Column(name, Kind.COUNT, Text(da, en), unit=unit)


def _words(name: str, da: str, en: str) -> Column:
    return Column(name, Kind.TEXT, Text(da, en))


FIGURES: Final = Table(
    "figures",
    Text("et offentligt tal", "a public figure"),
    ("family", "month", "level", "place", "measure", "by", "category"),
    (
        _words("figure_id", "Tallets id, til henvisning", "The figure's id, to cite it by"),
        _words(
            "family",
            "Familie: meetings, requirements, supervision, overdue; med endelsen _quarter er "
            "samtaler og krav talt for et kvartal",
            "Family: meetings, requirements, supervision, overdue; ending in _quarter, meetings "
            "and requirements are counted for a quarter",
        ),
        replace(
            c.MONTH,
            text=Text(
                "Måneden ved dens første dag: da samtalen blev holdt, kravet forfaldt, forløbet "
                "nåede seks måneder; for overdue den måned, ved hvis udgang der er talt",
                "The month by its first day: in which the meeting was held, the requirement fell "
                "due, the spell reached six months; for overdue the month at whose end it stands",
            ),
            source="counting.md",
        ),
        _words("level", "country, region eller municipality", "country, region or municipality"),
        _words(
            "place",
            "DK, regionens fire cifre eller kommunens tre",
            "DK, a region's four digits or a municipality's three",
        ),
        _words(
            "measure",
            "Hvad der er talt: held afholdt, recognised medregnet, gap forskellen, due forfaldne, "
            "met opfyldt til tiden, unmet ikke, reached nåede seks måneder, with_four heraf med "
            "fire samtaler, without_four uden, overdue over fristen",
            "What is counted: held, recognised, gap, due, met, unmet, reached (six months), "
            "with_four, without_four, overdue",
        ),
        _words("by", "Opdeling; tom for det hele", "Breakdown; empty for the whole"),
        _words("category", "Gruppen i opdelingen", "The category of the breakdown"),
        _count(
            "value",
            "Antal samtaler, krav eller forløb; tom hvor det er skjult",
            "Number of meetings, requirements or spells; empty where hidden",
            "meetings, requirements, spells",
        ),
        _STATUS,
        _words(
            "stage",
            "running: måneden løber; provisional: foreløbigt; revised: efter 35 dage; final: "
            "efter 210 dage",
            "running: the month is not over; provisional; revised: after 35 days; final: after 210",
        ),
        Column("as_of", Kind.DAY, Text("Opgjort pr.", "Counted as of"), unit="day"),
        _words("publication_id", "Udgivelsens id", "The publication's id"),
    ),
)
DELIVERIES: Final = Table(
    "deliveries",
    Text("en kommune og en leveringsdag", "a municipality and a day of delivery"),
    ("municipality_code", "delivered_on"),
    (
        c.MUNICIPALITY,
        Column("delivered_on", Kind.DAY, Text("Leveringsdag", "Day of delivery"), unit="day"),
        _count("files", "Filer", "Files", "files"),
        _count("repeats", "Heraf leveret før", "Of these, delivered before", "files"),
        _count("unreadable", "Heraf ulæselige", "Of these, unreadable", "files"),
        _count("rows_read", "Rækker læst", "Rows read", "rows"),
        _count("rows_rejected", "Rækker afvist", "Rows rejected", "rows"),
        _STATUS,
    ),
)
REJECTIONS_BY_CODE: Final = Table(
    "rejections_by_code",
    Text("en grund til at afvise", "a reason to reject"),
    ("code",),
    (
        _words("code", "Grund", "Reason"),
        _count("rejected", "Afviste rækker med grunden", "Rejected rows with it", "rows"),
        _STATUS,
    ),
)
REJECTIONS_BY_MUNICIPALITY: Final = Table(
    "rejections_by_municipality",
    Text("en kommune", "a municipality"),
    ("municipality_code",),
    (
        c.MUNICIPALITY,
        _count("rows_read", "Rækker læst", "Rows read", "rows"),
        _count("rejected", "Rækker afvist", "Rows rejected", "rows"),
        _STATUS,
    ),
)
LATE_REGISTRATION: Final = Table(
    "late_registration",
    Text("en måned og en ventetid", "a month and a lag"),
    ("month", "band"),
    (
        c.MONTH,
        _words(
            "band",
            "Dage fra samtalen til registreringen",
            "Days from the meeting to its registration",
        ),
        _count("meetings", "Afholdte samtaler", "Meetings held", "meetings"),
        _STATUS,
    ),
)
OPEN_TABLES: Final = (
    FIGURES,
    DELIVERIES,
    REJECTIONS_BY_CODE,
    REJECTIONS_BY_MUNICIPALITY,
    LATE_REGISTRATION,
    LAW,
    MUNICIPALITIES,
    DICTIONARY,
)
