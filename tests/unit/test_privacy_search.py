"""The search that proves privacy finds what is planted, and finds nothing by itself."""

from __future__ import annotations

from pathlib import Path

from proof.privacy.control import missed
from proof.privacy.plant import deliveries, invent, writings
from proof.privacy.search import Needles, search


def test_it_finds_a_number_in_every_kind_of_artefact_and_way_of_writing(tmp_path: Path) -> None:
    planted, misses = missed(tmp_path, "0102901234")
    assert set(planted.values()) == {len(writings("0102901234"))}
    assert len(planted) > 10
    assert misses == 0


def test_it_finds_no_number_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("0101901234 101901234 20240101 1234567890.5")
    assert search(tmp_path, Needles.of(["0202901234"])).hits == {}
    assert search(tmp_path, Needles.of(["0101901234"])).hits == {"log": {"0101901234", "101901234"}}
    assert search(tmp_path, Needles.of(["0101901234"]), [tmp_path / "log"]).hits == {}


def test_every_number_is_planted(tmp_path: Path) -> None:
    numbers = invent(100)
    assert len(set(numbers)) == 100
    for file in deliveries(numbers):
        place = tmp_path / file.code / file.name.replace("/", "_")
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(file.content)
    found = set().union(*search(tmp_path, Needles.of(numbers)).hits.values())
    assert set(numbers) <= found | {f"0{number}" for number in found}
