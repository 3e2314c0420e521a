"""A page of the report from its template, its exhibits drawn, every value escaped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from pipelines.contracts.model import Text
from pipelines.pages.render import make_environment
from pipelines.report import language as written
from pipelines.report.drawing import draw, inline
from pipelines.report.drawings import NOTHING_KEPT, Drawings
from pipelines.report.exhibits import Exhibit, Page, Report, cells
from pipelines.report.language import Language, say
from pipelines.report.words import NAVIGATION, STAGES, WORDS

if TYPE_CHECKING:
    from jinja2 import Environment

_UNDER: Final = {"paastande": "omkostninger"}
_FILTERS: Final[dict[str, Callable[..., str]]] = {
    "say": written.say,
    "number": written.number,
    "signed": written.signed,
    "percent": written.percent,
    "day": written.day,
    "month": written.month,
    "week": written.week,
}


@dataclass(frozen=True, slots=True)
class Shown:
    """An exhibit as a template shows it: `svg` is markup, empty for a table; `cells` are words."""

    exhibit: Exhibit
    svg: str
    cells: list[list[str]]


@dataclass(frozen=True, slots=True)
class Site:
    """What all pages of a site have alike."""

    publication_id: str
    as_of: date
    navigation: Sequence[tuple[str, Text]]  # page and heading; the first is the front page
    drawings: Drawings = NOTHING_KEPT


def make_page(
    report: Report,
    language: Language,
    name: str,
    title: Text,
    template: str,
    exhibits: Sequence[Exhibit],
    **values: object,
) -> Page:
    """A page of the report; see `page_of`."""
    site = Site(report.facts.publication_id, report.facts.as_of, NAVIGATION, report.drawings)
    return page_of(site, language, name, title, template, exhibits, **values)


def page_of(
    site: Site,
    language: Language,
    name: str,
    title: Text,
    template: str,
    exhibits: Sequence[Exhibit],
    **values: object,
) -> Page:
    """The page that a template of this package makes of exhibits and values.

    In the template stand `exhibits` (by id, to be shown by the macro `exhibit`), `words`, `home`
    (the way to the front page of the language), `root` (to the Danish one), and the filters `say`,
    `number`, `signed`, `percent`, `day`, `month` and `week`, which write in the page's language,
    and `capital`, which begins a sentence.
    """
    from markupsafe import Markup  # noqa: PLC0415

    drawn = {e.id: svg for e in exhibits if (svg := draw(e, language, site.drawings)) is not None}
    shown = {
        e.id: Shown(e, Markup(inline(drawn[e.id])) if e.id in drawn else "", cells(e, language))  # noqa: S704 - our own drawing
        for e in exhibits
    }
    up = "../" * name.count("/")
    root = up if language == "da" else f"{up}../"
    # A municipality's drawings are files in Danish only: they are most of the site's weight.
    keeps = language == "da" or not name.startswith("kommuner/")
    other: Language = "en" if language == "da" else "da"
    html = (
        _environment()
        .get_template(template)
        .render(
            language=language,
            name=name,
            title=title,
            section=_section(name),
            exhibits=shown,
            home=up,
            root=root,
            drawings=up if keeps else root,
            other=(f"{up}en/" if language == "da" else f"{up}../") + f"{name}.html",
            other_language=other,
            words=WORDS,
            stages=STAGES,
            navigation=site.navigation,
            hidden_word=say(WORDS["hidden"], language),
            publication_id=site.publication_id,
            as_of=site.as_of,
            **values,
        )
    )
    return Page(name, title, html, tuple(exhibits), drawn if keeps else {})


def _section(name: str) -> str:
    """The page of the navigation that a page lies under."""
    return "kommuner/index" if name.startswith("kommuner/") else _UNDER.get(name, name)


@cache
def _environment() -> Environment:
    from jinja2 import ChoiceLoader, PackageLoader, pass_context  # noqa: PLC0415
    from jinja2.runtime import Context  # noqa: PLC0415

    def in_language(write: Callable[..., str]) -> Callable[..., str]:
        @pass_context
        def filtered(context: Context, value: Any, *more: Any) -> str:  # noqa: ANN401
            return write(value, context["language"], *more)

        return filtered

    environment = make_environment(
        ChoiceLoader(
            [
                PackageLoader("pipelines.report", "templates"),
                PackageLoader("pipelines", "pages"),  # the house's style
            ]
        )
    )
    environment.filters |= {name: in_language(write) for name, write in _FILTERS.items()}
    environment.filters["capital"] = written.capital
    return environment
