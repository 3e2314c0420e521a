"""Rows of a chart with their words in a column to the left: a name, and its figures under it.

The words stand together and first, so that a telephone shows them without scrolling, and so that
no label can collide with a bar.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import polars as pl

from pipelines.report.charts.layers import layered
from pipelines.report.drawing import INK, QUIET, WIDTH, data

if TYPE_CHECKING:
    import altair as alt

_ROW: Final = 40  # points
_LETTER: Final = 6.7  # points of an average letter of a name
_SPACE: Final = 16  # points between the words and the plot
THICK: Final = {"band": 0.6}  # of a bar, as a part of its row


def room_of(names: Sequence[str], details: Sequence[str]) -> int:
    """The width of the column of words, in points."""
    return _SPACE + int(_LETTER * max(map(len, [*names, *details]), default=0))


def place_of(names: Sequence[str]) -> alt.Y:
    """Where the rows stand, from the top, in the order given."""
    import altair as alt  # noqa: PLC0415 - half a second that only drawing should pay

    return alt.Y("name:N", sort=list(names), scale=alt.Scale(domain=list(names)), axis=None)


def in_rows(
    layers: Sequence[alt.Chart], names: Sequence[str], details: Sequence[str]
) -> alt.TopLevelMixin:
    """The layers, which stand by `place_of` the names, with the words beside them."""
    import altair as alt  # noqa: PLC0415

    room = room_of(names, details)
    words = alt.Chart(data(pl.DataFrame({"name": names, "detail": details})))
    at = alt.value(-room)
    y = place_of(names)
    return layered(
        *layers,
        words.mark_text(align="left", dy=-8, fontSize=13, color=INK).encode(
            x=at, y=y, text=alt.Text("name:N")
        ),
        words.mark_text(align="left", dy=8, color=QUIET).encode(
            x=at, y=y, text=alt.Text("detail:N")
        ),
    ).properties(width=WIDTH - room, height=_ROW * max(len(names), 1))
