"""The page of one spell."""

from __future__ import annotations

from datetime import date
from typing import Final

from pipelines import wording
from pipelines.cli.explain_page import (
    Page,
    named,
    print_agreement,
    print_delivered,
    print_law,
    print_publication,
    stretch,
)
from pipelines.contracts.model import Text
from pipelines.explain.spell import LeftOut, RequirementExplained, SpellExplained
from pipelines.law.facts import Meeting
from pipelines.law.owed import Owed, SixMonths
from pipelines.wording import both, written_day

_LEFT_OUT: Final = {
    "other_actor": Text("en anden aktør end kravets", "another actor than the requirement's"),
    "after_as_of": Text("efter opgørelsesdagen", "after the reporting day"),
}
_LATE: Final = Text("efter fristen", "after the deadline")
_CAUGHT_UP: Final = Text("efter fristen, til indhentning", "after the deadline, catching up")


def print_spell(explained: SpellExplained) -> None:
    """Prints what the spell owes and why, its six months, and whether SQL agrees."""
    page = Page()
    _print_head(page, explained)
    if not explained.requirements:
        page.title("Ingen krav | No requirements")
        page.say("Loven stillede ingen krav til målgruppen den dag, forløbet begyndte.")
        page.say("The law asked nothing of the target group on the day the spell began.")
    for number, requirement in enumerate(explained.requirements, start=1):
        _print_requirement(page, number, requirement, explained)
    for rule, version in explained.paused_by:
        page.title(f"Uret står stille | The clock stands still: {both(rule.label)}")
        print_law(page, rule, version, explained.titles)
    for six_months in explained.six_months:
        _print_six_months(page, six_months, explained)
    print_agreement(page, explained.differences)


def _print_head(page: Page, explained: SpellExplained) -> None:
    spell = explained.spell
    page.title(named(explained.place, Text("forløb", "spell"), spell.spell_id))
    group = both(wording.TARGET_GROUPS[spell.target_group])
    page.line(Text("Målgruppe", "Target group"), f"{spell.target_group} {group}")
    page.line("Start", spell.started_on)
    page.line(
        Text("Slut", "End"), spell.ended_on or Text("ingen, det løber", "none, it is running")
    )
    for absence in explained.pausing:
        told = f"{both(wording.ABSENCES[absence.absence_type])}, "
        told += stretch(absence.started_on, absence.ended_on)
        page.line(Text("Fravær", "Absence"), told)
    if spell.citizen is None:
        page.line(Text("Borger", "Citizen"), "ukendt: ingen samtaler | unknown: no meetings")
    print_delivered(page, explained.delivered)
    print_publication(page, explained.publication_id, explained.as_of)


def _print_requirement(
    page: Page, number: int, one: RequirementExplained, explained: SpellExplained
) -> None:
    owed, window = one.owed, one.owed.window
    status = both(wording.REQUIREMENT_STATUSES[owed.status])
    page.title(f"{number}. {status.upper()}: {both(owed.rule.label)} ({owed.rule.rule})")
    sentence = status_sentence(owed, explained.as_of)
    page.say(f"DA  {sentence.da}", 4)
    page.say(f"EN  {sentence.en}", 4)
    actor = both(wording.ACTORS[owed.value.actor])
    page.line(Text("Krav", "Required"), f"{owed.value.required} · {actor}", 4)
    page.line(Text("Vindue", "Window"), stretch(window.starts_on, window.due_on), 4)
    if window.paused or (window.starts_on, window.due_on) != (one.nominal_start, one.nominal_end):
        nominal = stretch(one.nominal_start, one.nominal_end)
        page.line(Text("Uden pauser", "Without pauses"), nominal, 4)
    days = ", ".join(stretch(paused.first, paused.last) for paused in one.paused)
    told = f"{len(window.paused)}: {days}" if days else "0"
    page.line(Text("Dage i stå", "Paused days"), told, 4)
    _print_filling(page, owed)
    for left_out in one.left_out:
        page.line(Text("Tæller ikke", "Does not count"), _left_out(left_out), 4)
    page.line(Text("Mangler", "Shortfall"), str(owed.shortfall), 4)
    page.line(Text("Opfyldt den", "Met on"), owed.met_on, 4)
    print_law(page, owed.rule, owed.version, explained.titles)


