"""What a clerk is told when the machine fails, by the words the libraries use for it."""

from __future__ import annotations

import pytest

from pipelines.faults import machine_sentence


@pytest.mark.parametrize(
    ("kind", "message", "says"),
    [
        ("PanicException", "OS can't spawn worker thread: Resource temporarily", "hukommelse"),
        ("PanicException", "could not spawn threads: ThreadPoolBuildError", "hukommelse"),
        ("RuntimeError", "can't start new thread", "hukommelse"),
        ("OSError", "[Errno 12] Cannot allocate memory", "hukommelse"),
        ("MemoryError", "", "hukommelse"),
        ("OutOfMemoryException", "Out of Memory Error: failed to pin block", "hukommelse"),
        ("ComputeError", "parquet: Invalid thrift: transport error", "Disken er fuld"),
        ("IOException", "Could not write file: No space left on device", "Disken er fuld"),
    ],
)
def test_the_machine_s_trouble_is_named(kind: str, message: str, says: str):
    assert says in (machine_sentence(kind, message) or "")


def test_a_defect_of_ours_is_not_called_the_machine_s():
    assert machine_sentence("ValueError", "cannot parse") is None
