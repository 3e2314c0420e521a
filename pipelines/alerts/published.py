"""The alerts of a publication, read back from it."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any, cast

from pipelines.alerts.model import Alert
from pipelines.audit import AuditError, ask


def published_alerts(publication: Path) -> list[Alert]:
    """The rows of the table `alerts`, by alert_id.

    Raises AuditError where the file is no publication or has no such table.
    """
    if not ask(publication, "from duckdb_tables() where table_name = 'alerts'").rows:
        raise AuditError("Udgivelsen har ingen varsler med. Kør «samtaler nightly» igen.")
    columns = ", ".join(item.name for item in fields(Alert))
    answer = ask(publication, f"select {columns} from alerts order by alert_id")
    return [Alert(*cast("tuple[Any, ...]", row)) for row in answer.rows]
