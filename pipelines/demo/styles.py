"""How municipalities write their files: one style each.

The mix is the field's (formats seen in KMD's guide, STAR's files and older case systems).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

Container = Literal["csv", "txt", "tsv", "xlsx", "json", "ndjson", "jsonl", "parquet", "xml"]


@dataclass(frozen=True, slots=True)
class Style:
    """One municipality's way of writing. The defaults are the plainest."""

    container: Container = "csv"
    packing: Literal["", "gz", "zip"] = ""
    encoding: Literal["utf-8", "utf-8-sig", "utf-16", "cp1252"] = "utf-8"
    separator: str = ";"
    newline: str = "\n"
    quoted: bool = False  # every text, not only where it must be
    day: str = "%Y-%m-%d"
    time: str = " %H:%M"  # appended to the day; empty where the system keeps no time of day
    in_utc: bool = False
    typed: bool = False  # real dates in the container, not texts
    headers: str = "plain"
    forms: str = "code"
    type_names: bool = False
    statuses: str = "held"
    actors: str = "jobcenter"
    groups: Literal["code", "six", "by law"] = "code"
    cpr: Literal["text", "number", "hyphen"] = "text"
    meeting_ids: str = "{}"
    municipality: Literal["", "three", "four"] = ""  # digits of a column that names it
    left_out: tuple[str, ...] = ()  # columns that this system does not export
    extra: tuple[str, ...] = ()  # columns of its own, to be ignored

    @property
    def suffix(self) -> str:
        """The end of a file name."""
        return f".{self.container}" + (f".{self.packing}" if self.packing == "gz" else "")


_LEAN: Final = ("slut", "registreret", "indkaldt", "aktoer", "system")

STREAMING: Final = (
    Style(groups="six", extra=("team",)),
    Style(
        encoding="utf-8-sig", newline="\r\n", day="%d-%m-%Y", time=" %H:%M:%S", headers="momentum",
        forms="register", type_names=True, municipality="three", extra=("Mødeform", "Selvbooket"),
    ),
    Style(
        encoding="cp1252", newline="\r\n", day="%d.%m.%Y", headers="fasit", forms="spoken",
        statuses="done", actors="kommune", groups="by law", quoted=True, meeting_ids="S{}",
    ),
    Style(
        packing="gz", separator=",", time="T%H:%M:%S", headers="dfdg", groups="by law",
        quoted=True, meeting_ids="DFDG-{}",
    ),
    Style(container="parquet", typed=True, headers="workbase", forms="spoken", groups="six"),
    Style(
        separator="|", day="%d/%m/%Y", headers="opera", forms="short", actors="blank",
        municipality="four", type_names=True,
    ),
    Style(container="parquet", day="%d-%m-%Y", headers="momentum", forms="register"),
    Style(separator=",", time="T%H:%M:%S", in_utc=True, headers="dfdg", groups="code"),
)  # fmt: skip
"""Styles for files of any size."""

_SMALL: Final = (
    Style(
        container="xlsx", typed=True, headers="momentum", forms="spoken", type_names=True,
        groups="by law", municipality="three", extra=("Team",),
    ),
    Style(
        container="txt", separator="\t", encoding="cp1252", newline="\r\n", day="%d/%m/%Y",
        headers="opera", forms="damaged", statuses="done", groups="by law",
    ),
    Style(container="json", time="T%H:%M:%S", headers="dfdg", cpr="number", groups="six"),
    Style(
        packing="zip", encoding="cp1252", newline="\r\n", day="%d-%m-%Y", headers="fasit",
        forms="short", groups="six", cpr="hyphen", meeting_ids="S{}",
    ),
    Style(container="xml", time="T%H:%M:%S", headers="dfdg", groups="code"),
    Style(
        container="tsv", separator="\t", encoding="utf-16", newline="\r\n", day="%d.%m.%Y",
        headers="workbase", forms="spoken", actors="kommune", type_names=True,
    ),
    Style(container="ndjson", headers="workbase", forms="register", groups="by law"),
    Style(
        container="xlsx", typed=True, headers="fasit", forms="short", cpr="number", groups="six",
        statuses="done", left_out=("indkaldt", "system"),
    ),
    Style(
        separator=";", encoding="utf-8-sig", newline="\r\n", day="%d-%m-%Y", time="",
        headers="plain", forms="damaged", left_out=_LEAN,
    ),
    Style(
        container="jsonl", packing="gz", time="T%H:%M:%S", in_utc=True, headers="dfdg",
        groups="six",
    ),
    Style(
        container="txt", separator="|", encoding="utf-16", day="%d/%m/%Y", headers="opera",
        forms="register", municipality="four", type_names=True,
    ),
    Style(container="xml", packing="gz", day="%d-%m-%Y", headers="workbase", forms="spoken"),
    Style(
        container="json", encoding="utf-8-sig", day="%d.%m.%Y", headers="momentum",
        forms="damaged", type_names=True,
    ),
    Style(
        container="txt", separator=",", encoding="cp1252", day="%d.%m.%Y", time=" %H:%M:%S",
        headers="momentum", forms="spoken", quoted=True, statuses="done", groups="by law",
    ),
    Style(
        container="xlsx", packing="zip", day="%d-%m-%Y", headers="workbase", forms="register",
        type_names=True,
    ),
    Style(
        container="xml", packing="zip", time="T%H:%M", headers="dfdg", statuses="done",
        groups="by law",
    ),
)  # fmt: skip

_EVERY: Final = (*STREAMING, *_SMALL)


def style_all(senders: Iterable[tuple[str, bool]]) -> dict[str, Style]:
    """The style of each municipality: (code, whether its files are large) in a fixed order.

    Large files are text, compressed text or Parquet; the others are everything in turn.
    """
    styles: dict[str, Style] = {}
    turns = {True: 0, False: 0}
    for code, is_large in senders:
        offered = STREAMING if is_large else _EVERY
        styles[code] = offered[turns[is_large] % len(offered)]
        turns[is_large] += 1
    return styles
