"""Options that every command shares, and how a command ends with a plain sentence."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn, TypeVar

import click
from rich.console import Console

from pipelines.faults import disk_sentence
from pipelines.settings import Home, find_home

Command = TypeVar("Command", bound=Callable[..., object])
stderr = Console(stderr=True, highlight=False, markup=False)


def home_options(command: Command) -> Command:
    """Adds --home and --landing."""
    home = click.option(
        "--home", metavar="DIR", help="Hjemmemappen (ellers SAMTALER_HOME, ellers data/)."
    )
    landing = click.option(
        "--landing", metavar="DIR", help="Leverancernes mappe (ellers landing/ i hjemmemappen)."
    )
    return home(landing(command))


def home_of(home: str | None, landing: str | None) -> Home:
    """The home the options name."""
    return find_home(home, landing)


def end(sentence: str, code: int) -> NoReturn:
    """Says one sentence on standard error and ends with an exit code."""
    say(sentence)
    sys.exit(code)


def say(sentence: str) -> None:
    """One sentence on standard error, never broken across lines: a log is searched by line."""
    stderr.print(sentence, soft_wrap=True)


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turns a full disk, a denied file and a broken home into one sentence and exit code 1."""
    try:
        yield
    except OSError as error:
        end(disk_sentence(error), 1)
