"""A municipality's meetings by mode, reason, regime and target group, beside region and country."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from pipelines import wording
from pipelines.contracts.codes import MODES, NO_SPELL, REASONS, REGIMES, TARGET_GROUPS
from pipelines.contracts.model import Text
from pipelines.disclosure.sheet import COUNTRY
from pipelines.report import findings
from pipelines.report.exhibits import Column, Exhibit
from pipelines.report.figures import Figures
from pipelines.report.findings import sentence
from pipelines.report.measures import GAP, HELD, RECOGNISED, Measure
from pipelines.report.months import month_after, months_to
from pipelines.report.places import place_names

_TOTAL: Final = "total"
_HALF: Final = 0.5
_FIELDS: Final = ("own", "region", "country")


@dataclass(frozen=True, slots=True)
class Split:
    """One way of splitting a measure; `whole` is what the shares are taken of."""

    name: str  # ends the exhibit's id
    measure: Measure
    whole: Measure
    by: str
    names: Mapping[str, Text]
    total: Text
    heading: Text
    definition: Text
    finding: Text  # with {top}, {share} and {country}
    led_by: str = ""  # the category the finding is about; else the largest

    @property
    def measures(self) -> list[Measure]:
        """The whole, then each category."""
        return [self.whole, *self.measure.split(self.by, self.names)]


SPLITS: Final = (
    Split(
        name="form",
        measure=HELD,
        whole=HELD,
        by="mode",
        names={mode: wording.MODES[mode] for mode in MODES},
        total=Text("afholdt i alt", "held in all"),
        heading=Text("Samtaleform", "Mode"),
        definition=Text("Afholdte samtaler efter samtaleform.", "Meetings held, by mode."),
        finding=Text(
            "Hyppigste samtaleform: {top}, {share} af samtalerne (hele landet {country})",
            "The most frequent mode: {top}, {share} of the meetings (Denmark {country})",
        ),
    ),
    Split(
        name="grund",
        measure=GAP,
        whole=GAP,
        by="reason",
        # A month is left out in supervision only, never in the duty regime.
        names={r: wording.REASONS[r] for r in REASONS if r != "month_left_out"},
        total=Text("ikke medregnet i alt", "not recognised in all"),
        heading=Text("Første grund", "First reason"),
        definition=Text(
            "Afholdte samtaler, der ikke er medregnet i pligten, efter den første regel i lovens "
            "orden, de ikke opfylder.",
            "Meetings held that are not recognised in the duty regime, by the first rule in legal "
            "order that they do not meet.",
        ),
        finding=Text(
            "Hyppigste grund til, at samtaler ikke tæller: {top}, {share} (hele landet {country})",
            "The most frequent reason not to count: {top}, {share} (Denmark {country})",
        ),
    ),
    Split(
        name="regelsaet",
        measure=RECOGNISED,
        whole=HELD,
        by="regime",
        names={regime: wording.REGIMES[regime] for regime in REGIMES if regime != "held"},
        total=wording.REGIMES["held"],
        heading=Text("Regelsæt", "Regime"),
        definition=Text(
            "De samme afholdte samtaler talt på tre måder: hvor mange der er medregnet i hvert "
            "regelsæt.",
            "The same meetings counted in three ways: how many are recognised in each regime.",
        ),
        finding=Text(
            "Pligten medregner {share} af samtalerne (hele landet {country})",
            "The duty regime recognises {share} of the meetings (Denmark {country})",
        ),
        led_by="duty",
    ),
    Split(
        name="maalgruppe",
        measure=HELD,
        whole=HELD,
        by="target_group",
        names={g: wording.TARGET_GROUPS[g] for g in (*TARGET_GROUPS, NO_SPELL)},
        total=Text("afholdt i alt", "held in all"),
        heading=Text("Målgruppe", "Target group"),
        definition=Text(
            "Afholdte samtaler efter borgerens målgruppe på dagen.",
            "Meetings held, by the citizen's target group on the day.",
        ),
        finding=Text(
            "Største målgruppe: {top}, {share} af samtalerne (hele landet {country})",
            "The largest target group: {top}, {share} of the meetings (Denmark {country})",
        ),
    ),
)


def split_exhibit(
    figures: Figures, split: Split, places: Sequence[str], quarters: Sequence[date], prefix: str
) -> Exhibit:
    """A row a category: the latest quarter, with shares beside region and country, and all four.

    `places` are the municipality, its region and the country; shares are of the latest quarter.
    """
    by_quarter = [measure.by_quarter for measure in split.measures]
    year = figures.totals(by_quarter, places[:1], quarters)
    rows = pl.concat(
        [
            pl.DataFrame({split.by: [_TOTAL, *split.names]}),
            *(
                _shares(_totals(figures, split, place, quarters[-1]), field)
                for field, place in zip(_FIELDS, places, strict=True)
            ),
            year.select(year="value", year_status="status"),
        ],
        how="horizontal",
    ).drop("region", "region_status", "country", "country_status")
    return Exhibit(
        id=f"{prefix}-{split.name}",
        title=_title(rows, split),
        definition=sentence(
            "{definition} Andele er af {quarter}; fire kvartaler er {period}.",
            "{definition} Shares are of {quarter}; four quarters are {period}.",
            definition=split.definition,
            quarter=findings.quarter(quarters[-1]),
            period=_period(quarters),
        ),
        rows=rows,
        columns=(
            Column(split.by, split.heading, "code", {_TOTAL: split.total, **split.names}),
            Column("own", findings.quarter(quarters[-1]), "number", status="own_status"),
            *(
                Column(
                    f"{field}_share",
                    Text("Andel", "Share") if field == "own" else place_names()[place],
                    "percent",
                    status=f"{field}_share_status",
                )
                for field, place in zip(_FIELDS, places, strict=True)
            ),
            Column("year", Text("Fire kvartaler", "Four quarters"), "number", status="year_status"),
        ),
        stages=figures.stages(quarters, by_quarter[0].family),
    )


def _totals(figures: Figures, split: Split, place: str, quarter: date) -> pl.DataFrame:
    """A quarter: as such where places are split by the quarter, from its months for the country."""
    if place == COUNTRY:
        return figures.totals(split.measures, [place], months_to(month_after(quarter, 2), 3))
    return figures.totals([m.by_quarter for m in split.measures], [place], [quarter])


def _period(quarters: Sequence[date]) -> Text:
    first, last = findings.quarter(quarters[0]), findings.quarter(quarters[-1])
    return Text(f"{first.da} \N{EN DASH} {last.da}", f"{first.en} \N{EN DASH} {last.en}")


def _shares(totals: pl.DataFrame, field: str) -> pl.DataFrame:
    """Values and their shares of the first row, the whole; hidden where either is."""
    whole, of_whole = totals.select("value", "status").row(0)
    return totals.select(
        pl.col("value").alias(field),
        pl.col("status").alias(f"{field}_status"),
        (pl.col("value") / whole if whole else pl.lit(None, pl.Float64)).alias(f"{field}_share"),
        (pl.col("status") if of_whole == "shown" else pl.lit(of_whole)).alias(
            f"{field}_share_status"
        ),
    )


def _title(rows: pl.DataFrame, split: Split) -> Text:
    """The finding where it is certain: a hidden category may be larger than all that are shown."""
    parts = rows.filter(pl.col(split.by) != _TOTAL)
    known = parts.drop_nulls(["own_share", "country_share"])
    if split.led_by:
        known = known.filter(pl.col(split.by) == split.led_by)
    top = known.sort("own", descending=True, maintain_order=True)
    is_certain = split.led_by or known.height == parts.height or (top["own_share"] > _HALF).any()
    if not top.height or not top["own"][0] or not is_certain:
        return Text(f"{split.heading.da} i kommunen", f"{split.heading.en} in the municipality")
    return sentence(
        split.finding.da,
        split.finding.en,
        top=split.names[top[split.by][0]],
        share=findings.percent(top["own_share"][0]),
        country=findings.percent(top["country_share"][0]),
    )
