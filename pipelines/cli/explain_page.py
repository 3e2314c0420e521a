"""The parts that the page of a meeting and the page of a spell share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from textwrap import wrap
from typing import Final

from rich.console import Console

from pipelines.contracts.model import Text
from pipelines.explain.agreement import Difference
from pipelines.explain.records import Delivered, Place
from pipelines.law.model import Rule, Version
from pipelines.wording import GRADES, both, number, printable, written_day

_LABELS: Final = 30  # columns that the names of a page's lines take up
_WIDEST: Final = 100  # columns: longer lines are hard to read
_BLANK: Final = "\N{EN DASH}"


class Page:
    """Lines in Danish and English on the terminal. Nothing printed can steer it."""

    def __init__(self) -> None:
        self._out = Console(highlight=False, markup=False)

    def title(self, text: str) -> None:
        """A line that begins a part of the page."""
        self._out.print()
        self._print_folded(printable(text), style="bold")

    def say(self, text: str, indent: int = 2) -> None:
        """A sentence, folded to the terminal."""
        self._print_folded(printable(text), " " * indent, " " * indent)

    def line(self, name: Text | str, value: str | Text | date | None, indent: int = 2) -> None:
        """A name and its value."""
        label = both(name) if isinstance(name, Text) else name
        if len(label) > _LABELS:
            self._out.print(" " * indent + label)
            label = ""
        begun = " " * indent + label.ljust(_LABELS + 1)
        self._print_folded(printable(_told(value)), begun, " " * len(begun))

    def link(self, url: str, indent: int = 2) -> None:
        """An address on a line of its own, never broken, so that it can be opened and copied."""
        self._out.print(" " * indent + printable(url), soft_wrap=True)

    def _print_folded(
        self, text: str, first: str = "", rest: str = "", style: str | None = None
    ) -> None:
        """Without the blanks that a table leaves at the end of a line."""
        width = min(self._out.width, _WIDEST)
        for line in wrap(text, width, initial_indent=first, subsequent_indent=rest):
            self._out.print(line, soft_wrap=True, style=style)


def print_publication(page: Page, publication_id: str, as_of: date) -> None:
    """Which publication was read."""
    told = f"{publication_id}, opgjort pr. | as of {written_day(as_of)}"
    page.line(Text("Udgivelse", "Publication"), told)


def print_delivered(page: Page, delivered: Delivered) -> None:
    """The file and the row that a record was read from."""
    day = written_day(delivered.delivered_on) if delivered.delivered_on else _BLANK
    row = f"række | row {number(delivered.source_row)}"
    told = f"{delivered.file or _BLANK}, {row}, {day}, {delivered.delivery_id[:12]}"
    page.line(Text("Leveret", "Delivered"), told)


def print_law(page: Page, rule: Rule, version: Version, titles: Mapping[str, str]) -> None:
    """What the version says, what it rests on, and when it holds and was known."""
    page.say(f"DA  {version.text.da}", 4)
    page.say(f"EN  {version.text.en}", 4)
    source = version.source
    title = titles.get(source.instrument, source.instrument)
    page.line(Text("Kilde", "Source"), f"{title}, {source.provision}", 4)
    page.line(Text("Ordlyd", "Wording"), source.wording, 4)
    page.link(source.url, 4)
    page.line(Text("Grad", "Grade"), f"{source.grade} {both(GRADES[source.grade])}", 4)
    page.line(Text("Udgave", "Version"), rule.version_id(version), 4)
    page.line(
        Text("Gælder", "In force"), stretch(version.in_force_from, version.in_force_through), 4
    )
    if rule.by_knowledge:
        page.line(Text("Kendt", "Known"), stretch(version.known_from, version.known_through), 4)
    if version.note:
        page.line(Text("Forbehold", "Caveat"), version.note, 4)


def print_agreement(page: Page, differences: Iterable[Difference]) -> None:
    """Whether the referee and the SQL say the same, and exactly where they do not."""
    listed = tuple(differences)
    if not listed:
        page.title("Dommeren og SQL er enige | The referee and the SQL agree")
        return
    page.title("Dommeren og SQL er IKKE enige | The referee and the SQL do NOT agree")
    for difference in listed:
        page.say(difference.where)
        page.line(Text("Dommeren", "Referee"), difference.referee, 4)
        page.line("SQL", difference.sql, 4)
    page.say("Meld det som en fejl. | Report it as a fault.")


def named(place: Place, what: Text, name: str) -> str:
    """The first line of a page."""
    return f"{place.name} ({place.code}) · {both(what)} {name}"


def stretch(first: date, last: date | None) -> str:
    """From the first day to the last, both inclusive; open where there is no last."""
    return f"{written_day(first)} {_BLANK} {written_day(last) if last else ''}".rstrip()


def _told(value: str | Text | date | None) -> str:
    if isinstance(value, Text):
        return both(value)
    if isinstance(value, date):
        return written_day(value)
    return value or _BLANK
