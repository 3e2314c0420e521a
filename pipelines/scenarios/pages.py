"""The pages of scenarios, in both languages, every one marked SCENARIE."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipelines.contracts.model import Text
from pipelines.report.exhibits import Page
from pipelines.report.files import write_page
from pipelines.report.language import LANGUAGES, Language
from pipelines.report.render import Site, page_of
from pipelines.scenarios import exhibits as shown
from pipelines.scenarios.found import Found, read_found
from pipelines.scenarios.work_exhibit import hours_and_money
from pipelines.settings import Home

if TYPE_CHECKING:
    from pipelines.scenarios.running import Answer

_FRONT: Final = Text("Scenarier", "Scenarios")
_TEXTS: Final = {
    "mark": Text("SCENARIE", "SCENARIO"),
    "not_official": Text(
        "Ikke officielle tal. De samme samtaler, talt efter regler, der ikke gjaldt.",
        "Not official figures. The same meetings, counted by rules that did not apply.",
    ),
    "exact": Text(
        "Tallene er nøjagtige, og små tal er ikke skjult: siden er til den, der regner, og må ikke "
        "offentliggøres.",
        "The figures are exact, and small ones are not hidden: the page is for those who "
        "calculate, and must not be published.",
    ),
}


def write_pages(home: Home, answer: Answer) -> Path:
    """Writes a page for each scenario of an answer, and the front page; gives the front page.

    Into `published/scenarios/`, with the files of every exhibit. Raises OSError where that cannot
    be written.
    """
    every = [*answer.alone, *(it.counted for it in answer.combinations if len(it.names) > 1)]
    found = [read_found(counted) for counted in every]
    navigation = [("index", _FRONT), *((one.page, one.label) for one in found)]
    site = Site(answer.publication_id, found[0].as_of, navigation)
    for language in LANGUAGES:
        write_page(home.scenarios, _front(site, answer, found, language), language)
        for one in found:
            write_page(home.scenarios, _page(site, one, language), language)
    return home.scenarios / "index.html"


def _front(site: Site, answer: Answer, found: Sequence[Found], language: Language) -> Page:
    listed = [shown.effects(found)]
    if answer.combinations:
        listed.append(shown.together(answer.combinations))
    return page_of(
        site, language, "index", _FRONT, "scenarie.html.j2", listed, texts=_TEXTS, reason=None,
        opened=[exhibit.id for exhibit in listed],
    )  # fmt: skip


def _page(site: Site, one: Found, language: Language) -> Page:
    listed = [
        shown.effect(one),
        hours_and_money(one),
        shown.by_month(one),
        shown.by_municipality(one),
        shown.by_group(one),
        shown.crossings(one),
    ]
    return page_of(
        site, language, one.page, one.label, "scenarie.html.j2", listed, texts=_TEXTS,
        reason=one.reason, opened=[listed[0].id],
    )  # fmt: skip
