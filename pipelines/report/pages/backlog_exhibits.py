"""The exhibits of the backlog: its way out, what became of an earlier one, and Copenhagen's."""

from __future__ import annotations

from functools import partial
from typing import Final

import polars as pl

from pipelines.contracts.model import Text
from pipelines.need import copenhagen
from pipelines.need.public import OUTCOMES, Need
from pipelines.report import findings
from pipelines.report.charts.queue import PARTS, queue
from pipelines.report.exhibits import Column, Exhibit
from pipelines.report.findings import sentence

_AGES: Final = {
    "all": Text("alle", "all"),
    "0-4": Text("0-4 uger", "0-4 weeks"),
    "5-13": Text("5-13 uger", "5-13 weeks"),
    "14-26": Text("14-26 uger", "14-26 weeks"),
    "27-52": Text("27-52 uger", "27-52 weeks"),
    "53+": Text("over et år", "over a year"),
}
_CASES: Final = {
    "low": Text("8 % af de nye ledige", "8% of the new unemployed"),
    "middle": Text("10,9 %: andelen af folketallet", "10.9%: the share of the population"),
    "high": Text("14 % af de nye ledige", "14% of the new unemployed"),
}


def way_out(need: Need) -> Exhibit | None:
    """The country's backlog with the capacity found; None where it is hidden or not computed."""
    [country] = need.places.head(1).iter_rows(named=True)
    if need.course.is_empty() or country["capacity"] is None or not country["backlog"]:
        return None
    left = need.course["left"][-1]
    return Exhibit(
        id="behov-efterslaeb",
        title=sentence(
            "Med {capacity} samtaler om ugen til efterslæbet er de {backlog} væk på 26 uger; "
            "{left} stopper af sig selv",
            "With {capacity} meetings a week for the backlog its {backlog} are gone in 26 weeks; "
            "{left} leave by themselves",
            capacity=findings.number(country["capacity"]),
            backlog=findings.number(country["backlog"]),
            left=findings.number(left),
        ),
        definition=Text(
            "Samtaler, der mangler i løbende forløb med udløbet frist i dag, og hvad der bliver "
            "af dem, når hver kommune har sin kapacitet og tager dem, der har ventet længst, "
            "først.",
            "Meetings lacking today in running spells past their last day, and what becomes of "
            "them when every municipality has its capacity and takes the longest overdue first.",
        ),
        rows=need.course,
        columns=(
            Column("week", Text("Ved begyndelsen af", "At the beginning of"), "week"),
            *(Column(name, heading, "number") for name, (heading, _) in reversed(PARTS.items())),
            Column("alone", Text("Uden indsats venter", "Waiting if none is served"), "number"),
        ),
        draw=partial(queue, need.course),
        note=Text(
            "Middel af 200 gennemspil. Krav, der forfalder fra i dag, antages holdt til tiden af "
            "den løbende kapacitet og kommer ikke i køen. Udeblivelser tæller ikke som holdt, så "
            "de skal lægges oveni. Betjent og stoppet er lagt sammen fra i dag.",
            "The mean of 200 runs. Requirements due from today on are assumed to be met in time "
            "by the ordinary capacity and do not join. No-shows are no meetings held, so they "
            "come on top. Served and left are sums since today.",
        ),
    )


def past_outcomes(need: Need) -> Exhibit:
    """What became in half a year of those overdue then."""
    return Exhibit(
        id="behov-udfald",
        title=_title_of_outcomes(need),
        definition=Text(
            "Personer, der var over fristen for 26 uger siden, efter hvor længe da. Betjent: alt "
            "manglende er holdt siden. Stoppet: forløbet sluttede først.",
            "Persons who were overdue 26 weeks ago, by how long then. Served: all that lacked has "
            "been held since. Left: the spell ended first.",
        ),
        rows=need.outcomes,
        columns=(
            Column("age", Text("Over fristen", "Overdue"), "code", _AGES),
            *(Column(part, PARTS[part][0], "number", status=f"{part}_status") for part in OUTCOMES),
        ),
    )


