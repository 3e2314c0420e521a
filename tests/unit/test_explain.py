"""The trace names the days and meetings that decided; the pages have a word for every code."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from pipelines import wording
from pipelines.cli.explain_spell import status_sentence
from pipelines.contracts import codes
from pipelines.explain.meeting import Trial, list_trials
from pipelines.explain.spell import Paused, join_days
from pipelines.explain.used import ROLES, Used, pausing_types
from pipelines.law.facts import Meeting, Spell
from pipelines.law.loader import load_law
from pipelines.law.model import Law
from pipelines.law.owed import owe
from pipelines.law.referee import hear, judge, judge_case
from pipelines.law.windows import Clock
from tests.spec.owed_cases import OwedCase, owed_cases

AS_OF = date(2026, 11, 20)
MEETING = Meeting(
    municipality_code="101",
    region_code="1084",
    meeting_id="a",
    citizen="1",
    meeting_type="7",
    mode="phone",
    status="held",
    actor="municipality",
    started_at=datetime.fromisoformat("2024-03-05 09:15"),
)
SPELL = Spell("101", "F1", "1", "KTH_JP", date(2024, 1, 31))


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law()


def trials(law: Law, *meetings: Meeting, spell: Spell | None = SPELL) -> dict[str, Trial]:
    """The rules tried on the last meeting, by the rule's name."""
    bench = hear(meetings, [spell] if spell else [], law, AS_OF)
    case = bench.cases[-1]
    return {trial.rule.rule: trial for trial in list_trials(case, judge_case(case, bench), bench)}


def on(day: str, **changes: object) -> Meeting:
    moment = datetime.fromisoformat(f"{day} 09:15")
    return replace(MEETING, started_at=moment, **changes)  # type: ignore[arg-type]


def test_the_end_of_the_a_kasses_time_is_told(law: Law) -> None:
    spell = replace(SPELL, target_group="DP")
    trial = trials(law, on("2024-04-29"), spell=spell)["responsible_actor"]
    assert trial.finding.outcome == "not_met"
    assert trial.used == (
        Used("spell_start", date(2024, 1, 31)),
        Used("meeting_day", date(2024, 4, 29)),
        Used("municipality_from", date(2024, 4, 30)),  # three months on, clipped to the month
    )


def test_the_a_kasse_has_no_time_in_other_groups(law: Law) -> None:
    roles = [used.role for used in trials(law, MEETING)["responsible_actor"].used]
    assert roles == ["spell_start", "meeting_day"]


def test_the_day_from_which_the_mode_is_free_is_told(law: Law) -> None:
    spell = replace(SPELL, started_on=date(2021, 8, 31))
    trial = trials(law, on("2022-02-27"), spell=spell)["accepted_modes"]
    assert trial.finding.outcome == "not_met"
    assert Used("mode_free_from", date(2022, 2, 28)) in trial.used
    assert trials(law, on("2022-02-28"), spell=spell)["accepted_modes"].finding.outcome == "met"


def test_the_summons_is_told_also_where_it_is_blank(law: Law) -> None:
    spell = replace(SPELL, started_on=date(2021, 7, 1))
    for summoned_on, outcome in ((date(2021, 7, 31), "met"), (None, "not_met")):
        trial = trials(law, on("2021-08-10", summoned_on=summoned_on), spell=spell)
        modes = trial["accepted_modes"]
        assert modes.finding.outcome == outcome
        assert Used("summoned_on", summoned_on) in modes.used
        assert Used("summoned_before", date(2021, 8, 1)) in modes.used


def test_the_earlier_meeting_in_person_is_told(law: Law) -> None:
    wrong = on("2024-02-01", meeting_id="c", mode="in_person", meeting_type="9")
    second = on("2024-03-01", meeting_id="b", mode="in_person")
    first = on("2024-02-05", meeting_id="d", mode="in_person")
    modes = trials(law, wrong, second, first, MEETING)["accepted_modes"]
    assert modes.finding.outcome == "met"
    assert Used("first_in_person", first.started_at, first) in modes.used
    assert Used("first_in_person", None) in trials(law, MEETING)["accepted_modes"].used


