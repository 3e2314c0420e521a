"""What the campaign damages is damaged: zeros where there were zeros would prove nothing."""

import random

import pytest

from proof.faults.damage import WAYS, damaged

WHOLE = bytes(40_960) + b"DUCK" + bytes(40_960)


@pytest.mark.parametrize("way", WAYS)
def test_every_damage_changes_the_file(way: str) -> None:
    for seed in range(50):
        assert damaged(WHOLE, way, random.Random(seed)) != WHOLE