def _print_filling(page: Page, owed: Owed) -> None:
    """The meetings that count, and of an unmet requirement those that came after the deadline."""
    late = _CAUGHT_UP if owed.status in {"caught_up", "carried"} else _LATE
    if not owed.recognised_count:
        page.line(Text("Tæller", "Counts"), "ingen | none", 4)
    for meeting in owed.filled_by:
        is_late = meeting.day > owed.window.due_on
        if not is_late:
            page.line(Text("Tæller", "Counts"), _meeting(meeting), 4)
        elif owed.status != "met":
            page.line(Text("Senere", "Later"), f"{_meeting(meeting)}: {both(late)}", 4)


def _print_six_months(page: Page, one: SixMonths, explained: SpellExplained) -> None:
    page.title(both(one.rule.label))
    page.line(Text("Seks måneder den", "Six months on"), one.reached_on, 4)
    page.line(Text("Tæller i tilsynet", "In supervision"), _in_supervision(one), 4)
    enough = "ja | yes" if one.has_enough else "nej | no"
    held = f"{len(one.counted_by)} af | of {one.value.meetings}: {enough}"
    page.line(Text("Samtaler inden", "Meetings before"), held, 4)
    for meeting in one.counted_by:
        page.line("", _meeting(meeting), 4)
    month = explained.months.get(one.month)
    if month:
        told = (
            f"{month['with_four']} af | of {month['reached_six_months']} forløb | spells "
            f"({month['share']:.0%})"
        )
        page.line(Text("Kommunens måned", "The month's spells"), told, 4)
    print_law(page, one.rule, one.version, explained.titles)


def _in_supervision(one: SixMonths) -> str:
    month = f"{one.month:%m-%Y}"
    if not one.is_running:
        return "nej, det var sluttet | no, it had ended"
    if not one.is_month_over:
        return f"nej, {month} er ikke omme | no, {month} is not over"
    return f"ja, i | yes, in {month}"


def status_sentence(owed: Owed, as_of: date) -> Text:
    """Why the requirement stands as it does on the reporting day."""
    due, required = written_day(owed.window.due_on), owed.value.required
    count, missing = owed.recognised_count, owed.shortfall
    met = written_day(owed.met_on) if owed.met_on else ""
    ended = written_day(owed.spell.ended_on) if owed.spell.ended_on else ""
    if owed.status == "lapsed" and not (
        owed.spell.ended_on and owed.spell.ended_on < owed.window.due_on
    ):
        return Text(
            f"Kravet skulle indhentes efter {due}, men forløbet sluttede {ended}.",
            f"It was to be caught up after {due}, but the spell ended on {ended}.",
        )
    return {
        "met": Text(
            f"Samtale nummer {required} blev holdt {met}, inden fristen {due}.",
            f"Meeting number {required} was held on {met}, by the deadline of {due}.",
        ),
        "lapsed": Text(
            f"Forløbet sluttede {ended}, før fristen {due}.",
            f"The spell ended on {ended}, before the deadline of {due}.",
        ),
        "open": Text(
            f"Fristen er {due}, og der er opgjort pr. {written_day(as_of)}.",
            f"The deadline is {due}, and the reporting day is {written_day(as_of)}.",
        ),
        "caught_up": Text(
            f"Fristen {due} blev ikke nået, men samtalerne skulle indhentes og var det {met}.",
            f"The deadline of {due} was missed, but was to be caught up, and was on {met}.",
        ),
        "carried": Text(
            f"Fristen {due} blev ikke nået; der skal stadig indhentes {missing}.",
            f"The deadline of {due} was missed; {missing} are still to be caught up.",
        ),
        "missed": Text(
            f"Inden fristen {due} var der {count} af {required}; der mangler {missing}.",
            f"By the deadline of {due} there were {count} of {required}; {missing} are missing.",
        ),
    }[owed.status]


def _meeting(meeting: Meeting) -> str:
    mode = both(wording.MODES[meeting.mode])
    return f"{meeting.meeting_id}, {written_day(meeting.day)}, {mode}"


def _left_out(left_out: LeftOut) -> str:
    meeting = left_out.meeting
    if left_out.why == "not_held":
        why = both(wording.STATUSES[meeting.status])
    elif left_out.why == "not_recognised":
        why = ", ".join(both(wording.REASONS[reason]) for reason in left_out.reasons)
    else:
        why = both(_LEFT_OUT[left_out.why])
    return f"{_meeting(meeting)}: {why}"
