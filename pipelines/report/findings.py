"""How titles and sentences say a figure, in both languages at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipelines.contracts.model import Text
from pipelines.report import language as written
from pipelines.report.figure import Figure
from pipelines.report.words import STATUSES


def number(value: int) -> Text:
    """A number: 1.234 and 1,234."""
    return Text(written.number(value, "da"), written.number(value, "en"))


def signed(value: int) -> Text:
    """A change with its sign: +1.234 and +1,234."""
    return Text(written.signed(value, "da"), written.signed(value, "en"))


def told(figure: Figure) -> Text:
    """The figure's number, or the word for why there is none."""
    return STATUSES[figure.status] if figure.value is None else number(figure.value)


def percent(share: float, decimals: int = 0) -> Text:
    """A share from 0 to 1: 77 % and 77%."""
    return Text(written.percent(share, "da", decimals), written.percent(share, "en", decimals))


def month(day: date) -> Text:
    """A month in words."""
    return Text(written.month(day, "da"), written.month(day, "en"))


def quarter(day: date) -> Text:
    """A quarter in words."""
    return Text(written.quarter(day, "da"), written.quarter(day, "en"))


def day(value: date) -> Text:
    """A day: 31-12-2026 and 2026-12-31."""
    return Text(written.day(value, "da"), written.day(value, "en"))


def capital(text: Text) -> Text:
    """The words as the beginning of a sentence or a heading."""
    return Text(written.capital(text.da), written.capital(text.en))


def period(months: Sequence[date]) -> Text:
    """The months a sum covers, from the first to the last."""
    first, last = months[0], months[-1]
    return Text(written.months(first, last, "da"), written.months(first, last, "en"))


def sentence(da: str, en: str, **parts: Text) -> Text:
    """Two sentences with their parts put in: `{held} samtaler`, `{held} meetings`."""
    return Text(
        da.format(**{name: text.da for name, text in parts.items()}),
        en.format(**{name: text.en for name, text in parts.items()}),
    )
