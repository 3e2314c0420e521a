"""The rules that raise alerts."""

from __future__ import annotations


def rule_names() -> dict[str, str]:
    """What each rule is called in Danish."""
    return {
        "blocked_night": "Natten blev ikke udgivet",
        "gap_above_history": "Gabet er over kommunens egen historie",
        "law_unverified": "En lovregel er ikke efterprøvet til tiden",
    }
