"""Text tables: encodings, separators, quotes, short and long rows, numeric CPR columns."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.deliveries import limits, text_files
from pipelines.deliveries.opening import open_delivery
from pipelines.deliveries.unreadable import Unreadable

HEADER = "samtale_id;cpr;samtaletype;start;status;bemaerkning"
ROW = "1;0101901234;Jobsamtale;2024-01-02;Gennemført;mødte på arbejdsplads"

Deliver = Callable[..., Path]


@pytest.fixture
def deliver(tmp_path: Path):
    def write(content: str | bytes, name: str = "levering.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
        return path

    return write


def read(path: Path):
    return pl.concat(open_delivery(path).frames)


def refusal(path: Path) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        list(open_delivery(path).frames)
    return caught.value


def lines(*rows: str) -> str:
    return "\n".join(rows) + "\n"


def test_frames_are_text_with_canonical_names_and_the_row(deliver: Deliver):
    opened = open_delivery(deliver(lines(HEADER, ROW)))
    assert (opened.kind, opened.encoding, opened.separator) == ("meetings", "utf-8", ";")
    (frame,) = opened.frames
    assert frame.schema == {
        "samtale_id": pl.String,
        "cpr": pl.String,
        "samtaletype": pl.String,
        "start": pl.String,
        "status": pl.String,
        "bemaerkning": pl.String,
        "row_too_long": pl.Boolean,
        "source_row": pl.Int64,
    }
    assert frame.row(0) == (*ROW.split(";"), False, 1)


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("cp1252", "windows-1252"),
    ],
)
def test_encodings_are_told_apart(deliver: Deliver, encoding: str, told: str):
    opened = open_delivery(deliver(lines(HEADER, ROW), encoding=encoding))
    assert opened.encoding == told
    assert next(opened.frames)["bemaerkning"].to_list() == ["mødte på arbejdsplads"]


def test_utf_16_of_either_byte_order(deliver: Deliver):
    text = "\ufeff" + lines(HEADER, ROW)
    for codec in ("utf-16-le", "utf-16-be"):
        assert read(deliver(text, encoding=codec))["status"].to_list() == ["Gennemført"]


def test_windows_1252_keeps_its_own_marks(deliver: Deliver):
    remark = "\u201cTeams\u201d \u2013 5 € \u2026 \u2018hej\u2019 hos Ib\u2019s kollega"
    path = deliver(lines(HEADER, ROW, f"2;;;;;{remark}"), encoding="cp1252")
    assert read(path)["bemaerkning"][1] == remark


def test_some_damaged_words_do_not_condemn_windows_1252(deliver: Deliver):
    rows = [ROW] * 20
    path = deliver(lines(HEADER, *rows, "2;;;;;fremm¿de"), encoding="cp1252")
    assert open_delivery(path).encoding == "windows-1252"


@pytest.mark.parametrize("codec", ["cp850", "cp865", "mac-roman"])
@pytest.mark.parametrize(
    "text",
    [
        lines(HEADER, ROW),
        lines("samtale_id;cpr;samtaletype;start;status;Bemærkning", "1;;7;2024-01-02;afholdt;"),
        lines(HEADER, "1;;7;2024-01-02;afholdt;ringer på torsdag"),
        lines(HEADER, "1;;7;2024-01-02;afholdt;år"),
        lines(HEADER, "1;;7;2024-01-02;Gennemført;"),
    ],
)
def test_dos_and_macintosh_are_refused(deliver: Deliver, codec: str, text: str):
    assert refusal(deliver(text, encoding=codec)).reason == "encoding_unknown"


@pytest.mark.parametrize(
    "content",
    [
        lines(HEADER, ROW).encode("utf-16-le"),
        lines(HEADER, ROW).encode("utf-32"),
        lines(HEADER, ROW).encode() + b"\x00",
        b"\xef\xbb\xbf" + lines(HEADER, ROW).encode("cp1252"),
        lines(HEADER, ROW).encode("utf-16") + b"\x00",
        bytes(range(256)),
    ],
    ids=["utf-16 unmarked", "utf-32", "NUL", "false mark", "half a letter", "all bytes"],
)
def test_what_does_not_decode_is_refused(deliver: Deliver, content: bytes):
    assert refusal(deliver(content)).reason == "encoding_unknown"


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_separators(deliver: Deliver, separator: str):
    path = deliver(lines(HEADER, ROW).replace(";", separator))
    assert open_delivery(path).separator == separator
    assert read(path).row(0)[:6] == tuple(ROW.split(";"))


def test_the_separator_is_the_one_that_makes_known_names(deliver: Deliver):
    header = "a,b,c,d,e,f,g|samtale_id|cpr|type|fra|status"
    assert open_delivery(deliver(lines(header, "x|1|2|3|4|5"))).separator == "|"


def test_excels_own_first_line_is_skipped(deliver: Deliver):
    assert read(deliver(lines("sep=;", HEADER, ROW)))["source_row"].to_list() == [1]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(deliver: Deliver, end: str):
    text = lines(HEADER, ROW, "2;;;;;x")
    assert read(deliver(text.replace("\n", end))).equals(read(deliver(text)))


def test_a_last_line_without_end_is_a_row(deliver: Deliver):
    assert read(deliver(lines(HEADER, ROW) + "2;;;;;x"))["samtale_id"].to_list() == ["1", "2"]


def test_blank_rows_are_not_numbered_and_blanks_are_null(deliver: Deliver):
    path = deliver(
        lines("", ";;", HEADER, "", ROW, " ; \u00a0;;;;", "\t2\u00a0;\ufeff;\u200b;;; x ")
    )
    frame = read(path)
    assert frame["source_row"].to_list() == [1, 2]
    assert frame.row(1) == ("2", None, None, None, None, "x", False, 2)


def test_a_row_with_only_an_unknown_cell_is_a_row(deliver: Deliver):
    frame = read(deliver(lines(HEADER + ";team", ";;;;;;", ";;;;;;Øst")))
    assert frame["source_row"].to_list() == [1]
    assert frame.row(0)[:6] == (None,) * 6


def test_short_rows_are_filled_with_blanks(deliver: Deliver):
    assert read(deliver(lines(HEADER, "1;2"))).row(0)[:6] == ("1", "2", None, None, None, None)


@pytest.mark.parametrize(
    ("tail", "is_too_long"),
    [
        ("", False),
        (";", False),
        (";;;", False),
        ("; ;\u00a0", False),
        (";x", True),
        (";;x", True),
        (";;;;x", True),
        (';"";"x"', True),
        (';"";""', False),
    ],
)
def test_only_cells_with_something_in_them_make_a_row_too_long(
    deliver: Deliver, tail: str, is_too_long: bool
):
    path = deliver(lines(HEADER, "0", ROW + tail, "2;3"))
    assert read(path)["row_too_long"].to_list() == [False, is_too_long, False]


def test_a_header_ends_with_its_last_name(deliver: Deliver):
    frame = read(deliver(lines(HEADER + ";;", ROW + ";;", ROW + ";x;")))
    assert frame["row_too_long"].to_list() == [False, True]


def test_quotes_hold_separators_line_ends_and_quotes(deliver: Deliver):
    rows = ('"1";"0101901234";7;2024-01-02;afholdt;"a;b\nc ""d"""', '2;;;;;""')
    frame = read(deliver(lines(HEADER, *rows)))
    assert frame["bemaerkning"].to_list() == ['a;b\nc "d"', None]
    assert frame["samtale_id"].to_list() == ["1", "2"]


