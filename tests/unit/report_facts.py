"""Facts made by hand: a quiet night of three municipalities, to be changed one thing at a time."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import polars as pl

from pipelines.law.loader import load_law
from pipelines.law.rows import law_rows
from pipelines.municipalities import municipalities
from pipelines.report.facts import MOVED, Facts

AS_OF = date(2026, 11, 20)
PLACES = municipalities()[:3]  # København, Frederiksberg, Ballerup


def delivered(**days: date | None) -> pl.DataFrame:
    """Latest meetings by municipality (`c101=…`); AS_OF where nothing is said."""
    rows = [
        {
            "municipality_code": one.code,
            "kind": kind,
            "delivered_on": days.get(f"c{one.code}", AS_OF),
        }
        for one in PLACES
        for kind in ("absences", "meetings", "spells")
    ]
    frame = pl.DataFrame(rows, schema_overrides={"delivered_on": pl.Date})
    fresh = (pl.lit(AS_OF) - pl.col("delivered_on")).dt.total_days() <= 35
    return frame.with_columns(is_fresh=fresh.fill_null(value=False))


def unreadable(*files: tuple[str, date]) -> pl.DataFrame:
    """A broken file a municipality and day."""
    rows = [
        {"municipality_code": code, "delivered_on": day, "reason": "corrupt_file", "files": 1}
        for code, day in files
    ]
    schema = {
        "municipality_code": pl.String,
        "delivered_on": pl.Date,
        "reason": pl.String,
        "files": pl.Int64,
    }
    return pl.DataFrame(rows, schema=schema)


def alerts(*counts: tuple[str, str, int]) -> pl.DataFrame:
    """Rule, state and number of alerts."""
    return pl.DataFrame(
        [(rule, state, number, number) for rule, state, number in counts],
        schema={
            "rule": pl.String,
            "state": pl.String,
            "alerts": pl.Int64,
            "municipalities": pl.Int64,
        },
        orient="row",
    )


def moved(**causes: tuple[int | None, int | None]) -> pl.DataFrame:
    """Held and recognised by cause; nothing where nothing is said, hidden where None."""
    rows = [(cause, *causes.get(cause, (0, 0))) for cause in MOVED]
    return pl.DataFrame(
        [
            (
                cause,
                held,
                recognised,
                *("hidden" if number is None else "shown" for number in (held, recognised)),
            )
            for cause, held, recognised in rows
        ],
        schema={
            "cause": pl.String,
            "held": pl.Int64,
            "recognised": pl.Int64,
            "status": pl.String,
            "status_recognised": pl.String,
        },
        orient="row",
    )


def revisions(*moves: tuple[date, int, int]) -> pl.DataFrame:
    """Month, held at first and held now."""
    return pl.DataFrame(
        [(month, AS_OF, AS_OF, 2, first, last, first, last) for month, first, last in moves],
        schema={
            "month": pl.Date,
            "first_as_of": pl.Date,
            "last_as_of": pl.Date,
            "publications": pl.Int64,
            "first_held": pl.Int64,
            "last_held": pl.Int64,
            "first_recognised": pl.Int64,
            "last_recognised": pl.Int64,
        },
        orient="row",
    )


def facts(**changes: object) -> Facts:
    """A night on which all is well; the changes are fields of Facts."""
    quiet: dict[str, Any] = {
        "publication_id": "2026-11-20-abc",
        "as_of": AS_OF,
        "built_at": datetime(2026, 11, 21, 3, 0),  # noqa: DTZ001 - local time, as published
        "code_version": "1",
        "number": 2,
        "previous_as_of": date(2026, 11, 19),
        "municipalities": PLACES,
        "deliveries": pl.DataFrame(
            {
                "municipality_code": [one.code for one in PLACES],
                "delivered_on": [AS_OF] * 3,
                "files": [3] * 3,
                "repeats": [0] * 3,
                "unreadable": [0] * 3,
                "rows_read": [100] * 3,
                "rows_rejected": [0] * 3,
                "status": ["shown"] * 3,
            }
        ),
        "delivered": delivered(),
        "unreadable": unreadable(),
        "rejected_by_code": pl.DataFrame(
            {"code": ["cpr_invalid"], "rejected": [7], "status": ["shown"]}
        ),
        "rejected_by_municipality": pl.DataFrame(
            {
                "municipality_code": ["101"],
                "rows_read": [100],
                "rejected": [7],
                "status": ["shown"],
            }
        ),
        "words": pl.DataFrame(),
        "late": pl.DataFrame(),
        "weeks": pl.DataFrame(),
        "lacking": pl.DataFrame(
            schema={"month": pl.Date, "status": pl.String, "meetings": pl.Int64}
        ),
        "moved": moved(new_meetings=(20, 15), late=(9, 6)),
        "revisions": revisions(),
        "alerts": alerts(),
        "law": pl.DataFrame(law_rows(load_law()), infer_schema_length=None),
        "assumptions": pl.DataFrame(
            {
                "figure": ["recognised"],
                "rule_version": ["accepted_modes@2020-01-01"],
                "grade": ["D"],
                "decided": [10],
                "total": [100],
                "status": ["shown"],
            }
        ),
        "checks": pl.DataFrame(
            {"outcome": ["passed"], "checks": [5], "tables": [2], "rows_checked": [9]}
        ),
    }
    return Facts(**{**quiet, **changes})
