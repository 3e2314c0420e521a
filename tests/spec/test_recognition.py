"""The referee reads the law as the tables say."""

from datetime import date, timedelta

import pytest

from pipelines.contracts.codes import REASONS
from pipelines.law.loader import load_law
from pipelines.law.model import LEGAL_ORDER, Law
from pipelines.law.referee import judge
from tests.spec.recognition_cases import SpecCase, all_cases


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law()


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.title)
def test_the_referee_judges_as_the_table_says(case: SpecCase, law: Law) -> None:
    judgements = judge(case.meetings, case.spells, law, case.as_of)
    for key, expected in case.expected.items():
        judgement = judgements[key]
        failed = {regime: verdict.failed_rules for regime, verdict in judgement.verdicts.items()}
        assert failed == expected.failed
        assert judgement.spell_id == expected.spell_id
        if expected.rule_version:
            assert judgement.rule_version == expected.rule_version
    held = {meeting.key for meeting in case.meetings if meeting.status == "held"}
    assert set(judgements) == held


def test_every_reason_is_told_apart_by_some_case() -> None:
    seen = {
        reason
        for case in all_cases()
        for one in case.expected.values()
        for failed in one.failed.values()
        for reason in failed
    }
    assert seen == set(REASONS)


def test_every_reason_has_a_row_of_law(law: Law) -> None:
    families = {rule.family for rule in law.rules.values()}
    for regime, steps in LEGAL_ORDER.items():
        for _, family in steps:
            assert family in families
            assert regime in law.only_rule(family).regime


def _boundaries(law: Law) -> set[tuple[str, date]]:
    """The first day of every version of a rule that judges meetings, after the oldest."""
    families = {family for steps in LEGAL_ORDER.values() for _, family in steps}
    return {
        (rule.applies_by, version.in_force_from)
        for rule in law.rules.values()
        if rule.family in families
        for version in rule.versions
        if version.in_force_from != date(1900, 1, 1)
    }


def test_every_boundary_has_cases_on_the_day_before_the_day_and_the_day_after(law: Law) -> None:
    tried = {("meeting_date", meeting.day) for case in all_cases() for meeting in case.meetings}
    tried |= {("spell_start", spell.started_on) for case in all_cases() for spell in case.spells}
    missing = [
        (dated_by, first + timedelta(days=offset))
        for dated_by, first in sorted(_boundaries(law))
        for offset in (-1, 0, 1)
        if (dated_by, first + timedelta(days=offset)) not in tried
    ]
    assert missing == []
