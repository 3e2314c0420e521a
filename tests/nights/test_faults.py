"""Bad nights: each ends in a plain sentence, the old publication stands, the next runs clean."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pipelines import audit
from pipelines.deliveries import intake
from pipelines.outcome import Outcome
from pipelines.progress import show_nothing
from pipelines.running import run_night
from pipelines.settings import Home
from pipelines.verifying import ledger_problems
from pipelines.vintages import standing_publication
from tests.nights.deliveries import (
    ANNA,
    MEETINGS,
    SPELLS,
    ask,
    deliver,
    deliver_first,
    fingerprint,
    leftovers,
    new_home,
    publication_id,
    tables_hash,
)

CPRS = (b"0101901234", b"0202852345", b"030375-3456", b"0303753456", b"0404604567", b"010190-1234")


def night(home: Home, as_of: date | None = None) -> Outcome:
    return run_night(home, as_of, show_nothing)


def artefacts_with_a_cpr(home: Home) -> list[Path]:
    """Files outside the landing folder in which a delivered CPR number can be read."""
    files = [file for file in home.root.rglob("*") if file.is_file()]
    return [
        file
        for file in files
        if home.landing not in file.parents
        and any(cpr in file.read_bytes() or cpr in str(file).encode() for cpr in CPRS)
    ]


def _remove(landing: Path) -> None:
    shutil.rmtree(landing)


def _empty(landing: Path) -> None:
    shutil.rmtree(landing)
    (landing / "999" / "2024-06-03").mkdir(parents=True)


def _file(landing: Path) -> None:
    shutil.rmtree(landing)
    landing.write_text("x")


@pytest.mark.parametrize(
    ("spoil", "says"),
    [(_remove, "findes ikke"), (_empty, "rummer ingen"), (_file, "er ikke en mappe")],
)
def test_a_landing_folder_gone_holds_the_night_back(
    day_after: Home, spoil: Callable[[Path], None], says: str
) -> None:
    before = fingerprint(day_after)
    spoil(day_after.landing)
    outcome = night(day_after)
    assert not outcome.published
    [problem] = outcome.problems
    assert says in problem
    assert str(day_after.landing) in problem
    assert "før læst 4 filer" in problem
    assert fingerprint(day_after) == before


def test_a_wrong_home_gets_no_key(tmp_path: Path) -> None:
    home = Home(tmp_path / "typo", tmp_path / "typo" / "landing")
    assert not night(home).published
    assert not (home.state / "pseudonym.key").exists()


@pytest.mark.parametrize("spoiled", [b"", b"garbage", None])
def test_a_damaged_publication_is_put_right_by_the_next_night(
    day_after: Home, spoiled: bytes | None
) -> None:
    before = (publication_id(day_after), tables_hash(day_after))
    whole = day_after.publication.read_bytes()
    day_after.publication.chmod(0o644)  # the vintage is the same file, so it is damaged too
    day_after.publication.write_bytes(whole[:100_000] if spoiled is None else spoiled)
    assert standing_publication(day_after) is None
    assert night(day_after).published
    assert (publication_id(day_after), tables_hash(day_after)) == before


def turn_a_bit(home: Home) -> None:
    """In the middle of the standing publication, so that it opens as before; readers' copy too."""
    content = bytearray(home.publication.read_bytes())
    content[len(content) // 2] ^= 1
    home.publication.chmod(0o644)
    home.publication.write_bytes(bytes(content))
    assert standing_publication(home) is not None


def test_a_publication_in_which_a_bit_turned_is_put_right_by_the_next_night(
    day_after: Home,
) -> None:
    before = (publication_id(day_after), tables_hash(day_after))
    turn_a_bit(day_after)
    outcome = night(day_after)
    assert outcome.published
    assert not any("beskadiget" in note for note in outcome.notes)
    assert list(ledger_problems(day_after)) == []
    assert (publication_id(day_after), tables_hash(day_after)) == before


def test_new_figures_are_not_set_against_a_damaged_publication(day_after: Home) -> None:
    damaged = publication_id(day_after)
    turn_a_bit(day_after)
    deliver(day_after, MEETINGS, [f"M10;{ANNA};7;1;afholdt;2024-06-03;;;;;;"], day="2024-06-04")
    outcome = night(day_after)
    assert outcome.published
    assert any(damaged in note and "beskadiget" in note for note in outcome.notes)
    assert ask(day_after, "select previous_id from history order by number desc limit 1") == [
        (None,)
    ]
    [problem] = ledger_problems(day_after)
    assert damaged in problem


@pytest.mark.parametrize("name", ["contents.*", "deliveries.*", "meetings/*.parquet"])
def test_a_damaged_lake_is_named_and_can_be_made_again(day_after: Home, name: str) -> None:
    before = tables_hash(day_after)
    [file] = day_after.lake.glob(name)
    file.write_bytes(file.read_bytes()[:50])
    outcome = night(day_after)
    assert not outcome.published
    assert "flyt mappen lake/ væk" in outcome.problems[0]
    assert tables_hash(day_after) == before
    shutil.rmtree(day_after.lake)
    assert night(day_after).published
    assert tables_hash(day_after) == before


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("contents.*", "listen lake/contents.* er væk"),
        ("deliveries.*", "listen lake/deliveries.* er væk"),
        ("spells/*.parquet", "101/2024-06-03/forløb.csv"),
    ],
)
def test_a_file_of_the_lake_that_is_gone_is_missed(day_after: Home, name: str, says: str) -> None:
    before = tables_hash(day_after)
    slices = sorted(day_after.lake.rglob("*.parquet"))
    [file] = day_after.lake.glob(name)
    content = file.read_bytes()
    file.unlink()
    outcome = night(day_after)
    assert not outcome.published
    [problem] = outcome.problems
    assert says in problem
    assert "sikkerhedskopi" in problem
    file.write_bytes(content)
    assert sorted(day_after.lake.rglob("*.parquet")) == slices
    assert night(day_after).published
    assert tables_hash(day_after) == before


