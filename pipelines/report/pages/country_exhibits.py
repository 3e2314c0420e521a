"""The exhibits of the country: two grids of tiles, and the funnel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from math import floor
from typing import TYPE_CHECKING, Final

import polars as pl

from pipelines.contracts.model import Text
from pipelines.report.charts.funnel import funnel
from pipelines.report.charts.tiles import tiles
from pipelines.report.drawing import AMBER_LIGHT, INK, PAPER
from pipelines.report.exhibits import Column, Exhibit
from pipelines.report.findings import number, percent, period, sentence
from pipelines.report.language import DASH, Language, say
from pipelines.report.places import place_names
from pipelines.report.shares import LINE
from pipelines.report.words import VERDICTS, WORDS

if TYPE_CHECKING:
    import altair as alt

_GREY: Final = "#d5d9dc"
_BLUE: Final = "#bcd5e0"
_SIGNS: Final = {
    "below": "\N{BLACK DOWN-POINTING TRIANGLE} ",
    "above": "\N{BLACK UP-POINTING TRIANGLE} ",
}
_VERDICT_FILLS: Final = {"below": AMBER_LIGHT, "uncertain": PAPER, "above": _BLUE}
# From which share a tile has which ground; the darkest takes light letters.
_SHADES: Final = (
    (0.9, "#0d4f6c"),
    (0.8, "#6ba0b7"),
    (0.7, "#a9c8d6"),
    (0.6, "#d5e4eb"),
    (0.0, "#f4f8fa"),
)
_VERDICT_KEY: Final = (
    ("▼ sikkert under 80 %", "▼ certainly below 80%", AMBER_LIGHT, False),
    ("kan være tilfældigt", "may be chance", PAPER, False),
    ("▲ sikkert over 80 %", "▲ certainly above 80%", _BLUE, False),
)
_SHADE_KEY: Final = (
    ("90 % og derover", "90% and more", _SHADES[0][1], False),
    ("80\N{EN DASH}89 %", "80\N{EN DASH}89%", _SHADES[1][1], False),
    ("70\N{EN DASH}79 %", "70\N{EN DASH}79%", _SHADES[2][1], False),
    ("60\N{EN DASH}69 %", "60\N{EN DASH}69%", _SHADES[3][1], False),
    ("under 60 %", "less than 60%", _SHADES[4][1], False),
)
_ABSENT_KEY: Final = (
    ("ingen samtalefil i 35 dage", "no file of meetings in 35 days", PAPER, True),
    ("skjult: for få personer", "hidden: too few persons", _GREY, False),
)
_NOTHING: Final = Text(
    "Ingen kommune har tal, der kan vises", "No municipality has figures that can be shown"
)
_DELIVERY: Final = {
    "fresh": Text("ja", "yes"),
    "missing": Text("mangler", "missing"),
}
_NOTE: Final = Text(
    "Tallet i et felt er procent, rundet ned. Kommuner ligger omtrent, hvor de ligger i landet.",
    "The number in a tile is percent, rounded down. Municipalities lie about where they are.",
)


def met_tiles(
    shares: pl.DataFrame, months: tuple[date, ...], silent: frozenset[str], stages: tuple[str, ...]
) -> Exhibit:
    """The share of requirements met, by verdict on the line, of `Figures.shares`."""
    rows = with_delivery(shares, silent)
    count = {verdict: rows.filter(pl.col("verdict") == verdict).height for verdict in VERDICTS}
    title = (
        sentence(
            "{below} af de {all} kommuner, der kan vises, ligger sikkert under 80 %; {above} over",
            "{below} of the {all} municipalities that can be shown lie certainly below 80%; "
            "{above} above",
            below=number(count["below"]),
            all=number(sum(count.values())),
            above=number(count["above"]),
        )
        if any(count.values())
        else _NOTHING
    )
    return Exhibit(
        id="landet-krav",
        title=title,
        definition=sentence(
            "Andel af de krav, der forfaldt {period}, som blev opfyldt.",
            "Share of the requirements due {period} that were met.",
            period=period(months),
        ),
        rows=rows,
        columns=_columns(Text("Forfaldne krav", "Due"), Text("Opfyldt", "Met"), verdict=True),
        draw=partial(_draw, rows, _by_verdict, (*_VERDICT_KEY, *_ABSENT_KEY)),
        note=_NOTE,
        stages=stages,
    )


def recognised_tiles(
    shares: pl.DataFrame, months: tuple[date, ...], silent: frozenset[str], stages: tuple[str, ...]
) -> Exhibit:
    """The share of held meetings that are recognised, of `Figures.shares`."""
    rows = with_delivery(shares, silent)
    return Exhibit(
        id="landet-medregnet",
        title=_middle_half(rows["share"].drop_nulls()),
        definition=sentence(
            "Andel af de samtaler, der blev holdt {period}, som kan opfylde pligten.",
            "Share of the meetings held {period} that can fulfil the duty.",
            period=period(months),
        ),
        rows=rows.drop("verdict"),
        columns=_columns(Text("Afholdt", "Held"), Text("Medregnet", "Recognised"), verdict=False),
        draw=partial(_draw, rows, _by_shade, (*_SHADE_KEY, *_ABSENT_KEY)),
        note=_NOTE,
        stages=stages,
    )


def funnel_of(
    shares: pl.DataFrame, months: tuple[date, ...], stages: tuple[str, ...]
) -> Exhibit | None:
    """The share met against its number, of `Figures.shares`; None where no share is shown."""
    known = shares.drop_nulls("verdict")
    if known.is_empty():
        return None
    return Exhibit(
        id="landet-tragt",
        title=sentence(
            "For {chance} af {all} kommuner kan afstanden til 80 % være tilfældig",
            "For {chance} of {all} municipalities the distance to 80% may be chance",
            chance=number(known.filter(pl.col("verdict") == "uncertain").height),
            all=number(known.height),
        ),
        definition=sentence(
            "Andel opfyldte krav mod antallet af krav, der forfaldt {period}. Gråt felt: hvad "
            "tilfældet alene kan give en kommune, der opfylder 80 % (95 %, Wilson).",
            "Share of requirements met against the number due {period}. Grey: what chance alone "
            "may give a municipality that meets 80% (95%, Wilson).",
            period=period(months),
        ),
        rows=shares,
        columns=_columns(Text("Forfaldne krav", "Due"), Text("Opfyldt", "Met"), verdict=True)[:-1],
        draw=partial(_draw_funnel, shares),
        note=_hidden_note(shares),
        stages=stages,
    )


def with_delivery(shares: pl.DataFrame, silent: frozenset[str]) -> pl.DataFrame:
    """The shares with a column `delivery`: missing where no file of meetings is fresh."""
    return shares.with_columns(
        delivery=pl.when(pl.col("place").is_in(list(silent)))
        .then(pl.lit("missing"))
        .otherwise(pl.lit("fresh"))
    )


def _columns(whole: Text, part: Text, *, verdict: bool) -> tuple[Column, ...]:
    return (
        Column("place", Text("Kommune", "Municipality"), "code", place_names()),
        Column("whole", whole, "number"),
        Column("part", part, "number"),
        Column("share", Text("Andel", "Share"), "percent"),
        Column("low", Text("Mindst", "At least"), "percent"),
        Column("high", Text("Højst", "At most"), "percent"),
        *(
            (Column("verdict", Text("Mod 80 %", "Against 80%"), "code", VERDICTS),)
            if verdict
            else ()
        ),
        Column("delivery", Text("Samtalefil i 35 dage", "File in 35 days"), "code", _DELIVERY),
    )


def _middle_half(shares: pl.Series) -> Text:
    if len(shares) < 4:  # noqa: PLR2004 - quarters of fewer say nothing
        return Text("Medregnede samtaler, kommune for kommune", "Recognised, by municipality")
    low, high = (float(shares.quantile(q, "nearest") or 0) for q in (0.25, 0.75))
    return sentence(
        "I halvdelen af kommunerne er mellem {low} og {high} af samtalerne medregnet",
        "In half of the municipalities between {low} and {high} of the meetings are recognised",
        low=percent(low),
        high=percent(high),
    )


def _hidden_note(shares: pl.DataFrame) -> Text | None:
    hidden = shares.filter(pl.col("status") == "hidden").height
    if not hidden:
        return None
    return sentence(
        "{hidden} kommuner står ikke i diagrammet, fordi deres tal er skjult.",
        "{hidden} municipalities are not in the chart, because their figures are hidden.",
        hidden=number(hidden),
    )


def _by_verdict(share: float, verdict: str) -> tuple[str, str, str]:
    return f"{_SIGNS.get(verdict, '')}{floor(100 * share)}", _VERDICT_FILLS[verdict], INK


def _by_shade(share: float, _verdict: str) -> tuple[str, str, str]:
    fill = next(colour for least, colour in _SHADES if share >= least)
    return f"{floor(100 * share)}", fill, PAPER if fill == _SHADES[0][1] else INK


def _draw(
    rows: pl.DataFrame,
    look: Callable[[float, str], tuple[str, str, str]],
    key: tuple[tuple[str, str, str, bool], ...],
    language: Language,
) -> alt.TopLevelMixin:
    hidden, drawn = say(WORDS["hidden"], language), []
    for place, share, verdict, status, delivery in rows.select(
        "place", "share", "verdict", "status", "delivery"
    ).iter_rows():
        if share is not None:
            label, fill, ink = look(share, verdict)
        else:
            label, fill, ink = (hidden, _GREY, INK) if status == "hidden" else (DASH, PAPER, INK)
        drawn.append((place, label, fill, ink, delivery == "missing", share is not None))
    schema = {
        "place": pl.String,
        "label": pl.String,
        "fill": pl.String,
        "ink": pl.String,
        "is_hatched": pl.Boolean,
        "is_number": pl.Boolean,
    }
    lines = [(da if language == "da" else en, fill, is_hatched) for da, en, fill, is_hatched in key]
    return tiles(
        pl.DataFrame(drawn, schema=schema, orient="row"),
        pl.DataFrame(
            lines,
            schema={"label": pl.String, "fill": pl.String, "is_hatched": pl.Boolean},
            orient="row",
        ),
    )


def _draw_funnel(shares: pl.DataFrame, language: Language) -> alt.TopLevelMixin:
    names = {code: say(name, language) for code, name in place_names().items()}
    return funnel(shares.with_columns(name=pl.col("place").replace(names)), LINE, language)
