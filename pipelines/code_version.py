"""Which code made a number: a hash of the source files themselves, so that no edit goes unseen."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).resolve().parents[1]
_PARTS: Final = {
    "reading": ("pipelines/deliveries", "pipelines/modes"),
    "counting": ("pipelines", "assets", "sql"),
    "telling": ("pipelines", "assets", "sql", "law"),
}
# What only asks, shows, tells or writes demo deliveries decides no number.
_APART: Final = (
    *("pipelines/cli/", "pipelines/demo/", "pipelines/erasing/", "pipelines/explain/"),
    "sql/audit/",
    *(f"pipelines/{told}/" for told in ("extracts", "receipts", "pages", "report", "disclosure")),
    *(f"pipelines/{asked}/" for asked in ("costs", "claims", "need", "scenarios")),
    *(f"sql/{told}/" for told in ("extracts", "receipts", "report", "need", "scenarios")),
    *(
        "assets/extracts.py",
        "assets/receipts.py",
        "assets/report.py",
        "assets/told.py",
        "pipelines/mending.",
    ),
    *(
        "pipelines/asking.py",
        "pipelines/audit.py",
        "pipelines/made.py",
        "pipelines/precheck.py",
        "pipelines/ready.py",
        "pipelines/summary.py",
    ),
    *(f"pipelines/alerts/{name}.py" for name in ("digests", "outbox", "published", "sending")),
    *("pipelines/alerts/silencing.py", "pipelines/alerts/telling.py"),
)
_SUFFIXES: Final = (".py", ".sql", ".yaml", ".csv", ".j2")


@cache
def code_version(part: str) -> str:
    """The distribution's version and 12 digits of a hash of the part's files.

    `reading` is what turns a delivery into slices, `counting` everything that decides a number,
    `telling` everything that letters and report may be made by.
    """
    digest = hashlib.sha256()
    for folder in _PARTS[part]:
        files = (_ROOT / folder).rglob("*")
        for file in sorted(file for file in files if file.suffix in _SUFFIXES):
            name = file.relative_to(_ROOT).as_posix()
            if part == "counting" and name.startswith(_APART):
                continue
            digest.update(name.encode() + b"\0")
            digest.update(file.read_bytes() + b"\0")
    return f"{version('samtaleregnskab')}+{digest.hexdigest()[:12]}"
