"""How the report writes numbers, days and months in Danish and in English."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final, Literal, get_args

from pipelines import wording
from pipelines.contracts.model import Text

Language = Literal["da", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)

DASH: Final = "\N{EN DASH}"
HARD_SPACE: Final = "\N{NO-BREAK SPACE}"
MINUS: Final = "\N{MINUS SIGN}"

# The signs of numbers and the names of months and days, for the axes of charts (d3).
NUMBER_LOCALES: Final[dict[Language, dict[str, Any]]] = {
    "da": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " kr."]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["DKK ", ""]},
}
_MONTHS: Final = [wording.month_of(date(2000, month, 1)) for month in range(1, 13)]
_WEEKDAYS: Final = {
    "da": ["søndag", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag"],
    "en": ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
}


def say(text: Text, language: Language) -> str:
    """The sentence in that language."""
    return text.da if language == "da" else text.en


def capital(words: str) -> str:
    """The words as the beginning of a sentence or a row."""
    return words[:1].upper() + words[1:]


def number(value: float, language: Language, decimals: int = 0) -> str:
    """1.234,5 in Danish, 1,234.5 in English; a minus sign where it is negative."""
    english = f"{value:,.{decimals}f}".replace("-", MINUS)
    return english if language == "en" else english.translate(str.maketrans(",.", ".,"))


def signed(value: float, language: Language, decimals: int = 0) -> str:
    """A change with its sign: +1.234."""
    return ("+" if value > 0 else "") + number(value, language, decimals)


def percent(share: float, language: Language, decimals: int = 1) -> str:
    """A share from 0 to 1: 76,9 % in Danish, 76.9% in English."""
    return number(100 * share, language, decimals) + (f"{HARD_SPACE}%" if language == "da" else "%")


def day(value: date, language: Language) -> str:
    """31-12-2026 in Danish, 2026-12-31 in English; a moment with its hour and minute."""
    if isinstance(value, datetime):
        return f"{value:%d-%m-%Y kl. %H:%M}" if language == "da" else f"{value:%Y-%m-%d %H:%M}"
    return f"{value:%d-%m-%Y}" if language == "da" else f"{value:%Y-%m-%d}"


def month(value: date, language: Language) -> str:
    """The month of a day in words: september 2026."""
    return say(wording.month_of(value), language)


def short_month(value: date, language: Language) -> str:
    """The month of a day where there is little room: sep 2026."""
    name, year = month(value, language).split()
    return f"{name[:3]} {year}"


def months(first: date, last: date, language: Language) -> str:
    """A row of months: october 2025 to september 2026, with a dash."""
    if (first.year, first.month) == (last.year, last.month):
        return month(first, language)
    return f"{month(first, language)} {DASH} {month(last, language)}"


def quarter(value: date, language: Language) -> str:
    """The quarter of a day: 3. kvartal 2026."""
    number_ = (value.month + 2) // 3
    return f"{number_}. kvartal {value.year}" if language == "da" else f"Q{number_} {value.year}"


def week(value: date, language: Language) -> str:
    """The ISO week of a day: uge 12, 2020."""
    year, number_, _ = value.isocalendar()
    return f"uge {number_}, {year}" if language == "da" else f"week {number_}, {year}"


def listed(words: Sequence[str], language: Language) -> str:
    """Words in a row: a, b og c."""
    if len(words) < 2:  # noqa: PLR2004 - one word needs no "and"
        return "".join(words)
    return ", ".join(words[:-1]) + (" og " if language == "da" else " and ") + words[-1]


def time_locale(language: Language) -> dict[str, Any]:
    """Names of months and days for the axes of charts (d3-time-format)."""
    names = [say(text, language).split()[0] for text in _MONTHS]
    return {
        "dateTime": "%d-%m-%Y %H:%M",
        "date": "%d-%m-%Y" if language == "da" else "%Y-%m-%d",
        "time": "%H:%M",
        "periods": ["AM", "PM"],
        "days": _WEEKDAYS[language],
        "shortDays": [name[:3] for name in _WEEKDAYS[language]],
        "months": names,
        "shortMonths": [name[:3] for name in names],
    }
