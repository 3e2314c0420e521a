"""Pseudonyms without the key, and nights with a key that is lost or another."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import duckdb

from pipelines.deliveries.pseudonyms import Pseudonyms
from pipelines.progress import show_nothing
from pipelines.running import run_night
from pipelines.settings import Home


def known_texts(home: Home) -> list[bytes]:
    """What anyone may read and could be mistaken for a key: every id and hash, and usual words."""
    with duckdb.connect(str(home.publication), read_only=True) as connection:
        [row] = connection.execute("select * exclude (as_of, built_at) from publication").fetchall()
        shas = connection.execute("select distinct delivery_id from deliveries").fetchall()
    texts = [*map(str, row), *(str(sha) for (sha,) in shas), (home.lake / "key.id").read_text()]
    texts += ["", "key", "secret", "salt", "cpr", "samtaleregnskab", "samtaler", "erased", "0" * 64]
    whole = [text.encode() for text in texts]
    return whole + [bytes.fromhex(text) for text in texts if len(text) == 64]


def guesses(number: str, texts: Sequence[bytes]) -> Iterator[str]:
    """What someone without the key could try of one number."""
    forms = [number.encode(), f"{number[:6]}-{number[6:]}".encode(), number.lstrip("0").encode()]
    hashes: list[Callable[[bytes], str]] = [
        lambda text, name=name: hashlib.new(name, text).hexdigest()  # type: ignore[misc]
        for name in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "blake2b")
    ]
    for form in forms:
        yield from (guess(form) for guess in hashes)
        for text in texts:
            yield hmac.digest(text, form, "sha256").hex()
            yield hashlib.sha256(text + form).hexdigest()
            yield hashlib.sha256(form + text).hexdigest()


def reproduced(keys: set[str], numbers: Sequence[str], texts: Sequence[bytes]) -> tuple[int, int]:
    """Guesses tried, and citizen keys that one of them begins or ends with."""
    heads, tails = {key[:32] for key in keys}, {key[-32:] for key in keys}
    tried, hit = 0, 0
    for guess in itertools.chain.from_iterable(guesses(number, texts) for number in numbers):
        tried += 1
        hit += guess[:32] in heads or guess[-32:] in tails
    return tried, hit


def with_key(keys: set[str], numbers: Sequence[str], key: bytes) -> int:
    """Citizen keys that the key itself gives: the control."""
    made = Pseudonyms(key)
    return len(keys & {made.pseudonym(number) for number in numbers})


def stopped(home: Home, root: Path) -> dict[str, bool]:
    """By what was done to the key: whether the night stopped, and nothing was read before."""
    key = home.state / "pseudonym.key"
    ways: dict[str, Callable[[Home], None]] = {
        "lost": lambda place: (place.state / key.name).unlink(),
        "another": lambda place: _write(place.state / key.name, b"another key " * 6),
        "too short": lambda place: _write(place.state / key.name, b"short"),
    }
    found = {}
    for number, (what, spoil) in enumerate(ways.items()):
        place = Home(root / f"key{number}", root / f"key{number}" / "landing")
        shutil.copytree(home.root, place.root, symlinks=True)
        (place.landing / "101" / "2024-07-01").mkdir(parents=True)
        (place.landing / "101" / "2024-07-01" / "ny.csv").write_text(
            "cpr;fravaerstype;start;slut\n"
        )
        spoil(place)
        before = _state_of(place)
        outcome = run_night(place, None, show_nothing)
        found[what] = not outcome.published and _state_of(place) == before
    return found


def _write(file: Path, content: bytes) -> None:
    file.chmod(0o600)
    file.write_bytes(content)


def _state_of(place: Home) -> dict[str, str]:
    """The lake and the publications, byte for byte."""
    files = [*place.lake.rglob("*"), *place.published.rglob("*.duckdb")]
    return {
        str(file): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in files
        if file.is_file() and file.name != "key.id"
    }
