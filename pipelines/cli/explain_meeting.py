"""The page of one meeting."""

from __future__ import annotations

from typing import Final

from pipelines import wording
from pipelines.cli.explain_page import (
    Page,
    named,
    print_agreement,
    print_delivered,
    print_law,
    print_publication,
)
from pipelines.contracts.model import Text
from pipelines.explain.meeting import MeetingExplained, Trial
from pipelines.explain.used import Used
from pipelines.law.facts import Judgement
from pipelines.law.model import LEGAL_ORDER
from pipelines.wording import both, written_day

_RECOGNISED: Final = {
    True: Text("medregnet", "recognised"),
    False: Text("ikke medregnet", "not recognised"),
}


def print_meeting(explained: MeetingExplained) -> None:
    """Prints what the meeting is, what each regime and rule says of it, and whether SQL agrees."""
    page = Page()
    _print_head(page, explained)
    if explained.judgement is None:
        page.title("Samtalen er ikke afholdt | The meeting was not held")
        status = wording.STATUSES[explained.record.meeting.status]
        page.say(f"Den er {status.da}; ingen regel prøves, og den tæller ikke.")
        page.say(f"It is {status.en}; no rule is tried, and it does not count.")
    else:
        _print_regimes(page, explained.judgement)
        for number, trial in enumerate(explained.trials, start=1):
            _print_trial(page, number, trial, explained)
    print_agreement(page, explained.differences)


def _print_head(page: Page, explained: MeetingExplained) -> None:
    meeting, counted = explained.record.meeting, explained.record.counted
    page.title(named(explained.place, Text("samtale", "meeting"), meeting.meeting_id))
    page.line(Text("Tidspunkt", "When"), meeting.started_at)
    name = wording.MEETING_TYPES.get(meeting.meeting_type, "")
    page.line("Type", f"{meeting.meeting_type} {name}".rstrip())
    evidence = wording.EVIDENCES[counted["mode_evidence"]]
    page.line(Text("Form", "Mode"), f"{both(wording.MODES[meeting.mode])} ({both(evidence)})")
    if counted["mode_conflict"]:
        page.line("", "form og bemærkning siger hver sit | form and remark differ")
    page.line("Status", wording.STATUSES[meeting.status])
    page.line(Text("Aktør", "Actor"), wording.ACTORS[meeting.actor])
    page.line(Text("Registreret", "Registered"), meeting.registered_at)
    page.line(Text("Indkaldt", "Summoned"), meeting.summoned_on)
    page.line(Text("Forløb", "Spell"), _spell(explained))
    print_delivered(page, explained.delivered)
    print_publication(page, explained.publication_id, explained.as_of)


def _spell(explained: MeetingExplained) -> str:
    spell = explained.spell
    if spell is None:
        why = "borgeren er ukendt | the citizen is unknown"
        return "intet | none" + (f" ({why})" if explained.record.meeting.citizen is None else "")
    group = wording.TARGET_GROUPS[spell.target_group]
    return (
        f"{spell.spell_id}, {spell.target_group} {both(group)}, "
        f"fra | from {written_day(spell.started_on)}"
    )


def _print_regimes(page: Page, judgement: Judgement) -> None:
    page.title("Medregnet? | Recognised?")
    for regime in LEGAL_ORDER:
        verdict = judgement.verdicts[regime]
        why = f": {both(wording.REASONS[verdict.reason])}" if verdict.reason else ""
        page.line(wording.REGIMES[regime], both(_RECOGNISED[verdict.recognised]) + why)
    page.line(Text("Afgjort af", "Decided by"), judgement.rule_version)


def _print_trial(page: Page, number: int, trial: Trial, explained: MeetingExplained) -> None:
    finding = trial.finding
    outcome = both(wording.OUTCOMES[finding.outcome])
    page.title(f"{number}. {outcome.upper()}: {both(trial.rule.label)}")
    regimes = ", ".join(both(wording.REGIMES[regime]) for regime in trial.regimes)
    page.line(Text("Regelsæt", "Regime"), regimes, 4)
    if finding.outcome == "not_met":
        page.line(Text("Grund", "Reason"), wording.REASONS[finding.reason], 4)
    for used in trial.used:
        page.line(wording.ROLES[used.role], _used(used), 4)
    if finding.version is None:
        page.say("Reglen går efter forløbets start, og samtalen har intet forløb.", 4)
        page.say("The rule goes by the start of the spell, and the meeting has no spell.", 4)
        return
    print_law(page, trial.rule, finding.version, explained.titles)


def _used(used: Used) -> str | None:
    day = None if used.day is None else written_day(used.day)
    if used.meeting is None:
        return day
    mode = both(wording.MODES[used.meeting.mode])
    if used.role == "duplicate_of":
        day = f"registreret | registered {day}" if day else "uden registrering | not registered"
    return f"{used.meeting.meeting_id}, {mode}, {day}"