def test_a_day_after_the_last_delivery_is_said_aloud(day_after: Home) -> None:
    outcome = night(day_after, date(2030, 1, 1))
    assert outcome.published
    assert any("seneste leverance kom 2024-06-03" in note for note in outcome.notes)


def test_a_home_of_any_name_keeps_its_own_history(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    home = new_home(tmp_path / "hjem [a]* 'æøå' %s")
    deliver_first(home)
    assert night(home).published
    assert "elemetry" not in "".join(capfd.readouterr())


def test_an_error_that_quotes_a_row_is_told_without_it(
    day_after: Home, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise ValueError(f"cannot parse {ANNA}")

    deliver(day_after, SPELLS, [f"F9;{ANNA};6.2;2024-01-01;"], day="2024-06-04", name=f"{ANNA}.csv")
    monkeypatch.setattr(intake, "_register", broken)
    outcome = night(day_after)
    assert not outcome.published
    assert "fejl i programmet (ValueError" in outcome.problems[0]
    monkeypatch.undo()
    assert ANNA not in "".join([*outcome.problems, *capfd.readouterr()])
    assert artefacts_with_a_cpr(day_after) == []
    assert night(day_after).published
    assert artefacts_with_a_cpr(day_after) == []
    assert leftovers(day_after) == []


def test_a_full_disk_is_called_one(day_after: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", f"/x/{ANNA}.csv")

    before = fingerprint(day_after)
    monkeypatch.setattr(intake, "_register", full)
    [problem] = night(day_after).problems
    assert problem.startswith("Disken er fuld")
    assert ANNA not in problem
    monkeypatch.undo()
    assert night(day_after).published
    assert fingerprint(day_after) == before


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_text('/etc/passwd')",
        "select * from read_csv('/etc/passwd')",
        "select * from glob('/*')",
        "from 'https://example.com/a.csv'",
        "copy meetings to 'out.csv'",
        "explain analyze copy meetings to 'out.csv'",
        "attach ':memory:' as other",
        "install httpfs",
        "load httpfs",
        "set lock_configuration = false",
        "reset memory_limit",
        "pragma database_list",
        "call duckdb_tables()",
        "export database 'out'",
        "create temp table t as select 1",
        "create secret (type s3)",
        "delete from meetings",
        "select 1; select 2",
        "select getenv('HOME')",
        "from query('copy (select 1) to ''out.csv''')",
        "",
    ],
)
def test_the_audit_reaches_nothing_but_the_publication(first_night: Home, sql: str) -> None:
    with pytest.raises(audit.AuditError):
        audit.ask(first_night.publication, sql)


def _start(home: Home, **limits: Callable[[], None]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "pipelines.cli.main", "nightly", "--home", str(home.root)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **limits
    )


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
def test_the_readers_of_a_killed_night_end_with_it(tmp_path: Path) -> None:
    home = new_home(tmp_path / "home")
    rows = [f"M{n};{ANNA};7;1;afholdt;2024-01-02 10:00;;;;;;bemærkning {n}" for n in range(300_000)]
    deliver(home, MEETINGS, rows)
    with _start(home) as running:
        readers: list[str] = []
        while not readers and running.poll() is None:
            readers = [child for child in _children(running.pid) if "spawn_main" in _words(child)]
            time.sleep(0.05)
        assert running.poll() is None, "the night was over before it was killed"
        os.kill(running.pid, signal.SIGKILL)
    deadline = time.monotonic() + 20
    while any("spawn_main" in _words(reader) for reader in readers):
        assert time.monotonic() < deadline, "a reader outlived its night"
        time.sleep(0.1)


def _children(pid: int) -> list[str]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [child for task in tasks for child in task.read_text().split()]


def _words(pid: str) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


@pytest.mark.slow
def test_a_night_killed_at_any_moment_is_followed_by_a_clean_one(day_after: Home) -> None:
    deliver(day_after, MEETINGS, [f"M10;{ANNA};7;1;afholdt;2024-06-03;;;;;;"], day="2024-06-04")
    first = publication_id(day_after)
    whole = Home(day_after.root.with_name("whole"), day_after.root.with_name("whole") / "landing")
    shutil.copytree(day_after.root, whole.root)
    began = time.monotonic()
    with _start(whole) as running:
        running.communicate()
    assert running.returncode == 0
    took = time.monotonic() - began
    for moment in range(1, 10):
        home = Home(day_after.root.with_name(f"kill{moment}"), Path())
        home = Home(home.root, home.root / "landing")
        shutil.copytree(day_after.root, home.root)
        with _start(home) as running:
            time.sleep(took * moment / 10)
            os.kill(running.pid, signal.SIGKILL)
        assert publication_id(home) in {first, publication_id(whole)}
        assert night(home).published
        assert tables_hash(home) == tables_hash(whole)
        assert leftovers(home) == []


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files")
@pytest.mark.parametrize("most", [1_000, 30_000, 150_000, 400_000, 1_000_000])
def test_a_file_that_cannot_grow_ends_in_a_sentence(day_after: Home, most: int) -> None:
    import resource  # noqa: PLC0415 - not on Windows

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    before = fingerprint(day_after)
    deliver(day_after, MEETINGS, [f"M10;{ANNA};7;1;afholdt;2024-06-03;;;;;;"], day="2024-06-04")
    with _start(day_after, preexec_fn=limit) as running:
        said, _ = running.communicate()
    assert running.returncode == 1, said
    assert "Traceback" not in said
    assert "parameters" not in said
    assert fingerprint(day_after) == before
    assert night(day_after).published
    assert leftovers(day_after) == []
