"""CPR numbers end here: each becomes a keyed pseudonym, and texts that hold one lose it."""

from __future__ import annotations

import hmac
import os
import re
import secrets
from collections.abc import Sequence
from typing import Final

import polars as pl
from stdnum.dk import cpr as cpr_number
from stdnum.exceptions import ValidationError

from pipelines.deliveries.distinct import distinct
from pipelines.deliveries.words import map_distinct
from pipelines.settings import Home, given_key

UNKNOWN_CITIZEN: Final = "0000000000"
ERASED: Final = "erased"  # in place of the citizen key of one who is erased (docs/erasure.md)
LEAST_KEY_BYTES: Final = 32
_KEY_CHARACTERS: Final = 32  # 128 of the 256 bits, in hexadecimal
_REMEMBERED: Final = 2_000_000  # citizens kept in memory before starting over
# Two, two, two and four digits, however they are set apart: blanks, hyphens and dashes, and more.
_APART: Final = r"[\s._/\u2010-\u2015-]"
_CPR_SHAPE: Final = rf"\d{{2}}{_APART}?\d{{2}}{_APART}?\d{{2}}{_APART}{{0,3}}\d{{4}}"
# A number that lost its leading zero looks like any number: nine digits are told by their row only.
_NINE_DIGITS: Final = r"(?:^|\D)[1-9](?:0[1-9]|1[0-2])\d{6}(?:\D|$)"
_TEN_DIGITS: Final = re.compile(r"[0-9]{10}")
_DAY_OF_ANY_MONTH: Final = re.compile("(?:0[1-9]|1[0-9]|2[0-8])(?:0[1-9]|1[0-2])")
# Sixteen hexadecimal digits can hold ten that look like a CPR number; letters cannot.
_IN_LETTERS: Final = str.maketrans("0123456789", "ghijklmnop")
_NINE_ALONE: Final = re.compile(r"(?<!\d)[1-9]\d{8}(?!\d)", re.ASCII)
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
    identity = key_identity(key)
    if mark.exists() and mark.read_text() != identity:
        raise KeyProblemError(
            "Nøglen er en anden end den, lageret er skrevet med. Brug den gamle nøgle, "
            "eller byg lageret op på ny fra leverancerne."
        )
    if not mark.exists():
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.write_text(identity)
    return key, made


def key_identity(key: bytes) -> str:
    """What tells one key from another and nothing of the key."""
    return hmac.digest(key, b"samtaleregnskab", "sha256").hex()


def tombstone(key: bytes, pseudonym: str) -> str:
    """What is kept of an erased citizen, so that no file brings him back: of no use without key."""
    return hmac.digest(key, f"erased|{pseudonym}".encode(), "sha256").hex()


class Pseudonyms:
    """Turns CPR numbers into citizen keys with one secret; remembers those it has seen.

    `erased` are the tombstones of citizens who are erased, oldest first.
    """

    def __init__(self, key: bytes, erased: Sequence[str] = ()) -> None:
        self._key = key
        self._erased = {stone: number for number, stone in enumerate(erased, start=1)}
        self._seen: dict[str, str | None] = {}

    def citizens(self, cpr: pl.Series) -> pl.Series:
        """The citizen key of each number; "" for the unknown citizen, null for an invalid one.

        For a citizen who is erased it is the word ERASED.

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
        if not is_cpr(number):
            return None
        pseudonym = self.pseudonym(number)
        return ERASED if self._erased_as(pseudonym) else pseudonym

    def _erased_as(self, pseudonym: str) -> int | None:
        """The number of an erased citizen; None for others."""
        return self._erased.get(tombstone(self._key, pseudonym)) if self._erased else None

    def pseudonym(self, number: str) -> str:
        """The citizen key of ten digits, whether he is erased or not."""
        return hmac.digest(self._key, number.encode(), "sha256").hex()[:_KEY_CHARACTERS]

    def hide(self, text: str) -> str:
        """The text with every CPR number in it replaced by a keyed mark, the same each time."""

        def mark(found: re.Match[str]) -> str:
            number = re.sub(r"\D", "", found.group())
            if not is_cpr(number):
                return found.group()
            pseudonym = self.pseudonym(number)
            erased = self._erased_as(pseudonym)
            return erased_mark(erased) if erased else mark_of(pseudonym)

        return _CPR_IN_TEXT.sub(mark, text)

    def hide_in_words(self, text: str) -> str:
        """`hide`, and also of nine digits that lost their zero: for texts that are no id."""
        hidden = self.hide(text)
        return _NINE_ALONE.sub(self._mark_nine, hidden)

    def _mark_nine(self, found: re.Match[str]) -> str:
        return self.hide(f"0{found.group()}") if is_cpr(f"0{found.group()}") else found.group()

    def hide_all(self, texts: pl.Series) -> pl.Series:
        """`hide` for a whole column; texts that cannot hold a CPR number are left as they are."""
        suspects = texts.str.contains(_CPR_SHAPE).fill_null(value=False)
        if not suspects.any():
            return texts
        hidden = map_distinct(texts.set(~suspects, None), self.hide)
        return texts.zip_with(~suspects, hidden)

    def hide_own(self, texts: pl.Series, cpr: pl.Series) -> pl.Series:
        """`hide_all`, and the row's own number where a text holds it without its leading zero."""
        hidden = self.hide_all(texts)
        suspects = hidden.str.contains(_NINE_DIGITS).fill_null(value=False)
        if not suspects.any():
            return hidden
        digits = cpr.filter(suspects).str.replace_all(r"[\s-]", "").str.zfill(10)
        pairs = zip(hidden.filter(suspects), digits, strict=True)
        own = pl.Series([self._hide_nine(text, number or "") for text, number in pairs])
        return hidden.scatter(suspects.arg_true(), own)

    def _hide_nine(self, text: str, number: str) -> str:
        if not number.startswith("0") or not is_cpr(number):
            return text
        return re.sub(rf"(?<!\d){number[1:]}(?!\d)", self.hide(number), text)


def mark_of(pseudonym: str) -> str:
    """What stands in texts where the citizen's CPR number stood."""
    return f"cpr-{pseudonym[:16].translate(_IN_LETTERS)}"


def erased_mark(number: int) -> str:
    """What stands there once the citizen is erased; each has a number, so names stay apart."""
    return f"cpr-slettet-{number}"


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
