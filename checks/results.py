"""What a check of a table found: counts, never values."""

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["passed", "failed", "errored"]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check of one table.

    `errored` means that the check could not be run: it is never to be read as a pass, and its
    counts are 0. A check of the table's shape has no single row to blame: where it fails,
    `rows_failed` is 0.
    """

    check_id: str
    table_name: str
    outcome: Outcome
    rows_checked: int = 0
    rows_failed: int = 0
