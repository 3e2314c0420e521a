"""How each meeting was held, and what the form field and the remark say of it.

`mode` is the truth; `form` is what was registered: a code from 1 to 7, `many` where the field
names two modes, or nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from pipelines.demo import remarks
from pipelines.demo.days import CLOSED_FROM, CLOSED_THROUGH, look_up
from pipelines.demo.draws import by_case, chance, choose, key_of, one_of

# Percentage points more remote than the average; sickness benefit and rehabilitation most.
_GROUP_EFFECTS = {
    "DP": 0.0,
    "KTH_JP": -0.08,
    "KTH_AP": -0.03,
    "UH_UP": -0.07,
    "UH_AP": -0.05,
    "SDP": 0.12,
    "JAF": 0.07,
    "RF": 0.04,
    "FLEX": 0.05,
    "REV": 0.12,
}
_A_KASSE_EFFECT = -0.05
_SMALLEST_EFFECT, _LARGEST_EFFECT = 0.1, 0.2
_EAST = ("1084", "1085")
_EAST_FROM, _EAST_THROUGH = date(2020, 5, 27), date(2020, 6, 14)
_EAST_SHARE = 0.97
_BOUNDS = (0.01, 0.985)
_NEITHER = {"": 0.972, "written": 0.008, "unknown": 0.02}
_CALLED_DIGITAL = 0.3  # of the videos carry code 4, which says digital and no more
_CALLED_AT_WORK, _CALLED_AT_WORK_IF_REFERRED = 0.02, 0.4
_REFERRAL = "8"
_LEFT_BLANK = 0.008
_WITHOUT_MODE = {"5": 0.4, "": 0.4, "many": 0.2}
_REMARKED = 0.08
# What is written after a meeting that was held, and where the form was left blank besides.
_REMARKS = {"says": 0.3, "says another": 0.02, "trap": 0.38, "neutral": 0.3}
_REMARKS_FOR_BLANKS = {"says": 0.5, "trap": 0.25, "neutral": 0.05, "": 0.2}


def municipality_effects(senders: pl.DataFrame, seed: int) -> pl.Series:
    """Points more remote than the country, 10 to 20 to either side, zero in weighted mean.

    `senders` has `municipality_code` and `weight`; one value for each of its rows.
    """
    points = []
    for code in senders["municipality_code"].to_list():
        drawn = key_of(seed, "remote", code) / 2**63 - 1
        size = _SMALLEST_EFFECT + abs(drawn) * (_LARGEST_EFFECT - _SMALLEST_EFFECT)
        points.append(size if drawn > 0 else -size)
    weights: list[float] = senders["weight"].to_list()
    mean = sum(point * weight for point, weight in zip(points, weights, strict=True)) / sum(weights)
    return pl.Series("remote_effect", [point - mean for point in points], dtype=pl.Float64)


def with_contact(meetings: pl.DataFrame, days: pl.DataFrame) -> pl.DataFrame:
    """The meetings with `mode`, `form` and `remark`.

    Needs `key, day, meeting_type, status, actor, is_first, target_group, region_code,
    remote_effect`.
    """
    return (
        meetings.with_columns(remote=_remote_share(days))
        .with_columns(mode=_mode(days))
        .with_columns(form=_form())
        .with_columns(remark=_remark())
        .drop("remote")
    )


def _remote_share(days: pl.DataFrame) -> pl.Expr:
    day = pl.col("day")
    share = (
        pl.when("is_first")
        .then(look_up(days, "remote_first", day))
        .otherwise(look_up(days, "remote_later", day))
    )
    group = by_case(
        "target_group",
        {name: pl.lit(points) for name, points in _GROUP_EFFECTS.items()},
        pl.lit(0.0),
    )
    by_actor = (
        pl.when(pl.col("actor") == "a_kasse").then(_A_KASSE_EFFECT).otherwise("remote_effect")
    )
    room = 4 * share * (1 - share)  # where nearly all or none are remote, nobody differs much
    in_east = pl.col("region_code").is_in(_EAST) & day.is_between(_EAST_FROM, _EAST_THROUGH)
    own_share = (share + room * (group + by_actor)).clip(*_BOUNDS)
    return pl.when(in_east).then(_EAST_SHARE).otherwise(own_share)


def _mode(days: pl.DataFrame) -> pl.Expr:
    video = chance("video", look_up(days, "video", pl.col("day")))
    remote = pl.when(video).then(pl.lit("virtual")).otherwise(pl.lit("phone"))
    known = pl.when(chance("remote", pl.col("remote"))).then(remote).otherwise(pl.lit("in_person"))
    neither = choose("neither", _NEITHER)
    closed = pl.col("day").is_between(CLOSED_FROM, CLOSED_THROUGH)
    return pl.when((neither != "") & ~closed).then(neither).otherwise(known)


def _form() -> pl.Expr:
    referred = pl.col("meeting_type") == _REFERRAL
    share = pl.when(referred).then(_CALLED_AT_WORK_IF_REFERRED).otherwise(_CALLED_AT_WORK)
    at_work = chance("at work", share)
    digital = chance("digital", _CALLED_DIGITAL)
    given = by_case(
        "mode",
        {
            "in_person": pl.when(at_work).then(pl.lit("6")).otherwise(pl.lit("1")),
            "phone": pl.lit("2"),
            "virtual": pl.when(digital).then(pl.lit("4")).otherwise(pl.lit("7")),
            "written": pl.lit("3"),
        },
        choose("no form", _WITHOUT_MODE),
    )
    return pl.when(chance("left blank", _LEFT_BLANK)).then(pl.lit("")).otherwise(given)


def _remark() -> pl.Expr:
    """Mostly nothing. A blank form is often made up for by the remark."""
    texts = {
        "says": _says({mode: mode for mode in remarks.SAYS}),
        "says another": _says({"in_person": "phone", "phone": "in_person"}),
        "trap": one_of("trap", remarks.TRAPS),
        "neutral": one_of("neutral", remarks.NEUTRAL),
    }
    kind = (
        pl.when(pl.col("form") == "")
        .then(choose("remark kind", _REMARKS_FOR_BLANKS))
        .when(chance("remark", _REMARKED))
        .then(choose("remark kind", _REMARKS))
        .otherwise(pl.lit(""))
    )
    after_held = pl.coalesce(pl.when(kind == name).then(text) for name, text in texts.items())
    not_held = pl.when(kind != "").then(one_of("not held", remarks.NOT_HELD))
    return pl.when(pl.col("status") == "held").then(after_held).otherwise(not_held)


def _says(modes: Mapping[str, str]) -> pl.Expr:
    """A remark that names the mode that stands for the true one."""
    return by_case(
        "mode",
        {true: one_of("says", remarks.SAYS[said]) for true, said in modes.items()},
        one_of("neutral", remarks.NEUTRAL),
    )
