"""The exhibits of the quality page: deliveries, rejections, and what rests on assumptions."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from pipelines import wording
from pipelines.contracts.model import Text
from pipelines.deliveries.messages import messages
from pipelines.report import findings
from pipelines.report.charts.bars import bars
from pipelines.report.charts.delivering import delivering
from pipelines.report.exhibits import Column, Exhibit
from pipelines.report.facts import FRESH_DAYS, Facts
from pipelines.report.findings import sentence
from pipelines.report.language import Language, say
from pipelines.report.law_rules import ALWAYS
from pipelines.report.places import place_names

if TYPE_CHECKING:
    import altair as alt

_PLACE: Final = Text("Kommune", "Municipality")
_UNREADABLE: Final = {
    "header_ambiguous": Text("overskriften kan læses på flere måder", "ambiguous header"),
    "header_incomplete": Text("en kolonne mangler", "a column is missing"),
    "kind_unknown": Text("filens art kan ikke afgøres", "the kind cannot be told"),
    "empty_file": Text("filen er tom", "the file is empty"),
    "encoding_unknown": Text("tegnsættet er ukendt", "unknown encoding"),
    "corrupt_file": Text("filen er i stykker", "the file is broken"),
    "too_large": Text("filen er for stor", "the file is too large"),
    "mixed_kinds": Text("filen blander flere arter", "the file mixes kinds"),
}
# A rejected row is named by what is wrong with it, in a few words.
REJECTED: Final = {
    "id_missing": Text("intet id", "no id"),
    "cpr_invalid": Text("CPR mangler eller er ugyldigt", "CPR number missing or invalid"),
    "start_missing": Text("startdato mangler", "start missing"),
    "start_invalid": Text("startdato kan ikke læses", "start cannot be read"),
    "end_invalid": Text("slutdato kan ikke læses", "end cannot be read"),
    "end_before_start": Text("slut ligger før start", "end before start"),
    "status_unknown": Text("status er ukendt", "unknown status"),
    "type_unknown": Text("samtaletype er ukendt", "unknown meeting type"),
    "held_in_future": Text("afholdt ude i fremtiden", "held in the future"),
    "municipality_mismatch": Text("en anden kommunes række", "another municipality's row"),
    "target_group_unknown": Text("målgruppe er ukendt", "unknown target group"),
    "absence_type_unknown": Text("fraværstype er ukendt", "unknown absence type"),
    "row_too_long": Text("rækken er for lang", "the row is too long"),
}
_FIGURES: Final = {
    "recognised": Text("medregnede samtaler", "meetings recognised"),
    "gap": Text("samtaler i gabet", "meetings in the gap"),
    "due": Text("forfaldne krav", "requirements due"),
}
_KINDS: Final = {
    "meetings": Text("Samtaler", "Meetings"),
    "spells": Text("Forløb", "Spells"),
    "absences": Text("Fravær", "Absences"),
}


def deliveries_by_month(facts: Facts) -> Exhibit:
    """How many municipalities delivered something in each month."""
    everyone, missing = len(facts.municipalities), len(facts.missing())
    rows = (
        facts.deliveries.filter(pl.col("files") > pl.col("unreadable"))
        .group_by(pl.col("delivered_on").dt.truncate("1mo").alias("month"))
        .agg(
            pl.col("municipality_code").n_unique().alias("municipalities"),
            pl.col("files", "repeats", "unreadable").sum(),
        )
        .sort("month")
    )
    return Exhibit(
        id="kvalitet-leverancer",
        title=Text(
            f"{everyone - missing} af {everyone} kommuner har leveret samtaler inden for "
            f"{FRESH_DAYS} dage",
            f"{everyone - missing} of {everyone} municipalities have delivered meetings within "
            f"{FRESH_DAYS} days",
        ),
        definition=Text(
            "Kommuner, der i måneden leverede mindst én fil, som kunne læses.",
            "Municipalities that in the month delivered at least one file that could be read.",
        ),
        rows=rows,
        columns=(
            Column("month", Text("Måned", "Month"), "month"),
            Column("municipalities", Text("Kommuner", "Municipalities"), "number"),
            Column("files", Text("Filer", "Files"), "number"),
            Column("repeats", Text("Gentagelser", "Repeats"), "number"),
            Column("unreadable", Text("Kunne ikke læses", "Could not be read"), "number"),
        ),
        draw=partial(delivering, rows, everyone),
    )


def deliveries_by_municipality(facts: Facts) -> Exhibit:
    """The latest day of each kind of file, municipality by municipality."""
    rows = facts.delivered.pivot("kind", index="municipality_code", values="delivered_on")
    return Exhibit(
        id="kvalitet-leverancer-kommuner",
        title=Text("Senest leveret, kommune for kommune", "Latest deliveries by municipality"),
        definition=Text(
            "Den seneste dag, der kom en fil af arten, som kunne læses; en tankestreg er aldrig.",
            "The latest day on which a file of the kind came that could be read; a dash is never.",
        ),
        rows=rows.select("municipality_code", *_KINDS),
        columns=(
            Column("municipality_code", _PLACE, "code", place_names()),
            *(Column(kind, heading, "day") for kind, heading in _KINDS.items()),
        ),
    )


def unreadable(facts: Facts) -> Exhibit:
    """The files that could not be read."""
    files = int(facts.unreadable["files"].sum())
    return Exhibit(
        id="kvalitet-ulaeselige",
        title=Text(
            f"{files} {'fil' if files == 1 else 'filer'} kunne ikke læses",
            f"{files} {'file' if files == 1 else 'files'} could not be read",
        ),
        definition=Text(
            "Filer, hvis rækker ikke er med, fordi filen ikke kunne åbnes eller forstås.",
            "Files whose rows are left out, because the file could not be opened or understood.",
        ),
        rows=facts.unreadable.sort("delivered_on", "municipality_code", descending=[True, False]),
        columns=(
            Column("municipality_code", _PLACE, "code", place_names()),
            Column("delivered_on", Text("Leveret", "Delivered"), "day"),
            Column("reason", Text("Hvorfor", "Why"), "code", _UNREADABLE),
            Column("files", Text("Filer", "Files"), "number"),
        ),
    )


def rejected(facts: Facts) -> Exhibit:
    """Rejected rows of the whole country by rule."""
    rows = facts.rejected_by_code.sort("rejected", descending=True, nulls_last=True)
    told = {code: Text(text["da"], text["en"]) for code, text in messages().items()}
    return Exhibit(
        id="kvalitet-afviste",
        title=_rejected_title(rows),
        definition=Text(
            "Afviste rækker i alle leverancer efter regel; en række kan have flere grunde.",
            "Rejected rows of all deliveries by rule; a row may have several reasons.",
        ),
        rows=rows.with_columns(rule=pl.col("code")),
        columns=(
            Column("code", Text("Regel", "Rule"), "code", REJECTED),
            Column("rejected", Text("Rækker", "Rows"), "number"),
            Column("rule", Text("Hvad kommunen får at vide", "What is wrong"), "code", told),
        ),
        draw=partial(_draw_rejected, rows),
    )


def _draw_rejected(rows: pl.DataFrame, language: Language) -> alt.TopLevelMixin:
    names = [say(REJECTED[code], language) for code in rows["code"]]
    return bars(rows.rename({"rejected": "value"}), names, language)


def _rejected_title(rows: pl.DataFrame) -> Text:
    first = rows.row(0, named=True) if rows.height else None
    if first is None or first["rejected"] is None:
        return Text("Afviste rækker efter regel", "Rejected rows by rule")
    return sentence(
        "Flest rækker er afvist med: {why} ({rows})",
        "Most rows are rejected for: {why} ({rows})",
        why=REJECTED[first["code"]],
        rows=findings.number(first["rejected"]),
    )


def rejected_by_municipality(facts: Facts) -> Exhibit:
    """Rejected rows of each municipality, of those read."""
    rows = facts.rejected_by_municipality.with_columns(
        share=pl.col("rejected") / pl.col("rows_read")
    ).sort("municipality_code")
    return Exhibit(
        id="kvalitet-afviste-kommuner",
        title=Text("Afviste rækker, kommune for kommune", "Rejected rows by municipality"),
        definition=Text(
            "Rækker, der er læst i alle leverancer, og dem af dem, der er afvist.",
            "Rows read in all deliveries, and those of them that were rejected.",
        ),
        rows=rows,
        columns=(
            Column("municipality_code", _PLACE, "code", place_names()),
            Column("rows_read", Text("Læst", "Read"), "number"),
            Column("rejected", Text("Afvist", "Rejected"), "number"),
            Column("share", Text("Andel", "Share"), "percent"),
        ),
    )


def assumptions(facts: Facts) -> Exhibit:
    """The figures that rest on rules whose text no one has read, and how large a part of them."""
    law = facts.law.select("rule_version", "label_da", "label_en", "valid_from", "valid_to")
    rows = (
        facts.assumptions.join(law, on="rule_version", how="left", maintain_order="left")
        .with_columns(share=pl.col("decided") / pl.col("total"))
        .sort(
            pl.col("figure").cast(pl.Enum(list(_FIGURES))),
            pl.col("decided").fill_null(0),
            descending=[False, True],
        )
    )
    labels = {
        version: Text(da, en)
        for version, da, en in rows.select("rule_version", "label_da", "label_en").iter_rows()
    }
    return Exhibit(
        id="kvalitet-antagelser",
        title=_assumed_title(facts.assumptions),
        definition=Text(
            "Samtaler og krav, der er afgjort af en regel, som er omtalt (C) eller antaget (D).",
            "Meetings and requirements decided by a rule that is reported (C) or assumed (D).",
        ),
        rows=rows.select(
            "figure",
            "rule_version",
            pl.when(pl.col("valid_from") > ALWAYS).then(pl.col("valid_from")),
            *("valid_to", "grade", "decided", "total", "share", "status"),
        ),
        columns=(
            Column("figure", Text("Tal", "Figure"), "code", _FIGURES),
            Column("rule_version", Text("Regel", "Rule"), "code", labels),
            Column("valid_from", Text("Gælder fra", "From"), "day"),
            Column("valid_to", Text("til (ikke med)", "Until (exclusive)"), "day"),
            Column("grade", Text("Kilde", "Source"), "code", wording.GRADES),
            Column("decided", Text("Afgjort", "Decided"), "number"),
            Column("share", Text("Del af tallet", "Part of the figure"), "percent"),
        ),
    )


def _assumed_title(rows: pl.DataFrame) -> Text:
    """How much of the recognised meetings an assumption decided; at least, where some is hidden."""
    assumed = rows.filter(pl.col("figure") == "recognised", pl.col("grade") == "D")
    if assumed.is_empty():
        return Text("Tal, der hviler på antagelser", "Figures that rest on assumptions")
    share = findings.percent(assumed["decided"].sum() / assumed["total"][0], 1)
    is_least = assumed["decided"].null_count() > 0
    return sentence(
        ("Mindst " if is_least else "")
        + "{share} af de medregnede samtaler er afgjort af en antaget regel",
        ("At least " if is_least else "")
        + "{share} of the meetings recognised were decided by an assumed rule",
        share=share,
    )
