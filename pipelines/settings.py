"""Where things lie, and the only reader of environment variables."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

DEFAULT_HOME = Path("data")


@dataclass(frozen=True, slots=True)
class Home:
    """The home folder of an installation (interface.md section 1)."""

    root: Path
    landing: Path

    @property
    def lake(self) -> Path:
        """Parquet slices, one folder a table."""
        return self.root / "lake"

    @property
    def published(self) -> Path:
        """The current publication and its vintages."""
        return self.root / "published"

    @property
    def publication(self) -> Path:
        """The file auditors open."""
        return self.published / "samtaler.duckdb"

    @property
    def ledger(self) -> Path:
        """One line for every publication ever made."""
        return self.published / "ledger.jsonl"

    @property
    def state(self) -> Path:
        """Dagster's storage, locks, scratch space, and the pseudonym key if none is given."""
        return self.root / "state"


def find_home(home: str | None = None, landing: str | None = None) -> Home:
    """The home folder: the option, else SAMTALER_HOME, else `data/` in the working folder."""
    root = Path(home or os.environ.get("SAMTALER_HOME") or DEFAULT_HOME).absolute()
    return Home(root, Path(landing).absolute() if landing else root / "landing")


def given_key() -> bytes | None:
    """The pseudonym key from SAMTALER_KEY or the file SAMTALER_KEY_FILE names; None without.

    Raises OSError where the named file cannot be read.
    """
    if text := os.environ.get("SAMTALER_KEY"):
        return text.encode()
    if file := os.environ.get("SAMTALER_KEY_FILE"):
        return Path(file).read_bytes().strip()
    return None
