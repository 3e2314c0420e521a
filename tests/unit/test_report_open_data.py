"""The open tables and the workbook: sorted, declared, the same bytes, hidden never a number."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from pipelines.municipalities import municipalities
from pipelines.report.exhibits import Report
from pipelines.report.figures import Figures
from pipelines.report.measures import DUE, GAP, HELD, RECOGNISED, Measure, figure_id
from pipelines.report.months import months_to
from pipelines.report.open_data import open_frames, write_open_data
from pipelines.report.open_tables import OPEN_TABLES
from pipelines.report.workbook import NAME, write_report_workbook
from tests.unit.report_cases import report

MONTHS = months_to(date(2026, 9, 1), 3)
LAW = next(table for table in OPEN_TABLES if table.name == "law")


def row(measure: Measure, place: str, month: date, value: int | None) -> dict[str, object]:
    return {
        "family": measure.family,
        "month": month,
        "level": {2: "country", 4: "region", 3: "municipality"}[len(place)],
        "place": place,
        "measure": measure.name,
        "by": measure.by,
        "category": measure.category,
        "value": value,
        "status": "hidden" if value is None else "shown",
        "stage": "revised",
        "as_of": date(2026, 11, 20),
    }


@pytest.fixture
def told() -> Report:
    rows = [
        row(measure, place, month, value)
        for place, value in (("DK", 0), ("1084", 7), ("101", None), ("825", 0))
        for measure in (HELD, RECOGNISED, GAP, DUE)
        for month in MONTHS
    ]
    rows.append(row(HELD.of("mode", "phone").by_quarter, "101", date(2026, 7, 1), 12))
    law = {name: [None] for name in LAW.column_names} | {
        "rule": ["early_effort"],
        "rule_version": ["early_effort@2023-12-01"],
        "family": ["supervision_threshold"],
        "valid_from": [date(2023, 12, 1)],
        "value": ['{"share": 0.8, "least_spells": 10, "months_in_a_row": 6}'],
    }
    return report(
        figures=Figures(pl.DataFrame(rows, schema_overrides={"value": pl.Int64})),
        municipalities=municipalities(),
        deliveries=pl.DataFrame(
            {
                "municipality_code": ["147", "101"],
                "delivered_on": [date(2026, 11, 20)] * 2,
                "files": [1, 1],
                "repeats": [0, 0],
                "unreadable": [0, 0],
                "rows_read": [10, 20],
                "rows_rejected": [None, 6],
                "status": ["hidden", "shown"],
            }
        ),
        rejected_by_code=pl.DataFrame({"code": ["a"], "rejected": [6], "status": ["shown"]}),
        rejected_by_municipality=pl.DataFrame(
            {"municipality_code": ["101"], "rows_read": [20], "rejected": [6], "status": ["shown"]}
        ),
        late=pl.DataFrame(
            {"month": [MONTHS[0]], "band": ["0"], "meetings": [9], "status": ["shown"]}
        ),
        law=pl.DataFrame(law),
    )


def test_every_open_table_holds_the_columns_it_declares_in_the_order_of_its_key(
    told: Report, tmp_path: Path
) -> None:
    write_open_data(tmp_path, told)
    assert sorted(file.stem for file in tmp_path.iterdir()) == sorted(t.name for t in OPEN_TABLES)
    for table in OPEN_TABLES:
        rows = pl.read_parquet(tmp_path / f"{table.name}.parquet")
        assert tuple(rows.columns) == table.column_names
        assert rows.equals(rows.sort(table.key)), table.name
        assert not rows.select(table.key).is_duplicated().any(), table.name


def test_the_same_publication_gives_the_same_bytes_whatever_the_order(
    told: Report, tmp_path: Path
) -> None:
    turned = Report(Figures(told.figures.frame.reverse()), told.facts)
    write_open_data(tmp_path / "one", told)
    write_open_data(tmp_path / "two", turned)
    for table in OPEN_TABLES:
        one, two = (tmp_path / f / f"{table.name}.parquet" for f in ("one", "two"))
        assert one.read_bytes() == two.read_bytes(), table.name


def test_a_public_figure_carries_its_id_and_publication_and_a_hidden_one_no_number(
    told: Report,
) -> None:
    rows = open_frames(told)["figures"]
    assert rows.filter(status="hidden")["value"].null_count() == rows.filter(status="hidden").height
    assert rows["publication_id"].unique().to_list() == ["2026-11-20-f71424e91897"]
    phone = HELD.of("mode", "phone").by_quarter
    ids = set(rows["figure_id"])
    assert figure_id(phone, "101", [date(2026, 7, 1)]) in ids
    assert {figure_id(HELD, place, [m]) for place in ("DK", "101") for m in MONTHS} <= ids
    assert rows.select("family", "figure_id").is_duplicated().sum() == 0


def test_the_dictionary_tells_every_column_in_both_languages(told: Report) -> None:
    rows = open_frames(told)["dictionary"]
    assert rows.height == sum(len(table.columns) for table in OPEN_TABLES)
    assert rows.filter((pl.col("text_da") == "") | (pl.col("text_en") == "")).is_empty()


def test_the_workbook_says_what_is_hidden_and_leaves_out_who_never_delivered(
    told: Report, tmp_path: Path
) -> None:
    write_report_workbook(tmp_path / NAME, told)
    book = CalamineWorkbook.from_path(str(tmp_path / NAME))
    assert book.sheet_names[0] == "Læs mig"
    about = {str(k): str(v) for k, v in book.get_sheet_by_name("Læs mig").to_python()}
    assert about["Udgivelse"] == "2026-11-20-f71424e91897"
    assert "aldrig 0" in about["Skjult"]
    heads, *country = book.get_sheet_by_name("Landet").to_python()
    newest = dict(zip(heads, country[0], strict=True))
    assert (newest["Fra"], newest["Afholdt"]) == (MONTHS[-1], 0)
    heads, *places = book.get_sheet_by_name("Kommuner").to_python()
    rows = [dict(zip(heads, line, strict=True)) for line in places]
    assert {line["Kode"] for line in rows} == {"101", "147"}
    [hidden] = [r for r in rows if (r["Kode"], r["Fra"]) == ("101", MONTHS[-1])]
    assert hidden["Afholdt"] == ""
    assert "Afholdt: skjult" in str(hidden["Skjult eller mangler"])
    [missing] = [r for r in rows if (r["Kode"], r["Fra"]) == ("147", MONTHS[-1])]
    assert "Afholdt: mangler" in str(missing["Skjult eller mangler"])
    terms = book.get_sheet_by_name("Begreber").to_python()
    assert "Medregnet" in {str(line[0]) for line in terms}
