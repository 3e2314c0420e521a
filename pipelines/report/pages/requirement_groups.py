"""Requirements of the country by month and target group: a table to look things up in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import polars as pl

from pipelines.contracts.codes import TARGET_GROUPS
from pipelines.contracts.model import Text
from pipelines.disclosure.sheet import COUNTRY
from pipelines.report.exhibits import Column, Exhibit
from pipelines.report.figures import Figures
from pipelines.report.measures import DUE, MET, UNMET
from pipelines.report.pages.requirement_exhibits import GROUP_NAMES

_MEASURES: Final = {
    "due": (DUE, Text("Forfaldne", "Due")),
    "met": (MET, Text("Opfyldt til tiden", "Met in time")),
    "unmet": (UNMET, Text("Ikke opfyldt til tiden", "Not met in time")),
}


def by_month_and_group(figures: Figures, months: Sequence[date], exhibit_id: str) -> Exhibit:
    """Due, met and not met in time: a row a month, newest first, and target group."""
    newest_first = tuple(reversed(months))
    parts = {
        name: figures.series(measure.split("target_group", TARGET_GROUPS), [COUNTRY], newest_first)
        for name, (measure, _) in _MEASURES.items()
    }
    rows = pl.concat(
        [
            parts["due"].select("month", target_group="category"),
            *(
                part.select(pl.col("value").alias(name), pl.col("status").alias(f"{name}_status"))
                for name, part in parts.items()
            ),
            parts["due"].select("stage"),
        ],
        how="horizontal",
    )
    return Exhibit(
        id=exhibit_id,
        title=Text("Kravene måned for måned og målgruppe", "Requirements by month and group"),
        definition=Text(
            "Krav, hvis frist udløb i måneden, i hele landet. Ikke opfyldt til tiden er også dem, "
            "der er indhentet siden eller stadig skal indhentes.",
            "Requirements whose window ended in the month, in the whole country. Not met in time "
            "are also those caught up since or still owed.",
        ),
        rows=rows.sort("month", descending=True, maintain_order=True),
        columns=(
            Column("month", Text("Måned", "Month"), "month"),
            Column("target_group", Text("Målgruppe", "Target group"), "code", GROUP_NAMES),
            *(
                Column(name, heading, "number", status=f"{name}_status")
                for name, (_, heading) in _MEASURES.items()
            ),
        ),
    )
