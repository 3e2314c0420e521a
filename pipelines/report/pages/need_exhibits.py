"""The exhibits of the need: the fan, the municipalities, and how the forecast did before."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Final

import polars as pl

from pipelines.contracts.model import Text
from pipelines.disclosure.sheet import COUNTRY
from pipelines.need.public import Need
from pipelines.report import findings
from pipelines.report.charts.fan import fan
from pipelines.report.exhibits import Column, Exhibit
from pipelines.report.findings import sentence
from pipelines.report.places import place_names

_PAST: Final = 39  # weeks drawn beside the forecast: a telephone shows where they meet
_KINDS: Final = {
    "fell_due": Text("forfaldt", "fell due"),
    "expected": Text("ventet", "expected"),
}
_AHEAD: Final = {
    "1-4": Text("1-4 uger frem, pr. uge", "1-4 weeks ahead, a week"),
    "5-13": Text("5-13 uger frem, pr. uge", "5-13 weeks ahead, a week"),
    "14-26": Text("14-26 uger frem, pr. uge", "14-26 weeks ahead, a week"),
    "sum": Text("13 uger under ét", "13 weeks together"),
}
_DUE: Final = Text(
    "Samtaler, som kommunernes krav har frist for i ugen, i forløb, der løber den dag. Frist er "
    "vinduets sidste dag med de døde perioder, der kendes.",
    "Meetings whose last day by the municipalities' requirements lies in the week, in spells that "
    "run that day. The last day is the window's, with the pauses known.",
)


def expected(need: Need) -> tuple[int, int, int] | None:
    """The country's need in the near weeks, and the band of 80 %; None where it is not shown."""
    row = need.places.row(0, named=True)
    return None if row["need"] is None else (row["need"], row["low_80"], row["high_80"])


def by_week(need: Need) -> Exhibit | None:
    """The fan of the country; None where there is too little history for one."""
    told = expected(need)
    if told is None:
        return None
    ahead = need.weeks.filter(pl.col("kind") == "expected")
    past = need.weeks.filter(pl.col("kind") == "fell_due").tail(_PAST)
    rows = pl.concat([past, ahead])
    number, low, high = map(findings.number, told)
    return Exhibit(
        id="behov-uger",
        title=sentence(
            "I de næste 13 uger ventes {number} samtaler at have frist",
            "In the next 13 weeks {number} meetings are expected to be due",
            number=number,
        ),
        definition=_DUE,
        rows=rows,
        columns=(
            Column("week", Text("Uge", "Week"), "week"),
            Column("kind", Text("Slags", "Kind"), "code", _KINDS),
            Column("meetings", Text("Samtaler", "Meetings"), "number"),
            *(
                Column(f"{edge}_{cover}", Text(f"{cover} % {da}", f"{cover}% {en}"), "number")
                for cover in ("50", "80", "95")
                for edge, da, en in (("low", "fra", "from"), ("high", "til", "to"))
            ),
        ),
        draw=partial(fan, rows),
        note=sentence(
            "Med 80 % sandsynlighed mellem {low} og {high} i de 13 uger. Alle ugetal er afrundet "
            "til nærmeste fem.",
            "With a probability of 80%, between {low} and {high} in the 13 weeks. All weekly "
            "figures are rounded to the nearest five.",
            low=low,
            high=high,
        ),
    )


