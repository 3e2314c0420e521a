"""What a letter says, from rows made by hand; and that no delivered text can do harm in it."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from markupsafe import escape
from python_calamine import CalamineWorkbook

from pipelines import mending
from pipelines.contracts.codes import REASONS, REJECTION_CODES
from pipelines.engine import Engine
from pipelines.pages.render import render
from pipelines.receipts.facts import Delivery, Facts, Rows, Share
from pipelines.receipts.letter import Letter, letter
from pipelines.receipts.names import slug, stem
from pipelines.receipts.problems import moved, problems
from pipelines.receipts.workbook import write_letter
from pipelines.wording import ranges

SHA = "a" * 64
FILE = Delivery(
    "101", "København", SHA, date(2024, 7, 1), "samtaler.csv", "meetings", "utf-8", ";",
    20, 15, 1, 1, 3, 0, "accepted", None, None, None, 3, 9, "",
)  # fmt: skip
HOSTILE = ("=cmd|'/c calc'!A0", "@SUM(1)", "+1", "-2+3", "<script>alert(1)</script>", "../x", '"')


def lost(*rows: tuple[int, str, str, str, bool]) -> pl.DataFrame:
    """Source row, meeting id, rules not met, remedy, sole reason."""
    return pl.DataFrame(
        [
            {
                "source_row": row,
                "meeting_id": meeting,
                "held_on": date(2024, 3, row),
                "reason": failed.split()[0],
                "failed_rules": failed.split(),
                "sole_reason": sole,
                "remedy": remedy,
            }
            for row, meeting, failed, remedy, sole in rows
        ]
    )


def rejected(*rows: tuple[int, str | None, str, date | None]) -> pl.DataFrame:
    """Source row, record id, code, day of the delivery that mended it."""
    made = [
        {
            "source_row": row,
            "record_id": record,
            "column_name": "cpr",
            "code": code,
            "message_da": "Forkert.",
            "fix_da": "Ret det.",
            "mended_by": "b" * 64 if day else None,
            "mended_on": day,
            "mended_in": "rettet.csv" if day else None,
        }
        for row, record, code, day in rows
    ]
    types = {"record_id": pl.String, "mended_by": pl.String, "mended_on": pl.Date}
    return pl.DataFrame(made, schema_overrides=types)


def told(
    file: Delivery = FILE, words: tuple[tuple[str, int], ...] = (), **frames: pl.DataFrame
) -> Letter:
    facts = Facts(
        "2024-07-01-0", date(2024, 7, 1), {"101": "København"}, [file], pl.DataFrame(),
        {"101": Share(1000, 769)}, {"101": list(words)},
    )  # fmt: skip
    by_file = {name: {file.key: frame} for name, frame in frames.items()}
    effects: dict[str | None, int] = {"mode_unknown": 43, None: 50}
    return letter(
        facts,
        Rows(
            by_file.get("lost", {}),
            by_file.get("rejected", {}),
            by_file.get("cleared", {}),
            {file.key: effects},
        ),
        file,
    )


def page(of: Letter) -> str:
    return render(
        "receipt.html.j2",
        letter=of, stem="brev", facts=[("Fil", of.delivery.file)], outcome="", original=None,
        kinds=dict.fromkeys(mending.KINDS, "mærkat"), assumptions=[],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "most", "written"),
    [
        ([], 20, ""),
        ([12], 20, "12"),
        ([7, 3, 4, 5, 6, 12, 12], 20, "3–7, 12"),  # noqa: RUF001
        ([1, 2], 20, "1–2"),  # noqa: RUF001
        ([1, 3, 5, 6, 7], 2, "1, 3 og 3 rækker mere"),
    ],
)
def test_row_numbers_are_drawn_together(rows: list[int], most: int, written: str):
    assert ranges(rows, most) == written


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Samtaler juni 2024.csv", "samtaler-juni-2024-csv"),
        ("Forløb & fravær på Ærø.XLSX", "forloeb-fravaer-paa-aeroe-xlsx"),
        ("../../etc/x", "etc-x"),
        ("=cmd|'/c calc'!A0", "cmd-c-calc-a0"),
        ("<script>", "script"),
        ("日本", "fil"),
        ("a" * 200, "a" * 60),
    ],
)
def test_a_file_name_becomes_a_safe_one(name: str, plain: str):
    assert slug(name) == plain


def test_two_files_never_share_a_letter():
    day, next_day = date(2024, 7, 1), date(2024, 7, 2)
    names = {stem(day, "a b.csv"), stem(day, "a-b.csv"), stem(next_day, "a b.csv")}
    assert len(names) == 3
    assert stem(day, "a b.csv") == stem(day, "a b.csv")
    assert stem(day, "a b.csv").startswith("2024-07-01-a-b-csv-")


def test_every_reason_and_every_rejection_is_explained_and_no_other():
    assert set(mending.reasons()) == set(REASONS)
    assert set(mending.rejections()) == set(REJECTION_CODES)
    for one in (*mending.reasons().values(), *mending.rejections().values()):
        assert one.kind in mending.KINDS
        assert one.hvorfor.endswith(".")
        assert one.eksempel
        assert one.rows == one.rows.strip(". ")
    for reason in mending.reasons().values():
        assert reason.hvad.endswith(".")
        assert reason.ret.endswith(".")
    for rejection in mending.rejections().values():
        assert (rejection.hvad, rejection.ret) == ("", "")  # the publication says both


def test_what_brings_most_comes_first_and_says_how_much():
    found = problems(
        FILE,
        Share(1000, 769),
        {"mode_unknown": 43},
        rejected((2, "M2", "cpr_invalid", None), (3, "M3", "cpr_invalid", date(2024, 8, 1))),
        lost(
            (4, "M4", "mode_unknown", "register", True),
            (5, "M5", "mode_unknown", "register", True),
            (6, "M6", "mode_unknown duplicate", "nothing", False),
            (7, "M7", "wrong_type mode_unknown", "register", False),
            (8, "M8", "mode_not_accepted", "hold_again", True),
            (9, "M9", "duplicate", "nothing", True),
            (10, "M10", "no_spell", "register", True),
        ),
    )
    assert [problem.sentence for problem in found] == [
        (
            "3 rækker uden kendt samtaleform: op til +2 medregnede, "
            "andel opfyldt 76,9 % → 81,2 %; 1 har flere fejl"
        ),
        "2 rækker uden gyldigt CPR-nummer: op til +1 medregnede (ikke bedømt); 1 rettet siden",
        (
            "1 række uden et forløb, der dækker dagen: op til +1 medregnede, "
            "andel opfyldt kan ikke regnes uden forløb"
        ),
        (
            "1 række med en samtaletype, der ikke tæller: "
            "rettes kun dette, tæller den stadig ikke, for den har flere fejl"
        ),
        "1 række i en form, der ikke tæller på dagen: skal holdes igen for at tælle",
        "1 række der gentager en anden samtale: intet at vinde",
    ]


def test_the_share_is_left_out_where_nothing_fell_due():
    assert moved(Share(), 0) == ""
    assert moved(Share(10, 4), 0) == ", andel opfyldt uændret 40,0 %"
    assert moved(Share(10, 4), 1) == ", andel opfyldt 40,0 % → 50,0 %"


def test_the_two_totals_part_registration_from_what_must_be_held_again():
    one = told(
        rejected=rejected(
            (2, "M2", "cpr_invalid", None),
            (2, "M2", "status_unknown", None),
            (3, None, "id_missing", None),
        ),
        lost=lost(
            (4, "M4", "mode_unknown", "register", True),
            (5, "M5", "wrong_type mode_unknown", "register", False),
            (6, "M6", "wrong_type suspended", "hold_again", False),
            (7, "M7", "duplicate", "nothing", True),
        ),
    )
    assert one.by_remedy == {"register": 2, "hold_again": 1, "nothing": 1}
    assert one.by_registration == 2 + FILE.rows_unmended
    assert one.share_moved == ", andel opfyldt 76,9 % → 81,9 %"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A publication of one spell made by hand, with the tables the effect is computed of."""
    with Engine(tmp_path / "scratch") as opened:
        opened.begin(tmp_path / "next.duckdb")
        opened.run("create table next.publication as select date '2024-07-01' as as_of")
        opened.run(
            "create table next.requirements as from (values "
            "('101', 'F1', 'four', 'municipality', 4, 3, date '2024-01-01', date '2024-06-30', "
            "'missed'), "
            "('101', 'F1', 'week', 'municipality', 1, 0, date '2024-01-01', date '2024-01-08', "
            "'missed'), "
            "('101', 'F1', 'akasse', 'a_kasse', 2, 1, date '2024-01-01', date '2024-03-31', "
            "'carried'), "
            "('101', 'F1', 'old', 'municipality', 1, 0, date '2023-06-01', date '2023-07-01', "
            "'missed'), "
            "('101', 'F1', 'open', 'municipality', 1, 0, date '2024-01-01', date '2024-07-01', "
            "'open')) as t(municipality_code, spell_id, requirement_id, actor, required, "
            "recognised_count, window_start, due_on, status)"
        )
        opened.offer("wanted", pl.DataFrame({"municipality_code": ["101"], "delivery_id": [SHA]}))
        kinds = [(code, one.kind) for code, one in mending.reasons().items()]
        opened.offer("mending", pl.DataFrame(kinds, schema=["reason", "kind"], orient="row"))
        yield opened


