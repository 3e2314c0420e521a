"""Meetings, spells and absences as Hypothesis draws them: close to where something changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from hypothesis import strategies as st

from pipelines.contracts.codes import MEETING_TYPES, MODES, STATUSES, TARGET_GROUPS
from pipelines.law.facts import Absence, Meeting, Spell
from tests.spec.recognition_cases import REGIONS

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
LENGTHS = st.none() | st.integers(0, 500)
Thing = TypeVar("Thing", Meeting, Spell)


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
    start, length = draw(DAYS), draw(LENGTHS)
    return Spell(
        municipality_code=draw(MUNICIPALITIES),
        spell_id="",
        citizen=draw(CITIZENS),
        target_group=draw(st.sampled_from(TARGET_GROUPS)),
        started_on=start,
        ended_on=None if length is None else start + timedelta(length),
    )


@st.composite
def absences(draw: st.DrawFn, of: Spell) -> Absence:
    """An absence of the spell's citizen that may touch its windows."""
    start = of.started_on + timedelta(draw(st.integers(-30, 250)))
    length = draw(st.none() | st.integers(0, 120))
    return Absence(
        municipality_code=of.municipality_code,
        citizen=of.citizen,
        absence_type=draw(st.sampled_from(["8", "mindre_intensiv", "10"])),
        started_on=start,
        ended_on=None if length is None else start + timedelta(length),
    )


@st.composite
def busy_spells(draw: st.DrawFn) -> tuple[list[Spell], list[Meeting], list[Absence]]:
    """Spells of citizens of their own, with absences, and enough meetings to fill some windows.

    Most spells run through the day a window ends; most meetings are of a type that counts.
    """
    found: tuple[list[Spell], list[Meeting], list[Absence]] = ([], [], [])
    for number in range(draw(st.integers(1, 12))):
        spell = replace(draw(spells()), citizen=str(number), spell_id=f"s{number}")
        found[0].append(spell)
        found[2].extend(draw(st.lists(absences(spell), max_size=3, unique_by=_record)))
        for offset in draw(st.lists(st.integers(-3, 400), max_size=9)):
            day = spell.started_on + timedelta(offset)
            found[1].append(
                replace(
                    draw(meetings()),
                    municipality_code=spell.municipality_code,
                    region_code=REGIONS[spell.municipality_code],
                    citizen=spell.citizen,
                    meeting_type="4" if spell.target_group == "SDP" else "7",
                    mode=draw(st.sampled_from(["in_person", "in_person", "in_person", "phone"])),
                    started_at=datetime.combine(day, time(9, draw(st.integers(0, 59)))),
                    status="held",
                )
            )
    return found[0], numbered(found[1], "meeting_id"), found[2]


def _record(absence: Absence) -> tuple[str, date]:
    """What an absence of a citizen is known by."""
    return absence.absence_type, absence.started_on


def numbered(things: list[Thing], name: str) -> list[Thing]:
    """The things with ids of their own."""
    return [replace(thing, **{name: str(number)}) for number, thing in enumerate(things, 7)]
