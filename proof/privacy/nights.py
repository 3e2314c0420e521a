"""The nights and prechecks of the proof, each in a process of its own whose words are kept.

python -m proof.privacy.nights sound|held_back|crash|reader_crash|precheck HOME
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NoReturn

import polars as pl

from pipelines import stages
from pipelines.cli.main import samtaler
from pipelines.deliveries import intake
from pipelines.deliveries.landing import Delivered, look_at
from pipelines.engine import Engine
from pipelines.settings import Home


def main() -> None:
    """Does one of the things below and leaves by its exit code."""
    what, root = sys.argv[1:]
    home = Home(Path(root), Path(root) / "landing")
    _WAYS[what](home)
    code = 0
    if what == "precheck":
        for file in look_at(home.landing).files:
            print(f"-- exit {_run(['precheck', str(file.path), '--municipality', '101'])}")
    else:
        code = _run(["nightly", "--home", root])
    sys.stdout.flush()
    os._exit(code)  # as the command does


def _run(arguments: Sequence[str]) -> int:
    try:
        samtaler(list(arguments))
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def _sound(_home: Home) -> None:
    """Nothing is done to the night."""


def _held_back(_home: Home) -> None:
    """A blocking check fails: more are held than were counted."""
    count = stages.publish_counts

    def miscount(engine: Engine) -> None:
        count(engine)
        engine.run("update next.counts set held = held + 1 where regime = 'register'")

    setattr(stages, "publish_counts", miscount)  # noqa: B010 - what tests do by monkeypatch


def _crash(home: Home) -> None:
    """The intake breaks with an error that quotes rows."""
    rows = "".join(file.path.read_bytes().decode("latin-1") for file in look_at(home.landing).files)

    def broken(*_: object) -> NoReturn:
        raise ValueError(f"cannot parse {rows}")

    setattr(intake, "_register", broken)  # noqa: B010


def _reader_crash(_home: Home) -> None:
    """A process that reads breaks with an error that quotes rows."""
    setattr(intake, "read_batch", broken_reader)  # noqa: B010


def broken_reader(files: list[tuple[int, Delivered]], *_rest: object) -> pl.DataFrame:
    """In the place of read_batch."""
    raise ValueError(b"".join(file.path.read_bytes() for _, file in files).decode("latin-1"))


_WAYS: Final[dict[str, Callable[[Home], None]]] = {
    "sound": _sound,
    "held_back": _held_back,
    "crash": _crash,
    "reader_crash": _reader_crash,
    "precheck": _sound,
}

if __name__ == "__main__":
    main()
