"""Charts laid over each other."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import altair as alt


def layered(*charts: alt.Chart, **about: Any) -> alt.LayerChart:  # noqa: ANN401 - as alt.layer
    """As `alt.layer`, for charts with data of their own, no size, and nothing to click on.

    Altair looks for such things in copies of copies of every part, each time the chart is put
    together, given a size or written out; that takes longer than drawing it.
    """
    return _plain()(layer=charts, **about)


@cache
def _plain() -> type[alt.LayerChart]:
    import altair as alt  # noqa: PLC0415 - half a second that only drawing should pay

    class Plain(alt.LayerChart):
        def __init__(self, **given: Any) -> None:  # noqa: ANN401
            given["layer"] = list(given["layer"])
            super(alt.LayerChart, self).__init__(**given)

    return Plain
