"""The country as a grid of tiles, one a municipality, each with its name and its number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import polars as pl

from pipelines.municipalities import municipalities
from pipelines.report.charts.layers import layered
from pipelines.report.drawing import FAINT, INK, PAPER, QUIET, data

if TYPE_CHECKING:
    import altair as alt

_SIDE: Final = 46  # points from one tile to the next
_HALF: Final = 0.475  # of a tile, from its middle to its edge
_LONGEST: Final = 8  # letters of a name that a tile holds
# Names whose first letters are another's too, or say less than others would.
_SHORT: Final = {
    "101": "Kbh.",
    "147": "Frb.berg",
    "169": "Taastrup",
    "210": "Fr.borg",
    "250": "Fr.sund",
    "376": "Guldb.s.",
    "607": "Fr.cia",
    "810": "Br.slev",
    "813": "Fr.havn",
    "820": "Vesth.l.",
    "846": "M.fjord",
    "849": "Jam.bugt",
}
# Slanting lines across a tile, as the path of a symbol from -1 to 1.
_HATCH: Final = "".join(
    f"M{max(-1, c - 1):.2f},{max(-1, c - 1) - c:.2f}L{min(1, c + 1):.2f},{min(1, c + 1) - c:.2f}"
    for c in (-1.5, -1, -0.5, 0, 0.5, 1, 1.5)
)
_KEY_AT: Final = (9.0, 1.0)  # column and row of the key's first line, where the sea is
_KEY_STEP: Final = 0.52  # rows
_SMALL: Final = 9.6  # points, of words in a tile


def short_name(code: str, name: str) -> str:
    """A municipality's name, or the first of its two, as far as a tile holds it."""
    if code in _SHORT:
        return _SHORT[code]
    first = name.split("-", maxsplit=1)[0]
    return first if len(first) <= _LONGEST else f"{first[: _LONGEST - 1]}."


def tiles(rows: pl.DataFrame, key: pl.DataFrame) -> alt.TopLevelMixin:
    """A tile a row of `rows`: place, label, is_number, fill (a colour), ink (letters), is_hatched.

    A label that is no number stands back. `key` explains the fills: label, fill, is_hatched; one
    line each, beside the country.
    """
    import altair as alt  # noqa: PLC0415 - half a second that only drawing should pay

    placed = rows.join(_positions(), on="place", how="inner")
    column, row = _KEY_AT
    lines = key.with_row_index("line").with_columns(
        column=pl.lit(column), row=row + pl.col("line") * _KEY_STEP
    )
    columns, last = int(placed["column"].max() or 1), int(placed["row"].max() or 1)  # type: ignore[arg-type]
    x_scale = alt.Scale(domain=[0.5, columns + 0.5], nice=False, zero=False)
    y_scale = alt.Scale(domain=[last + 0.5, 0.5], nice=False, zero=False)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=x_scale, axis=None)

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=y_scale, axis=None)

    def squares(of: pl.DataFrame, half: float) -> list[Any]:
        edges = of.select(
            "fill",
            "is_hatched",
            "column",
            "row",
            left=pl.col("column") - half,
            right=pl.col("column") + half,
            top=pl.col("row") - half,
            bottom=pl.col("row") + half,
        )
        return [
            alt.Chart(data(edges))
            .mark_rect(stroke=FAINT, strokeWidth=0.6)
            .encode(
                x=x("left"), x2=alt.X2("right:Q"), y=y("top"), y2=alt.Y2("bottom:Q"), color=fill
            ),
            alt.Chart(data(edges.filter("is_hatched").select("column", "row")))
            .mark_point(
                shape=_HATCH,
                size=(2 * half * _SIDE) ** 2,
                stroke=QUIET,
                strokeWidth=0.9,
                opacity=0.8,
            )
            .encode(x=x("column"), y=y("row")),
        ]

    def words(of: pl.DataFrame, field: str, ink: str, **look: Any) -> Any:  # noqa: ANN401
        return (
            alt.Chart(data(of.select("column", "row", field)))
            .mark_text(color=ink, **look)
            .encode(x=x("column"), y=y("row"), text=f"{field}:N")
        )

    fill = alt.Color("fill:N", scale=None)
    layers = [*squares(placed, _HALF), *squares(lines, 0.19)]
    layers.append(words(lines, "label", INK, align="left", dx=16))
    drawn = placed.partition_by("ink", "is_hatched", "is_number", as_dict=True)
    for (ink, is_hatched, is_number), of in drawn.items():
        # Letters on a hatched tile stand on paper.
        halo = [{"stroke": PAPER, "strokeWidth": 3.5, "strokeJoin": "round"}] if is_hatched else []
        big = {"fontSize": 13, "fontWeight": "bold"} if is_number else {"fontSize": _SMALL}
        for look in (*halo, {}):
            layers.append(words(of, "name", str(ink), fontSize=_SMALL, dy=-9, **look))
            layers.append(words(of, "label", str(ink), dy=8, **big, **look))
    return layered(*layers).properties(width=columns * _SIDE, height=last * _SIDE)


def _positions() -> pl.DataFrame:
    return pl.DataFrame(
        [(m.code, short_name(m.code, m.name), m.tile_column, m.tile_row) for m in municipalities()],
        schema={"place": pl.String, "name": pl.String, "column": pl.Float64, "row": pl.Float64},
        orient="row",
    )