def test_the_meeting_that_is_repeated_is_told(law: Law) -> None:
    original = replace(
        MEETING, meeting_id="z", registered_at=datetime.fromisoformat("2024-03-05 10:00")
    )
    repeat = replace(MEETING, registered_at=datetime.fromisoformat("2024-03-05 10:00:01"))
    trial = trials(law, original, repeat)["duplicate"]
    assert trial.finding.outcome == "not_met"
    assert trial.used[1:] == (
        Used("registered_at", repeat.registered_at),
        Used("duplicate_of", original.registered_at, original),
    )


def test_what_was_known_is_told_in_supervision_only(law: Law) -> None:
    trial = trials(law, on("2020-06-01"))["month_left_out"]
    assert trial.used[-1] == Used("known_on", AS_OF)
    assert trial.regimes == ("supervision",)


def test_a_rule_dated_by_a_spell_has_no_version_without_one(law: Law) -> None:
    alone = replace(MEETING, citizen=None)
    trial = trials(law, alone, spell=None)["responsible_actor"]
    assert trial.finding.outcome == "not_applicable"
    assert trial.finding.version is None
    assert trial.used == (Used("spell_start", None),)


def test_the_rules_stand_in_legal_order(law: Law) -> None:
    found = [trial.finding.reason for trial in trials(law, MEETING).values()]
    assert found == [*codes.REASONS, "wrong_type", "wrong_actor"]


def test_days_are_joined_into_stretches() -> None:
    days = [date(2024, 1, day) for day in (1, 2, 3, 5, 7, 8)]
    assert join_days(days) == (
        Paused(days[0], days[2]),
        Paused(days[3], days[3]),
        Paused(days[4], days[5]),
    )
    assert join_days([]) == ()


def test_the_absences_that_pause_are_those_of_the_law(law: Law) -> None:
    assert pausing_types(law) == {"8", "mindre_intensiv"}


@pytest.mark.parametrize(
    "case", [case for case in owed_cases() if case.wanted.status], ids=lambda case: case.title
)
def test_every_status_has_its_sentence(case: OwedCase, law: Law) -> None:
    judgements = judge(case.meetings, [case.spell], law, case.as_of)
    clock = Clock(law, case.absences, case.as_of)
    for one in owe([case.spell], case.meetings, judgements, law, clock, case.as_of):
        sentence = status_sentence(one, case.as_of)
        for told in (sentence.da, sentence.en):
            assert wording.written_day(one.window.due_on) in told
            assert "  " not in told


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (wording.REGIMES, codes.REGIMES),
        (wording.REASONS, codes.REASONS),
        (wording.OUTCOMES, ("met", "not_met", "not_applicable")),
        (wording.MEETING_TYPES, codes.MEETING_TYPES),
        (wording.MODES, codes.MODES),
        (wording.EVIDENCES, codes.EVIDENCES),
        (wording.STATUSES, codes.STATUSES),
        (wording.ACTORS, codes.ACTORS),
        (wording.TARGET_GROUPS, (*codes.TARGET_GROUPS, codes.NO_SPELL)),
        (wording.GRADES, codes.GRADES),
        (wording.ROLES, ROLES),
        (wording.REQUIREMENT_STATUSES, codes.REQUIREMENT_STATUSES),
        (wording.ABSENCES, (*map(str, range(1, 12)), "mindre_intensiv")),
    ],
)
def test_every_code_has_a_word(words: dict[str, object], wanted: tuple[str, ...]) -> None:
    assert set(words) == set(wanted)


def test_a_delivered_text_cannot_steer_the_terminal() -> None:
    assert wording.printable("\x1b[31mM1\n") == "\ufffd[31mM1\ufffd"
