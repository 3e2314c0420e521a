"""The attacks on the audit: the list is what it says, and none of it gets through."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from proof.attacks.arena import Arena, arena
from proof.attacks.copies import objects_that_act
from proof.attacks.listed import Attack, attacks
from proof.attacks.session import documented_opening
from proof.attacks.trying import CONTROL, TARGETS, attempt

AIMS = ("reads", "writes", "attaches", "reaches out", "settings", "time", "memory")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Arena]:
    folder = tmp_path_factory.mktemp("attacks")
    with duckdb.connect(str(folder / "samtaler.duckdb")) as made:
        for name in ("meetings", "counts"):
            made.execute(f"create table {name} as select 1 as held, 'M1' as meeting_id")
    with arena(folder / "arena", folder / "samtaler.duckdb") as laid:
        yield laid


def named(name: str) -> Attack:
    return next(attack for attack in attacks() if attack.name == name)


def test_the_list_is_long_and_each_attack_has_an_aim_and_a_name():
    listed = attacks()
    assert len(listed) >= 100
    assert {attack.aim for attack in listed} == set(AIMS)
    assert len({(attack.aim, attack.name) for attack in listed}) == len(listed)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", ["text file", "csv by address", "unlock", "delete"])
def test_an_attack_of_each_kind_is_refused(name: str, target: str, place: Arena):
    before = place.fingerprint()
    outcome = attempt(named(name), target, place)
    assert (outcome.through, outcome.ended) == ((), "refused")
    assert place.fingerprint() == before


@pytest.mark.slow
@pytest.mark.parametrize("target", TARGETS)
def test_no_attack_gets_through(target: str, place: Arena):
    """One in four of those that end at once; `make attacks` tries them all."""
    quick = [attack for attack in attacks() if attack.aim not in {"time", "memory"}][::4]
    assert len(quick) > len(AIMS)
    outcomes = [attempt(attack, target, place) for attack in quick]
    assert [outcome for outcome in outcomes if outcome.through] == []


def test_the_canaries_see_what_gets_through_without_protection(place: Arena, tmp_path: Path):
    with arena(tmp_path / "arena", place.publication) as bare:
        assert attempt(named("text file"), CONTROL, bare).through == ("secret told",)
        assert "file written" in attempt(named("a new database"), CONTROL, bare).through
        assert "setting changed" in attempt(named("memory"), CONTROL, bare).through
        assert "too long" in attempt(named("sleep"), CONTROL, bare, 2).through


def test_a_copy_brings_along_nothing_that_acts(place: Arena):
    assert set(objects_that_act(place.publication).values()) == {0}
    assert "lock_configuration" in documented_opening()
