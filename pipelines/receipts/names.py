"""How a letter's file is named: readable, safe in every file system, and its own."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from hashlib import sha256
from typing import Final

_LONGEST: Final = 60
_DANISH: Final = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


def slug(name: str) -> str:
    """A file's name in the letters a-z, digits and hyphens; "fil" where nothing is left."""
    plain = unicodedata.normalize("NFKC", name).casefold().translate(_DANISH)
    letters = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:_LONGEST].strip("-") or "fil"


def stem(delivered_on: date, file: str) -> str:
    """The name of a delivery's letter without its ending; two files never share one."""
    told_apart = sha256(f"{delivered_on}/{file}".encode()).hexdigest()[:8]
    return f"{delivered_on}-{slug(file)}-{told_apart}"
