"""Pages for people: HTML from the templates of this package, every value escaped."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pipelines import wording

if TYPE_CHECKING:
    from jinja2 import BaseLoader, Environment


def render(template: str, **values: object) -> str:
    """The page a template (for example "receipt.html.j2") makes of the values.

    Filters: `number` 1.234, `signed` +1.234, `percent` 76,9 %, `day` 31-12-2026, `plain` for
    delivered texts, `ranges` for row numbers. A value that the template names and nobody gives
    raises jinja2.UndefinedError.
    """
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    from jinja2 import PackageLoader  # noqa: PLC0415

    environment = make_environment(PackageLoader("pipelines", "pages"))
    environment.filters |= {
        "number": wording.number,
        "signed": wording.signed,
        "percent": wording.percent,
        "day": wording.written_day,
        "plain": wording.printable,
        "ranges": wording.ranges,
    }
    return environment


def make_environment(loader: BaseLoader) -> Environment:
    """Templates that escape every value, and raise where a name they use has none."""
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415

    return Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
