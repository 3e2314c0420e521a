"""The law page: every version of every rule the machine applies, on a time line and in words."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from pipelines import wording
from pipelines.contracts.model import Text
from pipelines.report.charts.rules import rules as draw_rules
from pipelines.report.exhibits import Column, Exhibit, Page, Report
from pipelines.report.language import Language, say
from pipelines.report.law_rules import ALWAYS, APPLIES_BY, GRADES, Chapter, chapters
from pipelines.report.months import month_after
from pipelines.report.render import make_page

if TYPE_CHECKING:
    import altair as alt

_TITLE: Final = Text("Loven, som den er regnet", "The law as it is counted")
_SHORT_GRADES: Final = {
    grade: Text(f"{grade}: {text.da}", f"{grade}: {text.en}") for grade, text in GRADES.items()
}
_COLUMNS: Final = (
    Column("valid_from", Text("Gælder fra", "From"), "day"),
    Column("valid_to", Text("til (ikke med)", "Until (exclusive)"), "day"),
    Column("grade", Text("Kildens vægt", "Weight of the source"), "code", _SHORT_GRADES),
    Column("instrument_title", Text("Kilde", "Source"), "text"),
    Column("provision", Text("Bestemmelse", "Provision"), "text"),
    Column("rule_version", Text("Udgavens id", "Id of the version"), "text"),
)


def page(report: Report, language: Language) -> Page:
    """The page `lov`."""
    law = chapters(report.facts.law)
    return make_page(
        report,
        language,
        "lov",
        _TITLE,
        "lov.html.j2",
        [timeline(report, law)],
        chapters=law,
        grades=GRADES,
        applies_by=APPLIES_BY,
        regimes=wording.REGIMES,
        always=ALWAYS,
    )


def timeline(report: Report, law: tuple[Chapter, ...]) -> Exhibit:
    """All versions as a table; the chart shows those that hold by what is known today."""
    facts = report.facts
    labels = {rule.rule: rule.label for chapter in law for rule in chapter.rules}
    order = pl.Enum(list(labels))
    rows = facts.law.sort(pl.col("rule").cast(order), "valid_from", "known_from").select(
        "rule",
        # "since 1900" means: as far back as anything is counted
        pl.when(pl.col("valid_from") > ALWAYS).then(pl.col("valid_from")),
        *("valid_to", "known_from", "known_to", "grade", "instrument", "instrument_title"),
        *("provision", "url", "rule_version"),
    )
    first = report.figures.months("country")[0]
    return Exhibit(
        id="lov-tidslinje",
        title=_title(facts.law),
        definition=Text(
            "Hver udgave af hver regel, efter de dage den gælder, og hvor sikker kilden er.",
            "Every version of every rule, by the days it holds and how sure its source is.",
        ),
        rows=rows,
        columns=(Column("rule", Text("Regel", "Rule"), "code", labels), *_COLUMNS),
        draw=partial(_draw, rows, labels, first, facts.as_of),
        note=Text(
            "Bogstavet er kildens vægt: "
            + "; ".join(f"{grade} {text.da}" for grade, text in GRADES.items())
            + ". De korte bjælker uden bogstav står i tabellen. En tankestreg under «Gælder fra» "
            "betyder: så langt tilbage, der regnes; under «til»: indtil videre.",
            "The letter is the weight of the source: "
            + "; ".join(f"{grade} {text.en}" for grade, text in GRADES.items())
            + ". Short bars without a letter are in the table. A dash under “From” means: as far "
            "back as anything is counted; under “Until”: for the time being.",
        ),
    )


def _draw(
    rows: pl.DataFrame, labels: dict[str, Text], first: date, as_of: date, language: Language
) -> alt.TopLevelMixin:
    known = rows.filter(pl.col("known_to").is_null(), pl.col("known_from") <= as_of).with_columns(
        pl.col("valid_from").fill_null(first)
    )
    names = {rule: say(label, language) for rule, label in labels.items()}
    return draw_rules(known, names, first, month_after(as_of.replace(day=1), 6), as_of, language)


def _title(law: pl.DataFrame) -> Text:
    grades = Counter(law["grade"])
    rules, versions = law["rule"].n_unique(), law.height
    read, unsure = grades["A"] + grades["B"], grades["C"] + grades["D"]
    return Text(
        f"{rules} regler i {versions} udgaver: {read} hviler på en læst lovtekst eller en officiel "
        f"forklaring, {unsure} er omtalt eller antaget",
        f"{rules} rules in {versions} versions: {read} rest on a text that was read or an official "
        f"explanation, {unsure} are reported or assumed",
    )
