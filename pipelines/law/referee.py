"""The slow, plain reading of recognition: one meeting, one rule at a time (counting.md 5).

It reads the same law as the SQL engine and nothing of the SQL; where the two disagree, one is
wrong. It also explains single meetings.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pipelines.law.facts import (
    Finding,
    Judgement,
    Meeting,
    Spell,
    Verdict,
    group_of,
    spell_of,
)
from pipelines.law.model import LEGAL_ORDER, Law, Step
from pipelines.law.outcomes import Bench, Case, outcome

# A rule does not apply where one of these has failed: nobody asks how a meeting was held on a
# day that does not count, nor whether a mode is accepted that nobody knows.
SILENCED_BY = {
    "mode_unknown": frozenset({"suspended"}),
    "mode_not_accepted": frozenset({"suspended", "mode_unknown"}),
}


def judge(
    meetings: Iterable[Meeting], spells: Iterable[Spell], law: Law, as_of: date
) -> dict[tuple[str, str], Judgement]:
    """A judgement of every held meeting, by (municipality_code, meeting_id).

    `as_of` is the day of knowledge: it decides which counting guidance was known, nothing else.
    Raises LawNotEncoded for a meeting or spell before the first version of a rule.
    """
    bench = hear(meetings, spells, law, as_of)
    return {case.meeting.key: judge_case(case, bench) for case in bench.cases}


def hear(meetings: Iterable[Meeting], spells: Iterable[Spell], law: Law, as_of: date) -> Bench:
    """Every held meeting in its spell, ready to be judged."""
    known_spells = tuple(spells)
    held = [meeting for meeting in meetings if meeting.status == "held"]
    cases = tuple(Case(meeting, spell_of(meeting, known_spells)) for meeting in held)
    return Bench(cases, law, as_of)


def judge_case(case: Case, bench: Bench) -> Judgement:
    """What every regime says of one of the cases that were heard."""
    verdicts = {regime: _try_all(steps, case, bench) for regime, steps in LEGAL_ORDER.items()}
    return Judgement(
        spell_id=case.spell.spell_id if case.spell else None,
        target_group=group_of(case.spell),
        verdicts=verdicts,
        rule_version=_deciding_version(verdicts["duty"]),
    )


def _try_all(steps: Iterable[Step], case: Case, bench: Bench) -> Verdict:
    verdict = Verdict(())
    for step in steps:
        finding = _try_rule(step, case, set(verdict.failed_rules), bench)
        verdict = Verdict((*verdict.findings, finding))
    return verdict


def _try_rule(step: Step, case: Case, failed: set[str], bench: Bench) -> Finding:
    rule, version = bench.version_for(step.family, case)
    if version is None:
        return Finding(step.reason, "not_applicable", rule.rule, None, None)
    silenced = failed & SILENCED_BY.get(step.reason, frozenset())
    found = "not_applicable" if silenced else outcome(version.value, case, bench)
    return Finding(step.reason, found, rule.rule, rule.version_id(version), version)


def _deciding_version(duty: Verdict) -> str | None:
    """The version of the first failed rule; of a recognised meeting, the one on form or type."""
    by_reason = {found.reason: found for found in duty.findings}
    if duty.reason:
        return by_reason[duty.reason].rule_version
    on_form = by_reason["mode_not_accepted"]
    on_type = by_reason["wrong_type"]
    return (on_type if on_form.outcome == "not_applicable" else on_form).rule_version
