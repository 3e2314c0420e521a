"""What goes wrong with whole files: sent twice, broken on the way, or still arriving."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from pipelines.demo.containers import write_table
from pipelines.demo.styles import Style

REPEATED = ("217", "740")
HEADER_INCOMPLETE = "253"
TRUNCATED = "575"
UNDECODABLE = "329"
STILL_ARRIVING = "461"

_NO_LETTERS = b"\x81\x8d\xc3\x28"  # neither UTF-8 nor Windows-1252
_ENOUGH = 200  # rows of a file that will not be read


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it was sent."""

    delivered_on: date
    name: str
    content: bytes


def add_mishaps(code: str, sent: list[Sent], table: pl.DataFrame, status: str) -> list[Sent]:
    """The further files of a municipality with a mishap; none for the others.

    `sent` are its meeting files in order, `table` the latest of them under its header, and
    `status` the name of its status column.
    """
    if not sent:
        return []
    latest, table = sent[-1], table.head(_ENOUGH)
    day = f"{latest.delivered_on:%Y%m%d}"
    match code:
        case _ if code in REPEATED:
            again = sent[(len(sent) - 1) // 2]
            following = sent[min(sent.index(again) + 1, len(sent) - 1)].delivered_on
            return [Sent(following, f"igen_{again.name}", again.content)]
        case _ if code == HEADER_INCOMPLETE:
            name, content = write_table(table.drop(status), Style(), f"ekstra_{day}")
        case _ if code == TRUNCATED:
            name, content = write_table(table, Style(container="xlsx"), f"afbrudt_{day}")
            content = content[: len(content) // 2]
        case _ if code == UNDECODABLE:
            name, content = write_table(table, Style(encoding="cp1252"), f"udtraek_{day}")
            content += _NO_LETTERS + b"\n"
        case _ if code == STILL_ARRIVING:
            name, content = f"{latest.name}.part", latest.content[: len(latest.content) // 2]
        case _:
            return []
    return [Sent(latest.delivered_on, name, content)]
