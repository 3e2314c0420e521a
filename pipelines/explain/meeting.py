"""One meeting explained: every rule tried on it, and whether the SQL says the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pipelines.explain.agreement import Difference, compare_evaluations, compare_meeting
from pipelines.explain.records import Delivered, MeetingRecord, Place, Records
from pipelines.explain.used import Used, list_used
from pipelines.law.facts import Finding, Judgement, Spell, spell_of
from pipelines.law.model import LEGAL_ORDER, Rule
from pipelines.law.outcomes import Bench, Case
from pipelines.law.referee import hear, judge_case


@dataclass(frozen=True, slots=True)
class Trial:
    """One rule tried on the meeting, the regimes it counts in, and the days it looked at."""

    finding: Finding
    rule: Rule
    regimes: tuple[str, ...]
    used: tuple[Used, ...]


@dataclass(frozen=True, slots=True)
class MeetingExplained:
    """A current meeting; one that is not held has no judgement and no trials.

    `trials` are those of supervision, which are those of duty and one more, in legal order, and
    then those of register. `titles` are of instruments, by id.
    """

    publication_id: str
    as_of: date
    place: Place
    record: MeetingRecord
    spell: Spell | None
    delivered: Delivered
    judgement: Judgement | None
    trials: tuple[Trial, ...]
    titles: Mapping[str, str]
    differences: tuple[Difference, ...]


def explain_meeting(records: Records, code: str, meeting_id: str) -> MeetingExplained:
    """The meeting of a municipality, explained by the law and the facts of the publication.

    Raises ExplainError where there is no such municipality or meeting.
    """
    place = records.place(code)
    record, citizen = records.meeting(place, meeting_id)
    spells = tuple(known.spell for known in citizen.spells)
    bench = hear(citizen.facts, spells, records.law, records.as_of)
    case = Case(record.meeting, spell_of(record.meeting, spells))
    judgement = judge_case(case, bench) if record.meeting.status == "held" else None
    evaluations = records.rows(
        "select * from evaluations where municipality_code = ? and meeting_id = ?",
        place.code,
        meeting_id,
    )
    return MeetingExplained(
        publication_id=records.publication["publication_id"],
        as_of=records.as_of,
        place=place,
        record=record,
        spell=case.spell,
        delivered=records.delivered(place, record.counted),
        judgement=judgement,
        trials=list_trials(case, judgement, bench) if judgement else (),
        titles=records.titles,
        differences=(
            *compare_meeting(record, case.spell, judgement),
            *compare_evaluations(meeting_id, judgement, evaluations),
        ),
    )


def list_trials(case: Case, judgement: Judgement, bench: Bench) -> tuple[Trial, ...]:
    """Every rule tried, once: a rule of duty is tried with the same outcome in supervision."""
    in_duty = {step.reason for step in LEGAL_ORDER["duty"]}
    trials = []
    for regime in ("supervision", "register"):
        for finding in judgement.verdicts[regime].findings:
            is_shared = regime == "supervision" and finding.reason in in_duty
            trials.append(
                Trial(
                    finding,
                    bench.law.rule(finding.rule),
                    ("duty", "supervision") if is_shared else (regime,),
                    list_used(finding, case, bench),
                )
            )
    return tuple(trials)
