"""Drawings made small: Vega writes its SVG for a browser that goes on working with it."""

from __future__ import annotations

import re
import struct
import zlib
from typing import Final
from xml.etree import ElementTree as ET

_SVG: Final = "http://www.w3.org/2000/svg"
_GROUP, _TEXT, _PATH = (f"{{{_SVG}}}{tag}" for tag in ("g", "text", "path"))
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
# A group and its only mark may not both have one of these.
_PLACING: Final = frozenset({"transform", "clip-path", "opacity", "x", "y"})
_PNG_HEAD: Final = 8  # bytes before the first chunk
_LEVEL: Final = 5  # higher ones take twice as long and more for a hundredth less

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
    if fonts:
        root.set("font-family", fonts.pop())
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
    of = {key: value for key, value in element.attrib.items() if key not in _NEEDLESS}
    for attribute in of.keys() & set(_GEOMETRY):
        of[attribute] = _NUMBER.sub(_tenths, of[attribute])
    # A text of several lines has them at its own zero.
    if (
        element.tag == _TEXT
        and not len(element)
        and (moved := _MOVED.fullmatch(of.get("transform", "")))
    ):
        del of["transform"]
        of["x"], of["y"] = moved.groups()
    if "id" in of:
        of["id"] = f"{name}-{of['id']}"
    if "font-size" in of:
        of["font-size"] = of["font-size"].removesuffix("px")
    element.attrib = {
        key: value.replace("url(#", f"url(#{name}-")
        for key, value in of.items()
        if _DEFAULTS.get(key) != value
    }


def _tenths(found: re.Match[str]) -> str:
    return f"{round(float(found.group()), 1) + 0:g}"


def _lift(element: ET.Element) -> None:
    """Takes away what draws nothing, and writes once what all marks of a group have alike."""
    for child in list(element):
        _lift(child)
        if _draws_nothing(child):
            element.remove(child)
        elif _is_needless(child):
            at = list(element).index(child)
            element[at : at + 1] = list(child)
    for attribute in _INHERITED if element.tag == _GROUP and len(element) > 1 else ():
        values = {child.get(attribute) for child in element}
        if len(values) == 1 and (value := values.pop()) is not None:
            element.set(attribute, value)
            for child in element:
                del child.attrib[attribute]


def _is_needless(group: ET.Element) -> bool:
    """Whether it says nothing, after its only mark has taken over what it says."""
    if group.tag == _GROUP and len(group) == 1:
        (mark,) = group
        if not (group.attrib.keys() & _PLACING and mark.attrib.keys() & _PLACING):
            mark.attrib = group.attrib | mark.attrib
            return True
    return group.tag == _GROUP and not group.attrib


def _draws_nothing(element: ET.Element) -> bool:
    if element.tag == _GROUP:
        return not len(element)
    if element.get("display") == "none":
        return True
    # The root's group has no fill, so a path without one is not seen.
    return element.tag == _PATH and not element.attrib.keys() & {"fill", "stroke"}