def _title_of_outcomes(need: Need) -> Text:
    served, left, waiting = (need.outcomes[part][0] for part in OUTCOMES)
    if not served or not left or waiting is None:
        return Text(
            "Hvad der på et halvt år blev af dem, der var over fristen",
            "What became in half a year of those who were overdue",
        )
    everyone = served + left + waiting
    return sentence(
        "På et halvt år blev {served} af dem over fristen betjent, og {left} stoppede af sig selv",
        "In half a year {served} of those overdue were served, and {left} left by themselves",
        served=findings.percent(served / everyone),
        left=findings.percent(left / everyone),
    )


def copenhagens(need: Need | None) -> Exhibit:
    """Copenhagen's second half of 2020, split; arithmetic on numbers that others gave."""
    more, share = copenhagen.more_needed()
    splits = {case: copenhagen.split(part) for case, part in copenhagen.SHARES.items()}
    middle = splits["middle"]
    return Exhibit(
        id="behov-koebenhavn",
        title=sentence(
            "København 2020: {more} samtaler mere end planlagt, heraf {backlog} efterslæb",
            "Copenhagen 2020: {more} meetings more than planned, {backlog} of them backlog",
            more=findings.number(more),
            backlog=findings.number(middle.backlog),
        ),
        definition=sentence(
            "Andet halvår 2020: planlagt {planned}, behov {needed}, altså {more} mere ({share}). "
            "Regnestykke på kommunens tal, ikke en måling.",
            "Second half of 2020: planned {planned}, needed {needed}, that is {more} more "
            "({share}). Arithmetic on the municipality's numbers, no measurement.",
            planned=findings.number(copenhagen.PLANNED),
            needed=findings.number(copenhagen.NEEDED),
            more=findings.number(more),
            share=findings.percent(share, 1),
        ),
        rows=pl.DataFrame(
            {
                "case": list(splits),
                "inflow": [it.inflow for it in splits.values()],
                "backlog": [it.backlog for it in splits.values()],
                "more": [more] * len(splits),
                "owed_share": [it.owed_share for it in splits.values()],
            }
        ),
        columns=(
            Column("case", Text("Københavns del", "Copenhagen's part"), "code", _CASES),
            Column("inflow", Text("Tilgang", "Inflow"), "number"),
            Column("backlog", Text("Efterslæb", "Backlog"), "number"),
            Column("more", Text("I alt", "Together"), "number"),
            Column("owed_share", Text("Af de tabte", "Of those lost"), "percent"),
        ),
        note=_of_copenhagen(need),
    )


def _of_copenhagen(need: Need | None) -> Text:
    """The assumptions of the example, and what the data at hand say where they hold the time."""
    assumed = sentence(
        "Antagelser: {unemployed} flere ledige i landet (KL, maj 2020), fire samtaler hver på "
        "seks måneder, og Københavns del af dem; resten er efterslæb. Lukningens 76 dage "
        "kostede i planens tempo {lost} samtaler. Efterslæbet er den andel af dem, der står "
        "til sidst; resten skyldtes dagpenge, hvor uret stod stille, eller folk, der nåede at "
        "stoppe. Kommunen har ikke selv offentliggjort en opdeling.",
        "Assumptions: {unemployed} more unemployed in the country (KL, May 2020), four "
        "meetings each in six months, and Copenhagen's part of them; the rest is backlog. At "
        "the plan's pace the 76 days of the closure cost {lost} meetings. The backlog is the "
        "share of them in the last column; the others were of dagpenge, whose clock stood "
        "still, or of people who had left. The municipality has published no split of its own.",
        unemployed=findings.number(copenhagen.MORE_UNEMPLOYED),
        lost=findings.number(copenhagen.lost_in_closure()),
    )
    if need is None or need.autumn is None:
        return assumed
    due, backlog = need.autumn
    return sentence(
        "{assumed} I de data, der ligger her, havde København {due} samtaler med frist i "
        "halvåret, og efterslæbet før det var {backlog}: {share} af de to.",
        "{assumed} In the data at hand Copenhagen had {due} meetings due in the half year, and "
        "the backlog before it was {backlog}: {share} of the two.",
        assumed=assumed,
        due=findings.number(due),
        backlog=findings.number(backlog),
        share=findings.percent(backlog / (due + backlog), 1),
    )
