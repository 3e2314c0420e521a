"""The letter as a workbook: every row of every problem, with its number in the file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import polars as pl

from pipelines.exports import Sheet, write_workbook
from pipelines.receipts.letter import Letter
from pipelines.receipts.words import REMEDIES, assumptions, facts_of, outcome
from pipelines.wording import REASONS, number, ranges

_MOST_ROWS: Final = 1_000_000  # of a sheet; a spreadsheet takes no more than 1,048,576
_MOST_RANGES: Final = 500  # of a cell, which takes 32,767 characters
_NAMES: Final = {reason: text.da for reason, text in REASONS.items()}


def write_letter(file: Path, letter: Letter) -> None:
    """Writes the workbook of one letter in one step."""
    write_workbook(file, _about(letter), _sheets(letter) if letter.delivery.is_read else [])


def _about(letter: Letter) -> list[tuple[str, str]]:
    delivery = letter.delivery
    about = [("Kvittering", "for en leverance"), *facts_of(letter)]
    if not delivery.is_read:
        return [*about, ("Hvad der skete", outcome(delivery))]
    unmended = number(delivery.rows_unmended)
    about += [
        ("Rækker læst", number(delivery.rows_read)),
        ("= gældende", number(delivery.rows_accepted)),
        ("+ afløst", number(delivery.rows_superseded)),
        ("+ trukket tilbage", number(delivery.rows_withdrawn)),
        ("+ afvist", f"{number(delivery.rows_rejected)}, heraf ikke rettet i dag: {unmended}"),
        *(
            [("+ om slettede borgere", number(delivery.rows_erased))]
            if delivery.rows_erased
            else []
        ),
        ("Rækkenumre", "Række 1 er den første række under overskriften."),
    ]
    if delivery.kind == "meetings":
        saved = f"op til +{number(letter.by_registration)} samtaler medregnet{letter.share_moved}"
        again = f"{number(letter.by_remedy.get('hold_again', 0))} samtaler"
        about += [
            ("Kan reddes ved bedre registrering", saved),
            ("Skal holdes igen", again),
            *(("Sådan er virkningen regnet", sentence) for sentence in assumptions(letter)),
        ]
    return about


def _sheets(letter: Letter) -> list[Sheet]:
    sheets = [_overview(letter)]
    if letter.rejected is not None:
        sheets.append(_rejected("Afviste rækker", letter.rejected))
    if letter.lost is not None:
        sheets.append(_lost(letter.lost))
    if letter.cleared is not None:
        sheets.append(_cleared(letter.cleared))
    if letter.words:
        words = pl.DataFrame(letter.words, schema=["Ord", "Samtaler"], orient="row")
        sheets.append(Sheet("Ukendte ord", words.head(_MOST_ROWS)))
    return sheets


def _overview(letter: Letter) -> Sheet:
    rows = [
        (
            problem.sentence,
            REMEDIES[problem.kind],
            len(problem.rows),
            problem.gain,
            problem.hvad,
            problem.hvorfor,
            problem.ret,
            problem.eksempel,
            ranges(problem.rows, _MOST_RANGES),
        )
        for problem in letter.problems
    ]
    heads = {
        "Det vigtigste først": pl.String,
        "Hvad der skal til": pl.String,
        "Rækker": pl.Int64,
        "Op til medregnede": pl.Int64,
        "Hvad er galt": pl.String,
        "Hvorfor vi spørger": pl.String,
        "Sådan retter du": pl.String,
        "Eksempel": pl.String,
        "Rækkenumre": pl.String,
    }
    return Sheet("Overblik", pl.DataFrame(rows, schema=heads, orient="row"))


def _rejected(name: str, rejected: pl.DataFrame) -> Sheet:
    return Sheet(
        name,
        rejected.head(_MOST_ROWS).select(
            "source_row", "record_id", "column_name", "message_da", "fix_da", "mended_on"
        ),
        {
            "source_row": "Række",
            "record_id": "Id",
            "column_name": "Kolonne",
            "message_da": "Hvad er galt",
            "fix_da": "Sådan retter du",
            "mended_on": "Rettet ved leverancen",
        },
    )


def _cleared(cleared: pl.DataFrame) -> Sheet:
    return Sheet(
        "Rettet med denne fil",
        cleared.head(_MOST_ROWS)
        .sort("delivered_on", "file", "source_row")
        .select("mended_row", "record_id", "delivered_on", "file", "source_row", "message_da"),
        {
            "mended_row": "Række i denne fil",
            "record_id": "Id",
            "delivered_on": "Afvist ved leverancen",
            "file": "I filen",
            "source_row": "Række dér",
            "message_da": "Hvad der var galt",
        },
    )


def _lost(lost: pl.DataFrame) -> Sheet:
    named = lost.head(_MOST_ROWS).select(
        "source_row",
        "meeting_id",
        "held_on",
        pl.col("reason").replace(_NAMES),
        pl.col("failed_rules").list.eval(pl.element().replace(_NAMES)).list.join(", "),
        pl.col("remedy").replace(REMEDIES),
    )
    return Sheet(
        "Ikke medregnede rækker",
        named,
        {
            "source_row": "Række",
            "meeting_id": "Id",
            "held_on": "Dag",
            "reason": "Første grund",
            "failed_rules": "Alle grunde",
            "remedy": "Hvad der skal til",
        },
    )
