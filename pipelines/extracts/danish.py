"""The worklists in Danish: headings, words for codes, and how to read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from pipelines import wording
from pipelines.contracts.model import Text

# How to read them, for the sheet "Læs mig".
READING: Final = {
    "Borgeren": (
        "Borgernøglen er et pseudonym, og CPR-numre står her ikke. Kommunen finder borgeren i sit "
        "eget fagsystem ved forløbets eller samtalens id. Uden borgernøgle er borgeren ukendt."
    ),
    "Former loven godkender": (
        "De former, en samtale i forløbet kan holdes i på den dag, der står i kolonnen ved siden "
        "af: fristens dag, eller opgørelsesdagen, når fristen er overskredet. Skriftlig og ukendt "
        "form godkendes aldrig. Type og aktør skal også passe."
    ),
    "Sidst afholdt, sidst medregnet, næste planlagte": (
        "Gælder alle samtaler i forløbet, også dem af en anden type eller aktør end kravets."
    ),
    "Hvad der ikke er med": (
        "Samtaler, som kommunen ikke havde leveret på opgørelsesdagen. Slå op i fagsystemet, før "
        "borgeren indkaldes."
    ),
    "Opbevaring": "Filerne erstattes hver nat og fjernes, når listerne slås fra.",
}
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
    "target_group": wording.TARGET_GROUPS,
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


def _worded(coded: pl.Expr, words: Mapping[str, Text]) -> pl.Expr:
    danish = {code: text.da for code, text in words.items()}
    return coded.replace_strict(danish, return_dtype=pl.String)
