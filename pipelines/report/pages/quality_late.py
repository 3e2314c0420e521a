"""Late registration and revisions: how much the figures of a month move after it ends."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from pipelines.contracts.model import Text
from pipelines.disclosure.sheet import COUNTRY
from pipelines.report import findings
from pipelines.report.charts.late import late as draw_late
from pipelines.report.exhibits import Column, Exhibit, Report
from pipelines.report.facts import BANDS, Facts
from pipelines.report.findings import sentence
from pipelines.report.language import DASH, Language, percent, say
from pipelines.report.measures import HELD
from pipelines.report.words import WORDS

if TYPE_CHECKING:
    import altair as alt

_DRAWN: Final = 18  # months
_SETTLED: Final = 12  # months that the finding speaks of
_SOON: Final = ("0", "1-7")
_BAND_NAMES: Final = {
    "0": Text("samme dag", "same day"),
    "1-7": Text("1-7 dage", "1-7 days"),
    "8-35": Text("8-35 dage", "8-35 days"),
    "36-210": Text("36-210 dage", "36-210 days"),
    "211+": Text("211 dage og over", "211 days or more"),
    "unknown": Text("uden dato", "no date"),
}
_FIRST_DAY: Final = {"0": 0, "1-7": 1, "8-35": 8, "36-210": 36, "211+": 211, "unknown": 0}


def late_registration(report: Report) -> Exhibit:
    """The share of each month's meetings by the days until they were registered."""
    facts = report.facts
    rows = late_rows(report)
    drawn = rows.filter(pl.col("month").is_in(sorted(set(rows["month"]))[-_DRAWN:]))
    return Exhibit(
        id="kvalitet-sent",
        title=_title(rows),
        definition=Text(
            "Afholdte samtaler i måneden efter dage fra samtalen til registreringen, i procent af "
            "månedens samtaler.",
            "Meetings held in the month by days from the meeting to its registration, per cent of "
            "the month's meetings.",
        ),
        rows=rows,
        columns=(
            Column("month", Text("Måned", "Month"), "month"),
            Column("band", Text("Registreret efter", "Registered after"), "code", _BAND_NAMES),
            Column("meetings", Text("Samtaler", "Meetings"), "number"),
            Column("share", Text("Andel", "Share"), "percent", status="share_status"),
        ),
        draw=partial(_draw, drawn),
        note=Text(
            f"Tankestreg: så lang tid er der ikke gået endnu. Opgjort pr. {facts.as_of:%d-%m-%Y}, "
            f"de seneste {_DRAWN} måneder; alle måneder står i tabellen.",
            f"A dash: not so much time has passed yet. Counted as of {facts.as_of}, the latest "
            f"{_DRAWN} months; all months are in the table.",
        ),
    )


def late_rows(report: Report) -> pl.DataFrame:
    """Every month and band: meetings, share of the month's meetings held, and their statuses.

    `missing` is a band that no meeting of the month can have reached yet. A share is hidden where
    its meetings are, or where the month's are.
    """
    months = sorted(set(report.facts.late["month"]))
    held = report.figures.series([HELD], [COUNTRY], months).select("month", held="value")
    reached = pl.lit(report.facts.as_of) - pl.col("month") >= pl.duration(
        days=pl.col("band").replace_strict(_FIRST_DAY, return_dtype=pl.Int64)
    )
    return (
        report.facts.late.join(held, on="month", how="left", maintain_order="left")
        .with_columns(
            pl.when(reached).then(pl.col("meetings")),
            pl.when(reached).then(pl.col("status")).otherwise(pl.lit("missing")),
        )
        .with_columns(share=pl.col("meetings") / pl.col("held"))
        .with_columns(
            share_status=pl.when((pl.col("status") == "shown") & pl.col("share").is_null())
            .then(pl.lit("hidden"))
            .otherwise(pl.col("status"))
        )
        .drop("held")
    )


def _draw(rows: pl.DataFrame, language: Language) -> alt.TopLevelMixin:
    shown = rows.with_columns(
        label=pl.col("share").map_elements(
            lambda share: percent(share, language), return_dtype=pl.String
        ),
        status=pl.col("share_status"),
    )
    words = {"hidden": say(WORDS["hidden"], language), "missing": DASH}
    names = {band: say(_BAND_NAMES[band], language) for band in BANDS}
    return draw_late(shown, names, words, language)


def _title(rows: pl.DataFrame) -> Text:
    """The share registered within a week, of the latest months that are final."""
    last = rows.filter(pl.col("band") == BANDS[-2], pl.col("status") != "missing")["month"]
    months = sorted(set(last))[-_SETTLED:]
    soon = rows.filter(pl.col("month").is_in(months), pl.col("band").is_in(_SOON))
    whole = rows.filter(pl.col("month").is_in(months))
    if len(months) < _SETTLED or soon["meetings"].null_count() or whole["meetings"].null_count():
        return Text("Så sent bliver samtaler registreret", "How late meetings are registered")
    return sentence(
        "{share} af samtalerne er registreret inden en uge ({months})",
        "{share} of the meetings are registered within a week ({months})",
        share=findings.percent(int(soon["meetings"].sum()) / int(whole["meetings"].sum()), 1),
        months=findings.period(months),
    )


def revisions(facts: Facts) -> Exhibit:
    """The first and the newest figures of months published soon after they ended."""
    rows = facts.revisions.with_columns(
        moved=pl.col("last_held") / pl.col("first_held") - 1, status=pl.lit("shown")
    )
    median = facts.usual_revision
    title = (
        sentence(
            "En måneds afholdte samtaler flytter sig typisk {share} efter første udgivelse",
            "A month's meetings held typically move by {share} after their first publication",
            share=findings.percent(median, 1),
        )
        if median is not None
        else Text(
            "Hvor meget tallene flytter sig, vides endnu ikke",
            "How much the figures move is not known yet",
        )
    )
    return Exhibit(
        id="kvalitet-revision",
        title=title,
        definition=Text(
            "Måneder, der er udgivet højst 35 dage efter, at de sluttede, og igen senere.",
            "Months published at most 35 days after they ended, and again later.",
        ),
        rows=rows,
        columns=(
            Column("month", Text("Måned", "Month"), "month"),
            Column("first_as_of", Text("Først opgjort", "First counted"), "day"),
            Column("publications", Text("Udgivelser", "Publications"), "number"),
            Column("first_held", Text("Afholdt først", "Held at first"), "number"),
            Column("last_held", Text("Afholdt nu", "Held now"), "number"),
            Column("moved", Text("Ændring", "Change"), "percent"),
            Column("first_recognised", Text("Medregnet først", "Recognised at first"), "number"),
            Column("last_recognised", Text("Medregnet nu", "Recognised now"), "number"),
        ),
        note=Text(
            f"Journalen rummer {facts.number} udgivelse{'' if facts.number == 1 else 'r'}.",
            f"The ledger holds {facts.number} publication{'' if facts.number == 1 else 's'}.",
        ),
    )
