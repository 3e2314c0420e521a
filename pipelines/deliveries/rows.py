"""From rows of text to typed rows and rejections, by named rules (counting.md sections 1-4).

Every rule looks at every row, so a bad row is told all its reasons at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from pipelines.deliveries.distinct import distinct
from pipelines.deliveries.moments import read_moments
from pipelines.deliveries.pseudonyms import ERASED, Pseudonyms
from pipelines.deliveries.words import find_codes
from pipelines.modes.remarks import read_remarks

_NEW_LAW: Final = date(2020, 1, 1)  # from here a target group 2.x says nothing (counting.md 4)
# How a spreadsheet writes a long number: with the last digits lost, so that many ids become one.
_POWER_OF_TEN: Final = r"^[0-9](?:[.,][0-9]+)?[eE][+][0-9]{2,3}$"
_LONGEST_WORD: Final = 60  # characters kept of a form or an actor that no list may know

# Where a row comes from: what the texts of many files are told apart by when read together.
ORIGIN: Final[dict[str, pl.DataType]] = {
    "municipality_code": pl.String(),
    "delivery_key": pl.Int64(),
    "source_row": pl.Int64(),
}
SCHEMAS: Final[dict[str, dict[str, pl.DataType]]] = {
    "meetings": {
        **ORIGIN,
        "meeting_id": pl.String(),
        "citizen_key": pl.String(),
        "meeting_type": pl.String(),
        "form": pl.String(),
        "remark_mode": pl.String(),
        "status": pl.String(),
        "started_at": pl.Datetime("us"),
        "actor": pl.String(),
        "actor_word": pl.String(),
        "registered_at": pl.Datetime("us"),
        "summoned_on": pl.Date(),
        "source_system": pl.String(),
    },
    "spells": {
        **ORIGIN,
        "spell_id": pl.String(),
        "citizen_key": pl.String(),
        "target_group": pl.String(),
        "started_on": pl.Date(),
        "ended_on": pl.Date(),
        "withdrawn": pl.Boolean(),
    },
    "absences": {
        **ORIGIN,
        "citizen_key": pl.String(),
        "absence_type": pl.String(),
        "started_on": pl.Date(),
        "ended_on": pl.Date(),
        "withdrawn": pl.Boolean(),
    },
    "rejections": {
        **ORIGIN,
        "record_id": pl.String(),
        "column_name": pl.String(),
        "code": pl.String(),
    },
}
_COLUMNS: Final = {
    "meetings": (
        *("samtale_id", "cpr", "samtaletype", "samtaleform", "status", "start", "slut"),
        *("aktoer", "registreret", "indkaldt", "bemaerkning", "system", "kommune"),
    ),
    "spells": ("forloeb_id", "cpr", "maalgruppe", "start", "slut", "status", "kommune"),
    "absences": ("cpr", "fravaerstype", "start", "slut", "status", "kommune"),
}
_REASONS: Final = {**ORIGIN, "column_name": pl.String(), "code": pl.String()}
_IDS: Final = {"meetings": "samtale_id", "spells": "forloeb_id"}


@dataclass(frozen=True, slots=True)
class Parsed:
    """The usable rows of one frame (schema SCHEMAS[kind]) and what the others lack."""

    rows: pl.DataFrame
    rejections: pl.DataFrame
    erased: pl.DataFrame  # delivery_key, rows_erased: dropped, since their citizens are erased


def parse_rows(texts: pl.DataFrame, kind: str, pseudonyms: Pseudonyms) -> Parsed:
    """Reads texts of one kind: columns of interface.md, ORIGIN, delivered_on, row_too_long.

    Rows with any reason go to `rejections`, one row a reason; the others become typed rows in
    which the CPR number is a citizen key (null for the unknown citizen). Rows of citizens who are
    erased are neither, and only counted. Rows of many files may be read at once: no rule looks
    beyond its row.
    """
    keys = pseudonyms.citizens(texts["cpr"])
    is_erased = keys.eq_missing(ERASED)
    erased = texts.filter(is_erased).group_by("delivery_key").len("rows_erased")
    if not erased.is_empty():
        texts, keys = texts.filter(~is_erased), keys.filter(~is_erased)
    lacking = [name for name in _COLUMNS[kind] if name not in texts.columns]
    table = _Reading(texts.with_columns(pl.lit(None, pl.String).alias(name) for name in lacking))
    table.reject("row_too_long", "række", texts["row_too_long"])
    _check_municipality(table)
    table.reject("cpr_invalid", "cpr", keys.is_null())
    read = {"meetings": _read_meetings, "spells": _read_spells, "absences": _read_absences}[kind]
    columns = read(table, pseudonyms)
    rows = texts.select(*ORIGIN).with_columns(citizen_key=keys.replace("", None), **columns)
    schema = SCHEMAS[kind]
    return Parsed(
        rows.filter(~table.bad).select(pl.col(name).cast(type_) for name, type_ in schema.items()),
        _rejections(table, _IDS.get(kind), pseudonyms),
        erased,
    )


def _rejections(table: _Reading, id_column: str | None, pseudonyms: Pseudonyms) -> pl.DataFrame:
    """The reasons, each with the id of its row, so that a later version can be seen to mend it."""
    rejected = table.rejected()
    ids = rejected[id_column] if id_column else pl.Series([None] * rejected.height, dtype=pl.String)
    hidden = pseudonyms.hide_own(ids, rejected["cpr"])
    named = rejected.select(*ORIGIN, record_id=hidden)
    return table.reasons().join(named, on=list(ORIGIN)).select(*SCHEMAS["rejections"])


class _Reading:
    """Texts being read, and the reasons found so far."""

    def __init__(self, texts: pl.DataFrame) -> None:
        self._texts = texts
        self._reasons = [pl.DataFrame(schema=_REASONS)]
        self.bad = pl.repeat(value=False, n=texts.height, dtype=pl.Boolean, eager=True)

    def __getitem__(self, column: str) -> pl.Series:
        return self._texts[column]

    def reject(self, code: str, column: str, where: pl.Series) -> None:
        where = where.fill_null(value=False)
        if where.any():
            self.bad |= where
            rows = self._texts.select(*ORIGIN).filter(where)
            reason = (pl.lit(column).alias("column_name"), pl.lit(code).alias("code"))
            self._reasons.append(rows.with_columns(*reason))

    def rejected(self) -> pl.DataFrame:
        return self._texts.filter(self.bad)

    def reasons(self) -> pl.DataFrame:
        return pl.concat(self._reasons)


def _check_municipality(table: _Reading) -> None:
    said = table["kommune"]
    same = said.str.strip_prefix("0") == table["municipality_code"]  # which never begins with 0
    table.reject("municipality_mismatch", "kommune", said.is_not_null() & ~same)


def _read_id(table: _Reading, column: str, pseudonyms: Pseudonyms) -> pl.Series:
    ids = table[column]
    table.reject("id_missing", column, ids.is_null() | ids.str.contains(_POWER_OF_TEN))
    return pseudonyms.hide_own(ids, table["cpr"])


def _read_start(table: _Reading) -> tuple[pl.Series, pl.Series]:
    texts = table["start"]
    starts, timed = read_moments(texts)
    table.reject("start_missing", "start", texts.is_null())
    table.reject("start_invalid", "start", texts.is_not_null() & starts.is_null())
    return starts, timed


def _read_end(table: _Reading, starts: pl.Series, timed: pl.Series) -> pl.Series:
    ends, end_timed = read_moments(table["slut"])
    both = timed & end_timed
    before = (both & (ends < starts.dt.truncate("1m"))) | (
        ~both & (ends.dt.date() < starts.dt.date())
    )
    table.reject("end_before_start", "slut", before)
    return ends


def _read_code(table: _Reading, column: str, words: str, code: str) -> pl.Series:
    codes = find_codes(table[column], words)
    table.reject(code, column, codes.is_null())
    return codes


def _read_meetings(table: _Reading, pseudonyms: Pseudonyms) -> dict[str, pl.Series]:
    ids = _read_id(table, "samtale_id", pseudonyms)
    types = _read_code(table, "samtaletype", "meeting_types", "type_unknown")
    statuses = _read_code(table, "status", "statuses", "status_unknown")
    starts, timed = _read_start(table)
    _read_end(table, starts, timed)  # an unreadable end is as a blank one
    in_future = (statuses == "held") & (starts.dt.date() > table["delivered_on"])
    table.reject("held_in_future", "start", in_future)
    actors = find_codes(table["aktoer"], "actors")
    return {
        "meeting_id": ids,
        "meeting_type": types,
        "form": _short_words(table["samtaleform"], pseudonyms),
        "remark_mode": _read_remarks(table["bemaerkning"]),
        "status": statuses,
        "started_at": starts.dt.truncate("1m"),
        "actor": actors.fill_null("municipality"),
        "actor_word": _short_words(
            table["aktoer"].zip_with(actors.is_null(), actors.clear(len(actors))), pseudonyms
        ),
        "registered_at": read_moments(table["registreret"])[0],
        "summoned_on": read_moments(table["indkaldt"])[0].dt.date(),
        "source_system": _short_words(table["system"], pseudonyms),
    }


def _read_spells(table: _Reading, pseudonyms: Pseudonyms) -> dict[str, pl.Series]:
    ids = _read_id(table, "forloeb_id", pseudonyms)
    starts, ends = _read_period(table)
    groups = find_codes(table["maalgruppe"], "target_groups")
    older = find_codes(table["maalgruppe"], "target_groups_before_2020")
    by_number = table["maalgruppe"].str.starts_with("2.")
    older_holds = (by_number & (starts.dt.date() < _NEW_LAW)).fill_null(value=False)
    groups = groups.zip_with(~older_holds, older)
    table.reject("target_group_unknown", "maalgruppe", groups.is_null())
    return {
        "spell_id": ids,
        "target_group": groups,
        "started_on": starts.dt.date(),
        "ended_on": ends.dt.date(),
        "withdrawn": _withdrawn(table),
    }


def _read_absences(table: _Reading, _pseudonyms: Pseudonyms) -> dict[str, pl.Series]:
    starts, ends = _read_period(table)
    return {
        "absence_type": _read_code(table, "fravaerstype", "absence_types", "absence_type_unknown"),
        "started_on": starts.dt.date(),
        "ended_on": ends.dt.date(),
        "withdrawn": _withdrawn(table),
    }


def _read_period(table: _Reading) -> tuple[pl.Series, pl.Series]:
    starts, timed = _read_start(table)
    ends = _read_end(table, starts, timed)
    table.reject("end_invalid", "slut", table["slut"].is_not_null() & ends.is_null())
    return starts, ends


def _withdrawn(table: _Reading) -> pl.Series:
    statuses = find_codes(table["status"], "statuses")
    return (statuses == "withdrawn").fill_null(value=False)


def _read_remarks(remarks: pl.Series) -> pl.Series:
    occurring = distinct(remarks)
    return occurring.spread(read_remarks(occurring.texts))


def _short_words(texts: pl.Series, pseudonyms: Pseudonyms) -> pl.Series:
    """Words fit to be kept and listed: without CPR numbers and long numbers, and not long."""
    occurring = distinct(texts)
    hidden = pseudonyms.hide_all(occurring.texts)
    short = hidden.str.replace_all(r"\d{6,}", "######").str.slice(0, _LONGEST_WORD)
    return occurring.spread(short)
