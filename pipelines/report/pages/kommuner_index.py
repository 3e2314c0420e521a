"""The list of the municipalities, by region: one line each, and the way to its page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import polars as pl

from pipelines.contracts.model import Text
from pipelines.report import findings
from pipelines.report.exhibits import Column, Exhibit, Page, Report
from pipelines.report.figures import Figures, region_of
from pipelines.report.findings import sentence
from pipelines.report.language import Language
from pipelines.report.measures import DUE, GAP, HELD, MET
from pipelines.report.months import months_of, months_to
from pipelines.report.places import alphabetical, place_names
from pipelines.report.render import make_page
from pipelines.report.shares import LINE
from pipelines.report.words import VERDICTS

_ID: Final = "kommuner"
_TITLE: Final = Text("De 98 kommuner", "The 98 municipalities")
_LEAD: Final = Text(
    "Hver kommune har sin side: samtaler, krav og leverancer ved siden af regionen og landet.",
    "Each municipality has its page: meetings, requirements and deliveries beside its region and "
    "the country.",
)
_NONE: Final = Text("ingen", "none")
_NEVER: Final = Text("intet modtaget", "nothing received")
# Of a municipality that never delivered they are missing, not nothing.
_TOLD: Final = (
    "held",
    "year_held",
    "gap",
    "gap_share",
    "due",
    "met",
    "share",
    "low",
    "high",
    "verdict",
)
_COLUMNS: Final = (
    Column("delivered_on", Text("Seneste fil", "Latest file"), "day"),
    Column(
        "year_held",
        Text("Afholdt", "Held"),
        "number",
        status="year_held_status",
    ),
    Column(
        "gap_share",
        Text("Ikke medregnet", "Not recognised"),
        "percent",
        status="gap_share_status",
    ),
    Column("due", Text("Forfaldne krav", "Due"), "number", status="due_status"),
    Column("share", Text("Andel opfyldt", "Share met"), "percent"),
    Column("verdict", Text("Mod 80 %", "Against 80%"), "code", VERDICTS),
)


def page(report: Report, language: Language) -> Page:
    """The page `kommuner/index`."""
    exhibit = overview(report)
    names = place_names()
    order = sorted(exhibit.rows["region"].unique())
    regions = [
        (
            names[region],
            region,
            [
                (row["municipality"], index)
                for index, row in enumerate(exhibit.rows.iter_rows(named=True))
                if row["region"] == region
            ],
        )
        for region in order
    ]
    return make_page(
        report,
        language,
        "kommuner/index",
        _TITLE,
        "kommuner.html.j2",
        [exhibit],
        lead=_LEAD,
        regions=regions,
        overview=_ID,
        never=_NEVER,
        silent=silent(report),
    )


def silent(report: Report) -> frozenset[str]:
    """The municipalities that nothing has ever been received from."""
    heard = set(report.facts.deliveries["municipality_code"])
    return frozenset(m.code for m in report.facts.municipalities if m.code not in heard)


def overview(report: Report) -> Exhibit:
    """A row a municipality: held and not recognised, share met, latest file of meetings.

    Figures of a municipality that never delivered are missing, not nothing.
    """
    figures, facts = report.figures, report.facts
    places = sorted((m.code for m in facts.municipalities), key=_by_region)
    latest = figures.latest("municipality")
    months = months_to(latest, 12) if latest else ()
    due_in = _due_in(figures)
    rows = pl.DataFrame({"municipality": places}).join(
        facts.delivered.filter(pl.col("kind") == "meetings").select(
            pl.col("municipality_code").alias("municipality"), "delivered_on"
        ),
        on="municipality",
        how="left",
        maintain_order="left",
    )
    region = {m.code: m.region_code for m in facts.municipalities}
    rows = rows.with_columns(region=pl.col("municipality").replace_strict(region))
    if months:
        rows = pl.concat([rows, _figures(figures, places, months)], how="horizontal")
        unheard = pl.col("municipality").is_in(list(silent(report)))
        numbers = [c for c in _TOLD if c in rows.columns]
        statuses = [c for c in rows.columns if c.endswith("status")]
        rows = rows.with_columns(
            *(pl.when(~unheard).then(pl.col(name)).alias(name) for name in numbers),
            *(
                pl.when(unheard).then(pl.lit("missing")).otherwise(pl.col(name)).alias(name)
                for name in statuses
            ),
        )
    return Exhibit(
        id=_ID,
        title=_title(rows),
        definition=sentence(
            "Samtaler: {period}. Andel opfyldt er af de krav, der forfaldt {due}; med "
            "95\N{NO-BREAK SPACE}%-interval (Wilson) er den over eller under 80 %, eller det er "
            "usikkert.",
            "Meetings: {period}. Share met is of the requirements due {due}; by its 95% interval "
            "(Wilson) it is above or below 80%, or that is uncertain.",
            period=findings.period(months) if months else _NONE,
            due=findings.period(months_of(due_in)) if due_in else _NONE,
        ),
        rows=rows,
        columns=(
            Column("municipality", Text("Kommune", "Municipality"), "code", place_names()),
            *(_COLUMNS if months else _COLUMNS[:1]),
        ),
        stages=figures.stages(months),
    )


def _figures(figures: Figures, places: Sequence[str], months: Sequence[date]) -> pl.DataFrame:
    gap = figures.shares(GAP, HELD, places, months, line=0)
    due_in = _due_in(figures)
    met = figures.shares(MET.by_quarter, DUE.by_quarter, places, due_in, LINE)
    return pl.concat(
        [
            figures.totals([HELD], places, months[-1:]).select(held="value", held_status="status"),
            gap.select(
                year_held="whole",
                year_held_status="whole_status",
                gap="part",
                gap_status="part_status",
                gap_share="share",
                gap_share_status="status",
            ),
            met.select(
                "share", "low", "high", "verdict", "status",
                due="whole", due_status="whole_status", met="part", met_status="part_status",
            ),
        ],
        how="horizontal",
    )  # fmt: skip


def _due_in(figures: Figures) -> tuple[date, ...]:
    """The last four public quarters: municipalities' requirements are told by the quarter."""
    return figures.quarters("municipality", "requirements_quarter")[-4:]


def _title(rows: pl.DataFrame) -> Text:
    if "verdict" not in rows.columns:
        return Text("Der er ingen tal endnu", "There are no figures yet")
    counted = {v: rows.filter(pl.col("verdict") == v).height for v in VERDICTS}
    rest = rows.height - sum(counted.values())
    return sentence(
        "{below} kommuner opfyldte klart færre end 80 % af kravene, {above} klart flere; for "
        "{uncertain} kan tilfældet afgøre det, og for {rest} er andelen skjult eller findes ikke",
        "{below} municipalities clearly met less than 80% of requirements, {above} clearly more; "
        "for {uncertain} chance may decide, and for {rest} the share is hidden or does not exist",
        rest=findings.number(rest),
        **{name: findings.number(number) for name, number in counted.items()},
    )


def _by_region(code: str) -> tuple[str, str]:
    return region_of(code), alphabetical(place_names()[code].da)
