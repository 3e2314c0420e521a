"""The stages of a night, each a plain function on the engine; the assets call them in order."""

from __future__ import annotations

from datetime import date
from typing import Final, cast

import polars as pl

from pipelines.contracts import codes, tables
from pipelines.deliveries.messages import messages
from pipelines.deliveries.rows import SCHEMAS
from pipelines.engine import Engine
from pipelines.lake import SLICE_TABLES, Lake
from pipelines.modes.decide import decide_mode
from pipelines.modes.forms import read_form
from pipelines.modes.vocabulary import Mode
from pipelines.municipalities import municipalities
from pipelines.progress import Show

# What can decide a meeting, the bit of its failure where it can fail, and the family of its rule.
_DECIDERS: Final = (
    *((reason, place, reason) for place, reason in enumerate(codes.REASONS)),
    ("accepted_types", None, "accepted_types"),
    ("accepted_modes", None, "accepted_modes"),
    ("register_types", None, "register_types"),
    ("register_actor", None, "register_actor"),
)
_FAMILY_OF_REASON: Final = {
    "wrong_type": "accepted_types",
    "wrong_actor": "responsible_actor",
    "suspended": "suspension",
    "mode_not_accepted": "accepted_modes",
}


class NothingToCountError(Exception):
    """No delivery was received by the reporting day; the message is for the operator."""


def register(engine: Engine, lake: Lake, delivered: pl.DataFrame, as_of: date | None) -> date:
    """Makes the slices, the day and the register known to the engine; gives the reporting day.

    `delivered` are the files to count (schema DELIVERIES). Without `as_of` the day is the latest
    day of delivery. Raises NothingToCountError where nothing was delivered by then.
    """
    if delivered.is_empty():
        raise NothingToCountError(
            "Der er ingen leverancer at tælle: landing/ er tom. Læg filer i "
            "landing/<kommunekode>/<ÅÅÅÅ-MM-DD>/, eller skriv prøvedata med «samtaler demo»."
        )
    days = delivered["delivered_on"].to_list()
    if as_of is not None and as_of < min(days):
        raise NothingToCountError(
            f"Der er ingen leverancer til og med {as_of}: den første kom {min(days)}."
        )
    day = as_of or max(days)
    engine.offer("night", pl.DataFrame({"as_of": [day]}))
    engine.offer("lake_deliveries", delivered)
    engine.offer("lake_contents", lake.contents())
    for table in SLICE_TABLES:
        empty = pl.DataFrame(schema=SCHEMAS[table])
        engine.offer_slices(f"lake_{table}", lake.slices(table), empty)
    engine.scratch("register", "records/register")
    return day


def publish_rejections(engine: Engine) -> None:
    """The rejected rows, with every reason and how to mend it."""
    engine.offer("messages", _messages())
    engine.publish(tables.REJECTIONS, "records/rejections")


def publish_spells(engine: Engine) -> None:
    """The current spells."""
    engine.scratch("spell_versions", "records/spell_versions")
    engine.publish(tables.SPELLS, "records/spells")


def publish_absences(engine: Engine) -> None:
    """The current absences."""
    engine.scratch("absence_versions", "records/absence_versions")
    engine.publish(tables.ABSENCES, "records/absences")


def publish_municipalities(engine: Engine) -> None:
    """The 98 municipalities and their regions."""
    rows = [
        {
            "municipality_code": municipality.code,
            "name": municipality.name,
            "region_code": municipality.region_code,
            "region_name": municipality.region_name,
        }
        for municipality in municipalities()
    ]
    engine.publish_frame(tables.MUNICIPALITIES, pl.DataFrame(rows))


def publish_law(engine: Engine, rows: list[dict[str, object]]) -> None:
    """Every version of every rule (rows as law_rows gives them)."""
    engine.publish_frame(tables.LAW, pl.DataFrame(rows, infer_schema_length=None))


def prepare_law(engine: Engine) -> None:
    """The law as the rules of counting read it: by reason, type, mode, place and group."""
    deciders = [
        {"decided_by": decider, "place": place, "family": _FAMILY_OF_REASON.get(decider, family)}
        for decider, place, family in _DECIDERS
    ]
    engine.offer("reason_codes", pl.DataFrame(deciders, infer_schema_length=None))
    groups = (*codes.TARGET_GROUPS, codes.NO_SPELL)
    engine.offer("target_groups", pl.DataFrame({"target_group": groups}))
    for table in (
        "law_in_force",
        "law_responsible_actor",
        "law_accepted_types",
        "law_register_types",
        "law_grants",
        "law_windows",
        "law_requirements",
        "law_pauses",
        "law_catch_up",
        "law_thresholds",
        "failures",
    ):
        engine.scratch(table, f"law/{table}")


