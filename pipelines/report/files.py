"""The files of an exhibit: its chart as PNG and SVG, its table for Danish Excel and machines."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from pipelines.exports import write_csv
from pipelines.placing import put_in_place
from pipelines.report.drawing import to_png
from pipelines.report.drawings import NOTHING_KEPT, Drawings
from pipelines.report.exhibits import Column, Exhibit, Page
from pipelines.report.language import Language, say
from pipelines.report.words import STATUSES, WORDS


def write_page(site: Path, page: Page, language: Language, kept: Drawings = NOTHING_KEPT) -> None:
    """Writes the page and the files of its exhibits; tables once, with the Danish page."""
    folder = site if language == "da" else site / language
    with put_in_place(folder / f"{page.name}.html") as fresh:
        fresh.write_text(page.html, encoding="utf-8")
    for name, svg in page.drawings.items():
        write_drawing(folder / "filer", name, svg, kept)
    if language == "da":
        for exhibit in page.exhibits:
            write_tables(folder / "filer", exhibit)


def write_drawing(folder: Path, name: str, svg: str, kept: Drawings = NOTHING_KEPT) -> None:
    """Writes `<name>.svg` and `<name>.png`."""
    with put_in_place(folder / f"{name}.svg") as fresh:
        fresh.write_text(svg, encoding="utf-8")
    with put_in_place(folder / f"{name}.png") as fresh:
        fresh.write_bytes(kept.take(svg, lambda: to_png(svg)))


def write_tables(folder: Path, exhibit: Exhibit) -> None:
    """Writes `<id>.csv` for Danish Excel and `<id>.maskine.csv` for machines.

    The machine's form has commas, points, ISO days and codes, and nothing where the status says
    that a figure is hidden or missing. A percent is a share from 0 to 1 there, else a percentage.
    """
    with put_in_place(folder / f"{exhibit.id}.maskine.csv") as fresh:
        exhibit.rows.write_csv(fresh)
    write_csv(folder / f"{exhibit.id}.csv", danish_rows(exhibit), danish_headings(exhibit))


def danish_headings(exhibit: Exhibit) -> dict[str, str]:
    """Column name to Danish heading, the status among them."""
    headings = {c.name: _heading(c) for c in exhibit.columns}
    for status in _statuses(exhibit):
        of = [headings[c.name] for c in exhibit.columns if c.status == status]
        word = say(WORDS["status"], "da")
        headings[status] = word if status == "status" else f"{word}: {', '.join(of)}"
    return headings


def danish_rows(exhibit: Exhibit) -> pl.DataFrame:
    """The table with Danish words for codes, and the status beside the numbers."""
    words = {code: text.da for code, text in STATUSES.items()}
    return exhibit.rows.select(
        *(_danish(c) for c in exhibit.columns),
        *(pl.col(status).replace(words) for status in _statuses(exhibit)),
    )


def _statuses(exhibit: Exhibit) -> list[str]:
    named = dict.fromkeys(c.status for c in exhibit.columns)
    own = {c.name for c in exhibit.columns}
    return [name for name in named if name in exhibit.rows.columns and name not in own]


def _heading(column: Column) -> str:
    return column.heading.da + (" (%)" if column.kind == "percent" else "")


def _danish(column: Column) -> pl.Expr:
    value = pl.col(column.name)
    if column.kind == "percent":
        return (value * 100).round(1)
    if column.labels:
        return value.replace({code: text.da for code, text in column.labels.items()})
    return value
