"""Adds a silence to `alerts.yaml`, and leaves its comments where they stand."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from datetime import date
from pathlib import Path

from pipelines.alerts.routes import RoutesError, load_routes


def add_silence(
    file: Path,
    rules: Collection[str],
    *,
    rule: str,
    municipality: str | None,
    until: date,
    reason: str,
) -> None:
    """Writes the silence; the file is valid before and after, and changes in one step.

    Raises RoutesError where there is no file, or where it is not valid with the silence.
    """
    from ruamel.yaml import YAML  # noqa: PLC0415 - only those who silence pay for it
    from ruamel.yaml.comments import CommentedMap  # noqa: PLC0415

    if not file.exists():
        raise RoutesError(f"{file.name} findes ikke. Skriv den først; se docs/alerts.md.")
    load_routes(file, rules)
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096  # a long line stays one
    yaml.indent(mapping=2, sequence=4, offset=2)
    content = yaml.load(file.read_text("utf-8"))
    silence = CommentedMap({"rule": rule})
    if municipality is not None:
        silence["municipality"] = municipality
    silence |= {"until": until, "reason": reason}
    silence.fa.set_flow_style()
    content.setdefault("silences", []).append(silence)
    place = file.resolve()  # a link stays a link
    fresh = place.with_name(f".{place.name}")
    try:
        # It may hold passwords: nobody may read the new file who might not read the old.
        os.close(os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
        with fresh.open("w", encoding="utf-8") as stream:
            yaml.dump(content, stream)
        load_routes(fresh, rules)
        shutil.copymode(place, fresh)
        fresh.replace(place)
    finally:
        fresh.unlink(missing_ok=True)
