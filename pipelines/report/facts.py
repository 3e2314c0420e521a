"""What the report tells besides figures: facts that concern no person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final

import polars as pl

from pipelines.contracts.codes import CAUSES
from pipelines.engine import Engine
from pipelines.municipalities import Municipality, municipalities
from pipelines.report.hiding import LEAST, hide_small

_STEP: Final = 5  # meetings that what is lacking is rounded down to
FRESH_DAYS: Final = 35  # a delivery that old at most is not missing
# Why the country's figures moved; new rows are new meetings or late registrations.
MOVED: Final = ("new_meetings", "late", *(cause for cause in CAUSES if cause != "new_rows"))
BANDS: Final = ("0", "1-7", "8-35", "36-210", "211+", "unknown")  # days from meeting to register


@dataclass(frozen=True)
class Facts:
    """One publication. Counts of rows below five are null, with `status` hidden.

    Frames, one row each:
    `deliveries` municipality_code, delivered_on: files, repeats, unreadable, rows_read,
    rows_rejected, status (of rows_rejected). `delivered` municipality_code, kind: delivered_on
    (null: never), is_fresh. `unreadable` municipality_code, delivered_on, reason: files.
    `rejected_by_code` code: rejected, status. `rejected_by_municipality` municipality_code:
    rows_read, rejected, status. `words` municipality_code, word: meetings (five or more). `late`
    month, band (all of BANDS): meetings, status. `weeks` week (its Monday): held, recognised,
    status. `moved` cause (all of MOVED): held, recognised, each with its status (status,
    status_recognised). `lacking` month, status (missed, carried): meetings that requirements lack,
    rounded down; a month with few persons behind has no row. `revisions` month: first_as_of,
    last_as_of, publications, first_held, last_held, first_recognised, last_recognised. `alerts`
    rule, state: alerts, municipalities. `law` as published. `assumptions` figure (recognised, gap,
    due), rule_version: grade, decided, total, status. `checks` outcome: checks, tables,
    rows_checked, rows_failed.
    """

    publication_id: str
    as_of: date
    built_at: datetime
    code_version: str
    number: int  # in the ledger
    previous_as_of: date | None  # of the publication before; None for the first
    municipalities: tuple[Municipality, ...]
    deliveries: pl.DataFrame
    delivered: pl.DataFrame
    unreadable: pl.DataFrame
    rejected_by_code: pl.DataFrame
    rejected_by_municipality: pl.DataFrame
    words: pl.DataFrame
    late: pl.DataFrame
    weeks: pl.DataFrame
    moved: pl.DataFrame
    lacking: pl.DataFrame
    revisions: pl.DataFrame
    alerts: pl.DataFrame
    law: pl.DataFrame
    assumptions: pl.DataFrame
    checks: pl.DataFrame

    def missing(self, kind: str = "meetings") -> tuple[Municipality, ...]:
        """The municipalities without a file of the kind in the last FRESH_DAYS days."""
        fresh = set(self.delivered.filter(pl.col("kind") == kind, "is_fresh")["municipality_code"])
        return tuple(m for m in self.municipalities if m.code not in fresh)

    @cached_property
    def usual_revision(self) -> float | None:
        """The median share by which a month's held figure moved after its first publication.

        None where no month was published both soon after its end and later.
        """
        moved = self.revisions.filter(pl.col("first_held") > 0).select(
            (pl.col("last_held") / pl.col("first_held") - 1).abs()
        )
        return None if moved.is_empty() else float(moved.to_series().median())  # type: ignore[arg-type]


def read_facts(engine: Engine) -> Facts:
    """The facts of the publication that the engine has attached."""
    [about] = engine.frame("report/publications").iter_rows(named=True)
    deliveries = _deliveries(engine)
    return Facts(
        **about,
        municipalities=municipalities(),
        deliveries=deliveries,
        delivered=_delivered(engine, about["as_of"]),
        unreadable=engine.frame("report/unreadable").sort("municipality_code", "delivered_on"),
        rejected_by_code=_hidden(engine, "report/rejected_by_code", "rejected", "code"),
        rejected_by_municipality=_rejected_by_municipality(engine, deliveries),
        words=engine.frame("report/words", {"least": LEAST}).sort(
            "municipality_code", "meetings", "word", descending=[False, True, False]
        ),
        late=_late(engine),
        weeks=_weeks(engine),
        moved=_moved(engine),
        lacking=engine.frame("report/lacking", {"least": LEAST, "step": _STEP}).sort(
            "month", "status"
        ),
        revisions=engine.frame("report/revisions", {"soon": FRESH_DAYS}).sort("month"),
        alerts=engine.frame("report/alerts").sort("rule", "state"),
        law=engine.frame("report/law").sort("rule", "valid_from", "known_from"),
        assumptions=_hidden(engine, "report/assumptions", "decided", "figure", "rule_version"),
        checks=engine.frame("report/checks").sort("outcome"),
    )


def _hidden(engine: Engine, sql: str, column: str, *keys: str) -> pl.DataFrame:
    return hide_small(engine.frame(sql).sort(keys), column)


def _deliveries(engine: Engine) -> pl.DataFrame:
    """A day's rejected rows are hidden where they are few; its read rows then tell nothing."""
    days = engine.frame("report/deliveries").sort("municipality_code", "delivered_on")
    return hide_small(days, "rows_rejected")


