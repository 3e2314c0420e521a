"""What is wrong with a file's rows: one problem a cause, and what mending it would bring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from pipelines import mending
from pipelines.receipts.facts import Delivery, Share
from pipelines.wording import number, percent

_NO_SPELL: Final = ", andel opfyldt kan ikke regnes uden forløb"
_THINGS: Final = {"spells": "forløb", "absences": "fravær"}


@dataclass(frozen=True, slots=True)
class Problem:
    """One cause in one file: rejected rows of one code, or meetings lost by one reason."""

    code: str
    kind: mending.Kind
    is_rejection: bool
    sentence: str  # how many rows, and what mending them would bring
    gain: int  # meetings more, at most
    rows: tuple[int, ...]  # where they stand
    unmended: int  # rows that still ask for something
    column: str | None
    hvad: str
    hvorfor: str
    ret: str
    eksempel: str


def problems(
    delivery: Delivery,
    share: Share,
    effects: dict[str | None, int],
    rejected: pl.DataFrame | None,
    lost: pl.DataFrame | None,
) -> list[Problem]:
    """A file's problems, those that bring the most first.

    `effects` are the requirements more that would be met, by reason. First what registration can
    save, then what must be held again, then what brings nothing.
    """
    found = [
        *(_rejections(delivery.kind, rejected) if rejected is not None else ()),
        *(_reasons(share, effects, lost) if lost is not None else ()),
    ]
    return sorted(
        found,
        key=lambda one: (mending.KINDS.index(one.kind), -one.gain, -one.unmended, one.code),
    )


def _rejections(kind: str | None, rejected: pl.DataFrame) -> list[Problem]:
    found = []
    for (code,), rows in rejected.partition_by("code", as_dict=True).items():
        told = mending.rejections()[code]
        unmended = rows["mended_by"].null_count()
        found.append(
            Problem(
                code=code,
                kind=told.kind,
                is_rejection=True,
                sentence=_sentence(rows.height, told, _use(kind, rows.height, unmended)),
                gain=unmended if kind == "meetings" else 0,
                rows=tuple(rows["source_row"]),
                unmended=unmended,
                column=", ".join(sorted(set(rows["column_name"]))),
                hvad=rows["message_da"][0],
                hvorfor=told.hvorfor,
                ret=rows["fix_da"][0],
                eksempel=told.eksempel,
            )
        )
    return found


def _use(kind: str | None, rows: int, unmended: int) -> str:
    if not unmended:
        return "rettet siden" if rows == 1 else "alle er rettet siden"
    since = f"; {number(rows - unmended)} rettet siden" if unmended < rows else ""
    if thing := _THINGS.get(kind or ""):
        return f"{number(unmended)} {thing} kan ikke bruges{since}"
    return f"op til +{number(unmended)} medregnede (ikke bedømt){since}"


def _reasons(share: Share, effects: dict[str | None, int], lost: pl.DataFrame) -> list[Problem]:
    found = []
    for (code,), rows in lost.partition_by("reason", as_dict=True).items():
        told = mending.reasons()[code]
        gain = int(rows["sole_reason"].sum()) if told.kind == "register" else 0
        match told.kind:
            case "register":
                end = _NO_SPELL if code == "no_spell" else moved(share, effects.get(code, 0))
                use = _effect(gain, rows.height, end)
            case "hold_again":
                use = "skal holdes igen for at tælle"
            case "nothing":
                use = "intet at vinde"
        found.append(
            Problem(
                code=code,
                kind=told.kind,
                is_rejection=False,
                sentence=_sentence(rows.height, told, use),
                gain=gain,
                rows=tuple(rows["source_row"]),
                unmended=rows.height,
                column=None,
                hvad=told.hvad,
                hvorfor=told.hvorfor,
                ret=told.ret,
                eksempel=told.eksempel,
            )
        )
    return found


def _effect(gain: int, rows: int, share_moved: str) -> str:
    if not gain:
        who = "den" if rows == 1 else "de"
        return f"rettes kun dette, tæller {who} stadig ikke, for {who} har flere fejl"
    others = f"; {number(rows - gain)} har flere fejl" if gain < rows else ""
    return f"op til +{number(gain)} medregnede{share_moved}{others}"


def moved(share: Share, more: int) -> str:
    """How the share met would move, as the end of a sentence; empty where nothing fell due."""
    if not share.due:
        return ""
    if not more:
        return f", andel opfyldt uændret {percent(share.after())}"
    return f", andel opfyldt {percent(share.after())} → {percent(share.after(more))}"


def _sentence(rows: int, told: mending.Mending, use: str) -> str:
    noun = "række" if rows == 1 else "rækker"
    return f"{number(rows)} {noun} {told.rows}: {use}"
