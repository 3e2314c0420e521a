"""Tables of exhibits: on the page, for Danish Excel, for machines."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl

from pipelines.report.drawing import draw, inline, to_png
from pipelines.report.exhibits import cells
from pipelines.report.files import write_page, write_tables
from pipelines.report.render import make_page
from tests.unit.report_cases import exhibit, report


def test_hidden_missing_and_zero_are_three_things():
    held = [row[2] for row in cells(exhibit(), "da")]
    assert held == ["1.234", "0", "skjult", "–"]  # noqa: RUF001
    assert cells(exhibit(), "en")[2] == ["video", "March 2020", "hidden", "hidden"]


def test_each_number_may_have_its_own_status():
    from dataclasses import replace  # noqa: PLC0415

    it = exhibit()
    columns = (*it.columns[:3], replace(it.columns[3], status="share_status"))
    rows = it.rows.with_columns(share_status=pl.lit("missing"))
    assert cells(exhibit(columns=columns, rows=rows), "da")[2][2:] == ["skjult", "–"]  # noqa: RUF001


def test_the_least_settled_stage_stands_first():
    assert exhibit().settled == ("provisional", "final")
    assert exhibit(rows=exhibit().rows.drop("stage"), stages=("revised",)).settled == ("revised",)


def test_the_machine_form_has_codes_and_nothing_where_hidden(tmp_path: Path):
    write_tables(tmp_path, exhibit())
    lines = (tmp_path / "proeve-form.maskine.csv").read_text("utf-8").splitlines()
    assert lines[0] == "mode,month,held,share,status,stage"
    assert lines[1] == "in_person,2020-03-01,1234,0.7692,shown,final"
    assert lines[3] == "virtual,2020-03-01,,,hidden,final"


def test_the_danish_form_opens_in_danish_excel(tmp_path: Path):
    write_tables(tmp_path, exhibit())
    text = (tmp_path / "proeve-form.csv").read_bytes().decode("utf-8")
    assert text.startswith("\ufeffForm;Måned;Afholdt;Andel (%);Status\r\n")
    assert "personligt fremmøde;01-03-2020;1234;76,9;vist\r\n" in text
    assert "telefonsamtale;01-03-2020;0;0,0;vist\r\n" in text
    assert "videosamtale;01-03-2020;;;skjult\r\n" in text
    assert "skriftlig;01-03-2020;;;mangler\r\n" in text


def test_a_drawing_says_what_it_shows_and_asks_for_nothing():
    svg = draw(exhibit(), "da")
    assert svg is not None
    assert 'role="img"' in svg
    assert "Flest mødte op &amp; &lt;talte&gt;" in svg
    assert not re.findall(r'(?:href|src)="(?!#)|url\((?!#)|<script|@import', svg)
    assert re.findall(r"https?://[^\"]+", inline(svg)) == []
    assert to_png(svg).startswith(b"\x89PNG")


def test_a_page_has_no_id_twice_and_both_languages_find_each_other():
    both = [exhibit(), exhibit(id="anden")]
    page = make_page(report(), "da", "kommuner/101", exhibit().title, "exhibits.html.j2", both)
    ids = re.findall(r'\bid="([^"]+)"', page.html)
    assert len(ids) == len(set(ids))
    assert 'href="../en/kommuner/101.html"' in page.html
    assert 'href="../filer/anden.maskine.csv"' in page.html
    english = make_page(report(), "en", "kommuner/101", exhibit().title, "exhibits.html.j2", both)
    assert 'href="../../kommuner/101.html"' in english.html
    assert 'href="../../filer/anden.csv"' in english.html
    assert 'href="../../filer/anden.png"' in english.html
    assert '<html lang="en">' in english.html


def test_a_municipality_has_its_drawings_as_files_in_danish_only():
    danish, english = (
        make_page(report(), lang, "kommuner/101", exhibit().title, "exhibits.html.j2", [exhibit()])
        for lang in ("da", "en")
    )
    assert set(danish.drawings) == {"proeve-form"}
    assert english.drawings == {}
    assert "in Danish" in english.html
    assert "<svg" in english.html


def test_a_long_table_without_a_chart_is_folded():
    long = exhibit(draw=None, rows=pl.concat([exhibit().rows] * 10))
    page = make_page(report(), "da", "lov", long.title, "exhibits.html.j2", [long])
    assert "<details>" in page.html


def test_a_table_without_a_chart_stands_open():
    table = exhibit(draw=None)
    page = make_page(report(), "da", "lov", table.title, "exhibits.html.j2", [table])
    assert page.drawings == {}
    assert "<details>" not in page.html
    assert '<th scope="col" class="n">Afholdt</th>' in page.html
    assert '<span class="hidden">skjult</span>' in page.html


def test_a_page_is_written_with_its_files(tmp_path: Path):
    for language in ("da", "en"):
        page = make_page(
            report(), language, "gab", exhibit().title, "exhibits.html.j2", [exhibit()]
        )
        write_page(tmp_path, page, language)
    written = sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*.*"))
    assert written == [
        "en/filer/proeve-form.png",
        "en/filer/proeve-form.svg",
        "en/gab.html",
        "filer/proeve-form.csv",
        "filer/proeve-form.maskine.csv",
        "filer/proeve-form.png",
        "filer/proeve-form.svg",
        "gab.html",
    ]
