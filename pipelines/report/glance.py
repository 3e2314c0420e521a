"""What a reader at 07:00 must see in five seconds: whether all is well, and if not, what is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from pipelines.contracts.model import Text
from pipelines.report import findings
from pipelines.report.facts import FRESH_DAYS, Facts
from pipelines.report.findings import sentence
from pipelines.report.language import listed
from pipelines.report.places import place_names

_NAMED: Final = 8  # municipalities; where more are missing they are only counted
_COUNTED: Final = (
    Text("Alt er i orden", "All is well"),
    Text("Én ting at se på", "One thing to look at"),
    Text("To ting at se på", "Two things to look at"),
    Text("Tre ting at se på", "Three things to look at"),
    Text("Fire ting at se på", "Four things to look at"),
)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that should be in order: what was found, and where more of it is told."""

    name: Text
    is_well: bool
    found: Text
    page: str  # a page of the report, with the place on it


def glance(facts: Facts) -> tuple[Check, ...]:
    """Deliveries, files, checks and alerts, in this order."""
    return (_deliveries(facts), _files(facts), _checks(facts), _alerts(facts))


def verdict(checks: Sequence[Check]) -> Text:
    """The night in a few words."""
    return _COUNTED[sum(not check.is_well for check in checks)]


def open_alerts(facts: Facts) -> pl.DataFrame:
    """One row a rule with open alerts: open, new and worse, and how many are silenced."""

    def of(*states: str) -> pl.Expr:
        return pl.col("alerts").filter(pl.col("state").is_in(states)).sum()

    return (
        facts.alerts.group_by("rule", maintain_order=True)
        .agg(
            open=of("new", "worse", "ongoing"),
            new=of("new"),
            worse=of("worse"),
            silenced=of("silenced"),
        )
        .filter(pl.col("open") + pl.col("silenced") > 0)
        .sort("open", "rule", descending=[True, False])
    )


def _deliveries(facts: Facts) -> Check:
    everyone = len(facts.municipalities)
    missing = facts.missing()
    found = sentence(
        f"{everyone - len(missing)} af {everyone} kommuner har leveret samtaler inden for "
        f"{FRESH_DAYS} dage.{{missing}}",
        f"{everyone - len(missing)} of {everyone} municipalities have delivered meetings within "
        f"{FRESH_DAYS} days.{{missing}}",
        missing=_missing([m.code for m in missing]),
    )
    name = Text("Leverancer", "Deliveries")
    return Check(name, not missing, found, "kvalitet.html#kvalitet-leverancer")


def _missing(codes: Sequence[str]) -> Text:
    if not codes:
        return Text("", "")
    if len(codes) > _NAMED:
        return Text(f" {len(codes)} mangler.", f" {len(codes)} are missing.")
    return sentence(" Mangler: {names}.", " Missing: {names}.", names=_names(codes))


def _names(codes: Sequence[str]) -> Text:
    names = [place_names()[code] for code in codes]
    return Text(listed([n.da for n in names], "da"), listed([n.en for n in names], "en"))


def _files(facts: Facts) -> Check:
    """Files that could not be read, where nothing that could be has come on a later day."""
    latest = facts.delivered.group_by("municipality_code").agg(pl.max("delivered_on").alias("last"))
    standing = facts.unreadable.join(latest, on="municipality_code", how="left").filter(
        pl.col("last").is_null() | (pl.col("delivered_on") >= pl.col("last"))
    )
    name = Text("Filer", "Files")
    files = int(standing["files"].sum())
    if not files:
        found = Text("Alle nye filer kunne læses.", "All new files could be read.")
        return Check(name, True, found, "kvalitet.html#praecision")
    codes = sorted(set(standing["municipality_code"]))
    found = sentence(
        "{files} kunne ikke læses: {names}."
        if len(codes) <= _NAMED
        else "{files} kunne ikke læses.",
        "{files} could not be read: {names}."
        if len(codes) <= _NAMED
        else "{files} could not be read.",
        files=Text(
            f"{files} {'fil' if files == 1 else 'filer'}",
            f"{files} {'file' if files == 1 else 'files'}",
        ),
        names=_names(codes),
    )
    return Check(name, False, found, "kvalitet.html#praecision")


def _checks(facts: Facts) -> Check:
    good, all_of = (
        int(rows["checks"].sum())
        for rows in (facts.checks.filter(pl.col("outcome") == "passed"), facts.checks)
    )
    found = Text(
        f"{good} af {all_of} kontroller af tabellerne er bestået.",
        f"{good} of {all_of} checks of the tables have passed.",
    )
    name = Text("Kontroller", "Checks")
    return Check(name, good == all_of > 0, found, "kvalitet.html#kvalitetsstyring")


def _alerts(facts: Facts) -> Check:
    rows = open_alerts(facts)
    standing, new, worse = (int(rows[name].sum()) for name in ("open", "new", "worse"))
    name = Text("Varsler", "Alerts")
    page = "index.html#forside-varsler"
    if not standing:
        return Check(name, True, Text("Ingen åbne varsler.", "No open alerts."), page)
    found = sentence(
        "{open} åbne"
        + (", heraf {new} nye og {worse} forværrede." if new + worse else "; ingen nye."),
        "{open} open"
        + (", of them {new} new and {worse} worse." if new + worse else "; none new."),
        open=findings.number(standing),
        new=findings.number(new),
        worse=findings.number(worse),
    )
    return Check(name, new + worse == 0, found, page)
