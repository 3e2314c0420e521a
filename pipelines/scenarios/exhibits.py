"""What scenarios show: exact figures in two counts, and what moved between them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from pipelines import wording
from pipelines.contracts.model import Text
from pipelines.report import findings
from pipelines.report.charts.month_lines import month_lines
from pipelines.report.exhibits import Column, Exhibit
from pipelines.report.findings import sentence
from pipelines.report.language import Language, say
from pipelines.report.places import place_names
from pipelines.scenarios.found import Found
from pipelines.scenarios.tables import COUNTS, LABELS

if TYPE_CHECKING:
    import altair as alt

    from pipelines.scenarios.running import Combination

_TOLD: Final = ("recognised", "unmet", "carried")  # of places, groups and months
_PUBLISHED: Final = COUNTS["baseline"]
_IN_SCENARIO: Final = COUNTS["scenario"]
_MOVED: Final = COUNTS["difference"]
_DUTY: Final = Text(
    "Medregnet er i regelsættet pligten. Krav tælles i den måned, fristen udløber.",
    "Recognised is in the duty regime. Requirements are counted in the month they fall due.",
)


def effect(one: Found) -> Exhibit:
    """Every measure of the country: as published, in the scenario, and the difference."""
    rows = [(name, it.baseline, it.scenario, it.moved) for name, it in one.sums.items()]
    return Exhibit(
        id=f"{one.page}-virkning",
        title=sentence(
            "{recognised} samtaler medregnet og {unmet} krav ikke opfyldt i forhold til udgivelsen",
            "{recognised} meetings recognised and {unmet} requirements not met against published",
            recognised=findings.signed(one.sums["recognised"].moved),
            unmet=findings.signed(one.sums["unmet"].moved),
        ),
        definition=_DUTY,
        rows=pl.DataFrame(rows, schema=["measure", "published", "scenario", "moved"], orient="row"),
        columns=(
            Column("measure", Text("Hele landet", "The country"), "code", LABELS),
            Column("published", _PUBLISHED, "number"),
            Column("scenario", _IN_SCENARIO, "number"),
            Column("moved", _MOVED, "signed"),
        ),
    )


def by_month(one: Found) -> Exhibit:
    """The share recognised by month in both counts, and what moved."""
    rows = _moved(one, "month").with_columns(
        *(
            pl.when(pl.col("held") > 0)
            .then(pl.col(f"recognised_{count}") / pl.col("held"))
            .alias(f"share_{count}")
            for count in ("baseline", "scenario")
        )
    )
    changed = rows.filter(pl.any_horizontal(pl.col(f"{name}_moved") != 0 for name in _TOLD))
    return Exhibit(
        id=f"{one.page}-maaneder",
        title=sentence(
            "Scenariet flytter tal i {months} måneder",
            "The scenario moves figures in {months} months",
            months=findings.number(changed.height),
        ),
        definition=_DUTY,
        rows=rows,
        columns=(
            Column("month", Text("Måned", "Month"), "month"),
            Column("share_baseline", _with("recognised", _PUBLISHED), "percent"),
            Column("share_scenario", _with("recognised", _IN_SCENARIO), "percent"),
            *_MOVED_COLUMNS,
        ),
        draw=partial(_draw_months, rows),
    )


def by_municipality(one: Found) -> Exhibit:
    """What moved in each municipality, the most first."""
    names = place_names()
    rows = _moved(one, "municipality_code")
    return Exhibit(
        id=f"{one.page}-kommuner",
        title=Text("Kommune for kommune", "Municipality by municipality"),
        definition=_DUTY,
        rows=rows.sort(pl.col("recognised_moved").abs(), descending=True, maintain_order=True),
        columns=(
            Column("municipality_code", Text("Kommune", "Municipality"), "code", names),
            Column("held", Text("Afholdt", "Held"), "number"),
            Column("recognised_baseline", _with("recognised", _PUBLISHED), "number"),
            *_MOVED_COLUMNS,
        ),
    )


def by_group(one: Found) -> Exhibit:
    """What moved in each target group."""
    return Exhibit(
        id=f"{one.page}-maalgrupper",
        title=Text("Målgruppe for målgruppe", "Group by group"),
        definition=_DUTY,
        rows=_moved(one, "target_group"),
        columns=(
            Column("target_group", Text("Målgruppe", "Group"), "code", wording.TARGET_GROUPS),
            Column("held", Text("Afholdt", "Held"), "number"),
            Column("recognised_baseline", _with("recognised", _PUBLISHED), "number"),
            *_MOVED_COLUMNS,
        ),
    )


def crossings(one: Found) -> Exhibit:
    """Who crosses the line of 80 percent, and when."""
    kinds = {
        "supervision": Text("tilsynets mål, en måned", "the ministry's measure, a month"),
        "requirements": Text("andel opfyldte krav, et år", "share of requirements met, a year"),
    }
    ways = {"up": Text("op over", "up over"), "down": Text("ned under", "down below")}
    return Exhibit(
        id=f"{one.page}-graensen",
        title=sentence(
            "80 %-grænsen krydses {times} gange",
            "The line of 80% is crossed {times} times",
            times=findings.number(one.crossings.height),
        ),
        definition=Text(
            "En kommune i en periode med mindst ti, der står på den ene side af grænsen i "
            "udgivelsen og på den anden i scenariet.",
            "A municipality in a period with at least ten, on one side of the line as published "
            "and on the other in the scenario.",
        ),
        rows=one.crossings,
        columns=(
            Column("municipality_code", Text("Kommune", "Municipality"), "code", place_names()),
            Column("measure", Text("Mål", "Measure"), "code", kinds),
            Column("period", Text("Periode fra", "Period from"), "day"),
            Column("share_baseline", _PUBLISHED, "percent"),
            Column("share_scenario", _IN_SCENARIO, "percent"),
            Column("direction", Text("Retning", "Direction"), "code", ways),
        ),
    )


def effects(found: Sequence[Found]) -> Exhibit:
    """One row a scenario: what it moves in the whole country."""
    labels = {one.name: one.label for one in found}
    return Exhibit(
        id="scenarier",
        title=Text("Hvad hvert scenarie flytter", "What each scenario moves"),
        definition=_DUTY,
        rows=pl.DataFrame(
            [(one.name, *(one.sums[name].moved for name in LABELS)) for one in found],
            schema=["scenario", *LABELS],
            orient="row",
        ),
        columns=(
            Column("scenario", Text("Scenarie", "Scenario"), "code", labels),
            *(Column(name, text, "signed") for name, text in LABELS.items()),
        ),
    )


def together(combinations: Sequence[Combination]) -> Exhibit:
    """One row a set of scenarios: what they move together, and what only together."""
    labels = {_joined(it): it.counted.asked.label for it in combinations}
    rows = [
        (
            _joined(it),
            it.counted.sums["recognised"].moved,
            it.interaction if len(it.names) > 1 else None,
            it.counted.sums["unmet"].moved,
            it.counted.sums["carried"].moved,
        )
        for it in combinations
    ]
    return Exhibit(
        id="scenarier-sammen",
        title=Text("Hver ændring alene, og sammen", "Every change alone, and together"),
        definition=Text(
            "Samspil er det, ændringerne kun flytter sammen: deres sum trukket fra det hele.",
            "Interaction is what changes move only together: the whole less their sum.",
        ),
        rows=pl.DataFrame(
            rows,
            schema=["scenarios", "recognised", "interaction", "unmet", "carried"],
            orient="row",
        ),
        columns=(
            Column("scenarios", Text("Ændringer", "Changes"), "code", labels),
            Column("recognised", LABELS["recognised"], "signed"),
            Column("interaction", Text("Heraf samspil", "Interaction"), "signed"),
            Column("unmet", LABELS["unmet"], "signed"),
            Column("carried", LABELS["carried"], "signed"),
        ),
    )


_MOVED_COLUMNS: Final = tuple(
    Column(
        f"{name}_moved",
        Text(f"{LABELS[name].da}, forskel", f"{LABELS[name].en}, difference"),
        "signed",
    )
    for name in _TOLD
)


def _moved(one: Found, column: str) -> pl.DataFrame:
    rows = one.moved_by(column)
    return rows.with_columns(
        (pl.col(f"{name}_scenario") - pl.col(f"{name}_baseline")).alias(f"{name}_moved")
        for name in _TOLD
    )


def _with(measure: str, count: Text) -> Text:
    name = LABELS[measure]
    return Text(f"{name.da}, {count.da}", f"{name.en}, {count.en}")


def _joined(combination: Combination) -> str:
    return " + ".join(combination.names)


def _draw_months(rows: pl.DataFrame, language: Language) -> alt.TopLevelMixin:
    names = [say(_IN_SCENARIO, language), say(_PUBLISHED, language)]
    held = rows.filter(pl.col("held") > 0)
    lines = pl.concat(
        held.select("month", name=pl.lit(name), share=pl.col(f"share_{count}"))
        for name, count in zip(names, ("scenario", "baseline"), strict=True)
    )
    return month_lines(lines, names, language)
