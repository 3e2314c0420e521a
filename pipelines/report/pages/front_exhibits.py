"""The exhibits of the front page: the newest figures, what moved since last, and the alerts."""

from __future__ import annotations

from functools import partial
from typing import Final

import polars as pl

from pipelines import wording
from pipelines.alerts.rules import alert_rules
from pipelines.contracts.model import Text
from pipelines.disclosure.sheet import COUNTRY
from pipelines.report import findings
from pipelines.report.charts.recent_months import recent_months
from pipelines.report.exhibits import Column, Exhibit, Report
from pipelines.report.facts import Facts
from pipelines.report.figure import Figure
from pipelines.report.figures import Figures
from pipelines.report.findings import sentence
from pipelines.report.glance import open_alerts
from pipelines.report.language import day
from pipelines.report.measures import DUE, GAP, HELD, RECOGNISED, UNMET
from pipelines.report.months import month_after
from pipelines.report.words import STAGES

KEY: Final = (HELD, GAP, RECOGNISED, DUE, UNMET)
_SHOWN_MONTHS: Final = 14  # a year with the month to compare with, and the one that is running
_PARTS: Final = {
    "new_meetings": Text("nye samtaler", "new meetings"),
    "late": Text("sene registreringer", "late registrations"),
    "total": Text("i alt", "in all"),
}
_NAMES: Final = {
    "held": Text("Afholdte samtaler", "Meetings held"),
    "gap": Text("Gab: afholdt, ikke medregnet", "Gap: held, not recognised"),
    "recognised": Text("Medregnede samtaler", "Meetings recognised"),
    "due": Text("Forfaldne krav", "Requirements due"),
    "unmet": Text("Krav ikke opfyldt til tiden", "Requirements not met in time"),
}


def key_figures(year: tuple[Figure, ...], month: tuple[Figure, ...]) -> Exhibit:
    """The country's figures of the last twelve whole months, and of the newest whole month."""
    rows = [
        {
            "measure": measure.name,
            "year": of_year.value,
            "year_status": of_year.status,
            "year_stage": of_year.stage,
            "year_id": of_year.id,
            "month": of_month.value,
            "month_status": of_month.status,
            "month_stage": of_month.stage,
            "month_id": of_month.id,
        }
        for measure, of_year, of_month in zip(KEY, year, month, strict=True)
    ]
    return Exhibit(
        id="forside-tal",
        title=Text("Landets tal", "The country's figures"),
        definition=Text(
            "Gabet er de afholdte samtaler, der ikke kan opfylde pligten. Krav tælles i den måned, "
            "de forfalder.",
            "The gap is the meetings held that cannot fulfil the duty. Requirements are counted in "
            "the month in which they fall due.",
        ),
        rows=pl.DataFrame(rows, infer_schema_length=None),
        columns=(
            Column("measure", Text("Tal", "Figure"), "code", _NAMES),
            Column("year", findings.period(year[0].months), "number", status="year_status"),
            Column("month", findings.month(month[0].months[0]), "number", status="month_status"),
            Column("year_id", Text("Tallets id", "Figure id"), "text"),
        ),
        stages=tuple({figure.stage for figure in (*year, *month) if figure.stage}),
    )


def by_month(report: Report) -> Exhibit:
    """Held, recognised and gap of the latest months, the running one included."""
    figures = report.figures
    months = figures.months("country")[-_SHOWN_MONTHS:]
    measures = (HELD, RECOGNISED, GAP)
    series = figures.series(measures, [COUNTRY], months)
    rows = series.pivot("measure", index="month", values="value", maintain_order=True).join(
        series.group_by("month").agg(
            pl.col("stage").first(),
            pl.when((pl.col("status") == "shown").all())
            .then(pl.lit("shown"))
            .otherwise(pl.lit("hidden"))
            .alias("status"),
        ),
        on="month",
        maintain_order="left",
    )
    return Exhibit(
        id="forside-maaneder",
        title=_month_title(figures),
        definition=Text(
            "Afholdte samtaler i hele landet: medregnet nederst, gabet øverst.",
            "Meetings held in the whole country: recognised below, the gap on top.",
        ),
        rows=rows,
        columns=(
            Column("month", Text("Måned", "Month"), "month"),
            *(Column(m.name, _NAMES[m.name], "number") for m in measures),
            Column("stage", Text("Stadie", "Stage"), "code", STAGES),
        ),
        draw=partial(recent_months, rows),
    )


