"""The SQL reads the law as the same tables say."""

from collections import defaultdict
from datetime import date

from tests.spec.recognition_cases import SpecCase, all_cases
from tests.sql_runs import judge_in_sql


def test_the_sql_judges_as_the_tables_say() -> None:
    by_day: dict[date, list[SpecCase]] = defaultdict(list)
    for case in all_cases():
        by_day[case.as_of].append(case)
    wrong = []
    for as_of, cases in by_day.items():
        meetings = [meeting for case in cases for meeting in case.meetings]
        spells = [spell for case in cases for spell in case.spells]
        judged = judge_in_sql(meetings, spells, as_of)
        for case in cases:
            for key, expected in case.expected.items():
                found = judged[key]
                said = (found.failed, found.spell_id)
                if said != (expected.failed, expected.spell_id):
                    wrong.append((case.title, said))
                if expected.rule_version and found.rule_version != expected.rule_version:
                    wrong.append((case.title, found.rule_version))
        held = {meeting.key for meeting in meetings if meeting.status == "held"}
        assert set(judged) == held
    assert wrong == []