def _rejected_by_municipality(engine: Engine, deliveries: pl.DataFrame) -> pl.DataFrame:
    """Hidden also where the days of the municipality would leave a hidden one to be worked out."""
    days = deliveries.group_by("municipality_code")
    few = days.agg(hidden_days=(pl.col("status") == "hidden").sum())
    rows = _hidden(engine, "report/rejected_by_municipality", "rejected", "municipality_code").join(
        few, on="municipality_code", maintain_order="left"
    )
    alone = pl.col("hidden_days") == 1
    return rows.with_columns(
        pl.when(~alone).then(pl.col("rejected")),
        status=pl.when(alone).then(pl.lit("hidden")).otherwise(pl.col("status")),
    ).drop("hidden_days")


def _delivered(engine: Engine, as_of: date) -> pl.DataFrame:
    since = as_of - timedelta(FRESH_DAYS)
    return (
        engine.frame("report/delivered")
        .sort("municipality_code", "kind")
        .with_columns(is_fresh=(pl.col("delivered_on") >= since).fill_null(value=False))
    )


def _late(engine: Engine) -> pl.DataFrame:
    """Every band of every month; held meetings are told by month, so no band stands out alone."""
    counted = engine.frame("report/late_registration")
    bands = pl.DataFrame({"band": BANDS, "place": range(len(BANDS))})
    every = counted.select("month").unique().join(bands, how="cross")
    rows = every.join(counted, on=["month", "band"], how="left").sort("month", "place")
    return hide_small(
        rows.select("month", "band", pl.col("meetings").fill_null(0)), "meetings", ["month"]
    )


def _weeks(engine: Engine) -> pl.DataFrame:
    weeks = engine.frame("report/weeks").sort("week")
    hidden = pl.col("fewest_persons") < LEAST
    return weeks.select(
        "week",
        pl.when(~hidden).then(pl.col("held", "recognised")),
        status=pl.when(hidden).then(pl.lit("hidden")).otherwise(pl.lit("shown")),
    )


def _moved(engine: Engine) -> pl.DataFrame:
    """Every cause; the sum over causes can be told, so no single one is hidden alone."""
    counted = engine.frame("report/moved")
    causes = pl.DataFrame({"cause": MOVED}).join(counted, on="cause", how="left")
    rows = causes.sort(pl.col("cause").cast(pl.Enum(MOVED))).with_columns(
        pl.col("held", "recognised").fill_null(0), country=pl.lit("DK")
    )
    held = hide_small(rows, "held", ["country"])
    recognised = hide_small(rows, "recognised", ["country"])
    return held.select(
        "cause",
        "held",
        recognised["recognised"],
        "status",
        recognised["status"].alias("status_recognised"),
    )
