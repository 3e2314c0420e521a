"""JSON read value by value, so that no file is ever held whole."""

from __future__ import annotations

import codecs
import json
import math
import re
from collections import Counter
from collections.abc import Iterable

from pipelines.deliveries import limits
from pipelines.deliveries.named_rows import Row

_BLANK = re.compile(r"[ \t\r\n]*")


class BrokenJsonError(ValueError):
    """Text that is not JSON, or a value too large to be a row."""


class Window:
    """JSON text seen through a window that holds little more than one value."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        self._texts = codecs.iterdecode(blocks, "utf-8")
        self._text = ""
        self._at = 0

    def peek(self) -> str:
        """The next character that is not blank; empty at the end."""
        while True:
            blank = _BLANK.match(self._text, self._at)
            self._at = blank.end() if blank else self._at
            if self._at < len(self._text) or not self._draw():
                return self._text[self._at : self._at + 1]

    def take(self, mark: str) -> bool:
        """Step over `mark` where it comes next."""
        found = self.peek() == mark
        self._at += found
        return found

    def end(self) -> None:
        """Nothing more comes. Raises BrokenJsonError."""
        if self.peek():
            raise BrokenJsonError

    def value(self) -> object:
        """The next value, objects as Row. Raises BrokenJsonError, and is then where it was."""
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except ValueError:
                if len(self._text) - self._at > limits.MAX_LINE or not self._draw():
                    raise BrokenJsonError from None
                continue
            if end < len(self._text) or not self._draw():  # at the end a number may go on
                self._at = end
                return value

    def _draw(self) -> bool:
        text = next(self._texts, None)
        if text is None:
            return False
        self._text = self._text[self._at :] + text
        self._at = 0
        return True


def parse_value(text: str) -> object:
    """The one value in a text, objects as Row. Raises BrokenJsonError."""
    try:
        return _DECODER.decode(text)
    except ValueError:
        raise BrokenJsonError from None


def _row(pairs: list[tuple[str, object]]) -> Row:
    row = Row(pairs)
    if len(row) < len(pairs):
        times = Counter(name for name, _ in pairs)
        row.repeated = tuple(name for name in row if times[name] > 1)
    return row


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise BrokenJsonError
    return number


def _refuse(_constant: str) -> float:
    raise BrokenJsonError


_DECODER = json.JSONDecoder(
    object_pairs_hook=_row, parse_float=_finite, parse_constant=_refuse, strict=False
)
