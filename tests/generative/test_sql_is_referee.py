"""The SQL and the plain referee read the same law; Hypothesis looks for a case that parts them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.law.facts import Absence, Meeting, Spell
from pipelines.law.loader import load_law
from pipelines.law.model import Law
from pipelines.law.owed import owe, supervise
from pipelines.law.referee import judge
from pipelines.law.windows import Clock
from pipelines.scenarios.laying import lay_over
from pipelines.scenarios.reading import find_scenario, read_scenario
from tests.generative.strategies import AS_OF, busy_spells, meetings, numbered, spells
from tests.sql_runs import Judged, judge_in_sql, tables_of

TURNED_ROUND = Path(__file__).with_name("turned_round.yaml")


def refereed(
    some_meetings: list[Meeting], some_spells: list[Spell], law: Law, as_of: date
) -> dict[tuple[str, str], Judged]:
    judgements = judge(some_meetings, some_spells, law, as_of)
    return {
        key: Judged(
            judgement.spell_id,
            judgement.target_group,
            {name: verdict.failed_rules for name, verdict in judgement.verdicts.items()},
            judgement.verdicts["duty"].reason,
            judgement.verdicts["duty"].sole_reason,
            judgement.verdicts["duty"].recognised,
            judgement.rule_version,
        )
        for key, judgement in judgements.items()
    }


def law_of(scenario: str | None) -> Law:
    """The law, or what a scenario makes of it."""
    if scenario is None:
        return load_law()
    turned = scenario == "turned-round"
    overlay = read_scenario(TURNED_ROUND) if turned else find_scenario(scenario)
    return lay_over(load_law(), [overlay])


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(meetings(), min_size=1, max_size=60),
    st.lists(spells(), max_size=15),
    AS_OF,
    st.sampled_from([None, "turned-round", "both"]),
)
def test_sql_and_referee_agree(
    some_meetings: list[Meeting], some_spells: list[Spell], as_of: date, scenario: str | None
) -> None:
    """Under the law and under others: every value that a scenario can change is read by both."""
    numbered_meetings = numbered(some_meetings, "meeting_id")
    numbered_spells = numbered(some_spells, "spell_id")
    law = law_of(scenario)
    judged = judge_in_sql(numbered_meetings, numbered_spells, as_of, law=law)
    assert judged == refereed(numbered_meetings, numbered_spells, law, as_of)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    busy_spells(),
    AS_OF,
    st.sampled_from([None, "requirement-paused", "up-to-six", "law-2026-from-2024"]),
)
def test_sql_and_referee_agree_on_what_is_owed(
    case: tuple[list[Spell], list[Meeting], list[Absence]], as_of: date, scenario: str | None
) -> None:
    some_spells, some_meetings, some_absences = case
    law = law_of(scenario)
    judgements = judge(some_meetings, some_spells, law, as_of)
    clock = Clock(law, some_absences, as_of)
    owed = owe(some_spells, some_meetings, judgements, law, clock, as_of)
    months = supervise(some_spells, some_meetings, judgements, law, clock, as_of)
    with tables_of(some_meetings, some_spells, some_absences, as_of, law=law) as engine:
        requirements = engine.rows(
            "select municipality_code, spell_id, requirement_id, rule_version, required, "
            "window_start, due_on, paused_days, recognised_count, shortfall, status, met_on "
            "from next.requirements"
        )
        supervision = engine.rows("from next.supervision")
    assert sorted(requirements, key=str) == sorted(
        [
            (
                one.spell.municipality_code,
                one.spell.spell_id,
                one.rule.rule,
                one.rule.version_id(one.version),
                one.value.required,
                one.window.starts_on,
                one.window.due_on,
                len(one.window.paused),
                one.recognised_count,
                one.shortfall,
                one.status,
                one.met_on,
            )
            for one in owed
        ],
        key=str,
    )
    assert sorted(supervision, key=str) == sorted(
        [
            (
                *key,
                month.reached,
                month.with_enough,
                month.with_enough / month.reached,
                month.is_below,
                month.months_in_a_row,
                month.contact_expected,
            )
            for key, month in months.items()
        ],
        key=str,
    )