def read_modes(engine: Engine) -> int:
    """The mode of every distinct pair of form and remark; gives the number of pairs."""
    engine.scratch("ways_of_writing", "meetings/ways_of_writing")
    rows = []
    for form, remark_mode in engine.rows("select form, remark_mode from ways_of_writing"):
        reading = read_form(str(form))
        said = cast("Mode | None", remark_mode or None)
        mode, evidence, conflict = decide_mode(reading, said)
        rows.append((form, remark_mode, mode, evidence, conflict, reading.unmatched))
    schema = {
        "form": pl.String,
        "remark_mode": pl.String,
        "mode": pl.String,
        "mode_evidence": pl.String,
        "mode_conflict": pl.Boolean,
        "unmatched": pl.Boolean,
    }
    engine.offer("modes", pl.DataFrame(rows, schema=schema, orient="row"))
    return len(rows)


def publish_meetings(engine: Engine, show: Show) -> None:
    """The current meetings, judged by every rule, and the words nobody knew.

    Which meetings have several versions, are duplicates or are the first in person is found
    first, over a few columns each; then every meeting is read once and judged.
    """
    show("Vurderer samtaler", 0, 3)
    engine.scratch("meeting_versions", "records/meeting_versions")
    engine.scratch("meeting_outcomes", "records/meeting_outcomes")
    engine.view("current_meetings", "records/current_meetings")
    engine.scratch("duplicates", "meetings/duplicates")
    place_meetings(engine)
    show("Vurderer samtaler", 1, 3)
    judge_meetings(engine)
    show("Vurderer samtaler", 2, 3)
    engine.publish(tables.UNMATCHED_WORDS, "meetings/unmatched_words")
    show("Vurderer samtaler", 3, 3)


def place_meetings(engine: Engine) -> None:
    """What the law says on each day, and in each spell, of the current meetings."""
    engine.scratch("spell_days", "meetings/spell_days")
    engine.scratch("meeting_days", "meetings/meeting_days")
    engine.scratch("law_day_versions", "law/law_day_versions")
    engine.scratch("law_by_day", "law/law_by_day")
    engine.scratch("first_in_person", "meetings/first_in_person")


def judge_meetings(engine: Engine) -> None:
    """The current meetings, each read once and judged by every rule."""
    engine.publish(tables.MEETINGS, "meetings/meetings")


def publish_deliveries(engine: Engine) -> None:
    """The delivered files and what became of their rows."""
    engine.publish(tables.DELIVERIES, "records/deliveries")


def publish_source_systems(engine: Engine) -> None:
    """What each source system leaves empty, by municipality and day of delivery."""
    engine.publish(tables.SOURCE_SYSTEMS, "records/source_systems")


def publish_evaluations(engine: Engine) -> None:
    """The held meetings in the four regimes."""
    engine.publish_view(tables.EVALUATIONS, "counts/evaluations")


def publish_counts(engine: Engine) -> None:
    """Held, recognised and gap, and the reasons of the gap."""
    engine.scratch("cells", "counts/cells")
    engine.scratch("regime_cells", "counts/regime_cells")
    engine.publish(tables.COUNTS, "counts/counts")
    engine.publish(tables.REASONS, "counts/reasons")


def publish_requirements(engine: Engine) -> None:
    """What the law asked for each spell and what came of it; how municipalities did."""
    for table in ("spell_pauses", "windows", "spell_meetings"):
        engine.scratch(table, f"requirements/{table}")
    engine.view("reaching", "requirements/reaching")
    engine.publish(tables.REQUIREMENTS, "requirements/requirements")
    engine.publish(tables.COMPLIANCE, "requirements/compliance")
    engine.publish(tables.SUPERVISION, "requirements/supervision")


def publish_dictionary(engine: Engine) -> None:
    """Every column of every table, explained."""
    rows = [row for contract in tables.TABLES for row in contract.dictionary()]
    engine.publish_frame(tables.DICTIONARY, pl.DataFrame(rows))


def publish_check_results(engine: Engine, results: list[dict[str, object]]) -> None:
    """What the night's checks found, in counts."""
    schema = {
        "check_id": pl.String(),
        "table_name": pl.String(),
        "outcome": pl.String(),
        "rows_checked": pl.Int64(),
        "rows_failed": pl.Int64(),
    }
    engine.publish_frame(tables.CHECK_RESULTS, pl.DataFrame(results, schema=schema))


def _messages() -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "code": code,
                "message_da": message["da"],
                "message_en": message["en"],
                "fix_da": message["fix_da"],
            }
            for code, message in messages().items()
        ]
    )
