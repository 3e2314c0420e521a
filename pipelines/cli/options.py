"""Options that every command shares, and how a command ends with a plain sentence."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, NoReturn, TypeVar

import click
from rich.console import Console

from pipelines.faults import disk_sentence
from pipelines.settings import ENGINES, Counter, Home, find_counter, find_home

Command = TypeVar("Command", bound=Callable[..., object])
SHOWN_ROWS: Final = 20  # row numbers told one by one
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


def engine_options(command: Command) -> Command:
    """Adds --engine and --master."""
    engine = click.option(
        "--engine",
        type=click.Choice(ENGINES),
        help="Hvad der tæller (ellers SAMTALER_ENGINE, ellers duckdb).",
    )
    master = click.option(
        "--master", metavar="URL", help="Sparks master (ellers SAMTALER_MASTER, ellers local[*])."
    )
    return engine(master(command))


def counter_of(engine: str | None, master: str | None) -> Counter:
    """The counter the options name; a wrong one ends the command with exit code 2."""
    counter = find_counter(engine, master)
    if counter.engine not in ENGINES:
        end(f"SAMTALER_ENGINE er {counter.engine}, men skal være duckdb eller spark.", 2)
    if master and counter.engine != "spark":
        end("--master hører til --engine spark.", 2)
    return counter


def home_of(home: str | None, landing: str | None) -> Home:
    """The home the options name."""
    return find_home(home, landing)


def need_publication(home: Home) -> None:
    """Ends the command where there is no publication to count on."""
    from pipelines.vintages import standing_publication  # noqa: PLC0415 - Polars is slow to import

    if standing_publication(home) is None:
        end("Der er ingen udgivelse at regne på. Kør «samtaler nightly» først.", 1)


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
