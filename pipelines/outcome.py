"""How a night went, read from Dagster's events of its run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, cast

import dagster as dg

from pipelines.faults import machine_sentence

# Failures that explain themselves: their message is shown as it is.
_EXPLAINED: Final = (
    "NothingToCountError",
    "KeyProblemError",
    "AlertMemoryError",
    "HeldBackError",
    "LedgerError",
    "NightRunningError",
    "EngineError",
    "LawError",
    "DiskError",
    "EmptyLandingError",
    "IntakeError",
    "LakeDamagedError",
)
_UNEXPLAINED: Final = "Natten gik galt. Kør «samtaler ui», og se kørslen, hvor den stoppede."


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a night went: published or not, what went wrong, what to know (Danish sentences).

    A night may have published and still have problems: with what is made of the publication.
    """

    published: bool
    blocked: bool = False  # nothing was published, and not because another night is at work
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def outcome_of(events: Sequence[dg.DagsterEvent]) -> Outcome:
    """The outcome of a run that has ended."""
    failed = any(event.is_failure or event.is_step_failure for event in events)
    problems = tuple(dict.fromkeys(_problems(events)))
    published = any(_made(event) == "vintage" for event in events)
    return Outcome(
        published=published,
        blocked=failed and not published and "NightRunningError" not in _errors(events),
        problems=(problems or (_UNEXPLAINED,)) if failed else (),
        notes=tuple(_notes(events)),
    )


def _made(event: dg.DagsterEvent) -> str | None:
    """The asset an event tells the making of."""
    made = event.is_step_materialization and event.asset_key
    return made.to_user_string() if made else None


def _notes(events: Sequence[dg.DagsterEvent]) -> Iterator[str]:
    """What assets noted beside their rows: of the landing folder, the key, messages not sent."""
    for event in events:
        if _made(event):
            materialization = event.step_materialization_data.materialization
            notes = materialization.metadata.get("notes")
            yield from map(str, cast("list[str]", notes.value) if notes else ())


def _problems(events: Sequence[dg.DagsterEvent]) -> Iterator[str]:
    for event in events:
        if event.event_type == dg.DagsterEventType.ASSET_CHECK_EVALUATION:
            check = event.asset_check_evaluation_data
            if not check.passed:
                yield (
                    f"Kontrollen «{check.check_name}» af tabellen "
                    f"{check.asset_key.to_user_string()} bestod ikke, så udgivelsen er holdt "
                    "tilbage."
                )
    for name, message in _errors(events).items():
        if sentence := _explain(name, message):
            yield sentence


def _errors(events: Sequence[dg.DagsterEvent]) -> dict[str, str]:
    """What broke the run, with its causes: message by name of the error's class."""
    errors = {}
    for event in events:
        error = getattr(event.event_specific_data, "error", None)
        while error is not None:
            errors[error.cls_name or ""] = error.message
            error = error.cause
    return errors


def _explain(name: str, message: str) -> str | None:
    if name in _EXPLAINED:
        return message.partition(": ")[2].strip()
    return machine_sentence(name, message)
