"""Charts as SVG and PNG: one look, no script, nothing fetched, no letters left to chance.

Vega-Lite is run by vl-convert in this process. Letters are measured in Liberation Sans, whose
widths are Arial's and Helvetica's, so that a label fits on every reader's machine.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from io import BytesIO
from typing import Any, Final
from xml.etree import ElementTree as ET

import polars as pl

from pipelines.report.drawings import NOTHING_KEPT, Drawings
from pipelines.report.exhibits import Exhibit
from pipelines.report.language import NUMBER_LOCALES, Language, say, time_locale
from pipelines.report.words import WORDS

INK: Final = "#1c2126"
QUIET: Final = "#5c6670"  # words beside the data
FAINT: Final = "#8a949c"  # marks that stand back
HAIR: Final = "#e4e8eb"
ACCENT: Final = "#0d4f6c"
ACCENT_LIGHT: Final = "#8fb4c5"
AMBER: Final = "#b8621b"
AMBER_LIGHT: Final = "#e5bd93"
PAPER: Final = "#ffffff"
WIDTH: Final = 680  # points; what the column of text holds
FONT: Final = 'Arial, "Liberation Sans", Helvetica, sans-serif'
_PNG_SCALE: Final = 2.0
_COLOURS: Final = 64
_SPOKEN: Final = frozenset({"role", "aria-label", "aria-roledescription", "aria-hidden"})
_SVG: Final = "http://www.w3.org/2000/svg"
_NAMESPACE: Final = f' xmlns="{_SVG}"'

ET.register_namespace("", _SVG)
_CONFIG: Final[dict[str, Any]] = {
    "aria": False,  # the whole picture has one text; its parts are in the table
    "background": PAPER,
    "font": FONT,
    "padding": 4,
    "view": {"stroke": None},
    "axis": {
        "domain": False,
        "ticks": False,
        "grid": False,
        "labelColor": QUIET,
        "labelFontSize": 12,
        "labelLimit": 300,
        "labelPadding": 6,
        "title": None,
    },
    "axisQuantitative": {"grid": True, "gridColor": HAIR, "tickCount": 5},
    "axisX": {"domain": True, "domainColor": FAINT},
    "text": {"fontSize": 12, "color": INK},
    "bar": {"color": ACCENT},
    "line": {"color": ACCENT, "strokeWidth": 2},
    "header": {"title": None, "labelColor": INK, "labelFontSize": 13, "labelFontWeight": "bold"},
    "legend": {
        "labelFontSize": 12,
        "labelColor": INK,
        "title": None,
        "symbolStrokeWidth": 1.5,
        "labelLimit": 300,
    },
}


def data(rows: pl.DataFrame) -> dict[str, Any]:
    """Rows as the data of a chart: part of its specification. A day is its local midnight."""
    # A tuple: Altair copies lists, value by value, each time a chart is put into another.
    values = tuple({k: _plain(v) for k, v in r.items()} for r in rows.iter_rows(named=True))
    return {"values": values}


def draw(exhibit: Exhibit, language: Language, kept: Drawings = NOTHING_KEPT) -> str | None:
    """The exhibit's chart as an SVG file with its own text alternative; None for a table.

    Raises ValueError where the chart is no valid Vega-Lite.
    """
    if exhibit.draw is None:
        return None
    from altair.utils.schemapi import debug_mode  # noqa: PLC0415

    # Altair holds every part against the schema as it is made, which takes most of the time.
    with debug_mode(False):
        specification = exhibit.draw(language).to_dict(validate=False)
    drawn_from = f"{language} {json.dumps(specification)}"
    svg = kept.take(drawn_from, lambda: _to_svg(specification, language).encode()).decode()
    title, text = say(exhibit.title, language), alternative(exhibit, language)
    return _labelled(svg, exhibit.id, language, title, text)


def _to_svg(specification: dict[str, Any], language: Language) -> str:
    import vl_convert  # noqa: PLC0415

    return vl_convert.vegalite_to_svg(
        specification,
        config=_CONFIG,
        allowed_base_urls=[],
        format_locale=NUMBER_LOCALES[language],
        time_format_locale=time_locale(language),
    )


def to_png(svg: str) -> bytes:
    """The drawing as a PNG of twice its size, in so few colours that it is small."""
    import vl_convert  # noqa: PLC0415
    from PIL import Image  # noqa: PLC0415

    drawn = Image.open(BytesIO(vl_convert.svg_to_png(svg, scale=_PNG_SCALE))).convert("RGB")
    few = drawn.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    packed = BytesIO()
    few.save(packed, "PNG", optimize=True)
    return packed.getvalue()


def inline(svg: str) -> str:
    """The drawing as an element of a page."""
    return svg.replace(_NAMESPACE, "", 1)


def alternative(exhibit: Exhibit, language: Language) -> str:
    """What a reader who cannot see the chart is told."""
    return f"{say(exhibit.definition, language)} {say(WORDS['in_table'], language)}"


def _labelled(svg: str, name: str, language: str, title: str, text: str) -> str:
    """With a title and a text for those who do not see it, and ids that no other drawing has."""
    root = ET.fromstring(svg)  # noqa: S314 - vl-convert's own
    for element in root.iter():
        for attribute in _SPOKEN & element.attrib.keys():
            del element.attrib[attribute]  # the picture has one text; its parts are in the table
        for attribute, value in element.attrib.items():
            if attribute == "id":
                element.set(attribute, f"{name}-{value}")
            elif "url(#" in value:
                element.set(attribute, value.replace("url(#", f"url(#{name}-"))
    root.attrib |= {"role": "img", "lang": language}
    root.attrib |= {"aria-labelledby": f"{name}-title {name}-text"}
    for place, (tag, end, words) in enumerate((("title", "title", title), ("desc", "text", text))):
        said = ET.Element(f"{{{_SVG}}}{tag}", {"id": f"{name}-{end}"})
        said.text = words
        root.insert(place, said)
    return ET.tostring(root, encoding="unicode")


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return f"{value.isoformat()}T00:00:00" if isinstance(value, date) else value
