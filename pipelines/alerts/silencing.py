"""Adds a silence to `alerts.yaml`, and leaves its comments where they stand."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

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
    # It may hold passwords, so the new file is made where nobody else can look.
    with TemporaryDirectory(prefix=".alerts-", dir=place.parent) as folder:
        fresh = Path(folder) / file.name
        with fresh.open("w", encoding="utf-8") as stream:
            yaml.dump(content, stream)
        load_routes(fresh, rules)
        shutil.copymode(place, fresh)
        fresh.replace(place)
