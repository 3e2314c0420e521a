"""Who takes part in the race, and how each is started."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from benchmarks.landing import add_delivery

_HERE: Final = Path(__file__).parent
_ROOT: Final = _HERE.parents[1]
_MUNICIPALITIES: Final = _ROOT / "pipelines" / "municipalities.csv"


@dataclass(frozen=True, slots=True)
class Course:
    """Where one run takes place."""

    landing: Path
    folder: Path  # for homes, databases and answers
    answer: Path  # what the run must write, except the floor and the night
    python: Path  # of the other contestants

    @property
    def night_home(self) -> Path:
        """The home of the whole night."""
        return self.folder / "night"

    @property
    def next_landing(self) -> Path:
        """The landing as it is a day later."""
        return self.folder / "next-landing"

    @property
    def counting_home(self) -> Path:
        """The home of the counting alone."""
        return self.folder / "counting"


@dataclass(frozen=True, slots=True)
class Start:
    """The command of one run, and what it finds in its environment."""

    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Contestant:
    """One way to do the job."""

    name: str
    title: str
    packages: tuple[str, ...] = ()  # distributions that RACE_PYTHON must have; () is the project's

    def start(self, course: Course) -> Start:
        """How it is started."""
        return _STARTS[self.name](course)

    def lacks(self, python: Path) -> str | None:
        """Why it cannot take part; None where it can."""
        found = versions(python, self.packages) if self.packages else {}
        lacking = [package for package in self.packages if package not in found]
        if lacking:
            return f"{python} has no {', '.join(lacking)}"
        if "pyspark" in self.packages and not shutil.which("java"):
            return "there is no Java"
        return None


NEW_ROWS: Final = 20_000
FLOOR: Final = Contestant("floor", "the floor: bare `read_csv` of the meetings")
COUNTING: Final = Contestant("counting", "this project, counting alone, from CSV")
CONTESTANTS: Final = (
    FLOOR,
    COUNTING,
    Contestant("recount", "this project, counting alone, files already read"),
    Contestant("night", "this project, the whole night"),
    Contestant("again", "this project, the night after, nothing new"),
    Contestant("more", f"this project, the night after, {NEW_ROWS:,} new rows"),
    Contestant("polars", "Polars script", ("polars",)),
    Contestant("dbt", "dbt-duckdb project", ("dbt-core", "dbt-duckdb", "duckdb")),
    Contestant("pandas", "pandas script", ("pandas",)),
    Contestant("spark", "PySpark, local[2]", ("pyspark",)),
)


def versions(python: Path, packages: Sequence[str]) -> dict[str, str]:
    """The versions of those distributions that an interpreter has."""
    asked = (
        "import sys; from importlib.metadata import distributions as d; "
        "v = {x.name.lower(): x.version for x in d()}; "
        "[print(p, v[p]) for p in sys.argv[1:] if p in v]"
    )
    said = subprocess.run(
        [python, "-c", asked, *packages], capture_output=True, text=True, check=True
    )
    return dict(line.split() for line in said.stdout.splitlines())


def default_python() -> Path:
    """RACE_PYTHON, else that of `make bench` or of the proofs where there is one, else this one."""
    if named := os.environ.get("RACE_PYTHON"):
        return Path(named)
    places = (_ROOT / folder / "bin" / "python" for folder in (".venv-race", ".venv-proof"))
    return next((place for place in places if place.exists()), Path(sys.executable))


def _floor(course: Course) -> Start:
    return Start([sys.executable, "-m", "benchmarks.bare_read", str(course.landing)])


def _counting(course: Course) -> Start:
    shutil.rmtree(course.counting_home, ignore_errors=True)
    return _recount(course)


def _recount(course: Course) -> Start:
    module = [sys.executable, "-m", "benchmarks.race.counting_job"]
    return Start([*module, *map(str, (course.landing, course.counting_home, course.answer))])


def _night(course: Course) -> Start:
    shutil.rmtree(course.night_home, ignore_errors=True)
    return _again(course)


def _again(course: Course) -> Start:
    return _nightly(course, course.landing)


def _more(course: Course) -> Start:
    shutil.rmtree(course.next_landing, ignore_errors=True)
    shutil.copytree(course.landing, course.next_landing, copy_function=os.link)
    add_delivery(course.next_landing, NEW_ROWS)
    return _nightly(course, course.next_landing)


def _nightly(course: Course, landing: Path) -> Start:
    command = [sys.executable, "-m", "pipelines.cli.main", "nightly"]
    return Start([*command, "--home", str(course.night_home), "--landing", str(landing)])


def _script(course: Course, name: str) -> Start:
    files = (_HERE / name, course.landing, _MUNICIPALITIES, course.answer)
    return Start([str(course.python), *map(str, files)])


def _dbt(course: Course) -> Start:
    folder = course.folder / "dbt"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    project = _HERE / "dbt"
    options = ["--project-dir", str(project), "--profiles-dir", str(project)]
    return Start(
        [str(course.python), "-m", "dbt.cli.main", "run", *options],
        {
            "DBT_TARGET_PATH": str(folder / "target"),
            "DBT_LOG_PATH": str(folder / "logs"),
            "RACE_DATABASE": str(folder / "race.duckdb"),
            "RACE_LANDING": str(course.landing),
            "RACE_MUNICIPALITIES": str(_MUNICIPALITIES),
            "RACE_ANSWER": str(course.answer),
        },
    )


_STARTS: Final[dict[str, Callable[[Course], Start]]] = {
    "floor": _floor,
    "counting": _counting,
    "recount": _recount,
    "night": _night,
    "again": _again,
    "more": _more,
    "polars": lambda course: _script(course, "polars_job.py"),
    "dbt": _dbt,
    "pandas": lambda course: _script(course, "pandas_job.py"),
    "spark": lambda course: _script(course, "spark_job.py"),
}
