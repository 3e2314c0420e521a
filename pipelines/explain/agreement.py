"""Where the referee and the SQL of a publication say different things of the same case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipelines.explain.records import MeetingRecord, Row
from pipelines.law.facts import Judgement, Spell, group_of
from pipelines.law.owed import Owed, SixMonths


@dataclass(frozen=True, slots=True)
class Difference:
    """One column on which the two differ, as texts; `where` names the table, row and column."""

    where: str
    referee: str
    sql: str


def compare_meeting(
    record: MeetingRecord, spell: Spell | None, judgement: Judgement | None
) -> tuple[Difference, ...]:
    """The row of `meetings` against the judgement; of a meeting not held, against none."""
    counted = record.counted
    wanted: dict[str, object] = {
        "spell_id": spell.spell_id if spell else None,
        "target_group": group_of(spell),
    }
    verdicts = judgement.verdicts if judgement else {}
    duty = verdicts.get("duty")
    wanted |= {
        "recognised": duty is not None and duty.recognised,
        "reason": duty.reason if duty else None,
        "failed_rules": list(duty.failed_rules) if duty else [],
        "sole_reason": duty is not None and duty.sole_reason,
        "rule_version": judgement.rule_version if judgement else None,
    }
    for regime in ("register", "supervision"):
        verdict = verdicts.get(regime)
        wanted[f"failed_{regime}"] = list(verdict.failed_rules) if verdict else []
    return _differing(f"meetings {record.meeting.meeting_id}", wanted, counted)


def compare_evaluations(
    meeting_id: str, judgement: Judgement | None, rows: Iterable[Row]
) -> tuple[Difference, ...]:
    """The rows of `evaluations` of one meeting against the verdicts."""
    verdicts = judgement.verdicts if judgement else {}
    wanted = {
        regime: {
            "recognised": verdict.recognised,
            "reason": verdict.reason,
            "failed_rules": list(verdict.failed_rules),
            "sole_reason": verdict.sole_reason,
        }
        for regime, verdict in verdicts.items()
    }
    return _compare_rows(f"evaluations {meeting_id}", wanted, _by(rows, "regime"))


def compare_requirements(
    spell_id: str, owed: Iterable[Owed], rows: Iterable[Row]
) -> tuple[Difference, ...]:
    """The rows of `requirements` of one spell against what the referee says it owes."""
    wanted = {
        one.rule.rule: {
            "target_group": one.spell.target_group,
            "rule_version": one.rule.version_id(one.version),
            "actor": one.value.actor,
            "required": one.value.required,
            "window_start": one.window.starts_on,
            "due_on": one.window.due_on,
            "paused_days": len(one.window.paused),
            "recognised_count": one.recognised_count,
            "shortfall": one.shortfall,
            "status": one.status,
            "met_on": one.met_on,
        }
        for one in owed
    }
    return _compare_rows(f"requirements {spell_id}", wanted, _by(rows, "requirement_id"))


def compare_month(six_months: SixMonths, row: Row | None) -> tuple[Difference, ...]:
    """The municipality's month in `supervision` has room for the spell, as the referee counts it.

    One spell cannot tell the month's numbers, but it can tell that they are too small.
    """
    if not six_months.counts:
        return ()
    reached, with_four = (row["reached_six_months"], row["with_four"]) if row else (0, 0)
    has_room = with_four >= 1 if six_months.has_enough else reached > with_four
    if has_room:
        return ()
    return (
        Difference(
            f"supervision {six_months.month:%Y-%m}",
            f"with_four {'+' if six_months.has_enough else '-'}{six_months.spell.spell_id}",
            f"reached_six_months {reached}, with_four {with_four}",
        ),
    )


def _compare_rows(
    where: str, wanted: Mapping[str, Mapping[str, object]], found: Mapping[str, Row]
) -> tuple[Difference, ...]:
    differences: list[Difference] = []
    for key in (*wanted, *(key for key in found if key not in wanted)):
        name = f"{where} {key}"
        if key not in found or key not in wanted:
            there = "findes | is there", "mangler | is missing"
            differences.append(Difference(name, *(there if key in wanted else there[::-1])))
        else:
            differences += _differing(name, wanted[key], found[key])
    return tuple(differences)


def _differing(where: str, wanted: Mapping[str, object], found: Row) -> tuple[Difference, ...]:
    return tuple(
        Difference(f"{where}: {column}", _text(value), _text(found[column]))
        for column, value in wanted.items()
        if found[column] != value
    )


def _by(rows: Iterable[Row], column: str) -> dict[str, Row]:
    return {str(row[column]): row for row in rows}


def _text(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(str(one) for one in value)}]"
    return "(tom | empty)" if value is None else str(value)
