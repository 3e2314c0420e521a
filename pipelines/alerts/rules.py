"""The alert rules of rules.yaml: their lines, their owners, and the words of their alerts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Final, Literal

import yaml

from pipelines.contracts.model import Text


@dataclass(frozen=True, slots=True)
class AlertRule:
    """One rule; its question is `sql/alerts/<rule>.sql`, which takes `parameters` by name.

    `blocked_night` has no question: it is raised where there is no publication to ask.
    """

    rule: str
    label: Text
    owner: Literal["municipality", "system", "default"]
    unit: Literal["share", "count"]
    worse: Literal["higher", "lower", "never"]
    message: Text  # with the names in braces that words.py fills in
    fix_da: str
    worse_by: float = 0.0
    parameters: Mapping[str, float] = field(default_factory=dict)

    def is_worse(self, value: float | None, reference: float | None) -> bool:
        """Whether a value is so much worse than the one last told that it must be told again."""
        if self.worse == "never" or value is None or reference is None:
            return False
        moved = value - reference if self.worse == "higher" else reference - value
        return moved >= self.worse_by


BLOCKED: Final = "blocked_night"


@cache
def alert_rules() -> Mapping[str, AlertRule]:
    """Every rule by name, in the order of the file."""
    text = files("pipelines.alerts").joinpath("rules.yaml").read_text("utf-8")
    return {rule.rule: rule for rule in map(_rule, yaml.safe_load(text))}


def rule_names() -> dict[str, str]:
    """What each rule is called in Danish."""
    return {name: rule.label.da for name, rule in alert_rules().items()}


def _rule(written: Mapping[str, object]) -> AlertRule:
    texts = {name: Text(**written[name]) for name in ("label", "message")}  # type: ignore[arg-type]
    return AlertRule(**{**written, **texts})  # type: ignore[arg-type]
