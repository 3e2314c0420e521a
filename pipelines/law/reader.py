"""Where in the law something stands, and its errors in English, for those who keep it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from pipelines import checked_yaml
from pipelines.checked_yaml import Words
from pipelines.law.errors import LawError


@dataclass(frozen=True, slots=True)
class Place(checked_yaml.Place):
    """Where in the law something stands: the file, then rule, version and key as far as known."""

    words: ClassVar[Words] = {
        "keys": ("should be keys with values, not {raw!r}", "Write key: value lines"),
        "unknown": ("unknown key {key}", "Use only {known}"),
        "missing": ("{key} is missing", "Add {key}"),
        "refused": ("{problem}", "Mend the value"),
        "code": ("{raw!r} is not known", "Write one of {known}"),
        "list": ("should be a list, not {raw!r}", "Write it in [ ]"),
        "twice": ("names something twice", "Name it once"),
        "text": ("should be of type {name}, not {raw!r}", "Write it in quotes"),
        "type": ("should be of type {name}, not {raw!r}", "Mend the value"),
        "empty": ("is empty", "Write what it says"),
        "date": ("{raw!r} is not a date", "Write a real day as yyyy-mm-dd"),
        "order": ("{end} lies before {start}", "Swap or mend the dates"),
        "unknown_then": ("no version is known", "Let the knowledge follow without a gap"),
        "late": (
            "begins after {first}",
            "Let every stretch of knowledge begin on the same day",
        ),
        "overlap": (
            "overlaps the version from {first}",
            "Let that one end the day before {later}",
        ),
        "gap": ("leaves a gap after {last}", "Say with a version of its own what held in between"),
        "ends": (
            "nothing holds after {last}",
            "Leave in_force_through out, or add the version that follows",
        ),
    }

    def error(self, problem: str, remedy: str) -> LawError:
        """The error to raise: where, what is wrong, and what to do."""
        return LawError(f"{', '.join(self.path)}: {problem}. {remedy}.")
