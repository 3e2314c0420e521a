"""Every reason a meeting is not recognised for tells what would mend it."""

import pytest

from pipelines.contracts.codes import REASONS
from pipelines.mending import KINDS, mending_of


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_tells_what_would_mend_it(reason: str):
    mending = mending_of(reason)
    assert mending.kind in KINDS
    assert mending.ret.endswith(".")
