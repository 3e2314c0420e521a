"""The ready queries of sql/audit/: what auditors ask, each one SELECT with bound parameters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from pipelines.audit import Answer, AuditError, ask


@dataclass(frozen=True, slots=True)
class ReadyQuery:
    """One file of sql/audit/: what it answers, its columns, its parameters, and its SELECT.

    `parameters` gives each parameter its default as text; None stands for all.
    """

    name: str
    text_da: str
    text_en: str
    columns: tuple[str, ...]
    parameters: Mapping[str, str | None]
    select: str


@cache
def ready_queries() -> Mapping[str, ReadyQuery]:
    """Every ready query by name, in the order of their names."""
    texts = {
        file.name.removesuffix(".sql"): file.read_text("utf-8")
        for file in files("sql").joinpath("audit").iterdir()
        if file.name.endswith(".sql")
    }
    return {name: _read(name, texts[name]) for name in sorted(texts)}


def run_ready(publication: Path, name: str, settings: Mapping[str, str]) -> Answer:
    """Answers a ready query, its parameters set as given and otherwise by default.

    An empty value stands for all. The SELECT is read before the publication is opened, and runs
    under the same lockdown as any question. Raises AuditError for an unknown name or parameter.
    """
    query = ready_queries().get(name)
    if query is None:
        known = ", ".join(ready_queries())
        raise AuditError(f"Der er intet færdigt spørgsmål {name!r}. Der er: {known}.")
    unknown = [parameter for parameter in settings if parameter not in query.parameters]
    if unknown:
        known = ", ".join(query.parameters) or "ingen"
        raise AuditError(f"{name} har ikke parameteren {unknown[0]!r}. Den har: {known}.")
    given = {parameter: value or None for parameter, value in settings.items()}
    return ask(publication, query.select, {**query.parameters, **given})


def list_ready() -> Answer:
    """Every ready query: its name, what it answers in both languages, and its parameters."""
    return Answer(
        ("name", "answers", "parameters"),
        tuple(
            (query.name, f"{query.text_da} | {query.text_en}", _shown(query.parameters))
            for query in ready_queries().values()
        ),
    )


def _shown(parameters: Mapping[str, str | None]) -> str:
    return ", ".join(f"{name}={default or ''}" for name, default in parameters.items())


def _read(name: str, text: str) -> ReadyQuery:
    header = _header(text.splitlines())
    parameters = (part.partition("=") for part in _parts(header.get("parameters", "")))
    return ReadyQuery(
        name,
        header["da"],
        header["en"],
        tuple(_parts(header["columns"])),
        {parameter: default or None for parameter, _, default in parameters},
        text,
    )


def _header(lines: Iterable[str]) -> dict[str, str]:
    """The comment lines a file begins with, by key; indented lines continue the one above."""
    found: dict[str, str] = {}
    key = ""
    for line in lines:
        begun = re.fullmatch(r"-- (\w+): (.+)", line)
        if begun:
            key = begun[1]
            found[key] = begun[2]
        elif line.startswith("--  ") and key:
            found[key] += " " + line[2:].strip()
        else:
            break
    return found


def _parts(listed: str) -> list[str]:
    return [part.strip() for part in listed.split(",") if part.strip()]
