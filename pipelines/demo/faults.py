"""About one row in a hundred is spoilt, in each of the ways that a night must find.

Every fault here makes the row unusable whatever the municipality's style; the codes are those of
the rejections (counting.md section 1).
"""

from __future__ import annotations

import polars as pl

from pipelines.demo.draws import chance, one_of, whole
from pipelines.demo.styles import Style

FAULTY_SHARE = 0.01

_IMPOSSIBLE_DAY, _IMPOSSIBLE_START = "3102", "31-02-2024"
_ANY_KIND = ("cpr_date", "cpr_masked", "cpr_blank", "start_missing")
_MENUS = {
    "meetings": (*_ANY_KIND, "id_missing", "status_unknown", "type_unknown", "several"),
    "spells": (*_ANY_KIND, "id_missing", "target_group_unknown"),
    "absences": (*_ANY_KIND, "absence_type_unknown"),
}
_IDS = {"meetings": "samtale_id", "spells": "forloeb_id"}
_OTHER_MUNICIPALITIES = ("0101", "0751")


def spoil(texts: pl.DataFrame, kind: str, code: str, style: Style) -> pl.DataFrame:
    """The table with `faulty`; spoilt rows have something in them that gets them rejected.

    Needs `key, delivered_on, begins` (the true first day) beside the texts.
    """
    marked = texts.with_row_index("row").with_columns(faulty=chance("fault", FAULTY_SHARE))
    spoilt = marked.filter("faulty")
    if not spoilt.is_empty():
        fault = one_of("which fault", _menu(kind, texts.columns, style))
        changes = _changes(kind, code, style, texts.columns)
        spoilt = spoilt.with_columns(fault=fault).with_columns(changes).drop("fault")
    return pl.concat([marked.filter(~pl.col("faulty")), spoilt]).sort("row").drop("row")


def _changes(kind: str, code: str, style: Style, columns: list[str]) -> list[pl.Expr]:
    start, end = ("start", "slut") if kind == "meetings" else ("fra", "til")
    time = style.time.replace("%H", "10").replace("%M", "15").replace("%S", "00")
    time += "Z" if style.in_utc else ""
    before = _day(pl.col("begins"), -1, 30, style) + (time if kind == "meetings" else "")
    cpr, digits = pl.col("cpr"), pl.col("cpr").str.slice(0, 6)
    return [
        _changed("cpr", {
            "cpr_date": _IMPOSSIBLE_DAY + cpr.str.slice(4),
            "cpr_masked": digits + "XXXX",
            "cpr_blank": _nothing(),
            "several": digits + "XXXX",
        }),
        _changed(start, {
            "start_missing": _nothing(),
            "start_impossible": pl.lit(_IMPOSSIBLE_START),
            "start_two_digits": pl.col("begins").dt.strftime("%d-%m-%y"),
            "held_in_future": _day(pl.col("delivered_on"), 20, 90, style) + time,
        }),
        _changed(end, {
            "end_before_start": before,
            "end_invalid": pl.lit("99-99-9999"),
            "held_in_future": _nothing(),
        }),
        *_own_changes(kind, code, columns),
    ]  # fmt: skip


def _own_changes(kind: str, code: str, columns: list[str]) -> list[pl.Expr]:
    changes = []
    if kind in _IDS:
        changes.append(_changed(_IDS[kind], {"id_missing": _nothing()}))
    if kind == "meetings":
        unknown = one_of("unknown status", ["Kladde", "?", "Overført"])
        changes += [
            _changed("samtaletype", {"type_unknown": one_of("unknown type", ["99", "Kaffemøde"])}),
            _changed("status", {
                "status_unknown": unknown,
                "several": unknown,
                "held_in_future": pl.lit("afholdt"),
            }),
        ]  # fmt: skip
    if kind == "spells":
        unknown = one_of("unknown group", ["2.6", "6.11", "KG12", "Ukendt"])
        changes.append(_changed("maalgruppe", {"target_group_unknown": unknown}))
    if kind == "absences":
        unknown = one_of("unknown absence", ["99", "Karantæne", "12"])
        changes.append(_changed("fravaerstype", {"absence_type_unknown": unknown}))
    if "kommune" in columns:
        other = next(number for number in _OTHER_MUNICIPALITIES if number != f"0{code}")
        changes.append(_changed("kommune", {"municipality_mismatch": pl.lit(other)}))
    return changes


def _menu(kind: str, columns: list[str], style: Style) -> list[str]:
    """The faults that this table can have: a column must be there to be wrong."""
    menu = list(_MENUS[kind])
    if not (style.typed and style.container == "parquet"):  # a date column holds dates only
        menu += ["start_impossible", "start_two_digits"]
        menu += ["end_invalid"] if kind != "meetings" else []
    if kind != "meetings":
        return [*menu, "end_before_start"]
    menu += ["held_in_future"]
    if "slut" in columns and "slut" not in style.left_out:
        menu += ["end_before_start"]
    return [*menu, "municipality_mismatch"] if "kommune" in columns else menu


def _changed(column: str, faults: dict[str, pl.Expr]) -> pl.Expr:
    value = pl.col(column)
    for fault, wrong in faults.items():
        value = pl.when(pl.col("fault") == fault).then(wrong).otherwise(value)
    return value.alias(column)


def _day(day: pl.Expr, low: int, high: int, style: Style) -> pl.Expr:
    moved = day + pl.duration(days=whole("wrong by", abs(low), abs(high)) * (1 if low > 0 else -1))
    return moved.dt.strftime(style.day)


def _nothing() -> pl.Expr:
    return pl.lit(None, dtype=pl.String)
