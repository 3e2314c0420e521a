"""Drawings and pictures in fewer bytes, with nothing that is seen taken away."""

from __future__ import annotations

import re
import struct
import zlib

import pytest
import vl_convert

from pipelines.report.slimming import pressed, slim

DRAWN = """<svg xmlns="http://www.w3.org/2000/svg"
 version="1.1" class="marks" width="90" height="40">
<defs><clipPath id="clip0"><rect width="90" height="40"/></clipPath></defs>
<rect width="90" height="40" fill="#ffffff"/>
<g fill="none" transform="translate(4,4)"><g class="frame" role="graphics-object">
<g transform="translate(0,0)"><path class="background" d="M0,0h80v30h-80Z"/><g/>
<g class="bars"><path d="M0,0.000001h33.333333v9.99999Z" fill="#0d4f6c" opacity="1"/>
<path d="M0,12h44.444444v10Z" fill="#0d4f6c" opacity="0.25" clip-path="url(#clip0)"/></g>
<g transform="translate(0.5,30)"><text transform="translate(3.14159,2)" text-anchor="start"
 font-family="Arial" font-size="12px" fill="#1c2126">1.234,567</text></g>
<text transform="translate(40,2)" font-family="Arial" font-size="12px"><tspan>okt</tspan>
<tspan x="0" dy="14">2026</tspan></text>
<path class="foreground" d="" fill="#000000" display="none"/></g></g></g></svg>"""


@pytest.fixture(scope="module")
def slimmed() -> str:
    return slim(DRAWN, "proeve", "da", "Titel & mere", "Det, der ses")


def test_tenths_of_a_point_are_enough_and_words_stay_as_they_are(slimmed: str):
    assert 'd="M0,0h33.3v10Z"' in slimmed
    assert 'opacity="0.25"' in slimmed
    assert ">1.234,567<" in slimmed


def test_what_draws_nothing_is_gone(slimmed: str):
    assert not re.findall(r'class=|display=|opacity="1"|translate\(0,0\)|<g ?/>', slimmed)
    assert slimmed.count("<path") == 2
    assert slimmed.count("font-family") == 1


def test_marks_alike_say_it_once(slimmed: str):
    assert slimmed.count("#0d4f6c") == 1


def test_a_line_of_text_stands_where_it_stood_and_several_keep_their_zero(slimmed: str):
    assert re.search(r'<text [^>]*x="3.1" y="2"[^>]*>1', slimmed)
    assert re.search(r'<text transform="translate\(40,2\)"[^>]*><tspan>okt', slimmed)


def test_ids_are_the_drawings_own_and_it_says_what_it_is(slimmed: str):
    assert 'id="proeve-clip0"' in slimmed
    assert 'clip-path="url(#proeve-clip0)"' in slimmed
    assert '<title id="proeve-title">Titel &amp; mere</title>' in slimmed
    assert 'role="img" lang="da" aria-labelledby="proeve-title proeve-text"' in slimmed


def test_two_fonts_are_refused():
    with pytest.raises(ValueError, match="one font"):
        slim(DRAWN.replace("Arial", "Georgia", 1), "proeve", "da", "", "")


def test_the_slim_drawing_is_the_same_picture(slimmed: str):
    before, after = (_pixels(vl_convert.svg_to_png(svg)) for svg in (DRAWN, slimmed))
    # Tenths of a point move an edge's shade, nothing more.
    assert len(before) == len(after)
    assert sum(abs(a - b) > 40 for a, b in zip(before, after, strict=True)) == 0


def test_a_pressed_picture_has_the_same_pixels_in_fewer_bytes(slimmed: str):
    png = bytes(vl_convert.svg_to_png(slimmed, scale=2))
    small = pressed(png)
    assert len(small) < len(png) / 2
    assert _pixels(small) == _pixels(png)
    for kind, body, crc in _chunks(small):
        assert zlib.crc32(kind + body) == crc


def _chunks(png: bytes) -> list[tuple[bytes, bytes, int]]:
    found, at = [], 8
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        end = at + 8 + length
        found.append((png[at + 4 : at + 8], png[at + 8 : end], *struct.unpack_from(">I", png, end)))
        at = end + 4
    return found


def _pixels(png: bytes) -> bytes:
    """The picture's shades; vl-convert writes every row as differences to the left."""
    chunks = _chunks(png)
    width, _ = struct.unpack_from(">II", chunks[0][1])
    rows = zlib.decompress(b"".join(body for kind, body, _ in chunks if kind == b"IDAT"))
    shades = bytearray()
    for start in range(0, len(rows), 4 * width + 1):
        assert rows[start] == 1
        row = bytearray(rows[start + 1 : start + 4 * width + 1])
        for at in range(4, len(row)):
            row[at] = (row[at] + row[at - 4]) % 256
        shades += row
    return bytes(shades)
