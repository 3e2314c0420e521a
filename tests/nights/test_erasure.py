"""A citizen erased: no byte left of him, every figure sound, whatever kills the erasure."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.deliveries.pseudonyms import Pseudonyms, load_key, mark_of
from pipelines.erasing import erase
from pipelines.erasing.erase import erase_citizen
from pipelines.ledger import Ledger
from pipelines.progress import show_nothing
from pipelines.running import run_night
from pipelines.settings import Home
from pipelines.verifying import ledger_problems, verify_publication
from proof.privacy.search import Needles, search
from tests.nights.deliveries import (
    ANNA,
    BO,
    DORTE,
    MEETINGS,
    SPELLS,
    ask,
    deliver,
    leftovers,
    new_home,
    publication_id,
    tables_hash,
)


def test_x(day_after):
    pass
