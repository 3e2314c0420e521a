"""The modes a worklist names are those of which the referee would recognise a meeting that day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.contracts.codes import MODES, TARGET_GROUPS
from pipelines.law.facts import Absence, Meeting, Spell
from pipelines.law.loader import load_law
from pipelines.law.referee import hear, judge_case
from tests.generative.strategies import TURNS, busy_spells
from tests.spec.recognition_cases import REGIONS
from tests.sql_runs import tables_of

AS_OF = date(2026, 11, 20)
LAW = load_law()
REFUSED = {"suspended", "mode_not_accepted", "mode_unknown"}
Asked = list[tuple[Spell, date]]  # what is accepted in the spell on the day


def named_in_sql(asked: Asked, meetings: Iterable[Meeting]) -> list[list[str]]:
    """The modes as the worklists name them."""
    owed = [
        {
            "municipality_code": spell.municipality_code,
            "spell_id": spell.spell_id,
            "requirement_id": str(number),
            "target_group": spell.target_group,
            "spell_started_on": spell.started_on,
            "accepted_on": day,
        }
        for number, (spell, day) in enumerate(asked)
    ]
    spells = {spell.spell_id: spell for spell, _ in asked}
    with tables_of(meetings, spells.values(), (), AS_OF) as engine:
        engine.offer("switched_on", pl.DataFrame({"municipality_code": list(REGIONS)}))
        engine.offer("extract_owed", pl.DataFrame(owed))
        engine.scratch("extract_contact", "extracts/extract_contact")
        rows = engine.frame("extracts/extract_modes").rows(named=True)
    named = {int(row["requirement_id"]): row["accepted_modes"] for row in rows}
    return [named.get(number, []) for number in range(len(asked))]


def told_by_referee(asked: Asked, meetings: Iterable[Meeting]) -> list[list[str]]:
    """The modes of which a meeting late on the day would not be refused."""
    own: dict[str | None, list[Meeting]] = {}
    for meeting in meetings:
        own.setdefault(meeting.citizen, []).append(meeting)
    return [
        [mode for mode in sorted(MODES) if _accepts(spell, day, mode, own.get(spell.citizen, []))]
        for spell, day in asked
    ]


def _accepts(spell: Spell, day: date, mode: str, others: list[Meeting]) -> bool:
    supposed = meeting_in(spell, datetime.combine(day, time(23, 59)), mode, "supposed")
    bench = hear([*others, supposed], [spell], LAW, AS_OF)
    [case] = [case for case in bench.cases if case.meeting is supposed]
    assert case.spell == spell
    return not REFUSED & set(judge_case(case, bench).verdicts["duty"].failed_rules)


def meeting_in(spell: Spell, started_at: datetime, mode: str, meeting_id: str) -> Meeting:
    """A held meeting of the spell's citizen, of a type that counts."""
    return Meeting(
        municipality_code=spell.municipality_code,
        region_code=REGIONS[spell.municipality_code],
        meeting_id=meeting_id,
        citizen=spell.citizen,
        meeting_type="4" if spell.target_group == "SDP" else "7",
        mode=mode,
        status="held",
        actor="municipality",
        started_at=started_at,
    )


def test_every_group_around_every_day_on_which_the_law_turns() -> None:
    """In two regions, in the first six months and on the day they end, met in person or not."""
    asked: Asked = []
    meetings: list[Meeting] = []
    starts = (timedelta(days=90), timedelta(days=184), timedelta(days=200))
    for day in sorted({turn + timedelta(days) for turn in TURNS for days in (-1, 0)}):
        for number, group in enumerate(TARGET_GROUPS):
            for before in starts:
                name = f"s{len(asked)}"
                code = ("101", "851")[(number + before.days) % 2]
                spell = Spell(code, name, name, group, day - before)
                asked.append((spell, day))
                if len(asked) % 3:  # a third has met nobody, a third met this very morning
                    met_on = day if len(asked) % 3 == 1 else spell.started_on
                    morning = datetime.combine(met_on, time(9))
                    meetings.append(meeting_in(spell, morning, "in_person", name))
    named = named_in_sql(asked, meetings)
    assert named == told_by_referee(asked, meetings)
    assert {tuple(modes) for modes in named} == {
        (),
        ("in_person",),
        ("phone", "virtual"),
        ("in_person", "phone", "virtual"),
    }


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(busy_spells(), st.lists(st.integers(0, 500), min_size=1, max_size=6))
def test_sql_and_referee_accept_the_same_modes(
    case: tuple[list[Spell], list[Meeting], list[Absence]], offsets: list[int]
) -> None:
    spells, meetings, _ = case
    asked = [
        (spell, day)
        for spell in spells
        for day in {spell.started_on + timedelta(offset) for offset in offsets}
        if spell.ended_on is None or day <= spell.ended_on
    ]
    if asked:
        assert named_in_sql(asked, meetings) == told_by_referee(asked, meetings)