def test_a_quote_inside_an_unquoted_cell_is_a_character(deliver: Deliver):
    frame = read(deliver(lines(HEADER, '1;;;;;sagde "ja"', '2;;;;;5" skærm', '3;;;;;"a;b"')))
    assert frame["bemaerkning"].to_list() == ['sagde "ja"', '5" skærm', "a;b"]


def test_a_quoted_cell_that_goes_on_after_its_quote_is_forgiven_on_one_line(deliver: Deliver):
    frame = read(deliver(lines(HEADER, '1;;;;;"Ib" kom; ikke', ROW)))
    assert frame["bemaerkning"].to_list() == ["Ib kom", "mødte på arbejdsplads"]


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ((ROW, '2;;;;;"åben', ROW), 3),
        ((ROW, ROW, '2;;;;;"åben'), 4),
        (('1;;;;;"a\nb"', '2;;;;"åben', *[ROW] * 5), 4),
        ((ROW, '2;;;;;"åben', ROW, '3;;;;;"lukket"', ROW), 3),
    ],
)
def test_an_unclosed_quote_is_told_with_its_line(
    deliver: Deliver, rows: tuple[str, ...], line: int
):
    error = refusal(deliver(lines(HEADER, *rows)))
    assert error.reason == "corrupt_file"
    assert f"linje {line}" in error.message_da


