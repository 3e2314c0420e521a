"""XML: rows and cells by name, and documents made to harm."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from pipelines.deliveries import limits
from pipelines.deliveries.opening import open_delivery
from pipelines.deliveries.unreadable import Unreadable

CELLS = (
    "<samtale_id>1</samtale_id><cpr>0101901234</cpr><samtaletype>7</samtaletype>"
    "<start>2024-01-02</start><status>gennemført</status>"
)
VALUES = ("1", "0101901234", "7", "2024-01-02", "gennemført")

Deliver = Callable[..., Path]


@pytest.fixture
def deliver(tmp_path: Path):
    def write(content: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "a.xml"
        path.write_bytes(content.encode(encoding))
        return path

    return write


def read(path: Path) -> pl.DataFrame:
    return pl.concat(open_delivery(path).frames)


def refusal(path: Path) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        list(open_delivery(path).frames)
    return caught.value


def document(*rows: str) -> str:
    return "<r>" + "".join(f"<row>{row}</row>" for row in rows) + "</r>"


def test_children_of_the_root_are_rows_and_theirs_are_cells(deliver: Deliver):
    opened = open_delivery(deliver(document(CELLS, "", CELLS)))
    assert (opened.kind, opened.encoding, opened.separator) == ("meetings", "utf-8", None)
    assert pl.concat(opened.frames).rows() == [(*VALUES, False, 1), (*VALUES, False, 2)]


def test_namespaces_attributes_comments_and_stray_text_are_ignored(deliver: Deliver):
    cells = CELLS.replace("<cpr>", '<cpr art="x"><!-- y -->').replace("status>", "n:status>")
    text = (
        f'<r xmlns="urn:a" xmlns:n="urn:b">stray<?pi x?><n:række cpr="9">stray{cells}</n:række></r>'
    )
    assert read(deliver(text)).row(0)[:5] == VALUES


def test_deeper_text_is_joined_and_entities_of_xml_itself_are_read(deliver: Deliver):
    cells = CELLS + "<bemaerkning>a &lt; <b>b</b> &#230;<c><d> d</d></c> e</bemaerkning>"
    assert read(deliver(document(cells)))["bemaerkning"].to_list() == ["a < b æ d e"]


@pytest.mark.parametrize(
    ("declared", "encoding", "told"),
    [
        ("", "utf-8", "utf-8"),
        ('<?xml version="1.0" encoding="UTF-8"?>', "utf-8-sig", "utf-8"),
        ('<?xml version="1.0" encoding="UTF-16"?>', "utf-16", "utf-16"),
        ('<?xml version="1.0" encoding="iso-8859-1"?>', "cp1252", "windows-1252"),
        ('<?xml version="1.0" encoding="windows-1252"?>', "cp1252", "windows-1252"),
        ('<?xml version="1.0" encoding="utf-8"?>', "cp1252", "windows-1252"),
        ('\n<?xml version="1.0"?>'.strip(), "utf-8", "utf-8"),
    ],
)
def test_the_bytes_tell_the_encoding(deliver: Deliver, declared: str, encoding: str, told: str):
    path = deliver(declared + document(CELLS), encoding)
    assert open_delivery(path).encoding == told
    assert read(path)["status"].to_list() == ["gennemført"]


def test_the_header_is_all_names_though_the_last_row_brings_one(
    deliver: Deliver, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(limits, "FRAME_ROWS", 1)
    path = deliver(document("<cpr>1</cpr>", CELLS + "<Slut>x</Slut>"))
    assert [frame["slut"].item() for frame in open_delivery(path).frames] == [None, "x"]


def test_a_column_of_bare_digits_is_numeric_as_in_a_text_table(deliver: Deliver):
    lost = CELLS.replace("0101901234", "101901234")
    assert read(deliver(document(lost)))["cpr"].to_list() == ["0101901234"]
    assert read(deliver(document(lost, CELLS)))["cpr"].to_list() == ["101901234", "0101901234"]


def test_a_cell_twice_in_a_row_is_ambiguous_where_it_matters(deliver: Deliver):
    assert refusal(deliver(document(CELLS + "<cpr>2</cpr>"))).reason == "header_ambiguous"
    assert refusal(deliver(document(CELLS, "<CPR-nr>2</CPR-nr>"))).reason == "header_ambiguous"
    assert read(deliver(document(CELLS + "<x>1</x><x>2</x>"))).height == 1


@pytest.mark.parametrize("text", ["", " \n ", "<r/>", "<r></r>", "<r><row/></r>", "<r>text</r>"])
def test_nothing_in_it(deliver: Deliver, text: str):
    assert refusal(deliver(text)).reason == "empty_file"


def test_header_problems(deliver: Deliver):
    assert refusal(deliver(document("<a>1</a>"))).reason == "kind_unknown"
    assert refusal(deliver(document("<samtale_id>1</samtale_id>"))).reason == "header_incomplete"


@pytest.mark.parametrize(
    "text",
    [
        "<r><row>",
        "<r><row></r>",
        document(CELLS) + "x",
        document(CELLS) + "<r/>",
        "{}",
        "<r><row><cpr>&nbsp;</cpr></row></r>",
        "<r><row><cpr>a & b</cpr></row></r>",
    ],
)
def test_what_is_not_well_formed_is_corrupt(deliver: Deliver, text: str):
    error = refusal(deliver(text))
    assert error.reason == "corrupt_file"
    assert "linje 1" in error.message_da


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "dtd",
    [
        "<!DOCTYPE r>",
        '<!DOCTYPE r SYSTEM "http://localhost/x.dtd">',
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE r [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]>',
        f'<!DOCTYPE r [<!ENTITY a0 "ha">{LAUGHS}]>',
        f'<!DOCTYPE r [<!ENTITY x "{"x" * 10_000}">]>',
    ],
)
def test_a_dtd_is_refused(deliver: Deliver, dtd: str):
    error = refusal(deliver(dtd + document(CELLS.replace("7", "&x;"))))
    assert error.reason == "corrupt_file"
    assert "DTD" in error.message_da


@pytest.mark.parametrize(("levels", "is_read"), [(61, True), (62, False), (300_000, False)])
def test_levels_are_limited(deliver: Deliver, levels: int, is_read: bool):
    path = deliver(document(CELLS + "<a>" + "<b>" * levels + "</b>" * levels + "</a>"))
    if is_read:
        assert read(path).height == 1
    else:
        assert "niveauer" in refusal(path).message_da


@pytest.mark.parametrize(
    "text",
    [
        "<r><row><cpr>" + "x" * 5000,
        "<r><row><cpr>" + "x<b/>" * 2000,
        "<r><row a='" + "x" * 5000,
        "<r><!--" + "x" * 5000,
        "<" + "x" * 5000,
    ],
    ids=["cell", "parted cell", "attribute", "comment", "name"],
)
def test_what_does_not_end_is_too_large(
    deliver: Deliver, monkeypatch: pytest.MonkeyPatch, text: str
):
    monkeypatch.setattr(limits, "SMALL_BLOCK", 100)
    monkeypatch.setattr(limits, "MAX_LINE", 1000)
    assert refusal(deliver(text)).reason == "too_large"


def test_too_many_names_are_too_large(deliver: Deliver):
    names = "".join(f"<x{number}/>" for number in range(1001))
    assert refusal(deliver(document(names))).reason == "too_large"
    rows = [f"<x{number}/>" for number in range(1001)]
    assert refusal(deliver(document(*rows))).reason == "too_large"


@pytest.mark.parametrize("block", [1, 7, 1000])
def test_chunks_change_nothing(deliver: Deliver, monkeypatch: pytest.MonkeyPatch, block: int):
    path = deliver(document(*[CELLS] * 10))
    whole = read(path)
    monkeypatch.setattr(limits, "SMALL_BLOCK", block)
    monkeypatch.setattr(limits, "FRAME_ROWS", 3)
    assert read(path).equals(whole)
