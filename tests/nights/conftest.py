"""One first night, run once and shared; a copy of it where a test goes on from there."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from pipelines.demo.write import write_demo
from pipelines.progress import Show, show_nothing
from pipelines.report.writing import Written
from pipelines.running import run_night
from pipelines.settings import Home
from tests.nights.deliveries import deliver_first, new_home


@pytest.fixture(scope="session", autouse=True)
def _no_key_from_outside() -> object:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("SAMTALER_KEY", "SAMTALER_KEY_FILE", "SAMTALER_HOME"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(autouse=True)
def _without_a_report(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Spares the nights of a test their report: the shared nights make one, and a test may ask."""
    if request.node.get_closest_marker("with_report") is None:
        monkeypatch.setattr("assets.report.write_report", _no_report)


def _no_report(home: Home, _show: Show) -> Written:
    return Written(home.report_front, 0, 0, 0)


@pytest.fixture(scope="session")
def first_night(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home after its first night; not to be changed."""
    home = new_home(tmp_path_factory.mktemp("nights") / "home")
    deliver_first(home)
    assert run_night(home, None, show_nothing).published
    return home


@pytest.fixture(scope="session")
def demo_night(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home after a night on demo deliveries of 2019 to the spring of 2024; not to be changed."""
    home = new_home(tmp_path_factory.mktemp("demo") / "home")
    write_demo(home.landing, 12_000, date(2019, 1, 1), date(2024, 4, 30))
    assert run_night(home, None, show_nothing).published
    return home


def copy_of(home: Home, root: Path) -> Home:
    """A copy of a home, to go on from."""
    shutil.copytree(home.root, root)
    copy = Home(root, root / "landing")
    [vintage] = (copy.published / "vintages").glob("*/samtaler.duckdb")
    copy.publication.unlink()
    os.link(vintage, copy.publication)  # as the night itself leaves it
    return copy


@pytest.fixture
def day_after(first_night: Home, tmp_path: Path) -> Home:
    """A copy of that home, to go on from."""
    return copy_of(first_night, tmp_path / "home")