def test_an_unclosed_quote_in_the_header_is_told(deliver: Deliver):
    assert refusal(deliver(lines('"samtale_id;cpr', ROW, ROW))).reason == "corrupt_file"


def test_a_quoted_header_may_go_over_lines(deliver: Deliver):
    header = '"samtale\n_id";"cpr";type;start;status'
    assert read(deliver(lines(header, "1;2;3;4;5"))).row(0)[:5] == ("1", "2", "3", "4", "5")


@pytest.mark.parametrize("text", ["", "\n", "\r\n \r\n", ";;;\n;;;\n", "\ufeff", "\ufeff\n"])
def test_nothing_in_it(deliver: Deliver, text: str):
    assert refusal(deliver(text)).reason == "empty_file"


def test_a_header_alone_is_a_file_without_rows(deliver: Deliver):
    for text in (HEADER, HEADER + "\n", lines(HEADER, "", ";;")):
        opened = open_delivery(deliver(text))
        assert opened.kind == "meetings"
        assert list(opened.frames) == []


def test_a_file_without_header_does_not_betray_its_first_row(deliver: Deliver):
    error = refusal(deliver(lines(ROW, ROW)))
    assert error.reason == "kind_unknown"
    assert "0101901234" not in error.message_da


def cprs(deliver: Deliver, *cells: str) -> list[str | None]:
    return read(deliver(lines("cpr;fraværstype;start", *(f"{cell};8;x" for cell in cells))))[
        "cpr"
    ].to_list()


def test_nine_digits_of_a_numeric_column_get_their_zero_back(deliver: Deliver):
    assert cprs(deliver, "101901234", "1101901234", "") == ["0101901234", "1101901234", None]


@pytest.mark.parametrize("other", ["0201901234", "010190-1234", "0000000000", "abc"])
def test_nine_digits_of_a_text_column_are_left_alone(deliver: Deliver, other: str):
    assert cprs(deliver, "101901234", other) == ["101901234", other]


