"""The race on a small landing: measured, checked equal, kept, and told where it is not."""

import json
import sys
from pathlib import Path

import pytest

from benchmarks.cost import run
from benchmarks.landing import add_delivery, write_landing
from benchmarks.race.__main__ import main
from benchmarks.race.answers import difference, read_answer
from benchmarks.race.contestants import CONTESTANTS
from benchmarks.race.measured import Measurement, merge
from benchmarks.race.telling import tell

HEADER = "regime,month,municipality_code,target_group,mode,held,recognised,gap"
ROW = "duty,2020-01-01,101,DP,phone,5,0,5"
OTHER = "duty,2020-01-01,101,DP,phone,5,1,4"


def answer(folder: Path, *rows: str) -> Path:
    file = folder / f"{len(list(folder.iterdir()))}.csv"
    file.write_text("\n".join([HEADER, *rows]) + "\n", "utf-8")
    return file


def measurement(contestant: str, meetings: int, cpu: float, **more: object) -> Measurement:
    told = {"round": 1, "wall": cpu / 2, "peak": 1.0, "died": "", "equal": True, "versions": ""}
    about = {"measured": "2026-11-24", "machine": "2 cores"}
    return Measurement(**{  # type: ignore[arg-type]
        **told, **about, "meetings": meetings, "contestant": contestant, "cpu": cpu, **more
    })  # fmt: skip


def test_answers_are_equal_whatever_their_order(tmp_path: Path) -> None:
    first = read_answer(answer(tmp_path, ROW, OTHER))
    second = read_answer(answer(tmp_path, OTHER, ROW))
    assert difference(first, second) == []


def test_rows_that_differ_are_told(tmp_path: Path) -> None:
    found, expected = read_answer(answer(tmp_path, OTHER)), read_answer(answer(tmp_path, ROW))
    assert difference(found, expected) == [
        "1 rows too many, 1 rows lacking",
        f"+ {OTHER}",
        f"- {ROW}",
    ]


def test_what_uses_too_much_memory_is_ended() -> None:
    hungry = "import time; held = bytearray(300_000_000); time.sleep(60)"
    cost = run([sys.executable, "-c", hungry], memory=0.2)
    assert cost.died.startswith("died at 0.")
    assert cost.wall < 30


def test_memory_and_processor_of_children_count() -> None:
    child = "held = bytearray(200_000_000); [hash(str(i)) for i in range(2_000_000)]"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    cost = run([sys.executable, "-c", parent])
    assert cost.died == ""
    assert cost.peak > 0.2
    assert cost.cpu > 0.2


def test_what_fails_is_told() -> None:
    assert run([sys.executable, "-c", "raise SystemExit(3)"]).died == "ended with 3"


def test_a_new_measurement_replaces_those_of_its_contestant_and_size() -> None:
    kept = [measurement("pandas", 10, 4.0), measurement("polars", 10, 2.0)]
    new = [measurement("pandas", 10, 3.0), measurement("pandas", 100, 30.0)]
    merged = merge(kept, new)
    assert [(run.contestant, run.meetings, run.cpu) for run in merged] == [
        ("pandas", 10, 3.0),
        ("polars", 10, 2.0),
        ("pandas", 100, 30.0),
    ]


def test_the_proof_gives_ratios_growth_and_deaths() -> None:
    runs = [
        measurement("floor", 10, 1.0, equal=None),
        measurement("pandas", 10, 8.0),
        measurement("polars", 10, 2.0),
        measurement("floor", 100, 10.0, equal=None),
        measurement("pandas", 100, 80.0, died="died at 18.1 GB", equal=None),
        measurement("polars", 100, 20.0),
    ]
    small, large, growth = tell(runs).tables
    rows = {str(row[0]): list(row) for row in small.rows}
    assert rows["Polars script"][4:] == [2.0, 2.0, 0.25, "equal"]
    assert [row[-1] for row in large.rows] == [None, "equal", "died at 18.1 GB"]
    assert [row[2] for row in growth.rows] == pytest.approx([1.0, 1.0])


def test_only_known_contestants_may_race(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--only", "excel"])
    assert "no such contestant: excel" in capsys.readouterr().err


def test_a_contestant_without_its_packages_is_left_out() -> None:
    spark = next(contestant for contestant in CONTESTANTS if contestant.name == "spark")
    lonely = type(spark)("lonely", "needs what nobody has", ("no-such-package",))
    assert lonely.lacks(Path(sys.executable)) == f"{sys.executable} has no no-such-package"


@pytest.mark.slow
def test_polars_and_the_project_give_the_same_answer(tmp_path: Path) -> None:
    write_landing(tmp_path / "landing-4000", 4000, deliveries=3, days=600)
    measured = tmp_path / "measured.json"
    options = ["--python", sys.executable, "--folder", str(tmp_path), "--measured", str(measured)]
    ended = main([
        "--meetings", "4000", "--only", "polars,recount", *options, "--results", str(tmp_path)
    ])  # fmt: skip
    runs = {run["contestant"]: run for run in json.loads(measured.read_text("utf-8"))}
    assert ended == 0
    assert {name: run["equal"] for name, run in runs.items()} == {
        "floor": None,
        "counting": True,
        "polars": True,
        "recount": True,
    }
    assert all(run["cpu"] > 0 and run["peak"] > 0.01 for run in runs.values())
    assert json.loads((tmp_path / "speed.json").read_text("utf-8"))["name"] == "speed"


@pytest.mark.slow
def test_the_landing_is_dirty_and_the_same_each_time(tmp_path: Path) -> None:
    for name in ("first", "second"):
        write_landing(tmp_path / name, 2000, deliveries=3, days=600)
    files = sorted(file for file in (tmp_path / "first").rglob("*.csv"))
    assert len(files) == 98 * (3 + 2)
    again = (tmp_path / "second" / file.relative_to(tmp_path / "first") for file in files)
    assert [file.read_bytes() for file in files] == [file.read_bytes() for file in again]
    text = "".join(file.read_text("utf-8") for file in files)
    for fault in ("slettet", "måske", ";77;", "31-02-2022", "991399", "Video eller telefon", "-B;"):
        assert fault in text


def test_the_delivery_of_the_day_after_has_new_ids_only(tmp_path: Path) -> None:
    write_landing(tmp_path, 3_000, deliveries=2)
    before = set(tmp_path.rglob("samtaler.csv"))
    known = {row for file in before for row in file.read_text("utf-8").splitlines()[1:]}
    add_delivery(tmp_path, 70)
    [added] = set(tmp_path.rglob("samtaler.csv")) - before
    _header, *rows = added.read_text("utf-8").splitlines()
    assert len(set(rows)) == 70
    assert not known & set(rows)
    assert added.parent.name == "2020-05-31"