def _month_title(figures: Figures) -> Text:
    """The newest whole month against the same one a year before."""
    plain = Text("Måned for måned", "Month by month")
    if (newest := figures.latest("country")) is None:
        return plain
    before = month_after(newest, -12)
    now, then = (figures.share(RECOGNISED, HELD, COUNTRY, [m]) for m in (newest, before))
    if now is None or then is None:
        return plain
    return sentence(
        "I {month} er {now} af samtalerne medregnet; i {before} er det {then}",
        "In {month} {now} of the meetings are recognised; in {before} {then} are",
        month=findings.month(newest),
        now=findings.percent(now.share, 1),
        before=findings.month(before),
        then=findings.percent(then.share, 1),
    )


def moved(facts: Facts) -> Exhibit:
    """What the country's figures moved since the publication before, by cause; parts that sum."""
    total = facts.moved.select(
        cause=pl.lit("total"),
        held=pl.col("held").sum(),
        recognised=pl.col("recognised").sum(),
        status=pl.lit("shown"),
        status_recognised=pl.lit("shown"),
    )
    hidden = {
        name: (facts.moved[status] == "hidden").any()
        for name, status in (("held", "status"), ("recognised", "status_recognised"))
    }
    # What the hidden parts come to is told by no one: the sum is left out with them.
    total = total.with_columns(
        *(pl.lit(None, pl.Int64).alias(name) for name, is_hidden in hidden.items() if is_hidden),
        status=pl.lit("hidden" if hidden["held"] else "shown"),
        status_recognised=pl.lit("hidden" if hidden["recognised"] else "shown"),
    )
    return Exhibit(
        id="forside-flyttet",
        title=_moved_title(facts),
        definition=Text(
            "Ændring i alle måneders tal for hele landet, delt efter årsag; delene giver "
            "tilsammen hele ændringen.",
            "Change in the figures of all months for the whole country, by cause; the parts sum to "
            "the whole change.",
        ),
        rows=pl.concat([facts.moved, total], how="vertical_relaxed"),
        columns=(
            Column(
                "cause",
                Text("Årsag", "Cause"),
                "code",
                {**wording.CAUSES, **_PARTS},
            ),
            Column("held", _NAMES["held"], "number"),
            Column("recognised", _NAMES["recognised"], "number", status="status_recognised"),
        ),
        note=Text(
            "Sen er en samtale, der blev holdt før den forrige udgivelses opgørelsesdag og er "
            "leveret siden da.",
            "Late is a meeting held before the reporting day of the publication before, and "
            "delivered only since.",
        )
        if facts.previous_as_of
        else Text(
            "Det er den første udgivelse i journalen, så alt er nyt.",
            "This is the first publication in the ledger, so all is new.",
        ),
    )


def _moved_title(facts: Facts) -> Text:
    if facts.previous_as_of is None:
        return Text("Flyttet siden sidst: alt er nyt", "Moved since last: all is new")
    since = Text(day(facts.previous_as_of, "da"), day(facts.previous_as_of, "en"))
    return sentence(
        "Flyttet siden udgivelsen pr. {since}",
        "Moved since the publication of {since}",
        since=since,
    )


def alerts(facts: Facts) -> Exhibit:
    """The open alerts by rule."""
    rows = open_alerts(facts)
    return Exhibit(
        id="forside-varsler",
        title=sentence(
            "Åbne varsler: {open}",
            "Open alerts: {open}",
            open=findings.number(int(rows["open"].sum())),
        ),
        definition=Text(
            "Ét varsel er én regel, der ikke holder for én kommune, ét fagsystem eller landet.",
            "One alert is one rule that does not hold for one municipality, source system or the "
            "country.",
        ),
        rows=rows,
        columns=(
            Column(
                "rule",
                Text("Varsel", "Alert"),
                "code",
                {name: rule.label for name, rule in alert_rules().items()},
            ),
            Column("open", Text("Åbne", "Open"), "number"),
            Column("new", Text("Nye i nat", "New tonight"), "number"),
            Column("worse", Text("Forværrede", "Worse"), "number"),
            Column("silenced", Text("Dæmpede", "Silenced"), "number"),
        ),
    )
