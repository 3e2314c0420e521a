"""CPR numbers end here: each becomes a keyed pseudonym, and texts that hold one lose it."""

from __future__ import annotations

import hmac
import os
import re
import secrets
from typing import Final

import polars as pl
from stdnum.dk import cpr as cpr_number
from stdnum.exceptions import ValidationError

from pipelines.deliveries.distinct import distinct
from pipelines.deliveries.words import map_distinct
from pipelines.settings import Home, given_key

UNKNOWN_CITIZEN: Final = "0000000000"
LEAST_KEY_BYTES: Final = 32
_KEY_CHARACTERS: Final = 32  # 128 of the 256 bits, in hexadecimal
_REMEMBERED: Final = 2_000_000  # citizens kept in memory before starting over
# Two, two, two and four digits, however they are set apart.
_CPR_SHAPE: Final = r"\d{2}[ .-]?\d{2}[ .-]?\d{2}[ .-]?\d{4}"
_TEN_DIGITS: Final = re.compile(r"[0-9]{10}")
_DAY_OF_ANY_MONTH: Final = re.compile("(?:0[1-9]|1[0-9]|2[0-8])(?:0[1-9]|1[0-2])")
# Sixteen hexadecimal digits can hold ten that look like a CPR number; letters cannot.
_IN_LETTERS: Final = str.maketrans("0123456789", "ghijklmnop")
_CPR_IN_TEXT: Final = re.compile(rf"(?<!\d){_CPR_SHAPE}(?!\d)")


class KeyProblemError(Exception):
    """The pseudonym key is missing, too short or not the one the lake was made with."""


def load_key(home: Home) -> tuple[bytes, bool]:
    """The pseudonym key, and whether it was made just now.

    Raises KeyProblemError where the key is too short, cannot be read, or is another than the one
    the lake was written with: the same citizen would then get two keys.
    """
    try:
        key = given_key()
    except OSError as error:
        raise KeyProblemError("Nøglefilen i SAMTALER_KEY_FILE kan ikke læses.") from error
    stored = home.state / "pseudonym.key"
    mark = home.lake / "key.id"
    made = False
    if key is None and stored.exists():
        key = stored.read_bytes()
    if key is None:
        if mark.exists():
            raise KeyProblemError(
                f"Nøglen mangler: {stored} findes ikke, og SAMTALER_KEY er ikke sat, "
                "men lageret er skrevet med en nøgle. Læg nøglen tilbage."
            )
        key, made = secrets.token_hex(LEAST_KEY_BYTES).encode(), True
        stored.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(stored, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(key)
    if len(key) < LEAST_KEY_BYTES:
        raise KeyProblemError(f"Nøglen er for kort: den skal være mindst {LEAST_KEY_BYTES} byte.")
    identity = hmac.digest(key, b"samtaleregnskab", "sha256").hex()
    if mark.exists() and mark.read_text() != identity:
        raise KeyProblemError(
            "Nøglen er en anden end den, lageret er skrevet med. Brug den gamle nøgle, "
            "eller byg lageret op på ny fra leverancerne."
        )
    if not mark.exists():
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.write_text(identity)
    return key, made


class Pseudonyms:
    """Turns CPR numbers into citizen keys with one secret; remembers those it has seen."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._seen: dict[str, str | None] = {}

    def citizens(self, cpr: pl.Series) -> pl.Series:
        """The citizen key of each number; "" for the unknown citizen, null for an invalid one.

        Blanks and hyphens are forgiven; the date part must be a real date, the century told by
        the seventh digit (CPR-kontoret); modulus 11 is not required.
        """
        occurring = distinct(cpr)
        if len(self._seen) > _REMEMBERED:
            self._seen.clear()
        texts = occurring.texts.to_list()
        unseen = pl.Series(list(set(texts).difference(self._seen)), dtype=pl.String)
        digits = unseen.str.replace_all(r"[\s-]", "")
        self._seen.update(zip(unseen, map(self._citizen, digits), strict=True))
        return occurring.spread(pl.Series([self._seen[text] for text in texts], dtype=pl.String))

    def _citizen(self, number: str) -> str | None:
        if number == UNKNOWN_CITIZEN:
            return ""
        return self._pseudonym(number) if is_cpr(number) else None

    def _pseudonym(self, number: str) -> str:
        return hmac.digest(self._key, number.encode(), "sha256").hex()[:_KEY_CHARACTERS]

    def hide(self, text: str) -> str:
        """The text with every CPR number in it replaced by a keyed mark, the same each time."""

        def mark(found: re.Match[str]) -> str:
            number = re.sub(r"\D", "", found.group())
            if not is_cpr(number):
                return found.group()
            return f"cpr-{self._pseudonym(number)[:16].translate(_IN_LETTERS)}"

        return _CPR_IN_TEXT.sub(mark, text)

    def hide_all(self, texts: pl.Series) -> pl.Series:
        """`hide` for a whole column; texts that cannot hold a CPR number are left as they are."""
        suspects = texts.str.contains(_CPR_SHAPE).fill_null(value=False)
        if not suspects.any():
            return texts
        hidden = map_distinct(texts.set(~suspects, None), self.hide)
        return texts.zip_with(~suspects, hidden)


def is_cpr(number: str) -> bool:
    """Whether ten digits begin with a real date."""
    if not _TEN_DIGITS.fullmatch(number):
        return False
    if _DAY_OF_ANY_MONTH.match(number):
        return True
    try:
        cpr_number.get_birth_date(number)
    except ValidationError:
        return False
    return True
