"""A moment of a night belongs to Dagster or to the project, whichever is the inner one."""

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from benchmarks.orchestration import _ROOT, _part_of

DAGSTER = "/env/lib/site-packages/dagster/_core/execute.py"
SQLITE = "/usr/lib/python3/sqlite3/dbapi2.py"
IMPORT = "<frozen importlib._bootstrap>"
ASSET = str(_ROOT / "assets" / "counts.py")
NIGHT = str(_ROOT / "pipelines" / "running.py")


def frame_of(*files: str) -> FrameType:
    """The innermost frame of a stack whose functions lie in these files, the outermost first."""
    inner: Callable[[], FrameType] = sys._getframe
    for file in reversed(files):
        names: dict[str, object] = {"inner": inner}
        exec(compile("def outer(): return inner()", file, "exec"), names)  # noqa: S102
        inner = names["outer"]  # type: ignore[assignment]
    return inner()


@pytest.mark.parametrize(
    ("stack", "part"),
    [
        ((NIGHT, DAGSTER, ASSET), "the project"),
        ((NIGHT, DAGSTER, ASSET, SQLITE), "the project"),
        ((NIGHT, DAGSTER), "Dagster at work"),
        ((NIGHT, DAGSTER, SQLITE), "Dagster at work"),
        ((NIGHT, DAGSTER, ASSET, DAGSTER), "Dagster at work"),
        ((NIGHT, IMPORT, DAGSTER), "importing Dagster"),
        ((NIGHT, IMPORT, DAGSTER, IMPORT, SQLITE), "importing Dagster"),
        ((NIGHT, IMPORT, ASSET, DAGSTER), "Dagster at work"),
        ((NIGHT, IMPORT, SQLITE), "the project"),
    ],
)
def test_a_moment_belongs_to_the_inner_one(stack: tuple[str, ...], part: str) -> None:
    assert _part_of(frame_of(*stack)) == part
