"""Nothing in the repository tells of one machine or of where packages came from."""

import re
from pathlib import Path

import pytest

from tests.repo.tree import ROOT, tracked_files

# Home folders and mounts of a machine, in either way of writing paths.
MACHINE = re.compile(
    r"(?<![\w.:/<{}])/(?:root|home|Users|work|mnt|opt|private|tmp)/[\w.]"
    r"|\b[A-Za-z]:\\+(?:Users|Brugere)\\"
)
REGISTRY = re.compile(
    r"https?://[^\s\"']*(?:pypi\.|pythonhosted\.|/simple\b|artifactory|nexus|devpi)"
    r"|(?<!no-emit)-(?:extra-)?index-url",
    re.IGNORECASE,
)
REQUIREMENT = re.compile(r"[a-z0-9][a-z0-9._-]*(\[[a-z0-9,._-]+\])?==[\w.+!]+( ; [^\\]+)?")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def text_of(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError:
        return ""  # not a text


@pytest.mark.parametrize("pattern", [MACHINE, REGISTRY], ids=["machine paths", "registries"])
def test_no_file_names_a_machine_or_a_registry(pattern: re.Pattern[str]):
    found = [
        f"{file.relative_to(ROOT)}: {match.group()}"
        for file in tracked_files()
        for match in pattern.finditer(text_of(file))
    ]
    assert found == []


def test_the_patterns_find_what_they_look_for():
    home, drive, option = "/home", "C:", "--index"  # put together here, so as not to be found
    assert MACHINE.search(f"see {home}/anna/samtaler")
    assert MACHINE.search(f"{drive}\\Users\\anna")
    assert not MACHINE.search("https://example.dk/home/side")
    assert REGISTRY.search("https://pypi" + ".org/simple/polars")
    assert REGISTRY.search(f"pip install {option}-url x")
    assert not REGISTRY.search("uv pip compile --no-emit-index-url")


LOCKS = ("requirements.lock", "requirements-proof.lock")


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_only_names_versions_markers_and_hashes(lock: str):
    lines = (ROOT / lock).read_text("utf-8").splitlines()
    entries = [line.strip().removesuffix("\\").strip() for line in lines]
    strange = [
        entry for entry in entries if not (REQUIREMENT.fullmatch(entry) or HASH.fullmatch(entry))
    ]
    assert strange == []
    requirements = sum(bool(REQUIREMENT.fullmatch(entry)) for entry in entries)
    assert 0 < requirements < len(entries)


def test_the_second_lock_only_adds_to_the_first():
    first, second = (
        {line.partition("==")[0] for line in (ROOT / lock).read_text("utf-8").splitlines()}
        for lock in LOCKS
    )
    named = {name for name in first & second if not name.lstrip().startswith("--hash")}
    assert named == set()


def test_nothing_generated_is_tracked():
    generated = {".duckdb", ".parquet", ".pyc", ".log"}
    assert [file.name for file in tracked_files() if file.suffix in generated] == []
