"""Drawings made small: Vega writes its SVG for a browser that goes on working with it."""

from __future__ import annotations

import re
import struct
import zlib
from typing import Final
from xml.etree import ElementTree as ET

_SVG: Final = "http://www.w3.org/2000/svg"
_NUMBER: Final = re.compile(r"-?\d*\.\d+(?:e-?\d+)?")
_MOVED: Final = re.compile(r"translate\(([^,)]*),([^,)]*)\)")
_GEOMETRY: Final = ("d", "transform", "x", "y", "x1", "y1", "x2", "y2", "width", "height")
# What scripts, and readers of single marks, would want; the picture has one text instead.
_NEEDLESS: Final = ("class", "role", "aria-hidden", "aria-roledescription", "pointer-events")
# What every mark has unless it says otherwise.
_DEFAULTS: Final = {"opacity": "1", "text-anchor": "start", "transform": "translate(0,0)"}
_INHERITED: Final = (
    "font-size",
    "font-weight",
    "text-anchor",
    "fill",
    "stroke",
    "stroke-width",
    "stroke-linejoin",
)
_PNG_HEAD: Final = 8  # bytes before the first chunk
_LEVEL: Final = 6  # more takes eight times as long for 3 % less

ET.register_namespace("", _SVG)


def slim(svg: str, name: str, language: str, title: str, text: str) -> str:
    """The drawing with tenths of a point, without empty groups, with a title and a text.

    `name` begins every id, so that no two drawings on a page have the same. Raises ParseError
    where `svg` is no XML, and ValueError where it has several fonts.
    """
    root = ET.fromstring(svg)  # noqa: S314 - vl-convert's own
    fonts = {element.attrib.pop("font-family", "") for element in root.iter()} - {""}
    if len(fonts) > 1:
        raise ValueError(f"A drawing has one font, not {sorted(fonts)}")
    for element in root.iter():
        _trim(element, name)
    _lift(root)
    root.attrib.pop("version", None)
    root.attrib |= {"role": "img", "lang": language}
    root.attrib |= {"aria-labelledby": f"{name}-title {name}-text"}
    root.attrib |= {"font-family": font for font in fonts}
    for place, (tag, words) in enumerate((("title", title), ("desc", text))):
        named = ET.Element(f"{{{_SVG}}}{tag}", {"id": f"{name}-{'text' if place else tag}"})
        named.text = words
        root.insert(place, named)
    return ET.tostring(root, encoding="unicode")


def pressed(png: bytes) -> bytes:
    """The same picture in fewer bytes: vl-convert packs for speed."""
    chunks: list[tuple[bytes, bytes]] = []
    at = _PNG_HEAD
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        chunks.append((png[at + 4 : at + 8], png[at + 8 : at + 8 + length]))
        at += length + 12
    rows = zlib.decompress(b"".join(body for kind, body in chunks if kind == b"IDAT"))
    kept = [(kind, body) for kind, body in chunks if kind in {b"IHDR", b"pHYs"}]
    kept += [(b"IDAT", zlib.compress(rows, _LEVEL)), (b"IEND", b"")]
    return png[:_PNG_HEAD] + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in kept
    )


def _trim(element: ET.Element, name: str) -> None:
    """Its attributes without noise."""
    of = element.attrib
    for attribute in _NEEDLESS:
        of.pop(attribute, None)
    for attribute in _GEOMETRY:
        if attribute in of:
            of[attribute] = _NUMBER.sub(_tenths, of[attribute])
    if element.tag == f"{{{_SVG}}}text" and (moved := _MOVED.fullmatch(of.get("transform", ""))):
        del of["transform"]
        of["x"], of["y"] = moved.groups()
    for attribute, value in _DEFAULTS.items():
        if of.get(attribute) == value:
            del of[attribute]
    for attribute, value in of.items():
        if attribute == "id":
            of[attribute] = f"{name}-{value}"
        elif "url(#" in value:
            of[attribute] = value.replace("url(#", f"url(#{name}-")
        elif attribute == "font-size":
            of[attribute] = value.removesuffix("px")


def _tenths(found: re.Match[str]) -> str:
    return f"{round(float(found.group()), 1) + 0:g}"


def _lift(element: ET.Element) -> None:
    """Takes away what draws nothing, and writes once what all marks of a group have alike."""
    for child in list(element):
        _lift(child)
        at = list(element).index(child)
        if _draws_nothing(child):
            element.remove(child)
        elif child.tag == f"{{{_SVG}}}g" and (not child.attrib or len(child) == 1):
            inner = list(child)
            if len(inner) == 1 and not _is_free(child, inner[0]):
                continue
            if len(inner) == 1:
                inner[0].attrib = child.attrib | inner[0].attrib
            element.remove(child)
            for offset, mark in enumerate(inner):
                element.insert(at + offset, mark)
    if element.tag == f"{{{_SVG}}}g" and len(element) > 1:
        for attribute in _INHERITED:
            values = {child.get(attribute) for child in element}
            if len(values) == 1 and (value := values.pop()) is not None:
                element.set(attribute, value)
                for child in element:
                    del child.attrib[attribute]


def _is_free(group: ET.Element, mark: ET.Element) -> bool:
    """Whether the group's only mark may carry its attributes."""
    return not (group.attrib.keys() & {"transform", "clip-path", "opacity"}) or not (
        mark.attrib.keys() & {"transform", "clip-path", "opacity", "x", "y"}
    )


def _draws_nothing(element: ET.Element) -> bool:
    if element.tag == f"{{{_SVG}}}g":
        return not len(element)
    if element.get("display") == "none":
        return True
    # The root's group has no fill, so a path without one is not seen.
    return element.tag == f"{{{_SVG}}}path" and not element.attrib.keys() & {"fill", "stroke"}
