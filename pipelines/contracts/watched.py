"""The tables of what to watch: source systems, and the alerts raised of a night."""

from pipelines.contracts import columns as c
from pipelines.contracts.codes import ALERT_STATES, TARGET_GROUPS
from pipelines.contracts.model import Column, Kind, OneOf, Required, Table, Text

_SOURCE = "sql/alerts"


def _meetings(name: str, da: str, en: str) -> Column:
    return c.count(name, da, en, "meetings", "meetings")


SOURCE_SYSTEMS = Table(
    "source_systems",
    Text(
        "en kommune, et fagsystem og en leveringsdag",
        "a municipality, source system and day of delivery",
    ),
    ("municipality_code", "source_system", "delivered_on"),
    (
        c.MUNICIPALITY,
        c.required(c.SOURCE_SYSTEM),
        c.DELIVERED_ON,
        _meetings("held", "Afholdte gældende samtaler", "Current meetings held"),
        _meetings("in_person", "Heraf ved personligt fremmøde", "Of these, in person"),
        _meetings("virtual", "Heraf med video", "Of these, by video"),
        _meetings("phone", "Heraf per telefon", "Of these, by phone"),
        _meetings("mode_unknown", "Heraf med ukendt form", "Of these, of unknown mode"),
        _meetings(
            "not_registered", "Heraf uden registreringstid", "Of these, without registered_at"
        ),
        _meetings("not_summoned", "Heraf uden indkaldelsesdag", "Of these, without summoned_on"),
    ),
    may_be_empty=True,
)

ALERTS = Table(
    "alerts",
    Text(
        "et varsel: en regel, kommune, målgruppe og genstand",
        "an alert: a rule, municipality, target group and subject",
    ),
    ("alert_id",),
    (
        c.required(
            c.words(
                "alert_id",
                "Varslets id: regel, kommune, målgruppe og genstand",
                "Id of the alert: rule, municipality, group and subject",
                _SOURCE,
            )
        ),
        c.required(c.words("rule", "Varselsreglen", "The alert rule", "pipelines/alerts")),
        Column(
            "municipality_code",
            Kind.TEXT,
            Text("Kommunens kode; tom for landet", "Municipality; empty for the country"),
            source=_SOURCE,
        ),
        Column(
            "target_group",
            Kind.TEXT,
            Text("Målgruppe; tom for alle", "Target group; empty for all"),
            source=_SOURCE,
            rules=(OneOf(TARGET_GROUPS),),
        ),
        c.words(
            "subject",
            "Hvad varslet ellers gælder: krav, fagsystem eller lovversion",
            "What else it is about: requirement, source system or law version",
            _SOURCE,
        ),
        Column(
            "period",
            Kind.DAY,
            Text("Måneden værdien gælder", "The month the value speaks of"),
            "month",
            _SOURCE,
        ),
        Column("value", Kind.SHARE, Text("Værdien i nat", "The value tonight"), "by rule", _SOURCE),
        Column(
            "threshold",
            Kind.SHARE,
            Text("Grænsen den holdes mod", "The line it is held against"),
            "by rule",
            _SOURCE,
        ),
        Column(
            "cases",
            Kind.COUNT,
            Text("Hvor mange den bygger på", "How many it stands for"),
            "by rule",
            _SOURCE,
        ),
        c.required(c.day("since", "Første gang set", "First seen", "state/alerts.db")),
        Column(
            "state",
            Kind.TEXT,
            Text("Hvor varslet er i sit liv", "Where the alert is in its life"),
            source="state/alerts.db",
            rules=(Required(), OneOf(ALERT_STATES)),
        ),
        Column(
            "reference_value",
            Kind.SHARE,
            Text("Værdien da der sidst blev varslet", "The value when last warned of"),
            "by rule",
            "state/alerts.db",
        ),
        c.required(
            c.words("owner", "Hvem der skal rette det", "Whose it is to mend", "alerts.yaml")
        ),
        c.day("silenced_until", "Dæmpet til og med", "Silenced through", "alerts.yaml"),
        c.required(c.words("message_da", "Hvad der er galt", "What is wrong, in Danish", _SOURCE)),
        c.required(c.words("message_en", "Hvad der er galt, på engelsk", "What is wrong", _SOURCE)),
        c.required(c.words("fix_da", "Hvad du skal gøre", "What to do, in Danish", _SOURCE)),
    ),
    may_be_empty=True,
)
