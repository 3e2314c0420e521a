"""The words that stand on every page of the report."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from pipelines.contracts.model import Text

WORDS: Final = MappingProxyType(
    {
        "house": Text("Samtaleregnskab", "Samtaleregnskab"),
        "skip": Text("Til indholdet", "Skip to content"),
        "pages": Text("Sider", "Pages"),
        "other_language": Text("In English", "På dansk"),
        "as_of": Text("Opgjort pr.", "Counted as of"),
        "publication": Text("Udgivelse", "Publication"),
        "status": Text("Status", "Status"),
        "table": Text("Tabel", "Table"),
        "show_table": Text("Vis tallene", "Show the figures"),
        "rows": Text("rækker", "rows"),
        "files": Text("Hent", "Download"),
        "csv_danish": Text("CSV til Excel", "CSV for Danish Excel"),
        "csv_machine": Text("CSV til maskiner", "CSV for machines"),
        "in_danish": Text("på dansk", "in Danish"),
        "chart": Text("Diagram", "Chart"),
        "in_table": Text(
            "Tallene står i tabellen under diagrammet.", "The figures are in the table below."
        ),
        "hidden": Text("skjult", "hidden"),
        "missing": Text("mangler", "missing"),
        "shown": Text("vist", "shown"),
        "scroll": Text("kan rulles til siden", "scrolls sideways"),
        "held": Text("afholdt", "held"),
        "gap": Text("gab", "gap"),
        "recognised": Text("medregnet", "recognised"),
        "gap_how": Text(
            "Gabet er afholdte samtaler minus dem, der kan opfylde pligten efter loven.",
            "The gap is meetings held minus those that can fulfil the duty of the statute.",
        ),
        "too_young": Text(
            "Der er endnu ikke tolv hele måneder med tal.",
            "There are not yet twelve whole months of figures.",
        ),
        "silent": Text(
            "Ingen fil med samtaler i de seneste 35 dage fra:",
            "No file of meetings in the last 35 days from:",
        ),
        "chance_how": Text(
            "En lille kommune kan ligge langt fra landet alene ved et tilfælde. Derfor regnes en "
            "kommune kun som under eller over 80 %, når hele dens interval ligger dér.",
            "A small municipality may lie far from the country by chance alone. So one counts as "
            "below or above 80% only where its whole interval lies there.",
        ),
        "hidden_how": Text(
            "Tal, som færre end fem personer ligger bag, er skjult, og det er tal, de ellers kunne "
            "regnes ud af. Der står da skjult, aldrig 0. En tankestreg (\N{EN DASH}) betyder, "
            "at tallet mangler eller ikke findes.",
            "Figures that rest on fewer than five persons are hidden, and so are figures from "
            "which those could be worked out. They read hidden, never 0. A dash (\N{EN DASH}) "
            "means that the figure is missing or does not exist.",
        ),
        "statuses_how": Text(
            "Et tal er foreløbigt, til måneden har været slut i 35 dage, derefter revideret, og "
            "endeligt efter 210 dage. Endelige tal ændres kun ved en rettelse, der er skrevet op.",
            "A figure is provisional until its month has been over for 35 days, then revised, and "
            "final after 210 days. Final figures change only by a correction that is logged.",
        ),
    }
)

NAVIGATION: Final = (
    ("index", Text("Forsiden", "Front page")),
    ("gab", Text("Gabet", "The gap")),
    ("landet", Text("Landet", "The country")),
    ("krav", Text("Kravene", "Requirements")),
    ("behov", Text("Behovet", "The need")),
    ("kommuner/index", Text("Kommunerne", "Municipalities")),
    ("omkostninger", Text("Timer og kroner", "Hours and money")),
    ("kvalitet", Text("Kvalitet", "Quality")),
    ("lov", Text("Loven", "The law")),
    ("filer", Text("Filer", "Files")),
)

STAGES: Final = MappingProxyType(
    {
        "running": Text("løbende", "running"),
        "provisional": Text("foreløbig", "provisional"),
        "revised": Text("revideret", "revised"),
        "final": Text("endelig", "final"),
    }
)
STATUSES: Final = MappingProxyType({name: WORDS[name] for name in ("shown", "hidden", "missing")})
VERDICTS: Final = MappingProxyType(
    {
        "below": Text("under 80 %", "below 80%"),
        "uncertain": Text("usikkert", "uncertain"),
        "above": Text("over 80 %", "above 80%"),
    }
)
