"""Rows as one municipality writes them: every value a text, under canonical column names.

`start` and `slut` of spells and absences are called `fra` and `til` until the header is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from pipelines.demo import words
from pipelines.demo.draws import by_case, one_of, place
from pipelines.demo.faults import spoil
from pipelines.demo.meetings import SLOTS
from pipelines.demo.styles import Style

_MOMENTS = ("start", "slut", "registreret")
_DAYS = ("indkaldt", "fra", "til")

_SYSTEMS = ("Momentum", "Fasit", "Opera", "Workbase")
_FIRST_ID = 10_000_000
_LAW_CHANGED = date(2020, 1, 1)
_EXTRAS = {
    "team": ("1", "2", "3", "Unge", "Sygedagpenge"),
    "Team": ("Jobparate", "Unge", "Sygedagpenge", "Fleks"),
    "Mødeform": ("Individuelt", "Individuelt", "Fælles"),
    "Selvbooket": ("J", "N", "N"),
}


def render_meetings(rows: pl.DataFrame, code: str, style: Style) -> pl.DataFrame:
    """Meeting versions as texts, with `delivered_on`, `version` and `faulty` beside them."""
    number = _FIRST_ID + pl.col("number") * SLOTS * 2 + pl.col("slot")
    texts = rows.select(
        "key",
        "delivered_on",
        "version",
        begins=pl.col("started_at").dt.date(),
        samtale_id=pl.format(style.meeting_ids, number),
        cpr="cpr",
        samtaletype=_worded("meeting_type", words.TYPES) if style.type_names else "meeting_type",
        samtaleform=_form(style),
        status=_worded("status", words.STATUSES[style.statuses]),
        start=_moment("started_at", style),
        slut=_moment("ended_at", style),
        aktoer=_worded("actor", words.ACTORS[style.actors]),
        registreret=_moment("registered_at", style),
        indkaldt=pl.col("summoned_on").dt.strftime(style.day),
        bemaerkning="remark",
        system=pl.lit(_SYSTEMS[int(code) % len(_SYSTEMS)]),
        **{name: one_of(name, _EXTRAS[name]) for name in style.extra},
        **_municipality(code, style),
    )
    return _finish(spoil(texts, "meetings", code, style), style)


def render_spells(rows: pl.DataFrame, code: str, style: Style) -> pl.DataFrame:
    """Spell versions likewise."""
    texts = rows.select(
        "key",
        "delivered_on",
        "version",
        begins="start",
        forloeb_id=pl.format("F{}", _FIRST_ID + pl.col("number")),
        cpr="cpr",
        maalgruppe=_group(style),
        **_period(style),
        **_municipality(code, style),
    )
    return _finish(spoil(texts, "spells", code, style), style)


def render_absences(rows: pl.DataFrame, code: str, style: Style) -> pl.DataFrame:
    """Absence versions likewise."""
    names = {**words.ABSENCES, "mindre_intensiv": "Mindre intensiv indsats"}
    texts = rows.select(
        "key",
        "delivered_on",
        "version",
        begins="start",
        cpr="cpr",
        fravaerstype=_worded("absence_type", names) if style.type_names else "absence_type",
        **_period(style),
    )
    return _finish(spoil(texts, "absences", code, style), style)


def with_header(texts: pl.DataFrame, style: Style) -> pl.DataFrame:
    """The table under the names of the municipality's system."""
    names = words.HEADERS[style.headers]
    return texts.rename({name: names[name] for name in texts.columns if name in names})


def _finish(texts: pl.DataFrame, style: Style) -> pl.DataFrame:
    texts = texts.with_columns(pl.col(pl.String).replace("", None))
    if style.cpr == "hyphen":
        hyphened = pl.col("cpr").str.replace(r"^(\d{6})(\w{4})$", "${1}-${2}")
        texts = texts.with_columns(hyphened)
    if style.typed and style.container == "parquet":
        texts = _with_dates(texts, style)
    return texts.drop("key", "begins").drop(style.left_out, strict=False)


def _with_dates(texts: pl.DataFrame, style: Style) -> pl.DataFrame:
    """The table with typed columns where the texts are dates."""
    moments = [
        pl.col(name).str.to_datetime(style.day + style.time, strict=False, time_unit="us")
        for name in _MOMENTS
        if name in texts.columns
    ]
    days = [
        pl.col(name).str.to_date(style.day, strict=False) for name in _DAYS if name in texts.columns
    ]
    return texts.with_columns(*moments, *days)


def _worded(column: str, names: Mapping[str, str]) -> pl.Expr:
    return pl.col(column).replace(names)


def _form(style: Style) -> pl.Expr:
    choices = words.FORMS[style.forms]
    return by_case(
        "form",
        {
            form: pl.lit(pl.Series(ways)).gather(place("word", [1.0] * len(ways)))
            for form, ways in choices.items()
        },
        pl.lit(None, dtype=pl.String),
    )


def _moment(column: str, style: Style) -> pl.Expr:
    moment = pl.col(column)
    if style.in_utc:
        moment = moment.dt.replace_time_zone("Europe/Copenhagen").dt.convert_time_zone("UTC")
    return moment.dt.strftime(style.day + style.time + ("Z" if style.in_utc else ""))


def _period(style: Style) -> dict[str, pl.Expr]:
    return {
        "fra": pl.col("start").dt.strftime(style.day),
        "til": pl.col("end").dt.strftime(style.day),
    }


def _group(style: Style) -> pl.Expr:
    group = pl.col("target_group")
    if style.groups == "code":
        return group
    now = group.replace(words.GROUPS)
    if style.groups == "six":
        return now
    before = group.replace(words.GROUPS_BEFORE_2020)
    return pl.when(pl.col("start") < _LAW_CHANGED).then(before).otherwise(now)


def _municipality(code: str, style: Style) -> dict[str, pl.Expr]:
    written = {"three": code, "four": f"0{code}"}.get(style.municipality)
    return {"kommune": pl.lit(written)} if written else {}
