"""One mode from a form field and a remark."""

from typing import Literal, NamedTuple, TypeAlias

from pipelines.modes.forms import FormReading
from pipelines.modes.vocabulary import Mode

ModeEvidence: TypeAlias = Literal["code", "word", "remark", "none"]


class ModeDecision(NamedTuple):
    """The mode of a meeting, what decided it, and whether form and remark disagree."""

    mode: Mode
    evidence: ModeEvidence
    conflict: bool


def decide_mode(form_reading: FormReading, remark_mode: Mode | None) -> ModeDecision:
    """The mode of a meeting: the form's where it names one, else the remark's where it may decide.

    `remark_mode` is the mode the remark names, None where it names none.
    """
    if form_reading.mode != "unknown":
        conflict = remark_mode is not None and remark_mode != form_reading.mode
        return ModeDecision(form_reading.mode, form_reading.evidence, conflict)
    if remark_mode is not None and form_reading.remark_may_decide:
        return ModeDecision(remark_mode, "remark", conflict=False)
    return ModeDecision("unknown", "none", conflict=False)
