"""The checkout as the tests of the repository see it."""

import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = ("pipelines", "assets", "checks")


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file git tracks that still stands; skips the test where this is no checkout."""
    try:
        listed = subprocess.run(
            ["git", "-c", "safe.directory=*", "ls-files", "-z"],
            cwd=ROOT,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        pytest.skip("git is not installed")
    if listed.returncode:
        pytest.skip("not a git checkout")
    names = listed.stdout.decode().split("\0")
    return tuple(ROOT / name for name in names if name and (ROOT / name).is_file())


def code_files() -> list[Path]:
    """Every Python file of the product, without tests and benchmarks."""
    return [file for folder in CODE for file in sorted((ROOT / folder).rglob("*.py"))]


def sql_files() -> list[Path]:
    """Every SELECT of sql/."""
    return sorted((ROOT / "sql").rglob("*.sql"))


def pages() -> list[Path]:
    """Every Markdown page a reader may meet."""
    return [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
