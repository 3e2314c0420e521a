"""The SQL and the plain referee read the same law; Hypothesis looks for a case that parts them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.contracts.codes import MEETING_TYPES, MODES, STATUSES, TARGET_GROUPS
from pipelines.law.facts import Meeting, Spell
from pipelines.law.loader import load_law
from pipelines.law.referee import judge
from tests.spec.recognition_cases import REGIONS
from tests.sql_runs import Judged, judge_in_sql

# The days on which something changes, and their neighbours.
TURNS = [
    date(2019, 12, 31), date(2020, 3, 1), date(2020, 3, 12), date(2020, 5, 27), date(2020, 6, 15),
    date(2020, 7, 1), date(2020, 10, 1), date(2021, 2, 1), date(2021, 8, 1), date(2021, 9, 1),
    date(2022, 1, 1), date(2022, 7, 1), date(2023, 3, 22), date(2024, 1, 1), date(2024, 2, 29),
    date(2024, 5, 31), date(2026, 7, 1),
]  # fmt: skip
DAYS = st.one_of(
    st.builds(
        lambda turn, days: turn + timedelta(days), st.sampled_from(TURNS), st.integers(-2, 2)
    ),
    st.dates(date(2015, 1, 1), date(2026, 11, 20)),
)
AS_OF = st.sampled_from(
    [date(2020, 7, 1), date(2020, 7, 2), date(2021, 4, 25), date(2021, 4, 26), date(2026, 11, 20)]
)
MINUTES = st.builds(
    lambda day, hour, minute: datetime.combine(day, time(hour, minute)),
    DAYS,
    st.sampled_from([0, 9]),
    st.sampled_from([0, 1]),
)
MUNICIPALITIES = st.sampled_from(list(REGIONS))
CITIZENS = st.sampled_from(["1", "2", "3", None])


@st.composite
def meetings(draw: st.DrawFn) -> Meeting:
    code = draw(MUNICIPALITIES)
    return Meeting(
        municipality_code=code,
        region_code=REGIONS[code],
        meeting_id="",
        citizen=draw(CITIZENS),
        meeting_type=draw(
            st.one_of(st.sampled_from(["4", "7", "17"]), st.sampled_from(MEETING_TYPES))
        ),
        mode=draw(st.sampled_from(MODES)),
        status=draw(st.one_of(st.just("held"), st.sampled_from(STATUSES))),
        actor=draw(st.sampled_from(["municipality", "municipality", "a_kasse"])),
        started_at=draw(MINUTES),
        registered_at=draw(st.none() | MINUTES),
        summoned_on=draw(st.none() | DAYS),
    )


@st.composite
def spells(draw: st.DrawFn) -> Spell:
    start = draw(DAYS)
    length = draw(st.none() | st.integers(0, 500))
    return Spell(
        municipality_code=draw(MUNICIPALITIES),
        spell_id="",
        citizen=draw(CITIZENS),
        target_group=draw(st.sampled_from(TARGET_GROUPS)),
        started_on=start,
        ended_on=None if length is None else start + timedelta(length),
    )


Thing = TypeVar("Thing", Meeting, Spell)


def numbered(things: list[Thing], name: str) -> list[Thing]:
    return [replace(thing, **{name: str(number)}) for number, thing in enumerate(things, 7)]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(meetings(), min_size=1, max_size=60),
    st.lists(spells(), max_size=15),
    AS_OF,
)
def test_sql_and_referee_agree(
    some_meetings: list[Meeting], some_spells: list[Spell], as_of: date
) -> None:
    numbered_meetings = numbered(some_meetings, "meeting_id")
    numbered_spells = numbered(some_spells, "spell_id")
    judged = judge_in_sql(numbered_meetings, numbered_spells, as_of)
    judgements = judge(numbered_meetings, numbered_spells, load_law(), as_of)
    told = {
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
    assert judged == told