def by_municipality(need: Need, silent: Collection[str]) -> Exhibit:
    """Need, backlog and capacity of the country and the municipalities; missing where silent."""
    numbers = {
        "need_status": ("need", "low_80", "high_80", "recognised"),
        "backlog_status": ("backlog",),
        "capacity_status": ("alone", "capacity"),
    }
    is_silent = pl.col("place").is_in(list(silent))
    rows = need.places.with_columns(
        *(
            pl.when(~is_silent).then(pl.col(name)).alias(name)
            for names in numbers.values()
            for name in names
        ),
        *(
            pl.when(is_silent).then(pl.lit("missing")).otherwise(pl.col(status)).alias(status)
            for status in numbers
        ),
    )
    return Exhibit(
        id="behov-kommuner",
        title=_title_of_places(need),
        definition=Text(
            "Behov: samtaler med frist i de næste 13 uger, i forløb, der ventes at løbe den dag. "
            "Holdt: heraf medregnet allerede. Efterslæb: samtaler, der mangler i løbende forløb "
            "med udløbet frist. Kapacitet: samtaler om ugen til efterslæbet alene, der fjerner "
            "det på 26 uger med 80 % sandsynlighed.",
            "Need: meetings due in the next 13 weeks, in spells expected to run that day. Held: "
            "of these, recognised already. Backlog: meetings lacking in running spells past their "
            "last day. Capacity: meetings a week for it alone that clear it in 26 weeks with a "
            "probability of 80%.",
        ),
        rows=rows,
        columns=(
            Column("place", Text("Kommune", "Municipality"), "code", place_names()),
            *(
                Column(name, Text(da, en), "number", status=status)
                for name, da, en, status in (
                    ("need", "Behov", "Need", "need_status"),
                    ("low_80", "80 % fra", "80% from", "need_status"),
                    ("high_80", "80 % til", "80% to", "need_status"),
                    ("recognised", "Holdt", "Held", "need_status"),
                    ("backlog", "Efterslæb", "Backlog", "backlog_status"),
                    ("alone", "Stopper selv", "Leave", "capacity_status"),
                    ("capacity", "Kapacitet", "Capacity", "capacity_status"),
                )
            ),
        ),
        note=Text(
            "Stopper selv: så meget af efterslæbet forsvinder på 26 uger, fordi forløb slutter, "
            "selv om ingen betjenes. Kapaciteten er rundet op til fem, de øvrige tal til nærmeste "
            "fem; derfor summer de ikke. Skjult, hvor færre end fem personer står bag.",
            "Leave: so much of the backlog goes in 26 weeks because spells end, though nobody is "
            "served. Capacity is rounded up to five, the others to the nearest five, so they do "
            "not add up. Hidden where fewer than five persons stand behind.",
        ),
    )


def _title_of_places(need: Need) -> Text:
    [country] = need.places.filter(pl.col("place") == COUNTRY).iter_rows(named=True)
    if country["backlog"] is None:
        return Text("Behov og efterslæb, kommune for kommune", "Need and backlog by municipality")
    return sentence(
        "Efterslæbet er {backlog} samtaler, kommune for kommune",
        "The backlog is {backlog} meetings, by municipality",
        backlog=findings.number(country["backlog"]),
    )


def tried(need: Need) -> Exhibit | None:
    """The back-test beside the naive forecast; None where nothing could be tried."""
    if need.tried.is_empty():
        return None
    [near] = need.tried.filter(pl.col("ahead") == "sum").iter_rows(named=True)
    return Exhibit(
        id="behov-proeve",
        title=sentence(
            "Prøvet på fortiden rammer fremskrivningen {error} fra, sidste års tal {naive}",
            "Tried on the past the forecast is {error} off, last year's figure {naive}",
            error=findings.percent(near["error"] / near["actual"], 1),
            naive=findings.percent(near["naive_error"] / near["actual"], 1),
        ),
        definition=Text(
            "Den gennemsnitlige afvigelse i samtaler for hele landet, og hvor ofte det, der kom, "
            "lå i båndene. Den naive fremskrivning er samme uge året før.",
            "The mean error in meetings for the country, and how often what came lay in the "
            "bands. The naive forecast is the same week of the year before.",
        ),
        rows=need.tried,
        columns=(
            Column("ahead", Text("Fremskrivning", "Forecast"), "code", _AHEAD),
            Column("forecasts", Text("Prøver", "Trials"), "number"),
            Column("actual", Text("Kom", "Came"), "decimal"),
            Column("error", Text("Afvigelse", "Error"), "decimal"),
            Column("naive_error", Text("Naiv afvigelse", "Naive error"), "decimal"),
            *(
                Column(f"in_{cover}", Text(f"I {cover} %", f"In {cover}%"), "percent")
                for cover in ("50", "80", "95")
            ),
        ),
        note=sentence(
            "{origins} udgangspunkter, otte uger imellem, hvert med mindst to års historie før "
            "sig. Titlen er om 13 uger under ét. Det, der i dag vides om fortiden, står for det, "
            "der vidstes da: sene registreringer er med.",
            "{origins} origins, eight weeks apart, each with two years of history or more before "
            "it. The title is of 13 weeks together. What is known of the past today stands for "
            "what was known then: late registrations are in it.",
            origins=findings.number(need.origins),
        ),
    )