def effects(engine: Engine, *meetings: tuple[str, str, str]) -> dict[str | None, int]:
    """The requirements more, of held meetings: day, rules not met, actor."""
    values = ", ".join(
        f"('101', '{SHA}', {row}, 'M{row}', 'F1', date '{day}', '{actor}', "
        f"split('{failed}', ' '), 'held', false)"
        for row, (day, failed, actor) in enumerate(meetings, 1)
    )
    engine.run(
        "create or replace table next.meetings as select *, failed_rules[1] as reason, "
        f"len(failed_rules) = 1 as sole_reason from (values {values}) as t(municipality_code, "
        "delivery_id, source_row, meeting_id, spell_id, held_on, actor, failed_rules, status, "
        "recognised)"
    )
    engine.scratch("lost", "receipts/lost")
    found = engine.frame("receipts/effects").select("reason", "requirements")
    return dict(found.iter_rows())


def test_a_mended_meeting_meets_every_requirement_it_completes(engine: Engine):
    """In the first week it completes both; `old` fell due too long ago, `open` is not due."""
    assert effects(engine, ("2024-01-08", "mode_unknown", "municipality")) == {
        "mode_unknown": 2,
        None: 2,
    }
    assert effects(engine, ("2024-01-09", "mode_unknown", "municipality")) == {
        "mode_unknown": 1,
        None: 1,
    }


