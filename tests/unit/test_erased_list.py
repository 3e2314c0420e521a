"""The list of erased citizens: read back as written, mended by hand, and refused where damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.deliveries.erased import bury, load_erased
from pipelines.deliveries.pseudonyms import KeyProblemError
from pipelines.settings import Home

KEY = b"a key of the tests, long enough!"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path, tmp_path / "landing")
    made.state.mkdir()
    assert [bury(made, KEY, who) for who in ("one", "two", "one")] == [1, 2, 1]
    return made


def test_the_list_is_read_back_in_order(home: Home):
    stones = load_erased(home, KEY)
    assert len(stones) == len(set(stones)) == 2


def test_a_line_put_out_by_hand_leaves_the_others_their_numbers(home: Home):
    first, *rest = home.erased.read_text().splitlines()
    home.erased.write_text("\n".join((first, "-", *rest[1:], "")))
    stones = load_erased(home, KEY)
    assert len(stones) == 2
    assert bury(home, KEY, "two") == 2
    assert bury(home, KEY, "one") == 3
    assert load_erased(home, KEY)[:2] == stones


@pytest.mark.parametrize("place", range(0, 200, 7))
def test_a_bit_that_turned_stops_the_reading(home: Home, place: int):
    """Else a citizen who was erased would be read again, unseen."""
    written = bytearray(home.erased.read_bytes())
    written[place] ^= 1 << place % 7
    home.erased.write_bytes(written)
    with pytest.raises(KeyProblemError, match="slettede borgere"):
        load_erased(home, KEY)


def test_a_list_without_its_first_line_is_refused(home: Home):
    home.erased.write_text("")
    with pytest.raises(KeyProblemError, match="slettede borgere"):
        load_erased(home, KEY)
