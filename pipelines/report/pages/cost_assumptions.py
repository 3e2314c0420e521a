"""What hours and money rest on: the standard-cost table, and the assumptions that matter most."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from pipelines import wording
from pipelines.contracts.model import Text
from pipelines.costs.model import Activity, Standard
from pipelines.costs.tornado import Swing, swings
from pipelines.costs.work import Meetings, work_of
from pipelines.report import findings
from pipelines.report.charts.swings import tornado
from pipelines.report.costing import money
from pipelines.report.exhibits import Column, Exhibit
from pipelines.report.findings import sentence
from pipelines.report.language import DASH, Language, listed, number, say
from pipelines.report.periods import Period

if TYPE_CHECKING:
    import altair as alt

_MOST: Final = 5  # assumptions shown
_UNITS: Final = {
    "minutes": Text("minutter", "minutes"),
    "dkk_an_hour": Text("kr. i timen", "DKK an hour"),
}
_ALL: Final = Text("alle", "all")
_HOUR: Final = 60


def most_important(meetings: Meetings, period: Period, standard: Standard) -> Exhibit | None:
    """The tornado of the gap's cost; None where no assumption moves it."""
    found = swings(meetings, standard)[:_MOST]
    if not found:
        return None
    middle = work_of(meetings, standard).dkk_middle
    rows = pl.DataFrame(
        {
            "assumption": [str(place) for place in range(1, len(found) + 1)],
            "unit": [one.unit for one in found],
            "low": [one.range.low for one in found],
            "middle": [one.range.middle for one in found],
            "high": [one.range.high for one in found],
            "dkk_low": [one.dkk_low for one in found],
            "dkk_middle": [middle] * len(found),
            "dkk_high": [one.dkk_high for one in found],
        }
    )
    labels = {str(place): one.label for place, one in enumerate(found, start=1)}
    year = standard.price_year
    return Exhibit(
        id="omkostninger-antagelser",
        title=sentence(
            "Mest afgør: {what}. Over dens spænd er gabets pris {dkk}",
            "What matters most: {what}. Over its range the gap costs {dkk}",
            what=found[0].label,
            dkk=money(found[0].dkk_low, found[0].dkk_high),
        ),
        definition=sentence(
            "Gabets pris, {period}, når én antagelse ad gangen går fra lav til høj.",
            "The cost of the gap, {period}, as one assumption at a time goes from low to high.",
            period=period.label,
        ),
        rows=rows,
        columns=(
            Column("assumption", Text("Antagelse", "Assumption"), "code", labels),
            Column("unit", Text("Enhed", "Unit"), "code", _UNITS),
            Column("low", Text("Lav", "Low"), "decimal"),
            Column("middle", Text("Middel", "Middle"), "decimal"),
            Column("high", Text("Høj", "High"), "decimal"),
            Column("dkk_low", Text(f"Kr. ({year}) ved lav", f"DKK ({year}) at low"), "number"),
            Column("dkk_high", Text(f"Kr. ({year}) ved høj", f"DKK ({year}) at high"), "number"),
        ),
        draw=partial(_draw, rows, found),
        note=Text(
            "Stregen er prisen, når alle antagelser er i midten. Spændene er ikke statistisk "
            "usikkerhed, men de tal, den, der regner, ikke vil udelukke.",
            "The line is the cost with every assumption at its middle. The ranges are no "
            "statistical uncertainty, but the numbers that whoever counts will not rule out.",
        ),
    )


def _draw(rows: pl.DataFrame, found: tuple[Swing, ...], language: Language) -> alt.TopLevelMixin:
    names = [say(one.label, language) for one in found]
    details = [
        f"{number(one.range.low, language)}{DASH}{number(one.range.high, language)} "
        f"{say(_UNITS[one.unit], language)}"
        for one in found
    ]
    return tornado(rows, names, details, language)


def rates(standard: Standard) -> Exhibit:
    """The standard-cost table: activity by modes, times, minutes and price."""
    activities = standard.activities
    return Exhibit(
        id="omkostninger-satser",
        title=sentence(
            "En samtale ved fremmøde er regnet til {dkk}",
            "A meeting in person is reckoned at {dkk}",
            dkk=money(work_of({"in_person": 1}, standard).dkk_middle),
        ),
        definition=sentence(
            "Aktiviteter ganget med gange, minutter og pris, i {year}-priser. Alle tal er "
            "antagelser, som den, der driver programmet, kan ændre.",
            "Activities multiplied by times, minutes and price, in prices of {year}. All numbers "
            "are assumptions that whoever runs the program can change.",
            year=Text(*[str(standard.price_year)] * 2),
        ),
        rows=pl.DataFrame([_rate(one, standard) for one in activities]),
        columns=(
            Column(
                "activity",
                Text("Aktivitet", "Activity"),
                "code",
                {one.activity: one.label for one in activities},
            ),
            Column("modes", Text("Former", "Modes"), "code", _modes(standard)),
            Column("number", Text("Gange", "Times"), "decimal"),
            Column("minutes", Text("Min.", "Min."), "decimal"),
            Column("minutes_low", Text("Min., lav", "Min., low"), "decimal"),
            Column("minutes_high", Text("Min., høj", "Min., high"), "decimal"),
            Column("dkk_an_hour", Text("Kr./time", "DKK/hour"), "number"),
            Column("dkk_low", Text("Kr./time, lav", "DKK/hour, low"), "number"),
            Column("dkk_high", Text("Kr./time, høj", "DKK/hour, high"), "number"),
            Column("dkk_a_meeting", Text("Kr./samtale", "DKK/meeting"), "number"),
        ),
        note=sentence(
            "Et årsværk er {hours} timer ({low}\N{EN DASH}{high}).",
            "A full-time year is {hours} hours ({low}\N{EN DASH}{high}).",
            hours=findings.number(round(standard.hours_a_year.middle)),
            low=findings.number(round(standard.hours_a_year.low)),
            high=findings.number(round(standard.hours_a_year.high)),
        ),
    )


def _rate(one: Activity, standard: Standard) -> dict[str, object]:
    price = standard.price_of(one)
    return {
        "activity": one.activity,
        "modes": _code(one),
        "number": one.number,
        "minutes": one.minutes.middle,
        "minutes_low": one.minutes.low,
        "minutes_high": one.minutes.high,
        "dkk_an_hour": price.middle,
        "dkk_low": price.low,
        "dkk_high": price.high,
        "dkk_a_meeting": one.number * one.minutes.middle / _HOUR * price.middle,
    }


def _code(activity: Activity) -> str:
    return "all" if activity.modes is None else "+".join(activity.modes)


def _modes(standard: Standard) -> dict[str, Text]:
    named = {
        _code(one): [wording.MODES[mode] for mode in one.modes]
        for one in standard.activities
        if one.modes
    }
    return {"all": _ALL} | {
        code: Text(listed([x.da for x in modes], "da"), listed([x.en for x in modes], "en"))
        for code, modes in named.items()
    }
