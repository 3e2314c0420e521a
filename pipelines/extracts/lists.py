"""The three worklists: which rows, under which Danish headings, and what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from pipelines import wording
from pipelines.contracts import codes
from pipelines.contracts.model import Text
from pipelines.engine import Engine
from pipelines.mending import mending_of


@dataclass(frozen=True, slots=True)
class Worklist:
    """One list: the name of its files and of its sheet, and what it holds."""

    name: str
    sheet: str
    text: str


OVERDUE: Final = Worklist(
    "overskredne",
    "Overskredne",
    "Krav, hvis frist er overskredet uden at være opfyldt, i forløb, der stadig løber. Et forløb "
    "kan stå flere gange, én gang for hvert krav. De ældste frister står først.",
)
DUE_SOON: Final = Worklist(
    "forfalder_snart",
    "Forfalder snart",
    "Krav, der endnu mangler samtaler, og som forfalder på opgørelsesdagen eller i de 14 dage "
    "efter. De nærmeste frister står først.",
)
NOT_RECOGNISED: Final = Worklist(
    "afholdt_ikke_medregnet",
    "Afholdt, ikke medregnet",
    "Samtaler, der er afholdt i de 12 måneder op til opgørelsesdagen, men ikke kan medregnes i "
    "opfyldelsen af pligten. Grunden er den første regel i lovens rækkefølge, der ikke er opfyldt.",
)
WORKLISTS: Final = (OVERDUE, DUE_SOON, NOT_RECOGNISED)

# How to read them, for the sheet "Læs mig".
READING: Final = (
    (
        "Borgeren",
        "Borgernøglen er et pseudonym, og CPR-numre står her ikke. Kommunen finder borgeren i sit "
        "eget fagsystem ved forløbets eller samtalens id. Uden borgernøgle er borgeren ukendt.",
    ),
    (
        "Former loven godkender",
        "De former, en samtale i forløbet kan holdes i på den dag, der står i kolonnen ved siden "
        "af: fristens dag, eller opgørelsesdagen, når fristen er overskredet. Skriftlig og ukendt "
        "form godkendes aldrig. Type og aktør skal også passe.",
    ),
    (
        "Sidst afholdt, sidst medregnet, næste planlagte",
        "Gælder alle samtaler i forløbet, også dem af en anden type eller aktør end kravets.",
    ),
    (
        "Hvad der ikke er med",
        "Samtaler, som kommunen ikke havde leveret på opgørelsesdagen. Slå op i fagsystemet, før "
        "borgeren indkaldes.",
    ),
    ("Opbevaring", "Filerne erstattes hver nat og fjernes, når listerne slås fra."),
)
# Columns of the lists in Danish; Parquet keeps their names.
HEADINGS: Final[Mapping[str, str]] = {
    "municipality_code": "Kommune",
    "meeting_id": "Samtale-id",
    "spell_id": "Forløbs-id",
    "citizen_key": "Borgernøgle",
    "target_group": "Målgruppe",
    "spell_started_on": "Forløbet begynder",
    "spell_ended_on": "Forløbet slutter",
    "requirement_id": "Krav (id)",
    "requirement_da": "Krav",
    "instrument_title": "Retskilde",
    "provision": "Bestemmelse",
    "actor": "Aktør",
    "required": "Krævede samtaler",
    "recognised_count": "Medregnede samtaler",
    "lacking": "Mangler",
    "due_on": "Frist",
    "days_left": "Dage til fristen",
    "status": "Status",
    "last_held_on": "Sidst afholdt",
    "last_mode": "Form, sidst afholdt",
    "last_recognised": "Medregnet, sidst afholdt",
    "last_reason": "Grund, sidst afholdt",
    "last_recognised_on": "Sidst medregnet",
    "booked_on": "Næste planlagte samtale",
    "accepted_modes": "Former loven godkender",
    "accepted_on": "Formerne gælder for dagen",
    "held_on": "Afholdt",
    "meeting_type": "Samtaletype",
    "meeting_type_da": "Samtaletypens navn",
    "mode": "Samtaleform",
    "reason": "Grund",
    "failed_rules": "Alle regler der ikke er opfyldt",
    "rule_version": "Lovversion der afgjorde",
    "mending": "Hvad der hjælper",
    "fix_da": "Sådan gør du",
    "file": "Fil",
    "delivered_on": "Leveret",
    "source_row": "Række i filen",
}
_MENDINGS: Final = {
    "register": Text("bedre registrering", "better registration"),
    "hold_again": Text("hold samtalen igen", "hold the meeting again"),
    "nothing": Text("intet at rette", "nothing to mend"),
}
_WORDS: Final[Mapping[str, Mapping[str, Text]]] = {
    "actor": wording.ACTORS,
    "status": wording.REQUIREMENT_STATUSES,
    "mode": wording.MODES,
    "last_mode": wording.MODES,
    "reason": wording.REASONS,
    "last_reason": wording.REASONS,
    "mending": _MENDINGS,
}
_LISTED_WORDS: Final[Mapping[str, Mapping[str, Text]]] = {
    "accepted_modes": wording.MODES,
    "failed_rules": wording.REASONS,
}


def read_worklists(engine: Engine) -> dict[Worklist, pl.DataFrame]:
    """The lists of all municipalities in `switched_on`, each in its order.

    Reads the publication attached as `next`, the tables `switched_on` and `night`, and the law
    as `prepare_law` lays it out. Codes are as in the published tables.
    """
    engine.offer("meeting_types", _meeting_types())
    engine.offer("mendings", _mendings())
    for table in ("extract_contact", "extract_owed", "extract_modes"):
        engine.scratch(table, f"extracts/{table}")
    owed = engine.frame("extracts/owed")
    owed = owed.sort("due_on", "municipality_code", "spell_id", "requirement_id")
    held = engine.frame("extracts/not_recognised")
    is_open = pl.col("status") == "open"
    return {
        OVERDUE: owed.filter(~is_open),
        DUE_SOON: owed.filter(is_open),
        NOT_RECOGNISED: held.sort("held_on", "municipality_code", "meeting_id"),
    }


def in_danish(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows as a clerk reads them: codes as Danish words, flags as ja and nej."""
    present = set(rows.columns)
    flags = pl.selectors.boolean().cast(pl.String)
    return rows.with_columns(
        *(_worded(pl.col(name), words) for name, words in _WORDS.items() if name in present),
        *(
            pl.col(name).list.eval(_worded(pl.element(), words))
            for name, words in _LISTED_WORDS.items()
            if name in present
        ),
        flags.replace_strict({"true": "ja", "false": "nej"}, return_dtype=pl.String),
    )


def _meeting_types() -> pl.DataFrame:
    names = wording.MEETING_TYPES
    return pl.DataFrame({"meeting_type": list(names), "meeting_type_da": list(names.values())})


def _mendings() -> pl.DataFrame:
    mendings = [mending_of(reason) for reason in codes.REASONS]
    return pl.DataFrame(
        {
            "reason": codes.REASONS,
            "mending": [mending.kind for mending in mendings],
            "fix_da": [mending.fix_da for mending in mendings],
        }
    )


def _worded(coded: pl.Expr, words: Mapping[str, Text]) -> pl.Expr:
    danish = {code: text.da for code, text in words.items()}
    return coded.replace_strict(danish, return_dtype=pl.String)