def test_a_meeting_after_the_due_day_completes_nothing(engine: Engine):
    assert effects(engine, ("2024-07-01", "mode_unknown", "municipality")) == {}


def test_two_faults_of_one_meeting_count_together_only(engine: Engine):
    assert effects(engine, ("2024-02-01", "wrong_type mode_unknown", "municipality")) == {
        "wrong_type": 0,
        None: 1,
    }


def test_a_wrong_actor_is_mended_to_the_responsible_one(engine: Engine):
    assert effects(engine, ("2024-02-01", "wrong_actor", "municipality")) == {
        "wrong_actor": 1,
        None: 1,
    }


@pytest.mark.parametrize("failed", ["mode_not_accepted", "duplicate", "mode_unknown suspended"])
def test_what_registration_cannot_mend_moves_no_share(engine: Engine, failed: str):
    assert effects(engine, ("2024-01-03", failed, "municipality")) == {}


@pytest.mark.parametrize("text", HOSTILE)
def test_a_delivered_text_is_text_in_the_workbook_and_on_the_page(text: str, tmp_path: Path):
    file = Delivery(**{name: getattr(FILE, name) for name in FILE.__slots__} | {"file": text})
    one = told(
        file,
        ((text, 3),),
        lost=lost((4, text, "mode_unknown", "register", True)),
        rejected=rejected((2, text, "cpr_invalid", None)),
        cleared=rejected((2, text, "cpr_invalid", None)).with_columns(
            mended_row=1, delivered_on=date(2024, 6, 1), file=pl.lit(text)
        ),
    )
    book_file = tmp_path / "brev.xlsx"
    write_letter(book_file, one)
    book = CalamineWorkbook.from_path(book_file)
    assert book.sheet_names == [
        "Læs mig",
        "Overblik",
        "Afviste rækker",
        "Ikke medregnede rækker",
        "Rettet med denne fil",
        "Ukendte ord",
    ]
    rows = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    assert rows["Afviste rækker"][1][:3] == [2, text, "cpr"]
    assert rows["Ikke medregnede rækker"][1] == [
        4, text, date(2024, 3, 4), "ukendt samtaleform", "ukendt samtaleform",
        "Rettes i registreringen",
    ]  # fmt: skip
    assert rows["Rettet med denne fil"][1][:2] == [1, text]
    assert rows["Ukendte ord"][1] == [text, 3]
    with zipfile.ZipFile(book_file) as packed:
        assert not any(b"<f>" in packed.read(name) for name in packed.namelist())
    html = page(one)
    assert "<script" not in html
    assert str(escape(text)) in html


def test_a_letter_says_what_to_do_in_order_and_asks_nothing_of_the_network():
    html = page(told(lost=lost((4, "M4", "mode_unknown", "register", True))))
    heads = [part.split("</h2>")[0] for part in html.split("<h2>")[1:]]
    assert heads == [
        "Hvad der blev af rækkerne",
        "Det vigtigste først",
        "Hvad der kan reddes",
        "Hvad filen rettede, og hvad der mangler",
        "Ord, som ingen liste kendte",
        "Sådan er virkningen regnet",
    ]
    assert '<html lang="da">' in html
    assert "http" not in html.replace("http-equiv", "")
    assert "<script" not in html
