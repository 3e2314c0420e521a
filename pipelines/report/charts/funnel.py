"""A funnel plot: the share of each place against its number, with what chance alone allows."""

from __future__ import annotations

from math import log10, sqrt
from typing import TYPE_CHECKING, Final

import polars as pl

from pipelines.contracts.model import Text
from pipelines.report.charts.layers import layered
from pipelines.report.drawing import ACCENT, AMBER, FAINT, HAIR, INK, QUIET, WIDTH, data
from pipelines.report.language import Language, percent, say
from pipelines.report.shares import Z

if TYPE_CHECKING:
    import altair as alt

_HEIGHT: Final = 400
_LEGEND: Final = 60  # points to the left of the plot
# Shapes carry the verdict; colours only repeat it.
_SHAPES: Final = {"below": "triangle-down", "uncertain": "circle", "above": "triangle-up"}
_COLOURS: Final = {"below": AMBER, "uncertain": FAINT, "above": ACCENT}
_VERDICTS: Final = {
    "below": Text("under kravet", "below the line"),
    "uncertain": Text("kan være tilfældigt", "may be chance"),
    "above": Text("over kravet", "above the line"),
}
_AXIS: Final = Text(
    "Krav, der forfaldt (logaritmisk skala)", "Requirements due (logarithmic scale)"
)
_NAMED: Final = 14  # places named at most
_LETTER: Final = 6.2  # points, the mean width of a letter of a name
_LINE_OF_TEXT: Final = 12  # points
_POINT: Final = 6  # points, half of one with its air


def limits(line: float, fewest: int, most: int, points: int = 60) -> pl.DataFrame:
    """Between which shares chance may decide (number, low, high), for numbers on a log scale.

    A share lies outside exactly where its 95 % Wilson interval does not hold the line, since that
    interval is the score test turned round.
    """
    start, end = log10(max(fewest, 1)), log10(max(most, fewest + 1, 2))
    numbers = [10 ** (start + (end - start) * step / (points - 1)) for step in range(points)]
    halves = [Z * sqrt(line * (1 - line) / number) for number in numbers]
    return pl.DataFrame(
        {
            "number": numbers,
            "low": [max(line - half, 0.0) for half in halves],
            "high": [min(line + half, 1.0) for half in halves],
        }
    )


def funnel(rows: pl.DataFrame, line: float, language: Language) -> alt.TopLevelMixin:
    """A point a row of `rows` (name, whole, share, verdict), with the places far outside named."""
    import altair as alt  # noqa: PLC0415 - half a second that only drawing should pay

    known = rows.drop_nulls("share")
    fewest, most = (int(x or 1) for x in known.select(pl.min("whole"), m=pl.max("whole")).row(0))
    first, last = max(1.0, fewest * 0.85), max(most * 1.35, fewest + 1)
    lowest = min(float(known["share"].min() or 0), line) - 0.05  # type: ignore[arg-type]
    sign = "' %'" if language == "da" else "'%'"
    x = alt.X(
        "number:Q",
        scale=alt.Scale(type="log", domain=[first, last], nice=False),
        axis=alt.Axis(
            title=say(_AXIS, language), titleFontWeight="normal", titleColor=QUIET, titlePadding=10,
            format=",d", values=[v for e in range(7) for v in (10**e, 2 * 10**e, 5 * 10**e)],
        ),
    )  # fmt: skip
    y = alt.Y(
        "share:Q",
        scale=alt.Scale(domain=[max(0.0, lowest), 1.0], nice=False),
        axis=alt.Axis(labelExpr=f"format(100 * datum.value, 'd') + {sign}", tickCount=6),
    )
    band = data(limits(line, int(first), int(last)).rename({"low": "share"}))
    at = data(
        pl.DataFrame({"number": [last], "share": [line], "label": [percent(line, language, 0)]})
    )
    words = {code: say(text, language) for code, text in _VERDICTS.items()}
    points = known.select(
        "share", pl.col("whole").alias("number"), verdict=pl.col("verdict").replace(words)
    )
    legend = alt.Legend(orient="top", direction="horizontal", symbolSize=90, offset=8)
    labels = _named(known, line, (first, last), (max(0.0, lowest), 1.0))
    return layered(
        alt.Chart(band)
        .mark_area(color=HAIR, opacity=0.7, clip=True)
        .encode(x=x, y=y, y2=alt.Y2("high:Q")),
        alt.Chart(at).mark_rule(color=INK, strokeWidth=1).encode(y=y),
        alt.Chart(at)
        .mark_text(align="right", baseline="bottom", dy=-3, fontWeight="bold")
        .encode(x=x, y=y, text=alt.Text("label:N")),
        alt.Chart(data(points))
        .mark_point(filled=True, size=70, opacity=0.95)
        .encode(
            x=x,
            y=y,
            shape=alt.Shape(
                "verdict:N", legend=legend,
                scale=alt.Scale(domain=list(words.values()), range=list(_SHAPES.values())),
            ),
            color=alt.Color(
                "verdict:N", legend=legend,
                scale=alt.Scale(domain=list(words.values()), range=list(_COLOURS.values())),
            ),
        ),
        *(
            alt.Chart(data(of_side))
            .mark_text(align=side, dx=7 if side == "left" else -7, fontSize=11)
            .encode(x=x, y=y, text=alt.Text("name:N"))
            for (side,), of_side in labels.partition_by("side", as_dict=True).items()
        ),
    ).properties(width=WIDTH - _LEGEND, height=_HEIGHT)  # fmt: skip


def _named(
    known: pl.DataFrame, line: float, xs: tuple[float, float], ys: tuple[float, float]
) -> pl.DataFrame:
    """Places far from the line for their number, where the name has room beside the point.

    Columns: name, number, share, side (how the name is set: `left` stands to the point's right).
    """
    far = known.filter(pl.col("verdict") != "uncertain").sort(
        (pl.col("share") - line).abs() * pl.col("whole").sqrt(), descending=True
    )
    width = WIDTH - _LEGEND

    def spot(number: float, share: float) -> tuple[float, float]:
        left = (log10(number) - log10(xs[0])) / (log10(xs[1]) - log10(xs[0])) * width
        return left, (ys[1] - share) / (ys[1] - ys[0]) * _HEIGHT

    taken = [
        (x - _POINT, x + _POINT, y)
        for x, y in (spot(*point) for point in known.select("whole", "share").iter_rows())
    ]
    named: list[tuple[str, int, float, str]] = []
    for name, number, share in far.select("name", "whole", "share").iter_rows():
        x, y = spot(number, share)
        long = _LETTER * len(name)
        for side, left, right in (
            ("left", x + _POINT, x + 10 + long),
            ("right", x - 10 - long, x - _POINT),
        ):
            is_free = (
                left > 0
                and right < width
                and all(
                    right <= other_left or left >= other_right or abs(y - other_y) > _LINE_OF_TEXT
                    for other_left, other_right, other_y in taken
                )
            )
            if is_free and len(named) < _NAMED:
                taken.append((left, right, y))
                named.append((name, number, share, side))
                break
    return pl.DataFrame(
        named,
        schema={"name": pl.String, "number": pl.Float64, "share": pl.Float64, "side": pl.String},
        orient="row",
    )