def test_whether_the_column_is_numeric_is_decided_once(
    deliver: Deliver, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(limits, "CPR_SAMPLE", 2)
    monkeypatch.setattr(limits, "BLOCK", 64)
    assert cprs(deliver, "101901234", "", "111111118", "0201901234", "211111118") == [
        "0101901234",
        None,
        "0111111118",
        "0201901234",
        "0211111118",
    ]


def test_a_line_that_does_not_end_is_too_large(deliver: Deliver, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "MAX_LINE", 1000)
    monkeypatch.setattr(limits, "BLOCK", 300)
    for text in (
        "x" * 5000,
        HEADER + "x" * 5000,
        lines(HEADER, ROW) + "x" * 5000,
        lines(HEADER, ROW, "x" * 5000, ROW),
    ):
        assert refusal(deliver(text)).reason == "too_large"
        monkeypatch.setattr(limits, "BLOCK", 100_000)


def test_a_quoted_cell_that_does_not_end_is_an_unclosed_quote(
    deliver: Deliver, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(limits, "MAX_LINE", 1000)
    error = refusal(deliver(lines(HEADER, '1;;;;;"åben', *[ROW] * 100, '2;;;;;x"')))
    assert error.reason == "corrupt_file"
    assert "linje 2" in error.message_da


def test_control_characters_do_not_split_cells(deliver: Deliver):
    frame = read(deliver(lines(HEADER, "1;;;;;a\x1fb\x1ec", '2;;;;;"a\x1fb;\x1ec"')))
    assert frame["bemaerkning"].to_list() == ["a b c", "a b; c"]


def test_text_that_looks_compressed_is_text(deliver: Deliver):
    frame = read(deliver(lines(HEADER, "x\x01;2", "x^;2")))
    assert frame["samtale_id"].to_list() == ["x\x01", "x^"]


CELL = st.text(st.sampled_from('ab1æ;,|\t"\n \u00a0€'), max_size=6)
TABLE = st.lists(st.lists(CELL, min_size=6, max_size=6), min_size=1, max_size=12)


def as_read(cell: str) -> str | None:
    plain = cell.replace("\r\n", "\n").replace("\r", "\n").strip(" \t\r\n\u00a0")
    return plain or None


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    table=TABLE,
    separator=st.sampled_from(";,\t|"),
    end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    encoding=st.sampled_from(["utf-8", "utf-16", "cp1252"]),
    block=st.sampled_from([1, 7, 64, 10_000]),
)
def test_what_is_written_is_read_whatever_the_dialect_and_the_chunks(
    tmp_path_factory: pytest.TempPathFactory,
    table: list[list[str]],
    separator: str,
    end: str,
    quoting: int,
    encoding: str,
    block: int,
):
    content = io.StringIO()
    writer = csv.writer(content, delimiter=separator, lineterminator=end, quoting=quoting)
    writer.writerow(HEADER.split(";"))
    writer.writerows(table)
    path = tmp_path_factory.mktemp("dialect") / "a.csv"
    path.write_bytes(content.getvalue().encode(encoding))
    expected = [tuple(map(as_read, row)) for row in table]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "BLOCK", block)
        rows = [row for frame in open_delivery(path).frames for row in frame.rows()]
    assert [row[:6] for row in rows] == [row for row in expected if any(row)]
    assert [row[-1] for row in rows] == list(range(1, len(rows) + 1))
    assert not any(row[-2] for row in rows)


RAGGED = st.lists(
    st.lists(st.text(st.sampled_from('ab1æà" \t\u00a0\u200b'), max_size=4), max_size=9),
    max_size=12,
)


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    table=RAGGED,
    separator=st.sampled_from(";,\t|"),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    block=st.sampled_from([7, 64, 10_000]),
)
def test_cells_that_need_no_stripping_are_as_if_they_were_stripped(
    tmp_path_factory: pytest.TempPathFactory,
    table: list[list[str]],
    separator: str,
    end: str,
    encoding: str,
    block: int,
):
    rows = [HEADER.replace(";", separator), *map(separator.join, table)]
    path = tmp_path_factory.mktemp("bare") / "a.csv"
    path.write_bytes(end.join(rows).encode(encoding, errors="replace"))
    outcomes: list[object] = []
    for is_bare in (text_files._is_bare, lambda *_: False):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(limits, "BLOCK", block)
            patch.setattr(text_files, "_is_bare", is_bare)
            try:
                outcomes.append([frame.rows() for frame in open_delivery(path).frames])
            except Unreadable as refusal:
                outcomes.append((refusal.reason, refusal.message_da))
    assert outcomes[0] == outcomes[1]
