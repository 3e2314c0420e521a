"""The three worklists: what they hold, and their rows for the whole country."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from pipelines import wording
from pipelines.contracts import codes
from pipelines.engine import Engine
from pipelines.mending import reasons


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


def _meeting_types() -> pl.DataFrame:
    names = wording.MEETING_TYPES
    return pl.DataFrame({"meeting_type": list(names), "meeting_type_da": list(names.values())})


def _mendings() -> pl.DataFrame:
    mendings = [reasons()[reason] for reason in codes.REASONS]
    return pl.DataFrame(
        {
            "reason": codes.REASONS,
            "mending": [mending.kind for mending in mendings],
            "fix_da": [mending.ret for mending in mendings],
        }
    )
