"""Where things lie, and the only reader of environment variables."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

DEFAULT_HOME = Path("data")
ENGINES = ("duckdb", "spark")
THIS_MACHINE = "local[*]"  # Spark without a cluster


@dataclass(frozen=True, slots=True)
class Counter:
    """The engine that counts, one of ENGINES, and Spark's master."""

    engine: str = "duckdb"
    master: str = THIS_MACHINE


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
    def vintages(self) -> Path:
        """Every publication kept, a folder each."""
        return self.published / "vintages"

    def vintage(self, publication_id: str) -> Path:
        """The file of one publication, whether it is there or not."""
        return self.vintages / publication_id / self.publication.name

    @property
    def receipts(self) -> Path:
        """The return letters, one folder a municipality."""
        return self.published / "receipts"

    @property
    def extracts(self) -> Path:
        """The worklists, one folder a municipality that has them switched on."""
        return self.published / "extracts"

    @property
    def scenarios(self) -> Path:
        """What would have been counted under other law: a folder a scenario, and their pages."""
        return self.published / "scenarios"

    @property
    def report(self) -> Path:
        """The public report: a site of static pages."""
        return self.published / "report"

    @property
    def report_front(self) -> Path:
        """The page the report begins with."""
        return self.report / "index.html"

    @property
    def released_figures(self) -> Path:
        """The public figures as last released: what is hidden of them stays so."""
        return self.state / "report.parquet"

    @property
    def routes(self) -> Path:
        """Who is told what, and by which way; kept by the operator (docs/alerts.md)."""
        return self.root / "alerts.yaml"

    @property
    def alert_memory(self) -> Path:
        """What alerts were, who was told of them, and messages on their way."""
        return self.state / "alerts.db"

    @property
    def extract_choices(self) -> Path:
        """The municipalities whose worklists are switched on (docs/extracts.md)."""
        return self.root / "extracts.yaml"

    @property
    def costs(self) -> Path:
        """Minutes and prices of a meeting, where they are not the standard (docs/costs.md)."""
        return self.root / "costs.yaml"

    @property
    def ledger(self) -> Path:
        """One line for every publication ever made."""
        return self.published / "ledger.jsonl"

    @property
    def erased(self) -> Path:
        """The tombstones of erased citizens: a file of any day is read without them."""
        return self.state / "erased.txt"

    @property
    def erasing(self) -> Path:
        """What is still to be done of an erasure; there is none but while one is at work."""
        return self.state / "erasing.json"

    @property
    def state(self) -> Path:
        """Dagster's storage, what was told to whom, locks, a pseudonym key if none is given."""
        return self.root / "state"


def find_home(home: str | None = None, landing: str | None = None) -> Home:
    """The home folder: the option, else SAMTALER_HOME, else `data/` in the working folder."""
    root = Path(home or os.environ.get("SAMTALER_HOME") or DEFAULT_HOME).absolute()
    return Home(root, Path(landing).absolute() if landing else root / "landing")


def find_counter(engine: str | None = None, master: str | None = None) -> Counter:
    """The counter: the options, else SAMTALER_ENGINE and SAMTALER_MASTER, else DuckDB."""
    return Counter(
        engine or os.environ.get("SAMTALER_ENGINE") or "duckdb",
        master or os.environ.get("SAMTALER_MASTER") or THIS_MACHINE,
    )


def named_secret(name: str) -> str | None:
    """The environment variable of that name, for addresses that no file should hold."""
    return os.environ.get(name) or None


def given_key() -> bytes | None:
    """The pseudonym key from SAMTALER_KEY or the file SAMTALER_KEY_FILE names; None without.

    Raises OSError where the named file cannot be read.
    """
    if text := os.environ.get("SAMTALER_KEY"):
        return text.encode()
    if file := os.environ.get("SAMTALER_KEY_FILE"):
        return Path(file).read_bytes().strip()
    return None
