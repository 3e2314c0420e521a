"""One Spark of this machine for the tests that need it."""

from __future__ import annotations

import os
import shutil

import pytest

from pipelines.settings import Counter


@pytest.fixture(scope="session")
def counter() -> Counter:
    """Counting on two cores of this machine; skips where Spark or Java is missing."""
    pytest.importorskip("pyspark", reason="the extra «spark» is not installed (make setup-proof)")
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.skip("Spark needs Java 17 or later")
    return Counter("spark", "local[2]")


@pytest.fixture(scope="session", autouse=True)
def _spark_stays_on_loopback() -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        yield
