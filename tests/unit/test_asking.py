"""A question in a process of its own: whatever it does there, the command answers or says why."""

import os
import signal
import time
from pathlib import Path

import duckdb
import pytest

from pipelines.asking import Limits, ask_apart
from pipelines.audit import Answer, AuditError, ask, open_locked

SHORT = Limits(seconds=4, memory=700 << 20)


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("published") / "samtaler.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("create table meetings as select 1 as held")
    return file


def end_badly(sign: int) -> Answer:
    os.kill(os.getpid(), sign)
    return Answer((), ())


def write(file: Path) -> Answer:
    with pytest.raises(OSError, match="large"):
        file.write_text("x")
    return Answer(("written",), ((file.read_text(),),))


def test_an_answer_comes_whole(publication: Path):
    answer = ask_apart(ask, publication, "select held, date '2024-01-02' as d from meetings")
    assert answer == ask(publication, "select held, date '2024-01-02' as d from meetings")


def test_a_refusal_is_told_in_its_own_words(publication: Path):
    with pytest.raises(AuditError, match="nothere"):
        ask_apart(ask, publication, "from nothere")


SAID_OF_MEMORY = r"700 MB|Out of Memory|allocate"


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("select repeat('x', 2000000000::bigint)", SAID_OF_MEMORY),
        ("select repeat('x', 1100000000::bigint)", SAID_OF_MEMORY),
        # Where memory ends inside DuckDB's own threads it may go down instead, which is told too.
        ("select * from range(300000000)", rf"{SAID_OF_MEMORY}|fik DuckDB til at gå ned"),
    ],
)
def test_memory_is_held_where_duckdb_does_not_hold_it(publication: Path, sql: str, said: str):
    with pytest.raises(AuditError, match=said):
        ask_apart(ask, publication, sql, limits=Limits(seconds=60, memory=700 << 20))


@pytest.mark.parametrize(
    "sql", ["select sleep_ms(60000)", "select count(*) from range(100000000000) a, range(1000) b"]
)
def test_time_is_held_where_duckdb_does_not_hold_it(publication: Path, sql: str):
    began = time.monotonic()
    with pytest.raises(AuditError, match="4 sekunder"):
        ask_apart(ask, publication, sql, limits=SHORT)
    assert time.monotonic() - began < SHORT.seconds + 3


def test_no_file_can_be_written(tmp_path: Path):
    assert ask_apart(write, tmp_path / "out.csv").rows == (("",),)


@pytest.mark.parametrize(
    ("sign", "why"), [(signal.SIGSEGV, "gå ned"), (signal.SIGABRT, "MB"), (signal.SIGKILL, "MB")]
)
def test_a_process_that_ends_badly_is_told(sign: int, why: str):
    with pytest.raises(AuditError, match=why):
        ask_apart(end_badly, sign)


@pytest.mark.slow
def test_what_does_not_fit_in_memory_is_not_laid_beside_the_publication(publication: Path):
    hashed = "select i, md5(i::varchar) as m from range(30000000) as t(i)"
    with open_locked(publication) as connection:
        with pytest.raises(duckdb.OutOfMemoryException):
            connection.execute(f"select max(i) from ({hashed} order by m)")
        assert list(publication.parent.iterdir()) == [publication]
